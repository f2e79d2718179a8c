//! The digest of a history since a day.

use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Error;
use super::actions::follow;
use crate::desk::digest::{Entry, digest as written};
use crate::document::{self, Postmortem, SectionKind};
use crate::domain::Warning;
use crate::store;
use crate::text::markdown::{BlockKind, blocks, without_marks};
use crate::text::sentences;

/// The digest as Markdown, and what was odd about the files.
///
/// # Errors
/// No history, or a path that does not exist.
pub fn digest(history: &[PathBuf], since: Date, until: Date) -> Result<(String, Vec<Warning>), Error> {
    let followed = follow(history)?;
    let (documents, _) = store::documents(history)?;
    let entries: Vec<Entry> = documents
        .iter()
        .filter_map(|found| {
            let postmortem = document::parse(&found.text).postmortem;
            let started = postmortem.date()?.to_zoned(TimeZone::UTC).date();
            let front = &postmortem.front;
            let stem =
                || found.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            Some(Entry {
                id: front.id.clone().unwrap_or_else(stem),
                title: postmortem.title.clone(),
                severity: front.severity.clone(),
                started,
                status: front.status.map(|status| status.name().to_owned()),
                repeat_of: front.repeat_of.clone(),
                summary: summary(&postmortem),
                path: store::from_here(&found.path),
            })
        })
        .collect();
    Ok((written(&entries, &followed.items, since, until), followed.warnings))
}

/// Sentences that a digest gives of one incident.
const SENTENCES: usize = 3;

/// The first sentences of the summary, else of the impact, else of the document.
fn summary(postmortem: &Postmortem) -> Vec<String> {
    let told = |kind| postmortem.section_text(kind).filter(|text| !first_sentences(text).is_empty());
    let text = told(SectionKind::ExecutiveSummary).or_else(|| told(SectionKind::Impact));
    first_sentences(&text.unwrap_or_else(|| postmortem.text()))
}

fn first_sentences(markdown: &str) -> Vec<String> {
    let prose = blocks(&without_marks(markdown)).into_iter().filter(|block| {
        !block.quoted && matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem { .. })
    });
    let told = prose.flat_map(|block| {
        sentences(&block.text)
            .into_iter()
            .map(|span| span.of(&block.text).trim().to_owned())
            .collect::<Vec<_>>()
    });
    told.filter(|sentence| sentence.contains(char::is_whitespace)).take(SENTENCES).collect()
}
