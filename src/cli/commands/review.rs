//! `unblame review`: a draft in the browser, on this machine only.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;
use jiff::Timestamp;

use crate::app::review::{Review, ReviewOptions};
use crate::app::{Error, Outcome};
use crate::cli::args::Common;
use crate::cli::output::{Talk, deliver};
use crate::config::Settings;
use crate::web::Server;

/// Review a draft in the browser: its evidence, findings, matches, questions and actions
///
/// Prints an address on 127.0.0.1 and opens it. Every change is written to FILE at once, as Markdown, and merged with
/// what an editor beside it may have written. Ctrl-C ends the review.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame review postmortems/PI-2025-038.md --history postmortems
  unblame review draft.md --no-open --port 8765")]
pub struct ReviewArgs {
    /// The draft
    pub file: PathBuf,
    /// Port on 127.0.0.1; 0 takes any free one
    #[arg(long, default_value_t = 0, value_name = "PORT")]
    pub port: u16,
    /// Only print the address
    #[arg(long)]
    pub no_open: bool,
    /// Who decides on matches, as it is written to decisions.jsonl
    #[arg(long, env = "USER", default_value = "unknown", hide_env_values = true, value_name = "NAME")]
    pub by: String,
}

pub(super) fn run(
    args: &ReviewArgs,
    common: &Common,
    settings: &Settings,
    talk: &Talk,
) -> Result<Outcome, Error> {
    let options = ReviewOptions {
        history: common.history.clone(),
        settings: settings.clone(),
        by: args.by.clone(),
        now: Timestamp::now,
    };
    let review = Review::open(&args.file, options)?;
    let failed = |error: crate::web::ServerError| Error::Environment {
        what: error.to_string(),
        help: "choose another port with --port, or leave it out to take any free one".to_owned(),
    };
    let server = Server::bind(review, args.port).map_err(failed)?;
    deliver(&Outcome::clean(format!("{}\n", server.url())), None)?;
    talk.note("The review is open at this address until you press Ctrl-C.");
    if !args.no_open && open(&server.ticket_url()).is_err() {
        talk.note("No browser could be started; open the address yourself.");
    }
    server.run().map_err(failed)?;
    Ok(Outcome::default())
}

/// Hands an address to the system's browser.
fn open(url: &str) -> std::io::Result<()> {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let program = Path::new(program);
    let mut command = Command::new(program);
    command.args(first).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map(drop)
}
