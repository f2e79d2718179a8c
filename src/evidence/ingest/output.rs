//! Where a source puts what it reads: records go on to the sink, problems become warnings with file and line.

use std::collections::BTreeMap;

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use crate::domain::Warning;
use crate::evidence::{Record, When};

use super::FileContext;
use super::entry::Entry;
use super::moment::Moment;

/// A time without a zone may be that far from UTC.
const UNKNOWN_ZONE: SignedDuration = SignedDuration::from_hours(14);

/// Whether a text is the line that opens or closes a block of code, and nothing else.
fn is_fence(text: &str) -> bool {
    text.strip_prefix("```")
        .is_some_and(|rest| rest.len() <= 12 && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'`'))
}

/// Takes records and warnings one by one, so that nothing has to be held twice.
pub trait Sink {
    fn record(&mut self, record: Record);
    fn warn(&mut self, warning: Warning);
    /// Tells what was left out by design.
    fn note(&mut self, note: Warning);
    /// Whether a log record of this time, known up to `unsure`, and severity is wanted; asked before it is built, and
    /// counted when it is not.
    fn keeps(&mut self, at: Timestamp, unsure: SignedDuration, severity: Option<&str>) -> bool;
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
    /// The same of what is left out by design.
    asides: BTreeMap<String, (usize, usize)>,
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
            asides: BTreeMap::new(),
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
        if is_fence(&record.text) {
            return self.aside("only the edge of a block of code", record.origin.line);
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

    /// Whether a bulk record of this time and severity is wanted.
    pub fn keeps(&mut self, when: &When, severity: Option<&str>) -> bool {
        match when {
            When::Instant(at) => self.sink.keeps(*at, SignedDuration::ZERO, severity),
            When::Local(at) => {
                Offset::UTC.to_timestamp(*at).map_or(true, |at| self.sink.keeps(at, UNKNOWN_ZONE, severity))
            }
            When::Clock { .. } => true,
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

    /// Counts what the format leaves out by design.
    pub fn aside(&mut self, reason: &str, line: usize) {
        let (count, _) = self.asides.entry(reason.to_owned()).or_insert((0, line));
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
        let told = |reason: String, count: usize| {
            let records = if count == 1 { "record" } else { "records, this one first" };
            format!("left out {count} {records}: {reason}")
        };
        for (reason, (count, line)) in std::mem::take(&mut self.tallies) {
            self.warned = true;
            self.sink.warn(Warning::new(self.file.path.clone(), line, told(reason, count)));
        }
        for (reason, (count, line)) in std::mem::take(&mut self.asides) {
            self.warned = true;
            self.sink.note(Warning::new(self.file.path.clone(), line, told(reason, count)));
        }
        self.emitted
    }
}
