//! Candidate action items: commitments, requests and proposals, with owner and date only where a person said so.

use std::sync::LazyLock;

use jiff::SignedDuration;
use jiff::civil::Date;
use regex::Regex;

use super::due::due;
use crate::domain::{ActionKind, EventId, Priority};
use crate::drafting::inert::plain_line;
use crate::drafting::reading::{Line, Reading};
use crate::drafting::tone;
use crate::drafting::topic::Topic;
use crate::drafting::wording::{capitalised, day};
use crate::text::technical_tokens;

/// One candidate, as people put it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub action: String,
    pub kind: ActionKind,
    pub priority: Option<Priority>,
    /// Name of the person who took it.
    pub owner: Option<String>,
    pub due: Option<Date>,
    pub tracking: Option<String>,
    pub verification: Option<String>,
    pub evidence: Vec<EventId>,
}

/// How a sentence offers an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// "I'll …", "…: I take it": the speaker owns it.
    Mine,
    /// "can you …?": whoever agrees owns it.
    Asked,
    /// "someone should …", "action: …": nobody owns it.
    Open,
}

#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static FORMS: LazyLock<Vec<(Form, Regex)>> = LazyLock::new(|| {
    [
        (Form::Open, r"(?i)^(?:action(?: item)?s?|todo|to do|follow.?up|next step)\s*[:\-–]\s*(?P<act>.+)$"),
        (Form::Mine, r"(?i)^(?P<act>[^:]{8,})[:,–-]\s+(?:i(?:'ll|’ll| will)?\s+take\s+(?:it|this|that|care)\b|that's mine|mine\b|on me\b).*$"),
        (Form::Mine, r"(?i)^(?:taking|i take|i'll take|i’ll take|i will take)\s+(?:the\s+)?(?P<act>.+?)\s+(?:myself|over)\b[:,]?\s*(?P<rest>.*)$"),
        (Form::Mine, r"(?i)^(?:ok(?:ay)?,?\s+|yes,?\s+|and\s+|then\s+|also,?\s+)*(?:i(?:'ll|’ll| will|'m going to| am going to)|let me)\s+(?:also\s+|then\s+)?(?P<act>.+)$"),
        (Form::Mine, r"(?i)^(?:and\s+|also,?\s+)?i\s+(?:also\s+)?(?P<act>(?:add|write|fix|split|set up|create|build|move|document|update|organi[sz]e|schedule|file|open|prepare|ask|make|wire|propose|implement|remove|rotate|raise|extend)\b.+)$"),
        (Form::Asked, r"(?i)^(?:.{0,40}?\b)?(?:can|could|would|will)\s+you\s+(?:please\s+|also\s+)?(?P<act>.+?)\??$"),
        (Form::Open, r"(?i)^(?:i think\s+|maybe\s+|and\s+|also,?\s+)*(?:someone|somebody|we|the team|they|it|a responder)\s+(?:should|needs?\s+to|must|have\s+to|has\s+to|ought\s+to|want\s+to)\s+(?:also\s+)?(?P<act>.+)$"),
        (Form::Open, r"(?i)^(?:also\s+)?(?:proposing|i propose|i suggest|proposal:|suggestion:|let's|let us|idea:)\s+(?P<act>.+)$"),
    ]
    .into_iter()
    .map(|(form, pattern)| (form, Regex::new(pattern).expect("pattern")))
    .collect()
});

#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?ix)^(re-?)?(add|writ|fix|split|set\ up|creat|build|introduc|implement|mov|migrat|automat|updat|document|extend|rais|lower|limit|remov|replac|rotat|test|validat|alert
      |monitor|review|organi[sz]|schedul|find\ out|investigat|propos|fil|open|chang|configur|enabl|disabl|refus|block|reject|measur|link|run|plan|upgrad|pin|defin|agree|clean|tune|page|require|enforce|separat|cap|throttl|cache|index|backport|rewrit|make\ sure|ensure|have\ an?)").expect("pattern")
});
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static VERIFIED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:it is |it's )?(?:done|verified|finished|closed|works)\s+(?:when|once|if|by)\s+(?P<how>.+)$",
    )
    .expect("pattern")
});
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static AGREES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(yes|yep|yeah|sure|ok(ay)?|mine|will do|on it|i('ll| will)? (take|do)|gladly|of course|can do)\b").expect("pattern")
});
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static TICKET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b[A-Z][A-Z0-9]{1,9}-\d{1,6}\b|(?:ticket|issue|tracked (?:as|in)|tracking as)\s+(#\d+)")
        .expect("pattern")
});
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[,;]\s+(?:a responder|the [a-z -]+?|@\w+)\s+(?:would|could|can|will) you\b.*$|[,;]\s+(?:first|starting)\s+(?:round|one)\b.*$|,\s+i(?:'ll)?\s+(?:organi[sz]e|take|do|start|prepare|own|will)\b.*$|\?$").expect("pattern")
});
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static VOLUNTEERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i),\s+i(?:'ll|\s+will)?\s+(?:organi[sz]e|take|do|start|prepare|own)\b").expect("pattern")
});
/// What people take on after an incident in words that mean nothing by themselves before its end.
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static TAKES_ON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(re-?)?(get|make|wire|ask|put|set|turn|bring|hook|drop|increase|decrease|reduce|shorten|subscribe|teach|ship|land|finish|restrict|warn|store|back up)\b").expect("pattern")
});
/// What is done within minutes and needs no following up.
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static FLEETING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(let (you|them|her|him|everyone) know|tell|keep (an eye|watching|you)|watch|wait|be (back|there|around)|come back|ping|dm|call|get (back|coffee|lunch|some)|ask (her|him|them)\b|put the kettle|post (it|that|an update)|(check|look) (again|back|later|in)|close|resolve)\b").expect("pattern")
});
/// Words that look like a ticket key.
const NO_TICKETS: &[&str] =
    &["SEV", "UTC", "GMT", "SHA", "CVE", "RFC", "ISO", "P", "HTTP", "TLS", "PI", "INC"];

