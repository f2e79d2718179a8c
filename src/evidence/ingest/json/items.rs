//! Hands out the records of a JSON file one by one: elements of arrays, of named arrays inside envelopes, of pages
//! written one after another, and lines.

use std::io::{self, BufRead};

use serde_json::{Map, Value};

use crate::evidence::ingest::Output;
use crate::evidence::ingest::lines::Lines;

use super::repair::{parse_lenient, repair};
use super::scanner::{Captured, Scanner};

/// Reads every item as a value. `arrays` names the members of an envelope whose arrays hold the items; their objects
/// are entered as well. Other members of the envelope are kept in [`Output::envelope`].
pub(crate) fn each(
    input: &mut dyn BufRead,
    arrays: &[&str],
    out: &mut Output<'_>,
    mut take: impl FnMut(&Value, &mut Output<'_>),
) {
    each_raw(input, arrays, out, |raw, out| {
        take(&parse_lenient(raw)?, out);
        Ok(())
    });
}

/// Reads every item as the bytes of its JSON text. What `take` cannot parse becomes a warning, the rest is read on.
pub(crate) fn each_raw(
    input: &mut dyn BufRead,
    arrays: &[&str],
    out: &mut Output<'_>,
    mut take: impl FnMut(&[u8], &mut Output<'_>) -> Result<(), serde_json::Error>,
) {
    if !out.file.json_lines {
        let mut walk =
            Walk { scanner: Scanner::new(input), arrays, levels: Vec::new(), index: 0, fixed: None };
        if let Err(error) = walk.run(out, &mut take) {
            out.warn(
                walk.scanner.line,
                format!("could not be read to the end ({error}); the records before are kept"),
            );
        }
        return;
    }
    let mut lines = Lines::new(input);
    while let Some((number, line)) = lines.next_bytes(out) {
        let trimmed = line.trim_ascii();
        if trimmed.is_empty() {
            continue;
        }
        // A plain record, as nearly all lines are; whatever is odd about it is looked at below.
        if arrays.is_empty() && trimmed.first() == Some(&b'{') {
            out.place(number);
            if take(trimmed, out).is_ok() {
                continue;
            }
        }
        let mut bytes = trimmed;
        let mut walk = Walk {
            scanner: Scanner::new(&mut bytes),
            arrays,
            levels: Vec::new(),
            index: 0,
            fixed: Some(number),
        };
        if let Err(error) = walk.run(out, &mut take) {
            out.warn(number, format!("could not be read ({error})"));
        }
    }
}

enum Level {
    Array,
    /// An envelope: what it holds so far, the member that it is in its parent, whether items came out of it.
    Object {
        members: Map<String, Value>,
        key: Option<String>,
        emitted: bool,
    },
}

struct Walk<'a, 'b> {
    scanner: Scanner<'a>,
    arrays: &'b [&'b str],
    levels: Vec<Level>,
    index: usize,
    /// The line in a file of lines; else items are numbered.
    fixed: Option<usize>,
}

type Take<'t> = &'t mut dyn FnMut(&[u8], &mut Output<'_>) -> Result<(), serde_json::Error>;

impl Walk<'_, '_> {
    fn run(&mut self, out: &mut Output<'_>, take: Take<'_>) -> io::Result<()> {
        let mut raw = Vec::new();
        let mut garbage = false;
        while let Some(byte) = self.scanner.skip_filler()? {
            match (self.levels.last(), byte) {
                (Some(Level::Array), b']') => {
                    self.scanner.bump()?;
                    self.levels.pop();
                }
                (Some(Level::Object { .. }), b'}') => {
                    self.scanner.bump()?;
                    self.leave_object(out, take);
                }
                (Some(Level::Object { .. }), b'"') => self.member(&mut raw, out)?,
                (None | Some(Level::Array), b'[') => {
                    self.scanner.bump()?;
                    self.levels.push(Level::Array);
                }
                (None, b'{') if !self.arrays.is_empty() => {
                    self.scanner.bump()?;
                    self.levels.push(Level::Object { members: Map::new(), key: None, emitted: false });
                }
                (None | Some(Level::Array), b'{') => self.item(&mut raw, out, take)?,
                (Some(Level::Array), b'}' | b':') | (Some(Level::Object { .. }), _) => {
                    let line = self.here();
                    out.warn(
                        line,
                        "is no valid JSON from here on; the records before are kept, collect the file again",
                    );
                    return Ok(());
                }
                (Some(Level::Array), _) => {
                    self.scanner.capture(&mut raw)?;
                    out.tally("bare values instead of objects", self.here());
                }
                (None, _) => {
                    let line = self.here();
                    let text = self.scanner.skip_line()?;
                    if !std::mem::replace(&mut garbage, true) {
                        out.warn(line, format!("is not JSON and was skipped: `{text}`"));
                    }
                }
            }
        }
        if !self.levels.is_empty() {
            let (line, index) = (self.here(), self.index);
            out.warn(
                line,
                format!("ends in the middle (JSON not closed); the {index} complete records before are kept, collect the file again"),
            );
            while !self.levels.is_empty() {
                self.leave_object(out, take);
            }
        }
        Ok(())
    }

    fn here(&self) -> usize {
        self.fixed.unwrap_or(self.scanner.line)
    }

    /// One member of an envelope: an array to go into, or a value to remember.
    fn member(&mut self, raw: &mut Vec<u8>, out: &mut Output<'_>) -> io::Result<()> {
        self.scanner.capture(raw)?;
        let key: String =
            serde_json::from_slice(raw).unwrap_or_else(|_| String::from_utf8_lossy(raw).into_owned());
        if self.scanner.skip_filler()? != Some(b':') {
            return Ok(());
        }
        self.scanner.bump()?;
        let wanted = self.arrays.contains(&key.as_str());
        match self.scanner.skip_filler()? {
            Some(b'[') if wanted => {
                self.scanner.bump()?;
                self.levels.push(Level::Array);
                self.mark_emitted();
                return Ok(());
            }
            Some(b'{') if wanted => {
                self.scanner.bump()?;
                self.levels.push(Level::Object { members: Map::new(), key: Some(key), emitted: false });
                return Ok(());
            }
            Some(b'}' | b']') | None => return Ok(()),
            Some(_) => {}
        }
        let line = self.here();
        let value = match self.scanner.capture(raw)? {
            Captured::Complete => parse_lenient(raw).ok(),
            Captured::Truncated => repair(raw),
            Captured::TooLong => {
                out.warn(line, format!("the member `{key}` is larger than 64 MB and was skipped"));
                None
            }
        };
        let Some(value) = value else { return Ok(()) };
        out.envelope.insert(key.clone(), value.clone());
        if let Some(Level::Object { members, .. }) = self.levels.last_mut() {
            members.insert(key, value);
        }
        Ok(())
    }

    fn mark_emitted(&mut self) {
        for level in &mut self.levels {
            if let Level::Object { emitted, .. } = level {
                *emitted = true;
            }
        }
    }

    /// Leaves a level; an envelope in which no array of items was found is itself the item.
    fn leave_object(&mut self, out: &mut Output<'_>, take: Take<'_>) {
        let Some(Level::Object { members, key, emitted: false }) = self.levels.pop() else { return };
        if members.is_empty() {
            return;
        }
        if let (Some(key), Some(Level::Object { members: parent, .. })) = (key, self.levels.last_mut()) {
            out.envelope.insert(key.clone(), Value::Object(members.clone()));
            parent.insert(key, Value::Object(members));
            return;
        }
        let text = Value::Object(members).to_string();
        let line = self.here();
        self.hand_out(text.as_bytes(), line, out, take);
    }

    fn item(&mut self, raw: &mut Vec<u8>, out: &mut Output<'_>, take: Take<'_>) -> io::Result<()> {
        let line = self.here();
        match self.scanner.capture(raw)? {
            Captured::Complete => self.hand_out(raw, line, out, take),
            Captured::Truncated => {
                let kept = self.index;
                out.warn(
                    line,
                    match self.fixed {
                        Some(_) => "the line is cut off; what is complete of it was read".to_owned(),
                        None => format!("ends in the middle of a record; the {kept} records before are kept, collect the file again"),
                    },
                );
                if self.levels.is_empty()
                    && let Some(value) = repair(raw)
                {
                    self.hand_out(value.to_string().as_bytes(), line, out, take);
                }
                self.levels.clear();
            }
            Captured::TooLong => {
                self.index += 1;
                out.warn(line, "a record larger than 64 MB was skipped");
            }
        }
        Ok(())
    }

    fn hand_out(&mut self, raw: &[u8], line: usize, out: &mut Output<'_>, take: Take<'_>) {
        self.index += 1;
        out.place(self.fixed.unwrap_or(self.index));
        if let Err(error) = take(raw, out) {
            out.warn(line, format!("a record is no valid JSON and was skipped ({error})"));
        }
    }
}
