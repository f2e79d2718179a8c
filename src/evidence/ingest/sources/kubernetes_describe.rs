//! `kubectl describe`: when containers started and ended, and the events below, whose ages are counted from the capture.

use std::io::BufRead;

use jiff::{SignedDuration, Timestamp};

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::entry::{Entry, machine};
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

use super::kubernetes_events::workload;
use super::kubernetes_text::{age, capture};

pub(super) struct KubernetesDescribe;
pub(super) static ENTRY: KubernetesDescribe = KubernetesDescribe;

/// An event as printed, before the time of the capture is known.
struct Aged {
    line: usize,
    reason: String,
    last: SignedDuration,
    first: Option<SignedDuration>,
    count: u64,
    warning: bool,
    from: String,
    message: String,
}

#[derive(Default)]
struct Described {
    name: String,
    namespace: Option<String>,
    kind: Option<&'static str>,
    /// When the pod was given to a node, or the object was made.
    began: Option<Timestamp>,
    captured: Option<Timestamp>,
    container: Option<String>,
    /// `Terminated` and the reason for it, as read last.
    reason: Option<String>,
    exit: Option<String>,
    in_events: bool,
    events: Vec<Aged>,
}

/// `Key:   value`.
fn field(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    (!key.trim().is_empty() && key.len() <= 40).then_some((key.trim(), value.trim()))
}

/// `Warning  BackOff  2s (x3 over 30s)  kubelet  message`, columns apart by two spaces or more.
fn aged(line: &str, number: usize) -> Option<Aged> {
    let mut cells = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
    let (kind, reason, seen, from) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let message: Vec<&str> = cells.collect();
    let (last, over) = match seen.split_once(" (x") {
        Some((last, rest)) => (last, rest.trim_end_matches(')').split_once(" over ")),
        None => (seen, None),
    };
    Some(Aged {
        line: number,
        reason: reason.to_owned(),
        last: age(last)?,
        first: over.and_then(|(_, length)| age(length)),
        count: over.and_then(|(count, _)| count.parse().ok()).unwrap_or(1),
        warning: kind == "Warning",
        from: from.to_owned(),
        message: message.join("  "),
    })
}

impl Described {
    fn entry(&self, kind: EventKind, moment: Option<Moment>, line: usize) -> Entry {
        Entry::new("kubernetes", SourceClass::Automated, kind, moment)
            .line(line)
            .service(Some(workload(self.kind.unwrap_or_default(), &self.name)))
            .service(self.namespace.as_deref())
    }

    fn line(&mut self, number: usize, line: &str, out: &mut Output<'_>) {
        if self.in_events {
            if let Some(event) = aged(line, number) {
                return self.events.push(event);
            }
            if line.starts_with(' ') || line.trim().is_empty() {
                return;
            }
            self.finish(out);
        }
        let Some((key, value)) = field(line) else { return };
        let depth = line.len() - line.trim_start().len();
        match (depth, key) {
            (0, "Name") => {
                self.finish(out);
                *self = Self { name: value.to_owned(), captured: self.captured, ..Self::default() };
            }
            (0, "Namespace") => self.namespace = Some(value.to_owned()),
            (0, "Node" | "Containers" | "Service Account") => self.kind = Some("Pod"),
            (0, "Start Time" | "CreationTimestamp") => {
                self.began = self.began.or_else(|| moment::parse(value)?.at());
            }
            (0, "Events") => self.in_events = true,
            (2, name) if value.is_empty() => self.container = Some(name.to_owned()),
            (_, "State" | "Last State") => (self.reason, self.exit) = (None, None),
            (_, "Reason") => self.reason = Some(value.to_owned()),
            (_, "Exit Code") => self.exit = Some(value.to_owned()),
            (_, "Started" | "Finished") if depth > 0 => self.container_time(number, key, value, out),
            _ => {}
        }
    }

    fn container_time(&mut self, number: usize, key: &str, value: &str, out: &mut Output<'_>) {
        let Some(container) = self.container.clone() else { return };
        let pod = &self.name;
        let text = if key == "Started" {
            format!("Container {container} of {pod} started")
        } else {
            let reason = self.reason.as_deref().unwrap_or("ended");
            let exit = self.exit.as_ref().map(|code| format!(", exit code {code}")).unwrap_or_default();
            format!("Container {container} of {pod} ended: {reason}{exit}")
        };
        let failed = key == "Finished" && self.exit.as_deref() != Some("0");
        let kind = if failed { EventKind::Observation } else { EventKind::Log };
        out.emit(
            self.entry(kind, moment::parse(value), number).text(text).label("reason", self.reason.as_deref()),
        );
    }

    /// The moment of the capture: as a line above says, else from an event of the beginning, whose age is known.
    fn now(&self) -> Option<Timestamp> {
        self.captured.or_else(|| {
            let scheduled = self.events.iter().find(|event| event.reason == "Scheduled")?;
            self.began?.checked_add(scheduled.last).ok()
        })
    }

    fn finish(&mut self, out: &mut Output<'_>) {
        self.in_events = false;
        let now = self.now();
        for event in std::mem::take(&mut self.events) {
            let Some(now) = now else {
                out.tally("an age instead of a time; put the output of `date -Is` above it", event.line);
                continue;
            };
            let back = |length: SignedDuration| {
                let when = When::Instant(now.checked_sub(length).ok()?);
                Some(Moment { when, precision: Precision::Minute, zone: None })
            };
            let kind = if event.warning { EventKind::Observation } else { EventKind::Log };
            let entry = self.entry(kind, back(event.first.unwrap_or(event.last)), event.line);
            out.emit(
                entry
                    .text(format!("{}: {} ({})", event.reason, event.message, self.name))
                    .until(event.first.and_then(|_| back(event.last)))
                    .count(event.count)
                    .actor(machine(Some(&event.from)))
                    .label("reason", Some(event.reason.as_str()))
                    .label("severity", Some(if event.warning { "Warning" } else { "Normal" }))
                    .label("approximate", Some("true")),
            );
        }
    }
}

impl Source for KubernetesDescribe {
    fn id(&self) -> &'static str {
        "kubernetes_describe"
    }

    fn title(&self) -> &'static str {
        "kubectl describe"
    }

    fn describe(&self) -> &'static str {
        "Of pods and other objects. Ages of events are counted from the Start Time, or from the output of `date -Is` above."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        if head.is_json() {
            return Confidence::None;
        }
        let has = |mark: &str| head.lines().any(|line| line.starts_with(mark));
        let events = head.lines().any(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            words == ["Type", "Reason", "Age", "From", "Message"]
        });
        Confidence::Certain.when(events || has("Name:") && has("Namespace:") && has("Containers:"))
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut found = Described::default();
        let mut lines = Lines::new(input);
        while let Some((number, line)) = lines.next_text(out) {
            if found.name.is_empty() && found.captured.is_none() {
                found.captured = capture(&line);
            }
            found.line(number, line.trim_end(), out);
        }
        found.finish(out);
    }
}
