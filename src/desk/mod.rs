//! The reviewer's desk: merging a redraft into edited text, readiness, action items across a history, exports.

pub mod actions;
pub mod digest;
pub mod export;
pub mod merge;
pub mod readiness;
mod stable_ids;

pub use stable_ids::keep_ids;
