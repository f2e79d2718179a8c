//! Verbs: one file each, joining wings and doors; they return values and never print.

pub mod actions;
pub mod check;
mod decide;
pub mod digest;
mod draft;
mod error;
mod eval_similar;
pub mod export;
mod formats;
mod history;
pub mod init;
mod intake;
mod lint;
mod memory;
mod model;
mod outcome;
mod patterns;
pub mod redact;
pub mod redraft;
pub mod review;
mod similar;
pub mod trends;
pub mod verify;

pub use decide::{DecideRequest, Decided, DecisionsReport, decide, decisions};
pub use draft::{DraftReport, DraftRequest, draft, draft_requests};
pub use error::Error;
pub use eval_similar::{PatternScores, evaluate_patterns, evaluate_similar};
pub use formats::formats;
pub use history::{HistoryReport, check_history};
pub use intake::{IntakeRequest, timeline};
pub use lint::{LintReport, LintRequest, lint, lost};
pub use model::ModelRequest;
pub use outcome::Outcome;
pub use patterns::{PatternsReport, PatternsRequest, patterns};
pub use similar::{Matches, SimilarReport, SimilarRequest, similar, similar_all};
