//! Reads artifacts: one file a format, recognised by content.
//!
//! A [`Source`] looks at the beginning of a file and says how sure it is; the surest reads it and hands out
//! [`Record`](crate::evidence::Record)s one by one. Nothing here opens a file: readers are passed in.

mod chat_key;
mod clock_run;
mod collector;
mod day_order;
mod directory;
mod encoding;
mod entry;
mod generic;
mod git_line;
mod head;
mod html;
mod intake;
mod json;
mod lines;
mod log_stamp;
mod milestones;
mod moment;
mod output;
mod prose;
mod rows;
mod slack;
mod sources;
mod wording;
mod wrapping;
mod yaml;
mod zone;

use std::io::BufRead;

pub use collector::Collector;
pub use directory::{Directories, Directory};
pub use encoding::Encoding;
pub use entry::Entry;
pub use head::Head;
pub use intake::{Intake, Survey, by_id, detect};
pub use json::JsonSource;
pub use output::{Output, Sink};
pub use sources::ALL;
pub use wrapping::Wrapping;

/// How sure a source is that a file is of its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    None,
    /// Takes what nobody else wants.
    Fallback,
    /// A shape that others share.
    Weak,
    Likely,
    Strong,
    /// Nothing else looks like this.
    Certain,
}

impl Confidence {
    /// `self` when the condition holds.
    #[must_use]
    pub fn when(self, condition: bool) -> Self {
        if condition { self } else { Self::None }
    }
}

/// What a source knows of the file it reads.
#[derive(Debug)]
pub struct FileContext<'a> {
    /// Path relative to the incident folder; members of a zip are written `archive.zip/member`.
    pub path: String,
    /// Users and channels of the export that the file belongs to.
    pub directory: &'a Directory,
    /// Whether every line is a JSON value of its own.
    pub json_lines: bool,
    /// The year of the incident, as far as it is known, for times that have none.
    pub year: Option<i16>,
    /// Host of the chat workspace that the links in the evidence show.
    pub host: Option<&'a str>,
}

impl FileContext<'_> {
    /// The last part of the path without its extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.split_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// The name of the folder that the file lies in.
    #[must_use]
    pub fn folder(&self) -> Option<&str> {
        self.path.rsplit('/').nth(1)
    }
}

/// One format.
pub trait Source: Sync {
    /// Name in `--as`, in warnings and in JSON: `slack_export`.
    fn id(&self) -> &'static str;

    /// Name for people: `Slack export`.
    fn title(&self) -> &'static str;

    /// One sentence: what to collect, how, and what is read from it.
    fn describe(&self) -> &'static str;

    /// How sure it is that a file with this beginning is of its format.
    fn sniff(&self, head: &Head) -> Confidence;

    /// Reads the file to its end, or as far as it goes.
    fn read(&self, input: &mut dyn BufRead, file: &FileContext<'_>, out: &mut Output<'_>);

    /// The half that knows single JSON items, for files that mix formats.
    fn json(&self) -> Option<&dyn JsonSource> {
        None
    }

    /// Whether it holds many machine records, of which only those near the incident matter.
    fn is_bulk(&self) -> bool {
        false
    }

    /// Whether the file only names the users and channels of others.
    fn is_directory(&self) -> bool {
        false
    }

    /// Reads users and channels, in the first pass.
    fn learn(&self, _input: &mut dyn BufRead, _directory: &mut Directory) {}
}
