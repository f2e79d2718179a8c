//! Finds the past incidents that resemble one at hand: lexical, measured, and with the evidence of each match.
//!
//! [`Index::build`] prepares a history, [`rank`] scores it with one pure function ([`fusion`]), [`matches()`] adds what a
//! person needs to judge: shared terms and services, the lines most alike, open actions, a calibrated probability.

mod analyse;
mod calibrate;
mod clean;
mod corpus;
pub mod fusion;
mod grams;
mod index;
mod lines;
mod matches;
mod rank;
mod shared;
mod strangers;
#[cfg(test)]
mod tests;

pub use analyse::{Analysed, TermCount, analyse, day_of};
pub use calibrate::{Calibration, LIKELY, RELATED, verdict};
pub use corpus::{Corpus, DocStats, Posting};
pub use index::Index;
pub use matches::{matches, matches_by_meaning};
pub use rank::{Candidate, Meaning, Scope, rank, rank_by_meaning, standout};
