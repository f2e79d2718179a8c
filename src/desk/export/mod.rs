//! A postmortem in the forms that other places take, whole or fit for outsiders.

mod confluence;
mod html;
mod json;
mod links;
mod markup;
mod names;
mod sanitize;
mod slack;

pub use sanitize::{Sanitized, sanitize};

use crate::document::{Postmortem, render};

/// Where a postmortem is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One self-contained page.
    Html,
    /// The same, laid out for paper.
    Paper,
    /// Confluence's storage format.
    Confluence,
    /// A message in Slack's mark-up: summary, impact, action items.
    Slack,
    Json,
    Markdown,
}

/// The document in the form of `target`.
#[must_use]
pub fn export(postmortem: &Postmortem, target: Target) -> String {
    match target {
        Target::Html => html::page(postmortem),
        Target::Paper => html::paper(postmortem),
        Target::Confluence => confluence::storage(postmortem),
        Target::Slack => slack::message(postmortem),
        Target::Json => json::object(postmortem),
        Target::Markdown => render(postmortem),
    }
}

#[cfg(test)]
mod tests;
