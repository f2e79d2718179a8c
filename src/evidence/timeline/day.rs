//! Which day a file of bare clock times is about.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};
use regex::Regex;

use crate::evidence::{Record, When, pattern};

use super::stamps::stamps;

/// A record with an exact time, which others are measured against.
#[derive(Clone, Debug)]
pub(super) struct Anchor {
    pub(super) at: Timestamp,
    pub(super) file: String,
    pub(super) text: String,
    /// First seven digits of the commits that it is about.
    pub(super) commits: Vec<String>,
}

impl Anchor {
    pub(super) fn of(record: &Record) -> Option<Self> {
        match record.when {
            When::Instant(at) => {
                let commits = record
                    .keys
                    .iter()
                    .filter_map(|key| key.strip_prefix("sha:"))
                    .map(str::to_owned)
                    .collect();
                Some(Self { at, file: record.origin.file.clone(), text: same_words(&record.text), commits })
            }
            _ => None,
        }
    }
}

/// How much one line that another source has with an exact time counts against mere neighbourhood in time.
const SAME_LINE: usize = 1_000;

/// The day on which the clock times of a file begin: inside the window when there is one, else the day that most exact
/// records around the same hours have. `None` when nothing tells; also for files without bare clock times.
pub(super) fn day_of_file(
    records: &[Record],
    anchors: &[Anchor],
    tz: &TimeZone,
    window: Option<(Timestamp, Timestamp)>,
) -> Option<Date> {
    let clocks: Vec<&Record> =
        records.iter().filter(|record| matches!(record.when, When::Clock { .. })).collect();
    let first = clocks.first()?;
    let mut votes: BTreeMap<Date, usize> = BTreeMap::new();
    if let Some((from, to)) = window {
        let mut day = tz.to_datetime(from).date();
        while day <= tz.to_datetime(to).date() && votes.len() < 31 {
            let placed = instants(clocks.iter().map(|record| &record.when), Some(day), tz);
            let inside = || placed.iter().flatten().filter(|at| **at >= from && **at <= to);
            // In a window of several days, the day on which others tell of the same minutes.
            let told = inside().filter(|at| {
                anchors
                    .iter()
                    .any(|anchor| anchor.at.duration_since(**at).abs() <= SignedDuration::from_mins(5))
            });
            votes.insert(day, inside().count() * SAME_LINE + told.count());
            day = day.checked_add(1.days()).ok()?;
        }
        return best(&votes);
    }
    let last = clocks.last().unwrap_or(first);
    for anchor in anchors {
        let day = tz.to_datetime(anchor.at).date();
        let (Some(from), Some(to)) = (instant(&first.when, day, tz), instant(&last.when, day, tz)) else {
            continue;
        };
        let hour = SignedDuration::from_hours(1);
        let near = from.checked_sub(hour).is_ok_and(|from| from <= anchor.at)
            && to.checked_add(hour).is_ok_and(|to| anchor.at <= to);
        *votes.entry(day).or_default() += usize::from(near) + 1;
    }
    for record in &clocks {
        let When::Clock { day: passed, .. } = record.when else { continue };
        let words = same_words(&record.text);
        for anchor in anchors.iter().filter(|anchor| is_telling(&words) && anchor.text == words) {
            if let Ok(day) = tz.to_datetime(anchor.at).date().checked_sub(i64::from(passed).days()) {
                *votes.entry(day).or_default() += SAME_LINE;
            }
        }
    }
    if votes.is_empty() {
        votes = pasted_days(&clocks, tz);
    }
    best(&votes)
}

/// The days that exact times pasted into the lines themselves tell: a line stands on the day nearest to what it quotes.
fn pasted_days(clocks: &[&Record], tz: &TimeZone) -> BTreeMap<Date, usize> {
    let mut votes = BTreeMap::new();
    for record in clocks {
        let When::Clock { day: passed, .. } = record.when else { continue };
        let Some(stamp) = stamps(&record.text).into_iter().next_back() else { continue };
        let own = tz.to_datetime(stamp).date();
        let days = [own.yesterday().ok(), Some(own), own.tomorrow().ok()];
        let begins = days.into_iter().flatten().filter_map(|day| {
            let begin = day.checked_sub(i64::from(passed).days()).ok()?;
            let at = instant(&record.when, begin, tz)?;
            Some((at.duration_since(stamp).abs(), begin))
        });
        if let Some((_, begin)) = begins.min() {
            *votes.entry(begin).or_default() += 1;
        }
    }
    votes
}

