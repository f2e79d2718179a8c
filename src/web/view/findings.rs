//! Lint findings as the page tells them.

use serde::Serialize;

use crate::app::review::Part;
use crate::domain::Finding;

/// One finding; its position in the list is the number that marks carry.
#[derive(Debug, Serialize)]
pub(in crate::web) struct FindingView {
    /// Part that it stands in.
    key: String,
    rule: String,
    severity: &'static str,
    message: String,
    /// The words that it is about, cut short.
    excerpt: String,
    help: String,
    line: usize,
    start: usize,
    end: usize,
    replacement: Option<String>,
}

/// All findings, in their order.
#[must_use]
pub(in crate::web) fn findings(source: &str, found: &[Finding], parts: &[Part]) -> Vec<FindingView> {
    let key = |at: usize| parts.iter().rev().find(|part| part.span.start <= at).map(|part| part.key.clone());
    let view = |finding: &Finding| FindingView {
        key: key(finding.span.0).unwrap_or_default(),
        rule: finding.rule.clone(),
        severity: finding.severity.name(),
        message: finding.message.clone(),
        excerpt: excerpt(source.get(finding.span.0..finding.span.1).unwrap_or_default()),
        help: finding.help.clone(),
        line: finding.line,
        start: finding.span.0,
        end: finding.span.1,
        replacement: finding.fix.as_ref().map(|fix| fix.replacement.clone()),
    };
    found.iter().map(view).collect()
}

/// The first line, cut after some words.
fn excerpt(text: &str) -> String {
    const LETTERS: usize = 60;
    let line = text.trim_start_matches(['#', '-', '*', '|', ' ']).lines().next().unwrap_or_default();
    match line.char_indices().nth(LETTERS) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line.to_owned(),
    }
}
