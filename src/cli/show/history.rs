//! A history looked over, for a person at a terminal.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::app::HistoryReport;
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

fn day(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "–".to_owned(), |at| at.to_zoned(TimeZone::UTC).date().to_string())
}
