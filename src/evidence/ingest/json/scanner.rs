//! Finds where values begin and end in a stream of JSON text, without holding more than one of them.

use std::io::{self, BufRead};

/// The longest single value that is held in memory; longer ones are skipped with a warning.
const LONGEST: usize = 64 << 20;

/// How the capture of one value ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Captured {
    Complete,
    /// The input ended inside the value.
    Truncated,
    /// The value was longer than [`LONGEST`] and was skipped.
    TooLong,
}

/// Reads bytes and counts lines.
pub(super) struct Scanner<'a> {
    input: &'a mut dyn BufRead,
    pub(super) line: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead) -> Self {
        Self { input, line: 1 }
    }

    /// The next byte, left in place.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.input.fill_buf()?.first().copied())
    }

    pub(super) fn bump(&mut self) -> io::Result<()> {
        if self.peek()? == Some(b'\n') {
            self.line += 1;
        }
        self.input.consume(1);
        Ok(())
    }

    /// Skips white space, commas, record separators, NUL bytes and byte order marks.
    pub(super) fn skip_filler(&mut self) -> io::Result<Option<u8>> {
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let filler = |byte: u8| {
                matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | 0 | 0x1e | 0xef | 0xbb | 0xbf)
            };
            let length = chunk.iter().position(|byte| !filler(*byte)).unwrap_or(chunk.len());
            self.line += newlines(&chunk[..length]);
            let next = chunk.get(length).copied();
            self.input.consume(length);
            if next.is_some() {
                return Ok(next);
            }
        }
    }

    /// Skips to the end of the line and returns what stood there (its beginning).
    pub(super) fn skip_line(&mut self) -> io::Result<String> {
        let mut start = Vec::new();
        loop {
            let chunk = self.input.fill_buf()?;
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let length = end.map_or(chunk.len(), |at| at + 1);
            let room = 60_usize.saturating_sub(start.len()).min(length);
            start.extend_from_slice(&chunk[..room]);
            let done = end.is_some() || chunk.is_empty();
            self.line += usize::from(end.is_some());
            self.input.consume(length);
            if done {
                return Ok(String::from_utf8_lossy(&start).trim().to_owned());
            }
        }
    }

    /// Reads one value into `raw`.
    pub(super) fn capture(&mut self, raw: &mut Vec<u8>) -> io::Result<Captured> {
        raw.clear();
        let mut state = Nesting::default();
        let mut too_long = false;
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                let whole = state.depth == 0 && !state.in_string && !raw.is_empty();
                return Ok(if too_long {
                    Captured::TooLong
                } else if whole {
                    Captured::Complete
                } else {
                    Captured::Truncated
                });
            }
            let end = state.find_end(chunk);
            let length = end.unwrap_or(chunk.len());
            if raw.len() + length > LONGEST {
                too_long = true;
                raw.clear();
            }
            if !too_long {
                raw.extend_from_slice(&chunk[..length]);
            }
            self.line += newlines(&chunk[..length]);
            self.input.consume(length);
            if end.is_some() {
                return Ok(if too_long { Captured::TooLong } else { Captured::Complete });
            }
        }
    }
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// Depth inside one value, kept over chunk borders.
#[derive(Default)]
struct Nesting {
    depth: usize,
    in_string: bool,
    escaped: bool,
    started: bool,
}

impl Nesting {
    /// Where the value ends in this chunk, exclusive; `None` when it goes on.
    fn find_end(&mut self, chunk: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < chunk.len() {
            if self.in_string {
                if self.escaped {
                    self.escaped = false;
                    at += 1;
                    continue;
                }
                let stop = chunk[at..].iter().position(|byte| matches!(byte, b'"' | b'\\'));
                at += stop? + 1;
                if chunk[at - 1] == b'\\' {
                    self.escaped = true;
                } else {
                    self.in_string = false;
                    if self.depth == 0 {
                        return Some(at);
                    }
                }
                continue;
            }
            match chunk[at] {
                b'"' => {
                    if self.started && self.depth == 0 {
                        return Some(at);
                    }
                    self.in_string = true;
                }
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth <= 1 => return Some(if self.depth == 0 { at } else { at + 1 }),
                b'}' | b']' => self.depth -= 1,
                b',' | b' ' | b'\n' | b'\r' | b'\t' if self.depth == 0 => return Some(at),
                _ => {}
            }
            self.started = true;
            at += 1;
        }
        None
    }
}
