//! Logs of `key=value` pairs: logfmt as Go services, Heroku and HAProxy write it.

use std::borrow::Cow;
use std::io::BufRead;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source, moment};

pub(super) struct Logfmt;
pub(super) static ENTRY: Logfmt = Logfmt;

const TIMES: [&str; 6] = ["time", "ts", "timestamp", "t", "@timestamp", "datetime"];
const TEXTS: [&str; 5] = ["msg", "message", "log", "event", "text"];
const LEVELS: [&str; 5] = ["level", "lvl", "severity", "loglevel", "l"];
const SERVICES: [&str; 6] = ["service", "app", "component", "logger", "name", "program"];

/// The pairs of a line; `None` when it is made of something else.
fn pairs(line: &str) -> Option<Vec<(&str, Cow<'_, str>)>> {
    let mut found = Vec::new();
    let mut rest = line.trim();
    let mut loose = 0;
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let key = &rest[..end];
        if !rest[end..].starts_with('=') {
            loose += 1;
            rest = rest[end..].trim_start();
            continue;
        }
        let named = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-.@/".contains(c));
        if !named {
            return None;
        }
        let (value, tail) = value(&rest[end + 1..]);
        found.push((key, value));
        rest = tail.trim_start();
    }
    (found.len() >= 2 && loose <= found.len()).then_some(found)
}

/// A bare or quoted value, and what follows it.
fn value(text: &str) -> (Cow<'_, str>, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(' ').unwrap_or(text.len());
        return (Cow::Borrowed(&text[..end]), &text[end..]);
    };
    let mut escaped = false;
    let end = quoted.char_indices().find(|(_, c)| {
        let closes = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    let end = end.map_or(quoted.len(), |(at, _)| at);
    let inside = &quoted[..end];
    let tail = quoted.get(end + 1..).unwrap_or_default();
    if inside.contains('\\') {
        let unescaped =
            inside.replace("\\\"", "\"").replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\");
        return (Cow::Owned(unescaped), tail);
    }
    (Cow::Borrowed(inside), tail)
}

fn first<'a>(pairs: &'a [(&str, Cow<'_, str>)], names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| {
        pairs.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| &**value)
    })
}

fn is_line(line: &str) -> bool {
    pairs(line).is_some_and(|pairs| {
        let timed = first(&pairs, &TIMES).is_some_and(|time| moment::parse(time).is_some());
        timed && (first(&pairs, &TEXTS).is_some() || first(&pairs, &LEVELS).is_some())
    })
}

impl Source for Logfmt {
    fn id(&self) -> &'static str {
        "logfmt"
    }

    fn title(&self) -> &'static str {
        "logfmt logs"
    }

    fn describe(&self) -> &'static str {
        "Lines of key=value pairs with a time and a message; only what lies in the incident's window is kept."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        if head.is_json() {
            return Confidence::None;
        }
        let lines: Vec<&str> = head.lines().take(40).collect();
        let known = lines.iter().filter(|line| is_line(line)).count();
        Confidence::Strong.when(known > 0 && known * 2 >= lines.len())
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut lines = Lines::new(input);
        while let Some((number, line)) = lines.next_text(out) {
            if line.trim().is_empty() {
                continue;
            }
            let Some(pairs) = pairs(&line) else {
                out.tally("no key=value pairs", number);
                continue;
            };
            let moment = first(&pairs, &TIMES).and_then(moment::parse);
            let severity = first(&pairs, &LEVELS).map(str::to_lowercase);
            if moment.as_ref().is_some_and(|moment| !out.keeps(&moment.when, severity.as_deref())) {
                continue;
            }
            let text = first(&pairs, &TEXTS).unwrap_or(line.trim());
            let error = first(&pairs, &["err", "error"]).filter(|error| !text.contains(error));
            let text = error.map_or(Cow::Borrowed(text), |error| Cow::Owned(format!("{text}: {error}")));
            out.emit(
                Entry::new("log", SourceClass::Automated, EventKind::Log, moment)
                    .line(number)
                    .text(text)
                    .service(first(&pairs, &SERVICES))
                    .label("severity", severity)
                    .label("host", first(&pairs, &["host", "hostname", "pod"]))
                    .label("trace", first(&pairs, &["trace_id", "traceID", "request_id"])),
            );
        }
    }

    fn is_bulk(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // a failing test may panic
    use super::pairs;

    #[test]
    fn quotes_and_escapes_are_undone() {
        let found = pairs(r#"ts=2024-06-10T09:00:00Z level=warn msg="slow \"query\"" dur=2s"#).unwrap();
        assert_eq!(found[2], ("msg", "slow \"query\"".into()));
        assert_eq!(found[3], ("dur", "2s".into()));
        assert_eq!(pairs("a sentence with one=pair"), None);
    }
}
