//! What a readiness check is, and the ways by which checks find places.

use serde::Serialize;

use std::collections::BTreeSet;

use super::{Obstacle, Reading};
use crate::document::SectionKind;
use crate::domain::DecisionVerdict;

/// How far a document is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Review,
    Final,
}

impl Stage {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Final => "final",
        }
    }
}

/// Looks for one kind of obstacle.
pub trait Check: Sync {
    fn id(&self) -> &'static str;
    /// One line for the manual.
    fn about(&self) -> &'static str;
    /// The first stage that needs it.
    fn since(&self) -> Stage;
    /// The first stage at which it is told, though it does not stand in the way.
    fn told_since(&self) -> Stage {
        self.since()
    }
    /// Whether it never stands in the way, because what finds it is often wrong.
    fn is_told_only(&self) -> bool {
        false
    }
    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle>;
}

impl Reading<'_> {
    /// Incidents of which people have said whether this one repeats them.
    pub(super) fn decided(&self) -> BTreeSet<&str> {
        let postmortem = &self.parsed.postmortem;
        let id = postmortem.id();
        let mut decided: BTreeSet<&str> = postmortem.front.repeat_of.iter().map(String::as_str).collect();
        for decision in self.situation.decisions {
            let other = if decision.a == id { &decision.b } else { &decision.a };
            if decision.a != id && decision.b != id {
                continue;
            }
            if decision.verdict == DecisionVerdict::Undo {
                decided.remove(other.as_str())
            } else {
                decided.insert(other)
            };
        }
        decided
    }

    /// Line of the heading of the first section of a kind, else the first line.
    pub(super) fn line_of(&self, kind: SectionKind) -> usize {
        let at = self.parsed.postmortem.sections.iter().position(|section| section.kind == Some(kind));
        at.and_then(|at| self.parsed.section_lines.get(at)).copied().unwrap_or(1)
    }

    /// First line at or below `from` that holds `text`, else `from`.
    pub(super) fn line_with(&self, text: &str, from: usize) -> usize {
        let start = self.index.start_of(from);
        let tail = self.situation.source.get(start..).unwrap_or_default();
        tail.find(text).map_or(from, |at| self.index.line(start + at))
    }

    /// Top-level list items of a section, as written, continuation lines included.
    pub(super) fn items(&self, kind: SectionKind) -> Vec<String> {
        let body = self.parsed.postmortem.section_text(kind).unwrap_or_default();
        let mut items: Vec<String> = Vec::new();
        for line in body.lines() {
            let begins = line.starts_with(['-', '*', '+']) && line.get(1..2) == Some(" ")
                || line.split_once(['.', ')']).is_some_and(|(number, rest)| {
                    !number.is_empty()
                        && number.bytes().all(|byte| byte.is_ascii_digit())
                        && rest.starts_with(' ')
                });
            match items.last_mut() {
                _ if begins => items.push(line.to_owned()),
                Some(last) if line.starts_with(' ') => {
                    last.push('\n');
                    last.push_str(line);
                }
                _ => {}
            }
        }
        items
    }
}
