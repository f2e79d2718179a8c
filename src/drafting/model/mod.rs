//! Drafting by a model: it proposes sentences with evidence ids, code fills in times and quotations and checks the rest.

mod ask;
mod check;
mod evidence;
mod fill;
#[cfg(test)]
mod injection_tests;
mod layout;
mod pipeline;
mod plan;
mod prompts;
mod reply;
#[cfg(test)]
mod tests;
mod tokens;

pub use pipeline::{ModelRun, Price, draft_with_model};
pub use plan::{Limits, requests};
pub use prompts::{PromptError, Prompts};
