//! Options of every command that reads an incident folder.

use std::path::Path;

use clap::Args;
use jiff::Timestamp;

use crate::app::{Error, IntakeRequest};
use crate::cli::args::Common;

/// How an incident folder is read.
#[derive(Args, Debug, Default)]
pub struct IntakeArgs {
    /// Keep only what lies between two times, such as 2025-11-28T09:00:00Z 2025-11-28T12:00:00Z
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"])]
    pub window: Vec<Timestamp>,
    /// Read FILE as FORMAT instead of recognising it (`unblame formats` lists the formats); may be repeated
    #[arg(long = "as", num_args = 2, value_names = ["FORMAT", "FILE"], action = clap::ArgAction::Append)]
    pub read_as: Vec<String>,
    /// Stop with an error at the first file that cannot be read in full
    #[arg(long)]
    pub strict: bool,
}

impl IntakeArgs {
    pub(super) fn request(&self, incident: &Path, common: &Common) -> Result<IntakeRequest, Error> {
        let window = match self.window[..] {
            [from, to] if from < to => Some((from, to)),
            [_, _] => {
                return Err(Error::usage(
                    "the window ends before it begins",
                    "give --window FROM TO with FROM before TO",
                ));
            }
            _ => None,
        };
        Ok(IntakeRequest {
            incident: incident.to_owned(),
            timezone: common.timezone.clone(),
            window,
            read_as: self.read_as.chunks_exact(2).map(|pair| (pair[1].clone(), pair[0].clone())).collect(),
            now: Some(Timestamp::now()),
            strict: self.strict,
        })
    }
}
