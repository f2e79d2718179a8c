//! A calendar quarter in UTC, such as `2026-Q3`.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A quarter of a year, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Period {
    year: i16,
    /// 1 to 4.
    quarter: i8,
}

/// A period that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no quarter; write it as 2026-Q3")]
pub struct PeriodError(String);

impl Period {
    /// The quarter that holds `at`.
    #[must_use]
    pub fn containing(at: Timestamp) -> Self {
        let day = at.to_zoned(TimeZone::UTC).date();
        Self { year: day.year(), quarter: (day.month() - 1) / 3 + 1 }
    }

    /// First day.
    #[must_use]
    pub fn first_day(self) -> Date {
        date(self.year, (self.quarter - 1) * 3 + 1, 1)
    }

    /// Last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        let next = self.next().first_day();
        next.yesterday().unwrap_or(next)
    }

    #[must_use]
    pub fn previous(self) -> Self {
        if self.quarter == 1 {
            Self { year: self.year - 1, quarter: 4 }
        } else {
            Self { year: self.year, quarter: self.quarter - 1 }
        }
    }

    #[must_use]
    pub fn next(self) -> Self {
        if self.quarter == 4 {
            Self { year: self.year + 1, quarter: 1 }
        } else {
            Self { year: self.year, quarter: self.quarter + 1 }
        }
    }

    #[must_use]
    pub fn contains(self, at: Timestamp) -> bool {
        Self::containing(at) == self
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.quarter)
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || PeriodError(text.to_owned());
        let (year, quarter) = text.trim().split_once('-').ok_or_else(refuse)?;
        let quarter = quarter.strip_prefix(['Q', 'q']).ok_or_else(refuse)?;
        let year: i16 = year.parse().map_err(|_| refuse())?;
        let quarter: i8 = quarter.parse().map_err(|_| refuse())?;
        if !(1900..=9998).contains(&year) || !(1..=4).contains(&quarter) {
            return Err(refuse());
        }
        Ok(Self { year, quarter })
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl TryFrom<String> for Period {
    type Error = PeriodError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_knows_its_days_and_neighbours() {
        let period: Period = "2026-Q1".parse().unwrap();
        assert_eq!(period.first_day(), date(2026, 1, 1));
        assert_eq!(period.last_day(), date(2026, 3, 31));
        assert_eq!(period.previous().to_string(), "2025-Q4");
        assert!(period.contains("2026-03-31T23:59:59Z".parse().unwrap()));
        assert!(!period.contains("2026-04-01T00:00:00Z".parse().unwrap()));
        assert!("2026-Q5".parse::<Period>().is_err());
    }
}
