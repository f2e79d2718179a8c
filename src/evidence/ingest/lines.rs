//! Reads text line by line with a bound on the length of a line.

use std::borrow::Cow;
use std::io::{BufRead, Read as _};

use super::Output;

/// The longest line that is held; a longer one is skipped with a warning.
const LONGEST: usize = 16 << 20;

/// Lines of an input with their numbers from 1.
pub(crate) struct Lines<'a> {
    input: &'a mut dyn BufRead,
    number: usize,
    line: Vec<u8>,
}

impl<'a> Lines<'a> {
    #[must_use]
    pub(crate) fn new(input: &'a mut dyn BufRead) -> Self {
        Self { input, number: 0, line: Vec::new() }
    }

    /// The next line without its end.
    pub(crate) fn next_bytes(&mut self, out: &mut Output<'_>) -> Option<(usize, &[u8])> {
        loop {
            self.number += 1;
            match self.read_line() {
                Ok(Read::End) => return None,
                Ok(Read::Line) => break,
                Ok(Read::TooLong) => out.warn(self.number, "the line is longer than 16 MB and was skipped"),
                Err(error) => {
                    out.warn(
                        self.number,
                        format!("could not be read further ({error}); the lines before are kept"),
                    );
                    return None;
                }
            }
        }
        Some((self.number, &self.line))
    }

    /// The next line as text; NUL bytes are dropped, bytes that are no UTF-8 are replaced.
    pub(crate) fn next_text(&mut self, out: &mut Output<'_>) -> Option<(usize, Cow<'_, str>)> {
        let (number, line) = self.next_bytes(out)?;
        let text = String::from_utf8_lossy(line);
        Some((number, if text.contains('\0') { Cow::Owned(text.replace('\0', "")) } else { text }))
    }

    fn read_line(&mut self) -> std::io::Result<Read> {
        self.line.clear();
        let bound = LONGEST as u64 + 1;
        if (&mut *self.input).take(bound).read_until(b'\n', &mut self.line)? == 0 {
            return Ok(Read::End);
        }
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        } else if self.line.len() > LONGEST {
            self.line = Vec::new();
            self.input.skip_until(b'\n')?;
            return Ok(Read::TooLong);
        }
        if self.line.last() == Some(&b'\r') {
            self.line.pop();
        }
        Ok(Read::Line)
    }
}

enum Read {
    Line,
    TooLong,
    End,
}
