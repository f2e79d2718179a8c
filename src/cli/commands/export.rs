//! `unblame export`: a postmortem as a page, for a wiki, for a chat, for outsiders.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::app::{Error, Outcome, export};
use crate::cli::output::Talk;
use crate::config::Settings;
use crate::desk::export::Target;

/// Write a postmortem as HTML, Confluence page, Slack message, JSON or sanitized Markdown
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame export postmortems/PI-2025-038.md --to html -o report.html
  unblame export postmortems/PI-2025-038.md --to pdf-ready-html -o report.html
  unblame export postmortems/PI-2025-038.md --to slack
  unblame export postmortems/PI-2025-038.md --to markdown --sanitize --person \"Maya Okafor\"")]
pub struct ExportArgs {
    /// Postmortem; `-` reads standard input
    pub file: PathBuf,
    #[arg(long, default_value = "html")]
    pub to: Place,
    /// For people outside: roles for names, no evidence, addresses, customers, internal links and sections
    #[arg(long)]
    pub sanitize: bool,
    /// With --sanitize: replace this name too; may be given several times
    #[arg(long, value_name = "NAME", requires = "sanitize")]
    pub person: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Place {
    /// One page that needs nothing else
    Html,
    /// The same laid out for paper: open it and print it to PDF
    PdfReadyHtml,
    /// Confluence's storage format
    Confluence,
    /// Summary, impact and action items in Slack's mark-up
    Slack,
    Json,
    #[value(alias = "md")]
    Markdown,
}

pub(super) fn run(args: &ExportArgs, settings: &Settings, talk: &Talk) -> Result<Outcome, Error> {
    let target = match args.to {
        Place::Html => Target::Html,
        Place::PdfReadyHtml => Target::Paper,
        Place::Confluence => Target::Confluence,
        Place::Slack => Target::Slack,
        Place::Json => Target::Json,
        Place::Markdown => Target::Markdown,
    };
    let exported = export::export(&args.file, target, args.sanitize, &args.person, settings)?;
    if args.sanitize {
        let list =
            if exported.left_out.is_empty() { "nothing".to_owned() } else { exported.left_out.join(", ") };
        talk.note(format!("sections left out: {list}; read the rest before it leaves, a name that neither the file nor its evidence gives is still in it"));
    }
    Ok(Outcome::clean(exported.text))
}
