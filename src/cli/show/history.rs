//! A history looked over, for a person at a terminal.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::app::{Fate, HistoryReport, ImportReport};
use crate::cli::table::{aligned, shortened};

/// The incidents in reading order, then the counts.
#[must_use]
pub fn text(report: &HistoryReport) -> String {
    let rows: Vec<Vec<String>> = report
        .list
        .iter()
        .map(|one| vec![one.id.clone(), day(one.date), one.path.clone(), shortened(&one.title, 70)])
        .collect();
    let mut out = aligned(&["id", "date", "file", "title"], &rows);
    out.push_str(&format!(
        "\n{} incidents from {} to {}; {} with a date, {} with services, {} with action items; {} warnings\n",
        report.incidents,
        day(report.first),
        day(report.last),
        report.dated,
        report.with_services,
        report.with_actions,
        report.warnings.len()
    ));
    out
}

/// What was imported, and what each incident lacks.
#[must_use]
pub fn imported(report: &ImportReport) -> String {
    let fate = |fate: Fate| match fate {
        Fate::Created => "created",
        Fate::Updated => "updated",
        Fate::Unchanged => "unchanged",
        Fate::Kept => "kept: edited by a person",
    };
    let rows: Vec<Vec<String>> = report
        .pages
        .iter()
        .map(|page| {
            let missing =
                if page.missing.is_empty() { "nothing".to_owned() } else { page.missing.join(", ") };
            vec![page.path.display().to_string(), page.source.to_owned(), fate(page.fate).to_owned(), missing]
        })
        .collect();
    let mut out = aligned(&["page", "from", "", "missing"], &rows);
    let count = |fate: Fate| report.pages.iter().filter(|page| page.fate == fate).count();
    out.push_str(&format!(
        "\n{} incidents: {} created, {} updated, {} unchanged, {} kept; {} warnings\n",
        report.pages.len(),
        count(Fate::Created),
        count(Fate::Updated),
        count(Fate::Unchanged),
        count(Fate::Kept),
        report.warnings.len()
    ));
    out
}

fn day(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "–".to_owned(), |at| at.to_zoned(TimeZone::UTC).date().to_string())
}
