//! From a timeline to a draft: extractive or by a model, every sentence grounded in cited events.

mod completion;
mod cues;
mod draft;
mod evaluate;
mod extractive;
pub mod ground;
mod inert;
mod injection;
mod model;
mod page;
mod parts;
mod people;
mod rank;
mod reading;
mod sections;
mod sufficiency;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod tone;
mod topic;
mod wording;

pub use completion::{
    Answer, AnswerCache, Completion, CompletionError, Finish, Message, Pending, Request, Schema, Speaker,
};
pub use draft::{Draft, DraftInput, Fallback, Usage};
pub use evaluate::{DraftFacts, DraftMeasure, Share, evaluate};
pub use extractive::draft;
pub use inert::{inert, quoted};
pub use model::{
    Arrangement, Baseline, Limits, ModelRun, Price, PromptError, Prompts, baseline, draft_with_model,
    requests,
};
pub use sections::footnote;
pub use sufficiency::enough;
