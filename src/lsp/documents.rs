//! Open documents: their text as the client has it, and what was found in it.

use lsp_types::TextDocumentContentChangeEvent;

use crate::domain::Finding;

use super::convert::{self, Encoding};

/// An open document.
pub(super) struct Open {
    pub(super) text: String,
    pub(super) version: i32,
    pub(super) findings: Vec<Finding>,
    /// The text changed after it was linted.
    pub(super) stale: bool,
}

impl Open {
    pub(super) fn new(text: String, version: i32) -> Self {
        Self { text, version, findings: Vec::new(), stale: true }
    }

    /// Applies edits in the order in which the client made them.
    pub(super) fn edit(
        &mut self,
        changes: Vec<TextDocumentContentChangeEvent>,
        version: i32,
        encoding: Encoding,
    ) {
        for change in changes {
            match change.range {
                None => self.text = change.text,
                Some(range) => {
                    let start = convert::offset(&self.text, range.start, encoding);
                    let end = convert::offset(&self.text, range.end, encoding).max(start);
                    self.text.replace_range(start..end, &change.text);
                }
            }
        }
        self.version = version;
        self.stale = true;
    }
}