/// The candidates of an incident in time order, one for each thing to do.
#[must_use]
pub fn candidates(reading: &Reading<'_>) -> Vec<Candidate> {
    let mut found: Vec<(Candidate, Form)> = Vec::new();
    for (at, line) in reading.lines.iter().enumerate() {
        if !line.is_human() {
            continue;
        }
        let texts: Vec<&str> = line.parts.iter().map(String::as_str).collect();
        for (position, sentence) in texts.iter().enumerate() {
            let Some((mut candidate, form)) = offered(reading, line, sentence) else { continue };
            candidate.verification = texts[position + 1..].iter().find_map(|next| {
                VERIFIED.captures(next).map(|how| how["how"].trim_end_matches('.').to_owned())
            });
            candidate.tracking = candidate.tracking.or_else(|| ticket(&line.said));
            if form == Form::Asked
                && !agree(reading, at, &mut candidate)
                && line.topic != Some(Topic::Actions)
            {
                continue;
            }
            match twin(reading, &mut found, &candidate) {
                Some(earlier) => merge(earlier, candidate),
                None => found.push((candidate, form)),
            }
        }
    }
    found.into_iter().map(|(candidate, _)| candidate).collect()
}

/// The action that a sentence offers, if it offers one here and now.
fn offered(reading: &Reading<'_>, line: &Line<'_>, sentence: &str) -> Option<(Candidate, Form)> {
    if tone::judges(sentence) {
        return None;
    }
    let (form, captures) = FORMS
        .iter()
        .find_map(|(form, pattern)| pattern.captures(sentence).map(|captures| (*form, captures)))?;
    let said_on = day(line.event.at);
    let deadline = due(sentence, said_on);
    let rest = captures.name("rest").map_or("", |rest| rest.as_str());
    let action = cleaned(&format!("{} {rest}", &captures["act"]), said_on);
    let asked_for = line.topic == Some(Topic::Actions);
    let labelled = sentence.to_lowercase().starts_with("action")
        || sentence.to_lowercase().starts_with("todo")
        || sentence.to_lowercase().starts_with("follow");
    let later = reading.after(line.event.at);
    let changes = CHANGE.is_match(&action) || reading.over(line.event.at) && TAKES_ON.is_match(&action);
    let tracked = ticket(&line.said).is_some();
    let serious = labelled
        || (asked_for && (changes || deadline.is_some()))
        || (later && changes && (deadline.is_some() || form == Form::Open))
        || (later && deadline.is_some() && rest.len() > 8)
        || (reading.over(line.event.at)
            && form == Form::Mine
            && (changes || tracked)
            && !FLEETING.is_match(&action));
    if !serious || action.split_whitespace().count() < 3 {
        return None;
    }
    let volunteers = VOLUNTEERS.is_match(sentence);
    let owner = (form == Form::Mine || volunteers).then(|| line.event.actor.clone()).flatten();
    let due = deadline.map(|due| due.date);
    Some((
        Candidate {
            kind: kind(&action),
            priority: due.map(|due| priority(due, said_on)),
            action: capitalised(&action),
            owner,
            due,
            tracking: None,
            verification: None,
            evidence: vec![line.event.id],
        },
        form,
    ))
}

/// The words of the action without its date and without remarks to others.
fn cleaned(act: &str, said_on: Date) -> String {
    let mut text = act.trim().to_owned();
    if let Some(due) = due(&text, said_on) {
        text.replace_range(due.span, "");
    }
    let text = TAIL.replace(&text, "");
    let text = plain_line(&text);
    text.trim_end_matches([' ', ',', '.', ':', ';', '-', '–', '?', '!']).to_owned()
}

/// Looks for a yes in the lines below a request; who says it owns the action.
fn agree(reading: &Reading<'_>, at: usize, candidate: &mut Candidate) -> bool {
    let asked = &reading.lines[at].event;
    let answer = reading.lines[at + 1..].iter().take(6).find(|line| {
        line.is_human()
            && line.event.actor != asked.actor
            && line.event.thread == asked.thread
            && line.event.at.duration_since(asked.at) <= SignedDuration::from_mins(30)
            && AGREES.is_match(&line.said)
    });
    let Some(answer) = answer else { return false };
    candidate.owner = answer.event.actor.clone();
    candidate.tracking = ticket(&answer.said);
    candidate.evidence.push(answer.event.id);
    true
}

