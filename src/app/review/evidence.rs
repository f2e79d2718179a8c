//! The evidence of a draft: the events kept beside it, else what its footnotes say.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde::Serialize;

use crate::app::Error;
use crate::document::{Moment, parse_moment};
use crate::domain;
use crate::store;
use crate::text::markdown::options;

/// Lines shown on either side of a line of evidence.
const AROUND: usize = 3;

/// One line of evidence as a person reads it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// `E12`.
    pub label: String,
    #[serde(skip)]
    pub at: Option<Timestamp>,
    /// `2025-11-28 09:32:10 UTC`.
    pub time: String,
    pub source: String,
    /// Of the event; empty when only a footnote is known.
    pub kind: String,
    pub actor: Option<String>,
    pub text: String,
    pub count: u32,
    #[serde(skip)]
    pub key: bool,
    #[serde(skip)]
    pub file: String,
    #[serde(skip)]
    pub line: usize,
    /// File and line, as the footnote writes them.
    pub place: String,
    /// Address of the original, only `http` and `https`.
    pub permalink: Option<String>,
}

/// A line of evidence with its neighbours in the same file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shown<'a> {
    pub item: &'a Item,
    pub before: Vec<&'a Item>,
    pub after: Vec<&'a Item>,
}

/// All evidence of one draft.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// In the order of time.
    pub items: Vec<Item>,
    /// Label to position in `items`.
    by_label: BTreeMap<String, usize>,
    /// Files with their items in the order of time, which exports do not always keep.
    by_file: BTreeMap<String, Vec<usize>>,
    /// Whether the events themselves were there, not only footnotes.
    pub complete: bool,
}

impl Evidence {
    /// The events kept beside the draft; footnotes fill in what is not there.
    pub fn load(document: &Path, id: &str, source: &str) -> Result<Self, Error> {
        let kept = store::recall(document, id)?;
        let mut items: Vec<Item> = kept.iter().flat_map(|kept| &kept.events).map(of_event).collect();
        let complete = !items.is_empty();
        let footnotes = footnotes(source).into_iter().map(|(label, text)| of_footnote(label, &text));
        let known: std::collections::BTreeSet<String> = items.iter().map(|item| item.label.clone()).collect();
        items.extend(footnotes.filter(|item| !known.contains(&item.label)));
        items.sort_by(|a, b| (a.at, number(&a.label), &a.label).cmp(&(b.at, number(&b.label), &b.label)));
        Ok(Self::index(items, complete))
    }

    fn index(items: Vec<Item>, complete: bool) -> Self {
        let mut by_file: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut by_label = BTreeMap::new();
        for (at, item) in items.iter().enumerate() {
            by_label.entry(item.label.clone()).or_insert(at);
            by_file.entry(item.file.clone()).or_default().push(at);
        }
        Self { items, by_label, by_file, complete }
    }

    /// One line of evidence with what stands around it.
    #[must_use]
    pub fn show(&self, label: &str) -> Option<Shown<'_>> {
        let at = *self.by_label.get(label)?;
        let item = &self.items[at];
        let list = self.by_file.get(&item.file)?;
        let place = list.iter().position(|&known| known == at)?;
        let take = |range: &[usize]| range.iter().map(|&at| &self.items[at]).collect();
        let before = take(&list[place.saturating_sub(AROUND)..place]);
        let after = take(&list[place + 1..(place + 1 + AROUND).min(list.len())]);
        Some(Shown { item, before, after })
    }
}

fn of_event(event: &domain::Event) -> Item {
    let origin = &event.origin;
    Item {
        label: event.id.to_string(),
        at: Some(event.at),
        time: event.at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        source: event.source.clone(),
        kind: event.kind.name().replace('_', " "),
        actor: event.actor.clone(),
        text: event.text.clone(),
        count: event.count,
        key: event.key,
        file: origin.file.clone(),
        line: origin.line,
        place: origin.to_string(),
        permalink: origin.permalink.clone().filter(|link| is_web(link)),
    }
}

/// Label and text of every footnote; what looks like HTML is part of what was said.
fn footnotes(source: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for event in Parser::new_ext(source, options()) {
        match (event, found.last_mut()) {
            (Event::Start(Tag::FootnoteDefinition(label)), _) => {
                found.push((label.to_string(), String::new()));
                inside = true;
            }
            (Event::End(TagEnd::FootnoteDefinition), _) => inside = false,
            (
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text),
                Some((_, said)),
            ) if inside => {
                said.push_str(&text);
            }
            (Event::SoftBreak | Event::HardBreak, Some((_, said))) if inside => said.push(' '),
            _ => {}
        }
    }
    found
}

/// `2025-11-28 09:22:07 UTC · kubernetes · "Scaled up" (k8s-events.json#17)`.
fn of_footnote(label: String, text: &str) -> Item {
    let (time, rest) = text.split_once(" · ").unwrap_or(("", text));
    let (source, rest) = rest.split_once(" · ").unwrap_or(("", rest));
    let rest = rest.trim();
    let place = rest.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let (text, place) = place.map_or((rest, ""), |(text, place)| (text.trim(), place));
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let (file, line) = place.rsplit_once(['#', ':']).unwrap_or((place, ""));
    Item {
        at: parse_moment(time).and_then(Moment::instant),
        label,
        time: time.to_owned(),
        source: source.to_owned(),
        kind: String::new(),
        actor: None,
        text: text.to_owned(),
        count: 1,
        key: true,
        file: file.to_owned(),
        line: line.parse().unwrap_or_default(),
        place: place.to_owned(),
        permalink: None,
    }
}

fn is_web(link: &str) -> bool {
    let link = link.trim_start().to_ascii_lowercase();
    link.starts_with("https://") || link.starts_with("http://")
}

fn number(label: &str) -> u32 {
    label.trim_start_matches('E').parse().unwrap_or(u32::MAX)
}
