//! Due dates as people say them, resolved against the day of the message.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use regex::Regex;

/// A due date and the words that said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub date: Date,
    /// Byte range in the text.
    pub span: std::ops::Range<usize>,
}

const LEAD: &str =
    r"(?:(?:,\s*)?\b(?:by|until|till|before|due|on|no later than|latest|deadline:?)\s+(?:the\s+)?)";
const MONTHS: &str = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";

#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static FORMS: LazyLock<Vec<(Form, Regex)>> = LazyLock::new(|| {
    [
        (Form::Iso, format!(r"(?i){LEAD}?\b(\d{{4}})-(\d{{2}})-(\d{{2}})\b")),
        (Form::DayMonth, format!(r"(?i){LEAD}\b(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?({MONTHS})[a-z]*\.?(?:,?\s+(\d{{4}}))?\b")),
        (Form::MonthDay, format!(r"(?i){LEAD}\b({MONTHS})[a-z]*\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?\b")),
        (Form::WeekdayNextWeek, format!(r"(?i){LEAD}?\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\s+next\s+week\b")),
        (Form::Weekday, format!(r"(?i){LEAD}(next\s+|this\s+)?(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b")),
        (Form::Tomorrow, r"(?i)\b(?:(?:by|until|before)\s+)?(tomorrow|today|tonight)\b".to_owned()),
        (Form::InUnits, r"(?i)\b(?:with)?in\s+(?:the next\s+)?(\d+|a|one|two|three|four|six)\s+(day|week|month)s?\b".to_owned()),
        (Form::EndOf, r"(?i)\b(?:by\s+|before\s+|until\s+)?(?:the\s+)?end of (?:the\s+|this\s+)?(week|month|quarter|year)\b".to_owned()),
        (Form::NextUnit, format!(r"(?i){LEAD}next\s+(week|month)\b")),
    ]
    .into_iter()
    .map(|(form, pattern)| (form, Regex::new(&pattern).expect("pattern")))
    .collect()
});

#[derive(Clone, Copy, Debug)]
enum Form {
    Iso,
    DayMonth,
    MonthDay,
    WeekdayNextWeek,
    Weekday,
    Tomorrow,
    InUnits,
    EndOf,
    NextUnit,
}

/// The due date in `text`, said on `said`; past dates do not count.
#[must_use]
pub fn due(text: &str, said: Date) -> Option<Due> {
    FORMS.iter().find_map(|(form, pattern)| {
        let found = pattern.captures(text)?;
        let group = |at: usize| found.get(at).map(|group| group.as_str());
        let date = match form {
            Form::Iso => {
                Date::new(group(1)?.parse().ok()?, group(2)?.parse().ok()?, group(3)?.parse().ok()?).ok()?
            }
            Form::DayMonth => month_day(group(2)?, group(1)?, group(3), said)?,
            Form::MonthDay => month_day(group(1)?, group(2)?, group(3), said)?,
            Form::WeekdayNextWeek => on_weekday(monday_after(said)?.yesterday().ok()?, weekday(group(1)?)?)?,
            Form::Weekday => on_weekday(said, weekday(group(2)?)?)?,
            Form::Tomorrow if group(1)?.eq_ignore_ascii_case("tomorrow") => said.tomorrow().ok()?,
            Form::Tomorrow => said,
            Form::InUnits => in_units(count(group(1)?)?, group(2)?, said)?,
            Form::EndOf => end_of(group(1)?, said)?,
            Form::NextUnit => in_units(1, group(1)?, said)?,
        };
        (date >= said).then(|| Due { date, span: found.get(0).map_or(0..0, |whole| whole.range()) })
    })
}

fn month_day(month: &str, day: &str, year: Option<&str>, said: Date) -> Option<Date> {
    let month = MONTHS.split('|').position(|name| month.to_lowercase().starts_with(name))?;
    let month = i8::try_from(month + 1).ok()?;
    let day: i8 = day.parse().ok()?;
    match year {
        Some(year) => Date::new(year.parse().ok()?, month, day).ok(),
        // Without a year the next such day is meant.
        None => Date::new(said.year(), month, day)
            .ok()
            .filter(|date| *date >= said)
            .or_else(|| Date::new(said.year() + 1, month, day).ok()),
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name.to_lowercase().get(..3)? {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        _ => Weekday::Sunday,
    })
}

/// The first such day after `after`.
fn on_weekday(after: Date, weekday: Weekday) -> Option<Date> {
    after.nth_weekday(1, weekday).ok()
}

fn monday_after(said: Date) -> Option<Date> {
    on_weekday(said, Weekday::Monday)
}

fn count(word: &str) -> Option<i32> {
    Some(match word.to_lowercase().as_str() {
        "a" | "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "six" => 6,
        digits => digits.parse().ok().filter(|count| *count <= 365)?,
    })
}

fn in_units(count: i32, unit: &str, said: Date) -> Option<Date> {
    let span = match unit.to_lowercase().as_str() {
        "day" => count.days(),
        "week" => count.weeks(),
        _ => count.months(),
    };
    said.checked_add(span).ok()
}

fn end_of(unit: &str, said: Date) -> Option<Date> {
    Some(match unit.to_lowercase().as_str() {
        "week" => {
            if said.weekday() == Weekday::Friday {
                said
            } else {
                on_weekday(said, Weekday::Friday)?
            }
        }
        "month" => said.last_of_month(),
        "quarter" => Date::new(said.year(), (said.month() - 1) / 3 * 3 + 3, 1).ok()?.last_of_month(),
        _ => said.last_of_year(),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn spoken_dates_resolve_against_the_message() {
        let said = date(2025, 11, 28); // a Friday
        for (text, expected) in [
            ("add a check by 2025-12-12", date(2025, 12, 12)),
            ("an alert before 15 December?", date(2025, 12, 15)),
            ("by Jan 9th", date(2026, 1, 9)),
            ("split it, until Friday next week", date(2025, 12, 5)),
            ("by Wednesday", date(2025, 12, 3)),
            ("I'll do it tomorrow", date(2025, 11, 29)),
            ("done in two weeks", date(2025, 12, 12)),
            ("by the end of the month", date(2025, 11, 30)),
            ("end of quarter", date(2025, 12, 31)),
        ] {
            assert_eq!(due(text, said).map(|due| due.date), Some(expected), "{text}");
        }
        assert_eq!(due("since 2025-10-01 it is so", said), None);
        assert_eq!(due("at 10:15 by 12 pods", said), None);
    }
}
