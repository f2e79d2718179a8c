//! Options of every command that may use a model.

use std::path::PathBuf;

use clap::Args;

use crate::app::ModelRequest;
use crate::cli::args::Common;

/// How a model is used, beside the common --model and --offline.
#[derive(Args, Debug, Default)]
pub struct ModelArgs {
    /// Append every request to FILE, as JSON lines, right before it is sent
    #[arg(long, value_name = "FILE")]
    pub egress_log: Option<PathBuf>,
    /// Exchange requests and answers as files in FOLDER (01.prompt.json, 01.reply.json) and connect to nothing
    #[arg(long, value_name = "FOLDER")]
    pub replies: Option<PathBuf>,
}

impl ModelArgs {
    pub(super) fn request(&self, common: &Common) -> ModelRequest {
        ModelRequest {
            name: common.model.clone(),
            offline: common.offline,
            egress_log: self.egress_log.clone(),
            replies: self.replies.clone(),
        }
    }
}