/// The date in a name, as people give it to folders and files: `2019-05-30`, `2019_05_30`, `20190530`.
pub(super) fn day_in_name(name: &str) -> Option<Date> {
    let hit = DATED.captures(name)?;
    let number = |part: &str| hit.name(part)?.as_str().parse::<i16>().ok();
    let small = |part: &str| i8::try_from(number(part)?).ok();
    Date::new(number("year")?, small("month")?, small("day")?).ok()
}

static DATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|\D)(?P<year>20\d\d)[-_.]?(?P<month>0[1-9]|1[0-2])[-_.]?(?P<day>0[1-9]|[12]\d|3[01])(?:\D|$)",
    )
});

/// Lower-cased words without mark-up of chat copies, so that the same line of two exports compares equal.
pub(super) fn same_words(text: &str) -> String {
    let text = text.replace("(edited)", " ");
    let mut words = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().flat_map(char::to_lowercase));
    }
    words
}

/// Whether equal words are more than chance: `ok` is said many times a day.
pub(super) fn is_telling(words: &str) -> bool {
    words.len() >= 12 && words.contains(' ')
}

/// The instants of a file's times, in their order, when its bare clock times begin on `day`. Where clocks go back, an
/// hour is written twice: times that fall by up to an hour inside it have entered its second turn, not the next day.
pub(super) fn instants<'a>(
    times: impl Iterator<Item = &'a When>,
    day: Option<Date>,
    tz: &TimeZone,
) -> Vec<Option<Timestamp>> {
    let mut run = Run { tz, before: None, second: false, lost: 0 };
    times
        .map(|when| match when {
            When::Instant(at) => Some(*at),
            When::Local(at) => run.place(*at),
            When::Clock { time, day: passed } => {
                let date = day?.checked_add(i64::from(passed - run.lost).days()).ok()?;
                let at = run.without_false_midnight(date.to_datetime(*time));
                run.place(at)
            }
        })
        .collect()
}

/// Local times one after another.
struct Run<'a> {
    tz: &'a TimeZone,
    before: Option<DateTime>,
    /// Whether the hour that occurs twice is in its second turn.
    second: bool,
    /// Midnights that were counted for a fall of the clock.
    lost: i32,
}

impl Run<'_> {
    fn is_twice(&self, at: DateTime) -> bool {
        matches!(self.tz.to_ambiguous_zoned(at).offset(), AmbiguousOffset::Fold { .. })
    }

    /// Whether `at` stands up to an hour before the time above it, both in an hour that occurs twice.
    fn falls_back(&self, at: DateTime) -> bool {
        self.before.is_some_and(|before| {
            let fell = at.duration_until(before);
            fell > SignedDuration::ZERO
                && fell <= SignedDuration::from_hours(1)
                && self.is_twice(before)
                && self.is_twice(at)
        })
    }

    fn without_false_midnight(&mut self, at: DateTime) -> DateTime {
        match at.checked_sub(1.days()) {
            Ok(earlier) if self.falls_back(earlier) => {
                self.lost += 1;
                earlier
            }
            _ => at,
        }
    }

    fn place(&mut self, at: DateTime) -> Option<Timestamp> {
        self.second = self.is_twice(at) && (self.second || self.falls_back(at));
        self.before = Some(at);
        let zoned = self.tz.to_ambiguous_zoned(at);
        let placed = if self.second { zoned.later() } else { zoned.compatible() };
        placed.ok().map(|zoned| zoned.timestamp())
    }
}

fn instant(when: &When, day: Date, tz: &TimeZone) -> Option<Timestamp> {
    let When::Clock { time, day: passed } = when else { return None };
    let date = day.checked_add(i64::from(*passed).days()).ok()?;
    tz.to_ambiguous_zoned(date.to_datetime(*time)).compatible().ok().map(|zoned| zoned.timestamp())
}

/// Most votes; the earlier day when equal.
fn best(votes: &BTreeMap<Date, usize>) -> Option<Date> {
    votes.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(day, _)| *day)
}
