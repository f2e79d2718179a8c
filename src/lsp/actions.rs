//! What an editor can do about a finding: apply its fix, silence it with a reason, put the question in.

use std::collections::HashMap;

use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, Range, TextEdit, Uri, WorkspaceEdit};

use crate::domain::Finding;
use crate::text::markdown::{BlockKind, blocks};

use super::convert::{self, Encoding};

/// A document on which actions are offered.
pub(super) struct Desk<'a> {
    uri: &'a Uri,
    text: &'a str,
    encoding: Encoding,
    /// Bytes where a comment would be text: code blocks and front matter.
    literal: Vec<std::ops::Range<usize>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(uri: &'a Uri, text: &'a str, encoding: Encoding) -> Self {
        let literal = blocks(text)
            .into_iter()
            .filter(|block| matches!(block.kind, BlockKind::Code | BlockKind::FrontMatter))
            .map(|block| block.span.range())
            .collect();
        Self { uri, text, encoding, literal }
    }

    /// Actions for one finding, the safest first.
    pub(super) fn actions(&self, finding: &Finding) -> Vec<CodeActionOrCommand> {
        let mut actions = Vec::new();
        if let Some(fix) = &finding.fix {
            let range = convert::range(self.text, finding.span, self.encoding);
            let title = format!("Replace with “{}”", fix.replacement);
            actions.push(self.action(finding, title, TextEdit::new(range, fix.replacement.clone()), true));
        }
        let Some(at) = self.place_of_a_comment(finding.span.0) else { return actions };
        let at = convert::position(self.text, at, self.encoding);
        let insert = |comment: String| TextEdit::new(Range::new(at, at), comment);
        let allow = insert(format!(" <!-- unblame allow {} -- reason -->", finding.rule));
        actions.push(self.action(
            finding,
            format!("Allow {} here, with a reason", finding.rule),
            allow,
            false,
        ));
        if !finding.help.is_empty() {
            let question = insert(format!(" <!-- {} -->", finding.help));
            actions.push(self.action(finding, format!("Ask instead: {}", finding.help), question, false));
        }
        actions
    }

    /// Where a comment about a place can stand: the end of its line, in a table before the last bar; `None` inside code
    /// and front matter, where it would be no comment.
    fn place_of_a_comment(&self, offset: usize) -> Option<usize> {
        if self.literal.iter().any(|range| range.contains(&offset)) {
            return None;
        }
        let start = self.text.get(..offset)?.rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.text[start..].split('\n').next().unwrap_or_default().trim_end();
        let bar = line.strip_suffix('|').filter(|_| line.trim_start().starts_with('|'));
        Some(start + bar.map_or(line.len(), |row| row.trim_end().len()))
    }

    // The protocol's own type keys edits by URI in a HashMap; it holds one entry, so no order can leak.
    #[allow(
        clippy::mutable_key_type,
        reason = "Uri of lsp-types caches parts behind a cell, its key does not change"
    )]
    fn action(
        &self,
        finding: &Finding,
        title: String,
        edit: TextEdit,
        preferred: bool,
    ) -> CodeActionOrCommand {
        let changes = HashMap::from([(self.uri.clone(), vec![edit])]);
        CodeActionOrCommand::CodeAction(CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![convert::diagnostic(self.text, finding, self.encoding)]),
            edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
            is_preferred: Some(preferred),
            ..CodeAction::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_keeps_line_ends_and_tables_and_stays_out_of_code() {
        let text = "---\nid: x\n---\none\r\ntwo\r\n\n| a |\n|---|\n| b |\n\n```\ncode\n```\n";
        let uri: Uri = "file:///a.md".parse().unwrap();
        let desk = Desk::new(&uri, text, Encoding::Utf8);
        let place = |word: &str| {
            desk.place_of_a_comment(text.find(word).unwrap()).map(|at| &text[at..(at + 2).min(text.len())])
        };
        assert_eq!(place("one"), Some("\r\n"));
        assert_eq!(place("| b").map(str::trim), Some("|"));
        assert_eq!(place("code"), None);
        assert_eq!(place("id:"), None);
    }
}