/// An earlier candidate that means the same thing: nobody owned it, or the words are nearly equal.
fn twin<'f>(
    reading: &Reading<'_>,
    found: &'f mut [(Candidate, Form)],
    new: &Candidate,
) -> Option<&'f mut Candidate> {
    let terms = technical_tokens(&new.action);
    let common = |old: &Candidate| {
        let old_terms = technical_tokens(&old.action);
        let shared = terms.iter().filter(|term| old_terms.contains(term)).count();
        (shared, shared as f64 / old_terms.len().min(terms.len()).max(1) as f64)
    };
    let near = |old: &Candidate| match (old.evidence.first(), new.evidence.first()) {
        (Some(a), Some(b)) => {
            reading.line(*a).zip(reading.line(*b)).is_some_and(|(a, b)| a.event.thread == b.event.thread)
        }
        _ => false,
    };
    found.iter_mut().map(|(candidate, _)| candidate).rev().find(|old| {
        let (shared, share) = common(old);
        (old.owner.is_none() && new.owner.is_some() && shared >= 1 && near(old))
            || (shared >= 3 && share >= 0.75)
    })
}

fn merge(earlier: &mut Candidate, later: Candidate) {
    earlier.owner = later.owner.or(earlier.owner.take());
    earlier.due = later.due.or(earlier.due);
    earlier.priority = later.priority.or(earlier.priority);
    earlier.tracking = later.tracking.or(earlier.tracking.take());
    earlier.verification = later.verification.or(earlier.verification.take());
    earlier.evidence.extend(later.evidence);
}

fn ticket(text: &str) -> Option<String> {
    TICKET.captures_iter(text).find_map(|found| {
        let key = found.get(1).or(found.get(0))?.as_str();
        let prefix = key.split('-').next().unwrap_or_default();
        (!NO_TICKETS.contains(&prefix)).then(|| key.to_owned())
    })
}

/// Mitigate shortens, detect shows earlier, process changes how people work, prevent stops it.
fn kind(action: &str) -> ActionKind {
    let lower = action.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if has(&["alert", "monitor", "dashboard", "metric", "page on", "probe", "detect", "observab"]) {
        ActionKind::Detect
    } else if has(&[
        "rollback",
        "roll back",
        "revert",
        "failover",
        "backoff",
        "circuit",
        "kill switch",
        "feature flag",
        "retry",
        "retries",
        "degrad",
        "restore",
        "runbook",
    ]) {
        ActionKind::Mitigate
    } else if has(&[
        "review",
        "template",
        "training",
        "document",
        "wiki",
        "checklist",
        "meeting",
        "quarterly",
        "look at",
        "process",
        "handover",
        "guide",
        "onboarding",
    ]) {
        ActionKind::Process
    } else {
        ActionKind::Prevent
    }
}

/// P1 within two weeks, P2 within four, P3 later.
fn priority(due: Date, said_on: Date) -> Priority {
    match due.since(said_on).map(|span| span.get_days()).unwrap_or(i32::MAX) {
        ..=14 => Priority::P1,
        15..=28 => Priority::P2,
        _ => Priority::P3,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::drafting::testing::{checkout_incident, read};

    #[test]
    fn owners_and_dates_come_from_people_only() {
        let timeline = checkout_incident();
        read(&timeline, |reading| {
            let found = candidates(reading);
            let find = |words: &str| {
                found
                    .iter()
                    .find(|candidate| candidate.action.contains(words))
                    .unwrap_or_else(|| panic!("{words} in {found:#?}"))
            };
            let policy = find("policy check");
            assert_eq!(
                (policy.owner.as_deref(), policy.due),
                (Some("Jordan Ekwueme"), Some(date(2025, 12, 12)))
            );
            assert_eq!(policy.verification.as_deref(), Some("a test PR with 64Mi goes red"));
            let alert = find("memory alert");
            assert_eq!(
                (alert.owner.as_deref(), alert.tracking.as_deref(), alert.due),
                (Some("Jordan Ekwueme"), Some("OPS-4521"), Some(date(2025, 12, 15)))
            );
            assert_eq!(alert.kind, ActionKind::Detect);
            let split = find("plit base");
            assert_eq!((split.owner.as_deref(), split.due), (Some("Tariq Osei"), Some(date(2025, 12, 5))));
            let rollback = find("rollback");
            assert_eq!(
                (rollback.owner.as_deref(), rollback.due),
                (Some("Solveig Brandt"), Some(date(2026, 1, 30)))
            );
            assert_eq!(find("ackoff in payments").owner.as_deref(), Some("Nkechi Obi"));
            assert_eq!(find("OOM step").action, "Write the OOM step into the checkout-errors runbook");
            assert_eq!(found.len(), 6, "{found:#?}");
        });
    }
}
