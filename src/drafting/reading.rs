//! The evidence as the sections see it: redacted lines with roles for names, topics and ranks.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::cues::commitment::{Candidate, candidates};
use super::inert::{clip, plain_line, quoted};
use super::injection::addresses_the_tool;
use super::parts::parts;
use super::people::People;
use super::rank::Ranked;
use super::tone;
use super::topic::{self, Topic};
use crate::domain::{
    Event, EventId, EventKind, Match, Phase, PhaseMark, SourceClass, Timeline, Trigger, WENT_ON, Warning,
};
use crate::redact::Redactor;
use crate::text::unmarked;

/// One event, ready to be quoted.
#[derive(Debug)]
pub struct Line<'a> {
    pub event: &'a Event,
    /// What was said, redacted, on one line.
    pub said: String,
    /// The same with roles in place of names.
    pub masked: String,
    /// The same without the marks of chat programs, for the page.
    pub prose: String,
    /// The sentences of the prose, pasted ones last.
    pub parts: Vec<String>,
    /// How many of them were typed.
    pub typed: usize,
    pub topic: Option<Topic>,
    /// Puts fault on somebody: evidence, but not for quoting.
    pub judges: bool,
    /// Speaks to the drafting tool: shown as evidence, carries nothing.
    pub instructs: bool,
}

impl Line<'_> {
    /// Whether a person wrote it.
    #[must_use]
    pub fn is_human(&self) -> bool {
        // Posts of a status page have neither an author nor a role in a conversation.
        let posted = self.event.kind == EventKind::StatusUpdate || self.event.kind == EventKind::Observation;
        let anonymous = self.event.actor.is_none() && self.event.role.is_none();
        !self.instructs
            && !self.event.bot
            && (!posted || !anonymous)
            && matches!(self.event.class, SourceClass::Chat | SourceClass::Memory)
    }

    /// The words without the fields that alerting systems append to their title.
    #[must_use]
    pub fn headline(&self) -> &str {
        match self.event.class {
            SourceClass::Alerting => self.prose.split(" · ").next().unwrap_or(&self.prose),
            _ => &self.prose,
        }
    }

    /// The sentences of the line that `keep` accepts and that judge nobody, joined as they stand there or with an
    /// ellipsis; `None` when there are none.
    pub fn sentences(&self, keep: impl Fn(&str) -> bool) -> Option<String> {
        let kept = self.parts.iter().filter(|sentence| !tone::judges(sentence) && keep(sentence));
        kept.cloned().reduce(|told, next| {
            let ended = told.ends_with(['.', '!', '?', '…']);
            let whole = format!("{told} {next}");
            if ended || self.prose.contains(&whole) { whole } else { format!("{told} … {next}") }
        })
    }
}

/// Everything the sections read.
pub struct Reading<'a> {
    pub timeline: &'a Timeline,
    pub matches: &'a [Match],
    pub warnings: &'a [Warning],
    /// In timeline order.
    pub lines: Vec<Line<'a>>,
    pub people: People,
    pub ranked: Ranked,
    /// Candidate actions, in time order.
    pub actions: Vec<Candidate>,
    by_id: BTreeMap<EventId, usize>,
    lint: &'a dyn Fn(&str) -> Vec<String>,
}

impl<'a> Reading<'a> {
    /// Redacts and reads every event once.
    pub fn new(input: &super::DraftInput<'a>, redactor: &mut Redactor) -> Self {
        let people = People::of(input.timeline);
        let topics = topic::topics(&input.timeline.events);
        let lines: Vec<Line<'a>> = input
            .timeline
            .events
            .iter()
            .zip(topics)
            .map(|(event, topic)| {
                let said = plain_line(redactor.redact(&event.text).as_str());
                let shown = redactor.redact(&people.mask(&event.text));
                let masked = plain_line(shown.as_str());
                let talk = matches!(event.class, SourceClass::Chat | SourceClass::Memory);
                // Bots of alert tools emphasise in chat, whatever class their posts are taken for.
                let prose = if talk || event.bot { unmarked(&masked) } else { masked.clone() };
                let (parts, typed) = parts(shown.as_str(), prose != masked);
                let judges = tone::judges(&said);
                let instructs = addresses_the_tool(&event.text);
                Line { event, said, masked, prose, parts, typed, topic, judges, instructs }
            })
            .collect();
        let texts: Vec<&str> = lines.iter().map(|line| line.prose.as_str()).collect();
        let ranked = Ranked::of(&texts);
        let by_id = lines.iter().enumerate().map(|(at, line)| (line.event.id, at)).collect();
        let mut reading = Self {
            timeline: input.timeline,
            matches: input.matches,
            warnings: input.warnings,
            lines,
            people,
            ranked,
            actions: Vec::new(),
            by_id,
            lint: input.lint,
        };
        reading.actions = candidates(&reading);
        reading
    }

