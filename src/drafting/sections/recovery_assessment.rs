//! Five questions about the response, answered from data where data answers.

use regex::Regex;

use super::{Writer, bullets};
use crate::document::SectionKind;
use crate::domain::{EventId, EventKind, Phase};
use crate::drafting::page::{Page, evidence_of};
use crate::drafting::reading::{Line, Reading};
use crate::drafting::topic::Topic;
use crate::drafting::wording::{between, capitalised, clock, span};

/// A shorter remark answers nothing.
const FEWEST_WORDS: usize = 5;

/// The five questions: a short name, the question, and who settles it.
pub(crate) const QUESTIONS: &[(&str, &str, &str)] = &[
    ("detection", "Was detection timely?", "the alerting target of the service"),
    ("alerts", "Were alerts actionable?", "the engineer who received them"),
    ("ownership", "Was ownership clear?", "the people who responded"),
    ("tools", "Were tools and runbooks useful?", "the people who responded"),
    ("automation", "Could recovery be automated?", "the owners of the deployment"),
];

const TOOLS: &str = r"(?i)\b(runbooks?|playbooks?|dashboards?|documentation|tool(s|ing)?|list shows|wiki)\b";

pub(super) struct RecoveryAssessment;
pub(super) static ENTRY: RecoveryAssessment = RecoveryAssessment;

impl Writer for RecoveryAssessment {
    fn kind(&self) -> SectionKind {
        SectionKind::RecoveryAssessment
    }

    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        let answers = [
            detection(reading, page),
            alerts(reading, page),
            ownership(reading, page),
            said(reading, page, TOOLS),
            automation(reading, page),
        ];
        bullets(QUESTIONS.iter().zip(answers).map(|((_, question, settles), answer)| {
            if answer.is_empty() {
                page.ask(*question, *settles);
                format!("**{question}** Not stated in the evidence (see Open questions).")
            } else {
                format!("**{question}** {}", answer.join(" "))
            }
        }))
    }
}

fn detection(reading: &Reading<'_>, page: &mut Page<'_>) -> Vec<String> {
    let mut answer = Vec::new();
    let (Some(started), Some(detected)) = (reading.phase(Phase::Started), reading.phase(Phase::Detected))
    else {
        return answer;
    };
    if detected.confidence < 0.3 {
        return answer;
    }
    // Where the first signal is also the start, how long nobody noticed is not known.
    if started.at < detected.at {
        let sentence = format!(
            "Detection took {}, from {} to {} UTC.",
            between(started.at, detected.at),
            clock(started.at),
            clock(detected.at)
        );
        answer.extend(page.fact(&sentence, &evidence_of(&[Some(started), Some(detected)])));
    }
    let first = detected.evidence.first().and_then(|id| reading.line(*id));
    if let Some(line) = first {
        let how = if line.event.kind == EventKind::AlertFired {
            "an alert"
        } else if line.is_human() {
            "a report"
        } else {
            "an automated record"
        };
        answer.extend(page.fact(&format!("The signal was {how}."), &[line.event.id]));
    }
    let target = "Was that within the detection target of the service?";
    page.ask(target, "the alerting target of the service");
    answer
}

fn alerts(reading: &Reading<'_>, page: &mut Page<'_>) -> Vec<String> {
    let mut answer = Vec::new();
    let fired: Vec<&Line<'_>> = reading
        .lines
        .iter()
        .filter(|line| {
            line.event.kind == EventKind::AlertFired && line.event.key && reading.during(line.event.at)
        })
        .collect();
    let ids: Vec<EventId> = fired.iter().map(|line| line.event.id).collect();
    if !ids.is_empty() && ids.len() <= 6 {
        let counted = if ids.len() == 1 { "1 alert".to_owned() } else { format!("{} alerts", ids.len()) };
        answer.extend(page.fact(&format!("{counted} fired while the incident was open."), &ids));
    }
    if let (Some(detected), Some(acknowledged), Some(seconds)) = (
        reading.phase(Phase::Detected),
        reading.phase(Phase::Acknowledged).filter(|mark| mark.confidence >= 0.5),
        reading.timeline.durations.acknowledge_s.filter(|s| *s > 0),
    ) {
        answer.extend(page.fact(
            &format!("The first acknowledgement came after {}.", span(seconds)),
            &evidence_of(&[Some(detected), Some(acknowledged)]),
        ));
    }
    answer.extend(said(reading, page, r"(?i)\b(alert|alarm|page)s?\b.{0,60}\b(says|said|shows?|only|text|wrong|noise|noisy|unclear|no|not)\b|\bno alert"));
    answer
}

