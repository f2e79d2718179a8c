//! `unblame formats`: what an incident folder may hold.

use clap::{Args, ValueEnum};

use crate::app::{self, Outcome};
use crate::cli::show;
use crate::cli::table::aligned;

/// List the formats that are recognised in an incident folder
#[derive(Args, Debug)]
pub struct FormatsArgs {
    #[arg(long, default_value = "text")]
    pub format: Format,
}

/// How the list is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

pub(super) fn run(args: &FormatsArgs) -> Outcome {
    let formats = app::formats();
    Outcome::clean(match args.format {
        Format::Json => show::json(&formats),
        Format::Text => {
            let rows: Vec<Vec<String>> = formats
                .iter()
                .map(|format| vec![format.id.to_owned(), format.title.to_owned(), format.about.to_owned()])
                .collect();
            aligned(&["id", "format", "what is read"], &rows)
        }
    })
}
