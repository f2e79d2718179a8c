//! The text of a PagerDuty post-mortem report: day headings, `5:40 AM Triggered by …`, the zone in its header alone.

use std::io::BufRead;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

use super::notes::Chronicle;

pub(super) struct PagerDutyTimeline;
pub(super) static ENTRY: PagerDutyTimeline = PagerDutyTimeline;

/// What a line of the report tells, by its first words.
fn kind(text: &str) -> (EventKind, SourceClass) {
    let begins = |words: &[&str]| {
        words.iter().any(|word| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
    };
    let kind = if begins(&["triggered"]) {
        EventKind::AlertFired
    } else if begins(&["acknowledged"]) {
        EventKind::AlertAcknowledged
    } else if begins(&["resolved"]) {
        EventKind::AlertResolved
    } else if begins(&["assigned", "escalated", "notified", "reassigned", "delegated"]) {
        EventKind::Escalation
    } else {
        return (EventKind::Message, SourceClass::Memory);
    };
    (kind, SourceClass::Alerting)
}

/// `<Name> #<channel>` and the message after it: a line of Slack in the report.
fn quoted(text: &str) -> Option<(&str, &str, &str)> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (name, channel) = first.rsplit_once(" #")?;
    let (channel, tail) = channel.split_once(' ').unwrap_or((channel, ""));
    let named = (1..=40).contains(&name.len())
        && name.split(' ').count() <= 4
        && channel.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    let numbered = channel.bytes().all(|byte| byte.is_ascii_digit());
    (named && !numbered && !channel.is_empty()).then_some((
        name,
        channel,
        if rest.is_empty() { tail } else { rest },
    ))
}

/// `… by Name` of a pager line.
fn by(text: &str) -> Option<&str> {
    let (_, name) = text.lines().next()?.rsplit_once(" by ")?;
    let name = name.split([',', '(', '.']).next()?.trim();
    (name.split(' ').count() <= 4 && name.starts_with(|c: char| c.is_uppercase())).then_some(name)
}

/// `pd:77:trigger` where the report names the number of the incident.
fn key(text: &str, kind: EventKind) -> Option<String> {
    let (_, rest) = text.split_once("INCIDENT #")?;
    let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let phase = match kind {
        EventKind::AlertFired => "trigger",
        EventKind::AlertAcknowledged => "ack",
        EventKind::AlertResolved => "resolve",
        _ => return None,
    };
    (!number.is_empty()).then(|| format!("pd:{number}:{phase}"))
}

/// Print footers that lie between the pages.
fn is_footer(line: &str) -> bool {
    let line = line.trim();
    let printed = line.split(',').next().is_some_and(|date| {
        date.split('/').count() == 3 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/')
    });
    printed
        || (line.contains("pagerduty.com/postmortems") && line.contains("http"))
        || (line.starts_with("Page ") && line.contains(" of "))
        || line.split_once('/').is_some_and(|(page, pages)| {
            [page, pages].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
        })
}

impl Source for PagerDutyTimeline {
    fn id(&self) -> &'static str {
        "pagerduty_timeline"
    }

    fn title(&self) -> &'static str {
        "PagerDuty report as text"
    }

    fn describe(&self) -> &'static str {
        "The text of an exported PagerDuty post-mortem (pdftotext); times are in the zone that its header names."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        if head.is_json() {
            return Confidence::None;
        }
        let header = head.text.contains("times listed in this report are in");
        let pages = head.text.contains("INCIDENT #")
            && head.lines().any(|line| {
                kind(line.split_once("M ").map_or("", |(_, text)| text)).1 == SourceClass::Alerting
            });
        Confidence::Certain.when(header || pages)
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let chronicle = Chronicle::read(input, out);
        for item in &chronicle.items {
            let text: Vec<&str> = item.text.lines().filter(|line| !is_footer(line)).collect();
            let text = text.join("\n").trim().to_owned();
            // The head names a time of impact, which is not a line of the timeline and may be a day off.
            if text.is_empty() || text == "Timeline" {
                continue;
            }
            let (kind, class) = kind(&text);
            let entry: Entry = match quoted(&text) {
                Some((name, channel, message)) if class == SourceClass::Memory => chronicle
                    .entry(item, "slack", SourceClass::Chat, EventKind::Message)
                    .text(message)
                    .actor(person([Some(name)]))
                    .label("channel", Some(channel))
                    .label("transport", Some("pagerduty_report")),
                _ => chronicle
                    .entry(item, "pagerduty", class, kind)
                    .text(&text)
                    .actor(person([by(&text)]))
                    .key(key(&text, kind)),
            };
            out.emit(entry);
        }
        chronicle.finish(out);
    }
}
