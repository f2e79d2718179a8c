//! Likely repeats that nobody has confirmed or rejected.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};
use crate::document::SectionKind;
use crate::domain::DecisionVerdict;

pub(super) struct Repeats;
pub(super) static ENTRY: Repeats = Repeats;

static SUGGESTION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[-*+] +\*\*(.+?)\*\*.*?\blikely repeat\b").ok());

impl Check for Repeats {
    fn id(&self) -> &'static str {
        "repeats"
    }

    fn about(&self) -> &'static str {
        "A person has decided about every likely repeat"
    }

    fn since(&self) -> Stage {
        Stage::Final
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        let postmortem = &reading.parsed.postmortem;
        let id = postmortem.id();
        let mut decided: BTreeSet<&str> = postmortem.front.repeat_of.iter().map(String::as_str).collect();
        for decision in reading.situation.decisions {
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
        let from = reading.line_of(SectionKind::Similar);
        let Some(regex) = SUGGESTION.as_ref() else { return Vec::new() };
        reading
            .items(SectionKind::Similar)
            .into_iter()
            .filter_map(|item| {
                let other = regex.captures(&item)?.get(1)?.as_str().replace('\\', "");
                (!decided.contains(other.as_str())).then(|| Obstacle {
                    line: reading.line_with(item.lines().next().unwrap_or_default(), from),
                    check: self.id(),
                    message: format!("nobody has said whether this repeats {other}"),
                    help: format!("`unblame decide {id} {other} same` (or related, different)"),
                })
            })
            .collect()
    }
}
