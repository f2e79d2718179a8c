//! The evidence as the verifier sees it: redacted lines by id, with what every sentence may take for granted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, OnceLock};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use regex::Regex;

use super::lexicon::ordinary_source;
use super::qualifier;
use super::support::{Rarity, content, recall, senses};
use crate::document::{Postmortem, SectionKind};
use crate::domain::{Event, EventId, Incident, Phase, Timeline};
use crate::drafting::injection::addresses_the_tool;
use crate::drafting::page::plain;
use crate::redact::Redactor;
use crate::text::fold;

/// One line of evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub at: Timestamp,
    pub until: Option<Timestamp>,
    pub source: String,
    /// File that the line was read from, as the footnote names it.
    pub file: String,
    /// Kind of event in words, empty when it is not known.
    pub kind: String,
    pub actor: Option<String>,
    /// Written by a program, whose name is no person's.
    pub machine: bool,
    pub services: Vec<String>,
    /// Redacted.
    pub text: String,
    pub count: u32,
    /// Speaks to the drafting tool and carries no sentence; found out for the few lines that are asked about.
    instructs: OnceLock<bool>,
    /// Milestones that rest on this line.
    pub phases: Vec<(Phase, Timestamp)>,
}

impl Entry {
    /// Whether the line speaks to the drafting tool; then it carries no sentence.
    pub(super) fn instructs(&self) -> bool {
        *self.instructs.get_or_init(|| addresses_the_tool(&self.text))
    }

    /// Everything that a sentence citing this line may use: its words and its fields.
    #[must_use]
    pub(super) fn all_words(&self) -> String {
        format!(
            "{} {} {} {} {} {}",
            self.text,
            self.source,
            self.file,
            self.kind,
            self.actor.as_deref().unwrap_or_default(),
            self.services.join(" ")
        )
    }
}

/// All lines of evidence of one incident.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    entries: BTreeMap<EventId, Entry>,
    pub(super) incident: Incident,
    pub(super) rarity: Rarity,
    /// Lower-case words that name a service or a person somewhere in the incident.
    pub(super) known: BTreeSet<String>,
    /// Sources whose name is the name of a product.
    pub(super) sources: BTreeSet<String>,
    /// Regions, pools and the like by name.
    pub(super) qualified: BTreeSet<(String, String)>,
}

impl Ledger {
    /// Redacts every event once.
    pub fn new(timeline: &Timeline, redactor: &mut Redactor) -> Self {
        let mut entries: BTreeMap<EventId, Entry> = timeline
            .events
            .iter()
            .map(|event| {
                let entry = entry(event, redactor.redact(&event.text).into_string());
                // A mark may stand where the address stood.
                let instructs = OnceLock::from(addresses_the_tool(&event.text));
                (event.id, Entry { instructs, ..entry })
            })
            .collect();
        for phase in Phase::ALL {
            let Some(mark) = timeline.phases.get(phase) else { continue };
            for id in &mark.evidence {
                if let Some(entry) = entries.get_mut(id) {
                    entry.phases.push((phase, mark.at));
                }
            }
        }
        Self::of(entries, timeline.incident.clone())
    }

    /// The footnotes of a finished document, for checking it without its evidence.
    #[must_use]
    pub fn from_document(postmortem: &Postmortem) -> Self {
        let body = postmortem
            .section(SectionKind::Evidence)
            .map(|section| section.body.as_str())
            .unwrap_or_default();
        Self::beside(postmortem, body.lines().filter_map(footnote).collect())
    }

    /// The redacted events that were kept when the document was drafted.
    #[must_use]
    pub fn from_kept(postmortem: &Postmortem, events: &[Event]) -> Self {
        Self::beside(
            postmortem,
            events.iter().map(|event| (event.id, entry(event, event.text.clone()))).collect(),
        )
    }

    /// Lines with the milestones of the document's front matter.
    fn beside(postmortem: &Postmortem, mut entries: BTreeMap<EventId, Entry>) -> Self {
        for phase in Phase::ALL {
            let Some(at) = postmortem.front.at(phase) else { continue };
            for entry in
                entries.values_mut().filter(|entry| entry.at.as_second().abs_diff(at.as_second()) < 60)
            {
                entry.phases.push((phase, at));
            }
        }
        let incident = Incident {
            id: postmortem.id().to_owned(),
            title: postmortem.title.clone(),
            severity: postmortem.front.severity.clone(),
            services: postmortem.front.services.clone(),
            teams: postmortem.front.teams.clone(),
            ..Incident::default()
        };
        Self::of(entries, incident)
    }

