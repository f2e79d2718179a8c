//! Drafting by a model: it proposes sentences with evidence ids, code fills in times and quotations and checks the rest.

mod actions;
mod ask;
mod baseline;
mod check;
mod condense;
mod evidence;
mod fill;
#[cfg(test)]
mod injection_tests;
mod layout;
mod mend;
mod pipeline;
mod plan;
mod prompts;
mod reply;
#[cfg(test)]
mod strategy_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod together_tests;
mod tokens;

pub use baseline::{Baseline, baseline};
pub use pipeline::{ModelRun, Price, draft_with_model};
pub use plan::{Arrangement, Limits, requests};
pub use prompts::{PromptError, Prompts};
