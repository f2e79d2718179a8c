//! The passages of an incident with what they weigh: a root cause weighs more, an action item nothing.

use super::rules::stems;
use crate::document::SectionKind;
use crate::domain::PastIncident;

/// Weight of a title, and of a passage that tells a cause.
const TELLING: u32 = 2;
/// Longest line that is taken for a heading.
const HEADING: usize = 60;

/// A paragraph, list item or table row.
pub(super) struct Passage {
    /// In the incident's text, from 1; 0 is the title.
    pub(super) line: usize,
    pub(super) text: String,
    pub(super) stems: Vec<String>,
    pub(super) weight: u32,
}

/// The passages that can speak for a failure mode, title first.
pub(super) fn passages(incident: &PastIncident) -> Vec<Passage> {
    let mut found = vec![passage(0, &incident.title, TELLING)];
    let lines: Vec<&str> = incident.text.lines().collect();
    let mut weight = 1;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].trim();
        if line.is_empty() {
            at += 1;
            continue;
        }
        if let Some(heading) = heading(&lines, at) {
            weight = section_weight(SectionKind::of_heading(heading));
            at += 1;
            continue;
        }
        let start = at;
        let mut paragraph = line.to_owned();
        at += 1;
        while at < lines.len() && continues(lines[at]) {
            paragraph.push(' ');
            paragraph.push_str(lines[at].trim());
            at += 1;
        }
        if weight > 0 {
            let own = if names_a_cause(line) { TELLING } else { weight };
            found.push(passage(start + 1, &paragraph, own));
        }
    }
    found
}

fn passage(line: usize, text: &str, weight: u32) -> Passage {
    Passage { line, text: text.to_owned(), stems: stems(text), weight }
}

/// A Markdown heading, or a short line that stands alone and names a section.
fn heading<'a>(lines: &[&'a str], at: usize) -> Option<&'a str> {
    let line = lines[at].trim();
    if line.starts_with('#') {
        return Some(line.trim_start_matches('#').trim());
    }
    let blank = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(|line| line.trim().is_empty());
    let alone = blank(at.checked_sub(1)) && blank(Some(at + 1));
    let sentence = line.contains(": ") || line.ends_with(['.', '!', '?', ';']);
    (alone && !sentence && line.chars().count() <= HEADING && SectionKind::of_heading(line).is_some())
        .then_some(line)
}

fn section_weight(kind: Option<SectionKind>) -> u32 {
    match kind {
        Some(SectionKind::RootCause | SectionKind::ContributingFactors) => TELLING,
        // What is planned, elsewhere or unsure says nothing of the cause of this one.
        Some(
            SectionKind::Actions
            | SectionKind::Similar
            | SectionKind::OpenQuestions
            | SectionKind::Unverified
            | SectionKind::Evidence
            | SectionKind::Lessons
            | SectionKind::WentWell,
        ) => 0,
        _ => 1,
    }
}

/// The rest of a wrapped paragraph begins in lower case.
fn continues(line: &str) -> bool {
    line.trim().chars().next().is_some_and(|c| c.is_lowercase() || c == '`')
}

/// `Root cause: …`, `Trigger: …`.
fn names_a_cause(line: &str) -> bool {
    let plain = line.trim_start_matches(['*', '-', ' ']).to_lowercase();
    let before = plain.split(':').next().unwrap_or_default();
    before.len() < plain.len()
        && ["root cause", "direct cause", "cause", "trigger"].iter().any(|cue| before.starts_with(cue))
}
