//! The footnotes of a file beside the events that were kept: what somebody changed in them shows.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::Disagreement;
use crate::domain::{Event, EventId};
use crate::drafting::footnote;
use crate::text::markdown::blocks;

static DEFINITION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\[\^([^\]\s]+)\]:[ \t]*(.*)$").ok());

/// Characters of a text that a message shows.
const SHOWN: usize = 80;

/// Label to line (from 1) and Markdown of each footnote definition; lines that an editor wrapped are joined.
pub(super) struct Definitions(BTreeMap<String, (usize, String)>);

impl Definitions {
    pub(super) fn of(source: &str) -> Self {
        let mut found: BTreeMap<String, (usize, String)> = BTreeMap::new();
        let mut open: Option<String> = None;
        for (at, line) in source.lines().enumerate() {
            let captured = DEFINITION.as_ref().and_then(|regex| regex.captures(line.trim_end()));
            match (captured, &open) {
                (Some(captured), _) => {
                    let label = captured[1].to_owned();
                    found.entry(label.clone()).or_insert((at + 1, captured[2].to_owned()));
                    open = Some(label);
                }
                (None, Some(label)) if line.starts_with([' ', '\t']) && !line.trim().is_empty() => {
                    if let Some((_, text)) = found.get_mut(label) {
                        text.push(' ');
                        text.push_str(line.trim());
                    }
                }
                (None, _) => open = None,
            }
        }
        Self(found)
    }

    pub(super) fn has(&self, label: &str) -> bool {
        self.0.contains_key(label)
    }
}

/// Every footnote of an event that says something else than the event that was kept.
pub(super) fn disagreements(definitions: &Definitions, events: &[Event]) -> Vec<Disagreement> {
    let known: BTreeMap<EventId, &Event> = events.iter().map(|event| (event.id, event)).collect();
    let mut found: Vec<Disagreement> = definitions
        .0
        .iter()
        .filter_map(|(label, (line, text))| {
            let id: EventId = label.parse().ok()?;
            let reason = match known.get(&id) {
                None => Some("no such event is in the evidence kept with the draft".to_owned()),
                Some(event) => {
                    let written = footnote(event);
                    let collected = written.split_once("]: ").map_or("", |(_, text)| text);
                    (collected != text).then(|| difference(text, collected)).flatten()
                }
            };
            Some(Disagreement { line: *line, id, reason: reason? })
        })
        .collect();
    found.sort_by_key(|one| (one.line, one.id));
    found
}

/// The first words in which two texts differ, mark-up aside; `None` when they say the same.
fn difference(text: &str, collected: &str) -> Option<String> {
    let words = |markdown: &str| -> Vec<String> {
        let shown: Vec<String> = blocks(markdown).into_iter().map(|block| block.text).collect();
        shown.join(" ").split_whitespace().map(str::to_owned).collect()
    };
    let (here, kept) = (words(text), words(collected));
    let at = here.iter().zip(&kept).take_while(|(a, b)| a == b).count();
    if at == here.len() && at == kept.len() {
        return None;
    }
    let from = |words: &[String]| -> String {
        let rest = words.get(at.saturating_sub(1)..).unwrap_or_default().join(" ");
        let short: String = rest.chars().take(SHOWN).collect();
        if short.len() < rest.len() { format!("{short}…") } else { short }
    };
    Some(format!("it reads \"{}\", kept is \"{}\"", from(&here), from(&kept)))
}
