//! The day of bare clock times that no other source tells: dated local times, a name, at last the latest day they fit.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::day::{day_in_name, instants};
use crate::domain::Incident;
use crate::evidence::{Record, When};

/// A day that was taken for want of a better one, and where it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AssumedDay {
    pub(super) day: Date,
    /// Completes "the day … is taken from".
    pub(super) from: String,
}

/// What the rest of the evidence says of its days, for files that say nothing.
pub(super) struct Calendar<'a> {
    /// The day that most local times with a date have, the earlier one when equal.
    local: Option<Date>,
    incident: &'a Incident,
    now: Option<Timestamp>,
}

impl<'a> Calendar<'a> {
    pub(super) fn of<'r>(
        records: impl Iterator<Item = &'r Record>,
        incident: &'a Incident,
        now: Option<Timestamp>,
    ) -> Self {
        let mut days: BTreeMap<Date, usize> = BTreeMap::new();
        for record in records {
            if let When::Local(at) = record.when {
                *days.entry(at.date()).or_default() += 1;
            }
        }
        let local = days.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(day, _)| day);
        Self { local, incident, now }
    }

    /// The day on which the clock times of `file` begin; `None` only when the caller tells no time either.
    pub(super) fn day_for(&self, file: &str, records: &[Record], tz: &TimeZone) -> Option<AssumedDay> {
        let taken = |day: Date, from: &str| AssumedDay { day, from: from.to_owned() };
        let mut names = file.rsplit(['/', '!']);
        names
            .find_map(day_in_name)
            .map(|day| taken(day, "the name of the file"))
            .or_else(|| self.local.map(|day| taken(day, "times of other files")))
            .or_else(|| {
                let names = [&self.incident.id, &self.incident.title];
                names
                    .into_iter()
                    .find_map(|name| day_in_name(name))
                    .map(|day| taken(day, "the name of the incident"))
            })
            .or_else(|| self.latest(records, tz))
    }

    /// The latest day on which all clock times lie in the past: evidence is mostly read soon after an incident.
    fn latest(&self, records: &[Record], tz: &TimeZone) -> Option<AssumedDay> {
        let now = self.now?;
        let clocks =
            || records.iter().map(|record| &record.when).filter(|when| matches!(when, When::Clock { .. }));
        let mut day = tz.to_datetime(now).date();
        // As many midnights as the file passes, and one more when it ends later in the day than it is now.
        for _ in 0..=clocks().count() {
            let last = instants(clocks(), Some(day), tz).into_iter().flatten().max()?;
            if last <= now {
                return Some(AssumedDay { day, from: "today's date, as nothing else tells it".to_owned() });
            }
            day = day.checked_sub(1.days()).ok()?;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn names_tell_days_and_numbers_do_not() {
        for name in ["prow-2019-02-05.txt", "2019_02_05", "chat.2019.02.05", "log20190205b", "x 20190205"] {
            assert_eq!(day_in_name(name), Some(date(2019, 2, 5)), "{name}");
        }
        for name in ["INC-20245", "2019-13-05", "120190205", "19000101", "v1.2019-02"] {
            assert_eq!(day_in_name(name), None, "{name}");
        }
    }
}
