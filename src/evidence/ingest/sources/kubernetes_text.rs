//! `kubectl get events` as printed: ages instead of times, which need the time of the capture.

use std::io::BufRead;

use jiff::{SignedDuration, Timestamp};

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

use super::kubernetes_events::workload;

pub(super) struct KubernetesText;
pub(super) static ENTRY: KubernetesText = KubernetesText;

/// `3m30s`, `2d4h`, `58m`.
pub(super) fn age(text: &str) -> Option<SignedDuration> {
    let (mut seconds, mut number, mut any) = (0_i64, 0_i64, false);
    for c in text.chars() {
        let unit = match c {
            '0'..='9' => {
                number = number.checked_mul(10)?.checked_add(i64::from(c.to_digit(10)?))?;
                continue;
            }
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        (number, any) = (0, true);
    }
    (any && number == 0).then(|| SignedDuration::from_secs(seconds))
}

/// Names that people give to the column of times with `-o custom-columns`.
const TIMES: [&str; 4] = ["LAST", "LASTSEEN", "TIME", "TIMESTAMP"];

/// The columns by where their headings begin.
struct Columns {
    starts: Vec<(String, usize)>,
}

impl Columns {
    fn of(header: &str) -> Option<Self> {
        let aged = header.contains("LAST SEEN");
        let custom = header.contains("MESSAGE")
            && TIMES.iter().any(|name| header.split_whitespace().any(|word| word == *name));
        if !header.contains("REASON") || !(aged || custom) {
            return None;
        }
        let mut starts = Vec::new();
        for name in [
            "NAMESPACE",
            "LAST SEEN",
            "LAST",
            "LASTSEEN",
            "TIME",
            "TIMESTAMP",
            "FIRST SEEN",
            "COUNT",
            "TYPE",
            "REASON",
            "OBJECT",
            "NAME",
            "SUBOBJECT",
            "SOURCE",
            "MESSAGE",
        ] {
            let found = header.match_indices(name).find(|(at, _)| {
                let after = &header[at + name.len()..];
                (*at == 0 || header[..*at].ends_with(' '))
                    && (after.is_empty() || after.starts_with([' ', '\t']))
                    && !after.starts_with(" SEEN")
            });
            starts.extend(found.map(|(at, _)| (name.to_owned(), at)));
        }
        starts.sort_by_key(|(_, at)| *at);
        Some(Self { starts })
    }

    fn cell<'a>(&self, line: &'a str, name: &str) -> Option<&'a str> {
        let index = self.starts.iter().position(|(known, _)| known == name)?;
        let start = self.starts[index].1;
        let end = self.starts.get(index + 1).map_or(line.len(), |(_, at)| *at).min(line.len());
        line.get(start..end).map(str::trim).filter(|cell| !cell.is_empty())
    }
}

/// A line that tells when the output was captured: a `date` printed above it, a comment.
pub(super) fn capture(line: &str) -> Option<Timestamp> {
    let line = line.trim_start_matches(['#', '$', ' ']).trim();
    let text = line.strip_prefix("captured at ").or_else(|| line.strip_prefix("Captured: ")).unwrap_or(line);
    moment::parse(text)?.at()
}

impl Source for KubernetesText {
    fn id(&self) -> &'static str {
        "kubernetes_text"
    }

    fn title(&self) -> &'static str {
        "kubectl get events, as printed"
    }

    fn describe(&self) -> &'static str {
        "The printed table holds ages: put the output of `date -Is` above it, or collect -o json."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        Confidence::Certain.when(head.lines().take(10).any(|line| Columns::of(line).is_some()))
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut lines = Lines::new(input);
        let (mut columns, mut captured) = (None, None);
        while let Some((number, line)) = lines.next_text(out) {
            if let Some(found) = Columns::of(&line) {
                columns = Some(found);
                continue;
            }
            let Some(columns) = &columns else {
                captured = captured.or_else(|| capture(&line));
                continue;
            };
            let seen = columns.cell(&line, "LAST SEEN");
            let Some(seen) = seen.or_else(|| TIMES.iter().find_map(|name| columns.cell(&line, name))) else {
                continue;
            };
            // `3m30s (x256 over 58m)`.
            let (last, repeated) = seen
                .split_once(" (x")
                .map_or((seen, None), |(last, rest)| (last, Some(rest.trim_end_matches(')'))));
            let (count, over) = repeated.and_then(|text| text.split_once(" over ")).unwrap_or(("1", ""));
            let written = moment::parse(seen);
            let Some(now) = captured.or_else(|| written.as_ref().and_then(Moment::at)) else {
                out.tally("an age instead of a time; put the output of `date -Is` above the table", number);
                continue;
            };
            let back = |length: &str| {
                Some(Moment {
                    when: When::Instant(now.checked_sub(age(length)?).ok()?),
                    precision: Precision::Minute,
                    zone: None,
                })
            };
            let object =
                columns.cell(&line, "OBJECT").or_else(|| columns.cell(&line, "NAME")).unwrap_or_default();
            let (kind, name) = object.split_once('/').unwrap_or(("", object));
            let reason = columns.cell(&line, "REASON").unwrap_or("Event");
            let message = columns.cell(&line, "MESSAGE").unwrap_or_default();
            let warning = columns.cell(&line, "TYPE") == Some("Warning");
            let kind = if kind.eq_ignore_ascii_case("pod") { "Pod" } else { kind };
            let (first, until) = match (back(over), &written) {
                (_, Some(_)) => (written.clone(), None),
                (Some(first), None) => (Some(first), back(last)),
                (None, None) => (back(last), None),
            };
            out.emit(
                Entry::new(
                    "kubernetes",
                    SourceClass::Automated,
                    if warning { EventKind::Observation } else { EventKind::Log },
                    first,
                )
                .line(number)
                .text(format!("{reason}: {message} ({object})"))
                .until(until)
                .count(count.parse().unwrap_or(1))
                .service(Some(workload(kind, name)))
                .service(columns.cell(&line, "NAMESPACE"))
                .label("reason", Some(reason))
                .label("severity", columns.cell(&line, "TYPE"))
                .label("approximate", written.is_none().then_some("true")),
            );
        }
    }
}
