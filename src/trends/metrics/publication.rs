//! How soon after resolution the postmortem was published.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde_json::{Map, json};

use crate::trends::record::Record;
use crate::trends::scope::ids;
use crate::trends::statistics::{median, median_interval, wilson};
use crate::trends::wording::{decimals, percent_range, plural};
use crate::trends::{Cell, Metric, Row, Scope, Section, Table};

pub(super) struct Publication;
pub(super) const ENTRY: Publication = Publication;

/// Working days within which a postmortem should be out.
const GOAL: i64 = 5;

impl Metric for Publication {
    fn name(&self) -> &'static str {
        "publication"
    }

    fn title(&self) -> &'static str {
        "From resolution to publication"
    }

    fn definition(&self) -> &'static str {
        "Working days (Monday to Friday, UTC; public holidays are not known) from the day of resolution to the day of \
         publication: the weekdays after the first up to and including the second. Goal: fewer than 5. Postmortems \
         without one of the two times, or published before they were resolved, are counted and left out."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let timed: Vec<(&Record, i64)> =
            scope.current.iter().filter_map(|record| Some((*record, working_days_of(record)?))).collect();
        let days: Vec<f64> = timed.iter().map(|(_, days)| *days as f64).collect();
        let before: Vec<f64> =
            scope.previous.iter().filter_map(|r| working_days_of(r)).map(|d| d as f64).collect();
        let in_time: Vec<&Record> = timed.iter().filter(|(_, days)| *days < GOAL).map(|(r, _)| *r).collect();
        let (k, n) = (in_time.len(), timed.len());
        let missing = ids(scope.current.iter().copied().filter(|record| working_days_of(record).is_none()));
        let interval = median_interval(&days);
        let mut json = Map::new();
        json.insert(
            "process".to_owned(),
            json!({"publication": {
                "n": n, "missing": missing.len(), "median_working_days": median(&days),
                "interval": interval.map(|(a, b)| [a, b]), "within_goal": k,
                "goal_interval": wilson(k as u64, n as u64).map(|(a, b)| [a, b]),
                "previous": {"n": before.len(), "median_working_days": median(&before)},
                "incidents": ids(timed.iter().map(|(record, _)| *record)), "missing_incidents": missing,
            }}),
        );
        let mut table = Table::new("publication", "Working days to publication", &["Postmortems", "Number"]);
        for (name, incidents) in [
            ("published in fewer than 5 working days", ids(in_time)),
            ("published later", ids(timed.iter().filter(|(_, days)| *days >= GOAL).map(|(r, _)| *r))),
            ("without both times", missing),
        ] {
            table.rows.push(Row::new(vec![name.into(), Cell::count(incidents.len())], incidents));
        }
        let findings = match (median(&days), wilson(k as u64, n as u64)) {
            (Some(middle), Some(range)) => vec![format!(
                "Published after a median of {} working days (n = {n}); {k} of {n} in fewer than 5 ({}).",
                decimals(middle, 1),
                percent_range(range)
            )],
            _ => vec![format!(
                "None of {} gives both resolution and publication.",
                plural(scope.current.len(), "postmortem")
            )],
        };
        Section { findings, tables: vec![table], json, ..Section::default() }
    }
}

fn working_days_of(record: &Record) -> Option<i64> {
    let (resolved, published) = (record.resolved?, record.published?);
    let day = |at: jiff::Timestamp| at.to_zoned(TimeZone::UTC).date();
    (published >= resolved || day(published) == day(resolved))
        .then(|| working_days(day(resolved), day(published)))
}

/// Weekdays after `from` up to and including `to`.
fn working_days(from: Date, to: Date) -> i64 {
    let days = from.until((jiff::Unit::Day, to)).map_or(0, |span| i64::from(span.get_days()));
    let whole_weeks = days / 7;
    let mut count = whole_weeks * 5;
    let mut day = from;
    for _ in 0..days % 7 {
        day = day.tomorrow().unwrap_or(day);
        count += i64::from(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weekends_do_not_count() {
        let friday = date(2026, 8, 28);
        assert_eq!(working_days(friday, friday), 0);
        assert_eq!(working_days(friday, date(2026, 8, 30)), 0);
        assert_eq!(working_days(friday, date(2026, 8, 31)), 1);
        assert_eq!(working_days(friday, date(2026, 9, 4)), 5);
        assert_eq!(working_days(date(2026, 8, 29), date(2026, 9, 14)), 11);
    }
}
