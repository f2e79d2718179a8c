//! What is asked, and the incidents that answer it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

use super::History;
use super::record::Record;
use crate::domain::{Decision, DecisionVerdict, Patterns, Period};

/// Quarters pooled for comparison.
pub(super) const POOLED: usize = 4;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    pub period: Period,
    /// Day at whose end actions and open incidents are judged.
    pub as_of: Date,
    pub team: Option<String>,
    pub service: Option<String>,
    pub show_mean: bool,
    /// What people said of matches.
    pub decisions: Vec<Decision>,
    /// Views over the whole history.
    pub patterns: Vec<Patterns>,
    /// The first day that the views look at, where they leave earlier incidents out.
    pub patterns_since: Option<Date>,
    /// Lint findings by file, where they were looked for.
    pub lint: BTreeMap<String, usize>,
}

impl Question {
    /// The plain question about a quarter, judged at its last day.
    #[must_use]
    pub fn about(period: Period) -> Self {
        Self {
            period,
            as_of: period.last_day(),
            team: None,
            service: None,
            show_mean: false,
            decisions: Vec::new(),
            patterns: Vec::new(),
            patterns_since: None,
            lint: BTreeMap::new(),
        }
    }
}

/// The incidents of the question.
#[derive(Debug)]
pub struct Scope<'a> {
    pub question: &'a Question,
    pub history: &'a History,
    /// Everything up to the end of the period, by start.
    pub past: Vec<&'a Record>,
    /// Those of the period.
    pub current: Vec<&'a Record>,
    /// Those of the quarters before it that are compared with.
    pub previous: Vec<&'a Record>,
    /// Quarters behind `previous`: four, or as many as the history reaches back.
    pub previous_quarters: usize,
    pool: Vec<Period>,
}

impl<'a> Scope<'a> {
    #[must_use]
    pub fn new(question: &'a Question, history: &'a History) -> Self {
        let named = |wanted: &Option<String>, names: &[String]| {
            wanted.as_ref().is_none_or(|wanted| names.iter().any(|name| name.eq_ignore_ascii_case(wanted)))
        };
        let quarter = |record: &Record| record.started.map(Period::containing);
        let past: Vec<&Record> = history
            .records
            .iter()
            .filter(|record| {
                named(&question.team, &record.teams) && named(&question.service, &record.services)
            })
            .filter(|record| quarter(record).is_some_and(|quarter| quarter <= question.period))
            .collect();
        let first_quarter = history.records.first().and_then(quarter);
        let mut pool = Vec::new();
        let mut before = question.period.previous();
        while pool.len() < POOLED && first_quarter.is_some_and(|first| before >= first) {
            pool.push(before);
            before = before.previous();
        }
        let of = |wanted: &[Period]| -> Vec<&'a Record> {
            past.iter().copied().filter(|r| quarter(r).is_some_and(|q| wanted.contains(&q))).collect()
        };
        let (current, previous) = (of(&[question.period]), of(&pool));
        Self { question, history, past, current, previous, previous_quarters: pool.len(), pool }
    }

    #[must_use]
    pub fn period(&self) -> Period {
        self.question.period
    }

    /// The quarters compared with.
    #[must_use]
    pub fn pool(&self) -> &[Period] {
        &self.pool
    }

    #[must_use]
    pub fn as_of(&self) -> Date {
        self.question.as_of
    }

    /// The last instant that counts: midnight after `as_of`, UTC.
    #[must_use]
    pub fn as_of_end(&self) -> Timestamp {
        let next = self.as_of().tomorrow().unwrap_or(self.as_of());
        next.to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }

    /// Share of the quarter that had passed on the day of judgement; 1 when incidents of later days are known too.
    #[must_use]
    pub fn elapsed(&self) -> f64 {
        let (first, last) = (self.period().first_day(), self.period().last_day());
        let later = self.current.iter().any(|record| start_day(record).is_some_and(|day| day > self.as_of()));
        if later || self.as_of() >= last || self.as_of() < first {
            return 1.0;
        }
        let passed = first.until((Unit::Day, self.as_of())).map_or(0, |span| span.get_days());
        f64::from(passed + 1) / days(self.period())
    }

    /// Postmortems whose incident started by `as_of`.
    pub fn known(&self) -> impl Iterator<Item = &'a Record> + '_ {
        let end = self.as_of_end();
        self.past.iter().copied().filter(move |record| record.started.is_some_and(|at| at < end))
    }

    /// The last quarters up to the period, oldest first; no more than `most` and none before the history begins.
    #[must_use]
    pub fn quarters(&self, most: usize) -> Vec<Period> {
        let first = self.history.records.first().and_then(|record| record.started).map(Period::containing);
        let mut quarters = vec![self.period()];
        let mut before = self.period().previous();
        while quarters.len() < most && first.is_some_and(|first| before >= first) {
            quarters.push(before);
            before = before.previous();
        }
        quarters.reverse();
        quarters
    }

    /// Pairs (later, earlier) that a person called a repeat: `repeat_of` in a document, or the latest decision.
    #[must_use]
    pub fn repeats(&self) -> BTreeSet<(String, String)> {
        let mut pairs = BTreeSet::new();
        for record in &self.past {
            for earlier in &record.repeat_of {
                let later_start =
                    self.history.get(earlier).is_some_and(|other| other.started > record.started);
                if *earlier != record.id && !later_start {
                    pairs.insert((record.id.clone(), earlier.clone()));
                }
            }
        }
        for (pair, verdict) in self.standing() {
            match verdict {
                DecisionVerdict::Same if self.past.iter().any(|record| record.id == pair.0) => {
                    pairs.insert(pair);
                }
                DecisionVerdict::Related | DecisionVerdict::Different => {
                    pairs.remove(&pair);
                }
                DecisionVerdict::Same | DecisionVerdict::Undo => {}
            }
        }
        pairs
    }

    /// The latest decision on each pair; an undo leaves what the documents say.
    fn standing(&self) -> BTreeMap<(String, String), DecisionVerdict> {
        let mut decisions: Vec<&Decision> = self.question.decisions.iter().collect();
        decisions.sort_by_key(|decision| decision.at);
        decisions
            .into_iter()
            .map(|decision| (self.ordered(&decision.a, &decision.b), decision.verdict))
            .collect()
    }

    /// The later incident first, by start.
    fn ordered(&self, a: &str, b: &str) -> (String, String) {
        let start = |id: &str| self.history.get(id).and_then(|record| record.started);
        if start(a) < start(b) { (b.to_owned(), a.to_owned()) } else { (a.to_owned(), b.to_owned()) }
    }
}

/// Ids in the order given.
pub(super) fn ids<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<String> {
    records.into_iter().map(|record| record.id.clone()).collect()
}

/// Day on which an incident started, UTC.
pub(super) fn start_day(record: &Record) -> Option<Date> {
    record.started.map(|at| at.to_zoned(TimeZone::UTC).date())
}

/// Days of a quarter.
pub(super) fn days(period: Period) -> f64 {
    let span = period.first_day().until((Unit::Day, period.last_day())).map(|span| span.get_days());
    f64::from(span.unwrap_or(90) + 1)
}
