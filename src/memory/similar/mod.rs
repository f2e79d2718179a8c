//! Finds the past incidents that resemble one at hand: lexical, measured, and with the evidence of each match.
//!
//! [`Index::build`] prepares a history, [`rank`] scores it with one pure function ([`fusion`]), [`matches`] adds what a
//! person needs to judge: shared terms and services, the lines most alike, open actions, a calibrated probability.

mod analyse;
mod clean;
mod corpus;
pub mod fusion;
mod grams;
mod index;
mod rank;

pub use analyse::{Analysed, TermCount, analyse};
pub use corpus::{Corpus, DocStats, Posting};
pub use index::Index;
pub use rank::{Candidate, Scope, rank};
