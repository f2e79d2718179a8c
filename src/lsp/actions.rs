//! What an editor can do about a finding: apply its fix, silence it with a reason, put the question in.

use std::collections::HashMap;

use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, Range, TextEdit, Uri, WorkspaceEdit};

use crate::domain::Finding;

use super::convert::{self, Encoding};

/// Actions for one finding, the safest first.
pub(super) fn of(uri: &Uri, text: &str, finding: &Finding, encoding: Encoding) -> Vec<CodeActionOrCommand> {
    let mut actions = Vec::new();
    if let Some(fix) = &finding.fix {
        let edit = TextEdit::new(convert::range(text, finding.span, encoding), fix.replacement.clone());
        actions.push(action(
            uri,
            text,
            finding,
            encoding,
            format!("Replace with “{}”", fix.replacement),
            edit,
            true,
        ));
    }
    let line_start =
        text.get(..finding.span.0).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line_end = text[finding.span.0.min(text.len())..]
        .find('\n')
        .map_or(text.len(), |newline| finding.span.0 + newline);
    let indented = text[line_start..].trim_start().starts_with(['|']);
    let comment = format!(" <!-- unblame allow {} -- reason -->", finding.rule);
    if !indented {
        let at = convert::position(text, line_end, encoding);
        let edit = TextEdit::new(Range::new(at, at), comment);
        actions.push(action(
            uri,
            text,
            finding,
            encoding,
            format!("Allow {} here, with a reason", finding.rule),
            edit,
            false,
        ));
        let question = format!(" <!-- {} -->", finding.help);
        let edit = TextEdit::new(Range::new(at, at), question);
        actions.push(action(
            uri,
            text,
            finding,
            encoding,
            format!("Ask instead: {}", finding.help),
            edit,
            false,
        ));
    }
    actions
}

// The protocol's own type keys edits by URI in a HashMap; it holds one entry, so no order can leak.
#[allow(
    clippy::mutable_key_type,
    reason = "Uri of lsp-types caches parts behind a cell, its key does not change"
)]
fn action(
    uri: &Uri,
    text: &str,
    finding: &Finding,
    encoding: Encoding,
    title: String,
    edit: TextEdit,
    preferred: bool,
) -> CodeActionOrCommand {
    let changes = HashMap::from([(uri.clone(), vec![edit])]);
    CodeActionOrCommand::CodeAction(CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![convert::diagnostic(text, finding, encoding)]),
        edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
        is_preferred: Some(preferred),
        ..CodeAction::default()
    })
}
