//! Whether the cited evidence carries a sentence: ids, quotations, facts, causes, polarity, wording.
//!
//! Presence is proven, not entailment: `evals/grounding` measures what that misses.

mod arithmetic;
mod causes;
mod citations;
mod direction;
#[cfg(test)]
mod eval_tests;
mod facts;
mod figures;
mod ledger;
mod lexicon;
mod pattern;
mod polarity;
mod qualifier;
mod quotes;
mod support;
#[cfg(test)]
mod variant_tests;
mod verify;

pub use citations::{Cited, Sentences, Uncited, all_sentences, citations};
pub use ledger::{Entry, Ledger};
pub use verify::{Finding, facts_hold, verify};