    /// Position of an event among [`Self::lines`].
    #[must_use]
    pub fn index(&self, id: EventId) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    #[must_use]
    pub fn line(&self, id: EventId) -> Option<&Line<'a>> {
        self.index(id).and_then(|at| self.lines.get(at))
    }

    #[must_use]
    pub fn phase(&self, phase: Phase) -> Option<&'a PhaseMark> {
        self.timeline.phases.get(phase)
    }

    /// Whether the line offers an action; it then belongs to the action table alone.
    #[must_use]
    pub fn is_action(&self, id: EventId) -> bool {
        self.actions.iter().any(|action| action.evidence.contains(&id))
    }

    /// What the linter objects to in a sentence.
    #[must_use]
    pub fn objections(&self, text: &str) -> Vec<String> {
        (self.lint)(text)
    }

    /// The same for a sentence of a section: what describes plans or praise is no blame there.
    #[must_use]
    pub fn objections_under(&self, heading: &str, text: &str) -> Vec<String> {
        let bare = self.objections(text);
        if bare.is_empty() || self.objections(&format!("## {heading}\n\n{text}\n")).is_empty() {
            return Vec::new();
        }
        bare
    }

    /// Whether `at` lies between the start and the end of the incident; an unknown side is open.
    #[must_use]
    pub fn during(&self, at: Timestamp) -> bool {
        let started = self.phase(Phase::Started).or(self.phase(Phase::Detected));
        started.is_none_or(|mark| mark.at <= at)
            && self.phase(Phase::Resolved).is_none_or(|mark| at <= mark.at)
    }

    /// Whether `at` lies after the service came back.
    #[must_use]
    pub fn after(&self, at: Timestamp) -> bool {
        self.phase(Phase::Mitigated).or(self.phase(Phase::Resolved)).is_some_and(|mark| at > mark.at)
    }

    /// The likeliest trigger; a change that was taken back in vain is none.
    #[must_use]
    pub fn trigger(&self) -> Option<&'a Trigger> {
        let vain = |trigger: &&Trigger| trigger.why.iter().any(|why| why.ends_with(WENT_ON));
        self.timeline.triggers.iter().find(|trigger| !vain(trigger))
    }

    /// Whether `at` lies after the incident was declared over: what is said then is hindsight, causes and plans.
    #[must_use]
    pub fn over(&self, at: Timestamp) -> bool {
        self.phase(Phase::Resolved).is_some_and(|mark| at > mark.at)
    }

    /// A quotation for the prose, at most `limit` characters long; `None` when the linter or the guard objects.
    #[must_use]
    pub fn quotation(&self, text: &str, limit: usize) -> Option<String> {
        let short = clip(text.trim_end_matches(['.', ' ']), limit);
        (!tone::judges(&short) && !addresses_the_tool(&short) && (self.lint)(&short).is_empty())
            .then(|| quoted(&short))
    }

    /// The best `count` lines by `score` (`None` leaves a line out), without repetition, in time order.
    pub fn best(&self, count: usize, score: impl Fn(&Line<'a>) -> Option<f64>) -> Vec<&Line<'a>> {
        let candidates: Vec<(usize, f64)> = self
            .lines
            .iter()
            .enumerate()
            .filter_map(|(at, line)| score(line).map(|score| (at, score + 0.3 * self.ranked.scores[at])))
            .collect();
        let mut chosen = self.ranked.diverse(&candidates, count);
        chosen.sort_unstable();
        chosen.into_iter().map(|at| &self.lines[at]).collect()
    }
}
