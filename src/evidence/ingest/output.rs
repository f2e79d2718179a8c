//! Where a source puts what it reads: records go on to the sink, problems become warnings with file and line.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::domain::Warning;
use crate::evidence::{Record, When};

use super::FileContext;
use super::entry::Entry;
use super::moment::Moment;

/// Takes records and warnings one by one, so that nothing has to be held twice.
pub trait Sink {
    fn record(&mut self, record: Record);
    fn warn(&mut self, warning: Warning);
    /// Whether log records of this time are wanted; asked before a bulk record is built, and counted when they are not.
    fn keeps(&mut self, at: Timestamp) -> bool;
}

/// A sink that keeps everything in memory, except log records outside of the window.
#[derive(Debug, Default)]
pub struct Collector {
    pub records: Vec<Record>,
    pub warnings: Vec<Warning>,
    /// Log records outside of this span are counted, not kept.
    pub window: Option<(Timestamp, Timestamp)>,
    pub outside: usize,
    /// How many log records are kept at most; 0 for all.
    pub most: usize,
    /// Log records that came after the last one kept.
    pub beyond: usize,
    /// Log records kept so far.
    pub kept: usize,
}

impl Sink for Collector {
    fn record(&mut self, record: Record) {
        self.records.push(record);
    }

    fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }

    fn keeps(&mut self, at: Timestamp) -> bool {
        let keep = self.window.is_none_or(|(from, to)| from <= at && at <= to);
        self.outside += usize::from(!keep);
        let full = keep && self.most > 0 && self.kept >= self.most;
        self.beyond += usize::from(full);
        self.kept += usize::from(keep && !full);
        keep && !full
    }
}

/// What the source in charge of one file writes to.
pub struct Output<'a> {
    pub file: &'a FileContext<'a>,
    /// Members of the enveloping JSON object that were read so far.
    pub envelope: Map<String, Value>,
    sink: &'a mut dyn Sink,
    position: usize,
    emitted: usize,
    warned: bool,
    tallies: BTreeMap<String, (usize, usize)>,
}

impl<'a> Output<'a> {
    #[must_use]
    pub fn new(file: &'a FileContext<'a>, sink: &'a mut dyn Sink) -> Self {
        Self {
            file,
            envelope: Map::new(),
            sink,
            position: 0,
            emitted: 0,
            warned: false,
            tallies: BTreeMap::new(),
        }
    }

    /// Line, or index of the item, that following records come from.
    pub fn place(&mut self, position: usize) {
        self.position = position;
    }

    /// Hands a finished record on.
    pub fn emit(&mut self, entry: Entry) {
        let Entry { moment, mut record } = entry;
        if record.origin.line == 0 {
            record.origin.line = self.position.max(1);
        }
        if record.text.is_empty() {
            match record.labels.get("subtype") {
                Some(subtype) => record.text = subtype.replace('_', " "),
                None => return self.tally("no text", record.origin.line),
            }
        }
        let Some(Moment { when, precision, zone }) = moment else {
            return self.tally("no usable time (absent, zero or ambiguous)", record.origin.line);
        };
        (record.when, record.precision, record.zone) = (when, precision, zone);
        record.origin.file.clone_from(&self.file.path);
        if record.until == Some(record.when) {
            record.until = None;
        }
        self.emitted += 1;
        self.sink.record(record);
    }

    /// Whether a bulk record of this time is wanted.
    pub fn keeps(&mut self, when: &When) -> bool {
        match when {
            When::Instant(at) => self.sink.keeps(*at),
            _ => true,
        }
    }

    /// A problem of one line or item.
    pub fn warn(&mut self, line: impl Into<Option<usize>>, message: impl Into<String>) {
        self.warned = true;
        self.sink.warn(Warning::new(self.file.path.clone(), line, message));
    }

    /// Whether something was wrong with the file.
    #[must_use]
    pub fn has_warned(&self) -> bool {
        self.warned
    }

    /// Counts a problem that may come thousands of times; told once, with the reason.
    pub fn tally(&mut self, reason: &str, line: usize) {
        let (count, _) = self.tallies.entry(reason.to_owned()).or_insert((0, line));
        *count += 1;
    }

    /// Records handed on so far.
    #[must_use]
    pub fn emitted(&self) -> usize {
        self.emitted
    }

    /// The line or item that is being read.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// Tells what was counted.
    pub fn finish(&mut self) -> usize {
        for (reason, (count, line)) in std::mem::take(&mut self.tallies) {
            let records = if count == 1 { "record" } else { "records, this one first" };
            let message = format!("left out {count} {records}: {reason}");
            self.warned = true;
            self.sink.warn(Warning::new(self.file.path.clone(), line, message));
        }
        self.emitted
    }
}
