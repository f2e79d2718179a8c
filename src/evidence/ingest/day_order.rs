//! Numeric dates of one file: whether the day or the month comes first is told by all of them together.

use jiff::civil::Date;

/// Which number of `5/4/2023` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayOrder {
    DayFirst,
    MonthFirst,
    /// Nothing in the file tells.
    Open,
}

/// The three numbers of a date with slashes, dots or hyphens; the year may have two digits and come first.
#[must_use]
pub(crate) fn numeric_day(text: &str) -> Option<(char, [i16; 3])> {
    let mark = text.chars().find(|c| !c.is_ascii_digit()).filter(|mark| "/.-".contains(*mark))?;
    let text = text.trim_end_matches('.');
    let mut numbers = [0; 3];
    let mut parts = text.split(mark);
    for number in &mut numbers {
        let part = parts.next()?;
        if part.is_empty() || part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    let lengths_fit = text.len() >= 6;
    (parts.next().is_none() && lengths_fit).then_some((mark, numbers))
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    let year = if year < 100 { 2000 + year } else { year };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().filter(|date| date.year() > 1990)
}

fn read(text: &str, day_first: bool) -> Option<Date> {
    let (_, [a, b, c]) = numeric_day(text)?;
    if a > 31 {
        return date(a, b, c);
    }
    if day_first { date(c, b, a) } else { date(c, a, b) }
}

impl DayOrder {
    /// The order that all dates of a file, in the order of its lines, allow: only one that makes dates of them all,
    /// then only one in which they never fall. Between dots the day comes first everywhere.
    pub(crate) fn of<'a>(dates: impl Iterator<Item = &'a str> + Clone) -> Self {
        let possible = |day_first: bool| dates.clone().all(|text| read(text, day_first).is_some());
        match (possible(true), possible(false)) {
            (true, false) => return Self::DayFirst,
            (false, true) => return Self::MonthFirst,
            (false, false) => return Self::Open,
            (true, true) => {}
        }
        if dates.clone().any(|text| numeric_day(text).is_some_and(|(mark, _)| mark == '.')) {
            return Self::DayFirst;
        }
        let rising = |day_first: bool| {
            let found: Vec<Option<Date>> = dates.clone().map(|text| read(text, day_first)).collect();
            found.windows(2).all(|pair| pair[0] <= pair[1])
        };
        match (rising(true), rising(false)) {
            (true, false) => Self::DayFirst,
            (false, true) => Self::MonthFirst,
            _ => Self::Open,
        }
    }

    /// The date in this order; where the order is open, only one that reads the same both ways.
    #[must_use]
    pub(crate) fn date(self, text: &str) -> Option<Date> {
        match self {
            Self::DayFirst => read(text, true),
            Self::MonthFirst => read(text, false),
            Self::Open => match (read(text, true), read(text, false)) {
                (Some(one), Some(other)) => (one == other).then_some(one),
                (one, other) => one.or(other),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // a failing test may panic
    use super::DayOrder;

    #[test]
    fn one_late_day_tells_the_order_of_the_whole_file() {
        let of = |dates: &[&str]| DayOrder::of(dates.iter().copied());
        assert_eq!(of(&["5/4/23", "25/4/23"]), DayOrder::DayFirst);
        assert_eq!(of(&["4/5/23", "4/25/23"]), DayOrder::MonthFirst);
        assert_eq!(of(&["05.04.23"]), DayOrder::DayFirst);
        assert_eq!(of(&["11/04/2023", "01/05/2023"]), DayOrder::DayFirst);
        assert_eq!(of(&["5/4/23", "5/4/23"]), DayOrder::Open);
        assert_eq!(DayOrder::Open.date("5/4/23"), None);
        assert_eq!(DayOrder::Open.date("5/5/23").unwrap().to_string(), "2023-05-05");
        assert_eq!(DayOrder::Open.date("2023-04-05").unwrap().to_string(), "2023-04-05");
    }
}
