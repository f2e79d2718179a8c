//! Keeps what was read in memory, and of too many log records the worst, spread over the time of the incident.

use jiff::{SignedDuration, Timestamp};

use crate::domain::Warning;
use crate::evidence::Record;

use super::output::Sink;

/// Classes of severity, worst first: fatal, error, warning, information, the rest.
const CLASSES: usize = 5;
/// A class that is thinned below this share of the cap (one in …) leaves the next thinning to the class above it.
const SMALL: usize = 100;

/// A sink that keeps everything in memory, except log records outside of the window or beyond the cap.
#[derive(Debug, Default)]
pub struct Collector {
    pub records: Vec<Record>,
    pub warnings: Vec<Warning>,
    /// What was left out by design; no reason to distrust the rest.
    pub notes: Vec<Warning>,
    /// Log records outside of this span are counted, not kept.
    pub window: Option<(Timestamp, Timestamp)>,
    pub outside: usize,
    /// How many log records are kept at most; 0 for all.
    pub most: usize,
    /// Log records that were given up for worse ones.
    pub beyond: usize,
    logs: Logs,
}

/// How the log records among the others are thinned.
#[derive(Debug, Default)]
struct Logs {
    /// Whether the records that come are log records.
    are_read: bool,
    /// Index of the first one.
    start: usize,
    /// Of each class one in `1 << thinned` is kept; 64 and more: none.
    thinned: [u32; CLASSES],
    seen: [usize; CLASSES],
    kept: [usize; CLASSES],
}

fn class(severity: Option<&str>) -> usize {
    let is =
        |names: &[&str]| severity.is_some_and(|own| names.iter().any(|name| own.eq_ignore_ascii_case(name)));
    if is(&["info", "notice", "information"]) {
        3
    } else if is(&["error", "err", "severe", "error2", "error3", "error4"]) {
        1
    } else if is(&["warn", "warning"]) {
        2
    } else if is(&["fatal", "critical", "crit", "panic", "emerg", "emergency", "alert"]) {
        0
    } else {
        4
    }
}

impl Collector {
    /// Keeps log records of a span, at most so many of them (0 for all).
    #[must_use]
    pub fn within(window: Option<(Timestamp, Timestamp)>, most: usize) -> Self {
        Self { window, most, ..Self::default() }
    }

    /// Tells that log records follow, of which only so many are kept.
    pub fn begin_logs(&mut self) {
        self.logs = Logs { are_read: true, start: self.records.len(), ..Logs::default() };
    }

    /// Halves the least severe class that still has enough, until the cap is kept.
    fn thin(&mut self) {
        while self.records.len() - self.logs.start > self.most {
            let small = (self.most / SMALL).max(1);
            let kept = self.logs.kept;
            let Some(at) = (0..CLASSES).rev().find(|at| kept[*at] > small || *at == 0) else { return };
            if kept[at] == 0 {
                return;
            }
            let mut odd = false;
            let start = self.logs.start;
            let mut index = 0;
            let before = self.records.len();
            self.records.retain(|record| {
                let log = index >= start;
                index += 1;
                if !log || class(record.labels.get("severity").map(String::as_str)) != at {
                    return true;
                }
                odd = !odd;
                odd
            });
            let gone = before - self.records.len();
            self.beyond += gone;
            self.logs.kept[at] -= gone;
            self.logs.thinned[at] += 1;
        }
    }
}

impl Sink for Collector {
    fn record(&mut self, record: Record) {
        if self.logs.are_read && self.most > 0 {
            let at = class(record.labels.get("severity").map(String::as_str));
            self.logs.kept[at] += 1;
            self.records.push(record);
            if self.records.len() - self.logs.start > self.most {
                self.thin();
            }
            return;
        }
        self.records.push(record);
    }

    fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }

    fn note(&mut self, note: Warning) {
        self.notes.push(note);
    }

    fn keeps(&mut self, at: Timestamp, unsure: SignedDuration, severity: Option<&str>) -> bool {
        let inside = self.window.is_none_or(|(from, to)| {
            let (from, to) = (from.checked_sub(unsure).unwrap_or(from), to.checked_add(unsure).unwrap_or(to));
            from <= at && at <= to
        });
        if !inside {
            self.outside += 1;
            return false;
        }
        let of = class(severity);
        let nth = self.logs.seen[of];
        self.logs.seen[of] += 1;
        let thinned = self.logs.thinned[of];
        let keep = thinned < 64 && nth.is_multiple_of(1_usize.checked_shl(thinned).unwrap_or(usize::MAX));
        self.beyond += usize::from(!keep);
        keep
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::Collector;
    use crate::domain::{EventKind, SourceClass};
    use crate::evidence::ingest::Sink;
    use crate::evidence::ingest::entry::Entry;

    fn read(most: usize, lines: &[&str]) -> Collector {
        let mut sink = Collector { most, ..Collector::default() };
        sink.begin_logs();
        for (second, severity) in lines.iter().enumerate() {
            let at = Timestamp::from_second(1_749_549_600 + second as i64).unwrap_or_default();
            if sink.keeps(at, SignedDuration::ZERO, Some(severity)) {
                let entry = Entry::new("log", SourceClass::Automated, EventKind::Log, None);
                let mut record =
                    entry.text(format!("line {second}")).label("severity", Some(severity)).record;
                record.origin.line = second;
                sink.record(record);
            }
        }
        sink
    }

    #[test]
    fn the_worst_survive_the_cap_and_the_others_are_spread_over_time() {
        let mut lines = vec!["info"; 1000];
        lines[990] = "fatal";
        lines[10] = "error";
        let sink = read(100, &lines);
        assert!(sink.records.len() <= 100 && sink.records.len() > 40, "{}", sink.records.len());
        assert_eq!(sink.records.len() + sink.beyond, 1000);
        let of = |severity: &str| {
            sink.records.iter().filter(|record| record.labels["severity"] == severity).count()
        };
        assert_eq!((of("fatal"), of("error")), (1, 1));
        let late = sink.records.iter().filter(|record| record.origin.line >= 500).count();
        assert!(late * 3 > sink.records.len(), "the second half of the time is told too: {late}");
    }

    #[test]
    fn errors_alone_are_thinned_as_well() {
        let sink = read(10, &["error"; 1000]);
        assert!((4..=10).contains(&sink.records.len()), "{}", sink.records.len());
    }
}