    fn of(entries: BTreeMap<EventId, Entry>, incident: Incident) -> Self {
        let rarity = Rarity::of(entries.values().map(|entry| entry.text.as_str()));
        let services =
            incident.services.iter().chain(entries.values().flat_map(|entry| entry.services.iter()));
        let people = entries.values().filter(|entry| !entry.machine).filter_map(|entry| entry.actor.as_ref());
        let actors = people.chain(incident.roles.values());
        let names = actors.flat_map(|actor| names(actor)).filter(|part| part.chars().count() >= 3);
        let known = services.map(|service| fold(service)).chain(names.map(fold)).collect();
        let sources =
            entries.values().map(|entry| fold(&entry.source)).filter(|name| !ordinary_source(name)).collect();
        let qualified = entries.values().flat_map(|entry| qualifier::qualified(&entry.text)).collect();
        Self { entries, incident, rarity, known, sources, qualified }
    }

    #[must_use]
    pub fn get(&self, id: EventId) -> Option<&Entry> {
        self.entries.get(&id)
    }

    /// The lines that share most with a text, weighted by how rare each word is, best first.
    #[must_use]
    pub fn related(&self, text: &str, count: usize) -> Vec<EventId> {
        let content = content(text);
        let mut scored: Vec<(f64, EventId)> = self
            .iter()
            .map(|(id, entry)| (recall(&content, &senses(&entry.all_words()), &self.rarity), id))
            .filter(|(share, id)| *share > 0.2 && self.get(*id).is_some_and(|entry| !entry.instructs()))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.into_iter().take(count).map(|(_, id)| id).collect()
    }

    pub fn iter(&self) -> impl Iterator<Item = (EventId, &Entry)> {
        self.entries.iter().map(|(id, entry)| (*id, entry))
    }
}

/// The parts of a name. What stands behind a bar is a department, and what follows in a handle may be any word.
fn names(actor: &str) -> Vec<&str> {
    let person = actor.split(['|', '(']).next().unwrap_or_default().trim();
    if person.contains(' ') {
        person.split([' ', '.', '-']).collect()
    } else {
        person.split(['.', '-']).take(1).collect()
    }
}

/// An event with its words, redacted.
fn entry(event: &Event, text: String) -> Entry {
    Entry {
        at: event.at,
        until: event.until,
        source: event.source.clone(),
        file: event.origin.file.clone(),
        kind: event.kind.name().replace('_', " "),
        actor: event.actor.clone(),
        machine: event.bot,
        services: event.services.clone(),
        text,
        count: event.count,
        instructs: OnceLock::new(),
        phases: Vec::new(),
    }
}

/// Reads `[^E41]: 2025-11-28 09:22:07 until 2025-11-28 09:30:00 UTC, 3 times · kubernetes · "…" (place)`.
#[expect(clippy::expect_used, reason = "a constant pattern, covered by the tests of this folder")]
static FOOTNOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^\[\^(E\d+)\]:\s*(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})(?: until (\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}))? UTC(?:, (\d+) times)? · (\S.*?) · (.*?)(?: \([^()]*\))?(?: <https:[^>]*>)?$"#)
        .expect("pattern")
});

fn footnote(line: &str) -> Option<(EventId, Entry)> {
    let found = FOOTNOTE.captures(line.trim())?;
    let time = |at: usize| {
        found
            .get(at)?
            .as_str()
            .replacen(' ', "T", 1)
            .parse::<DateTime>()
            .ok()?
            .to_zoned(TimeZone::UTC)
            .ok()
            .map(|zoned| zoned.timestamp())
    };
    let text = plain(&found[6]);
    Some((
        found[1].parse().ok()?,
        Entry {
            at: time(2)?,
            until: time(3),
            source: plain(&found[5]),
            file: line
                .rsplit_once("\" (")
                .map_or("", |(_, origin)| origin.split([':', '#', ')']).next().unwrap_or_default())
                .to_owned(),
            kind: String::new(),
            actor: None,
            machine: false,
            services: Vec::new(),
            text: text.trim_matches('"').to_owned(),
            count: found.get(4).and_then(|count| count.as_str().parse().ok()).unwrap_or(1),
            instructs: OnceLock::new(),
            phases: Vec::new(),
        },
    ))
}
