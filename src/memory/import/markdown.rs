//! Old postmortems in Markdown or plain text of any layout: the text stays as it is, its facts become front matter.

use super::Imported;
use super::record::{missing, one_line};
use crate::document::parse;

/// Longest first line that is taken for a title where there is no heading.
const TITLE: usize = 120;

/// The postmortem of one file; `None` for one without words.
pub(super) fn read(source: &str, file: &str) -> Option<Imported> {
    if source.trim().is_empty() {
        return None;
    }
    let parsed = parse(source);
    let mut postmortem = parsed.postmortem;
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let id = postmortem.front.id.get_or_insert_with(|| one_line(stem)).clone();
    if postmortem.title.is_empty() {
        let first = postmortem.preamble.lines().map(one_line).find(|line| !line.is_empty());
        postmortem.title =
            first.filter(|line| line.chars().count() <= TITLE).unwrap_or_else(|| stem.to_owned());
    }
    if postmortem.front.title.is_none() {
        postmortem.front.title = Some(one_line(&postmortem.title));
    }
    if !parsed.has_front_matter {
        // The text still has what front matter knows no typed place for.
        postmortem.front.extra.clear();
    }
    let missing = missing(&postmortem);
    Some(Imported { source: "markdown", reference: id, postmortem, missing })
}