fn ownership(reading: &Reading<'_>, page: &mut Page<'_>) -> Vec<String> {
    let mut answer = Vec::new();
    let command =
        Regex::new(r"(?i)\b(incident command(er)?|i('m| am) IC|take command|IC is|commander)\b").ok();
    let takes = |line: &&Line<'_>| {
        line.is_human()
            && reading.during(line.event.at)
            && command.as_ref().is_some_and(|pattern| pattern.is_match(&line.prose))
    };
    if let Some(line) = reading.lines.iter().find(takes) {
        let mut sentence = format!("Incident command is recorded at {} UTC", clock(line.event.at));
        let mut evidence = vec![line.event.id];
        if let Some(detected) = reading.phase(Phase::Detected).filter(|mark| mark.at < line.event.at) {
            sentence.push_str(&format!(", {} after detection", between(detected.at, line.event.at)));
            evidence.extend(detected.evidence.first());
        }
        answer.extend(page.fact(&format!("{sentence}."), &evidence));
    }
    let escalations: Vec<&Line<'_>> = reading
        .lines
        .iter()
        .filter(|line| {
            line.event.kind == EventKind::Escalation
                && reading.during(line.event.at)
                && !line.prose.starts_with("Assigned")
        })
        .collect();
    if let Some(first) = escalations.first() {
        answer.extend(page.fact(
            &format!("The first escalation is recorded at {} UTC.", clock(first.event.at)),
            &[first.event.id],
        ));
    }
    answer
}

fn automation(reading: &Reading<'_>, page: &mut Page<'_>) -> Vec<String> {
    let mut answer = Vec::new();
    let rollback = reading
        .lines
        .iter()
        .find(|line| line.event.kind == EventKind::Rollback && reading.during(line.event.at));
    if let Some(line) = rollback {
        let by = if line.event.bot || line.event.actor.is_none() {
            "an automated record"
        } else {
            "a person's action"
        };
        answer.extend(
            page.fact(&format!("The rollback at {} UTC was {by}.", clock(line.event.at)), &[line.event.id]),
        );
    }
    answer.extend(said(reading, page, r"(?i)\b(automatic(ally)?|automated?|by hand|manual(ly)?|rollback)\b"));
    answer
}

/// Up to two quoted statements that match, from the response or the review.
fn said(reading: &Reading<'_>, page: &mut Page<'_>, pattern: &str) -> Vec<String> {
    let Ok(pattern) = Regex::new(pattern) else { return Vec::new() };
    let states = |text: &str| pattern.is_match(text) && !text.ends_with('?');
    let score = |line: &Line<'_>| {
        let human = line.is_human()
            && line.prose.split_whitespace().count() >= FEWEST_WORDS
            && !line.prose.contains("```")
            && line.topic != Some(Topic::Actions)
            && !reading.is_action(line.event.id);
        let open = reading.during(line.event.at) || reading.after(line.event.at);
        let asked = if line.topic.is_some() { 1.0 } else { 0.4 };
        let told = line.sentences(states);
        (human && open && told.is_some_and(|told| told.split_whitespace().count() >= FEWEST_WORDS))
            .then_some(asked)
    };
    let mut quotes = Vec::new();
    for line in reading.best(2, score) {
        let Some(quote) = line.sentences(states).and_then(|text| reading.quotation(&text, 200)) else {
            continue;
        };
        let who = capitalised(
            line.event.actor.as_deref().map_or("a responder", |actor| reading.people.role(actor)),
        );
        quotes.extend(page.fact(&format!("{who}: {quote}."), &[line.event.id]));
    }
    quotes
}
