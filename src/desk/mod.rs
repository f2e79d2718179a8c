//! The reviewer's desk: merging a redraft into edited text, readiness, action items across a history, exports.

pub mod merge;
