//! Whether the figures, identifiers and names of a claim are in the cited lines, or computed from them.

use jiff::tz::TimeZone;

use super::facts::{Bound, Fact, Stated, facts};
use super::ledger::Entry;
use super::lexicon::spelled_out;
use super::verify::Check;
use super::{arithmetic, qualifier, support};
use crate::text::fold;

/// What people count without there being a record for each.
const ABSTRACT: &[&str] = &[
    "suspicion",
    "hypothes",
    "theor",
    "reason",
    "way",
    "cause",
    "path",
    "problem",
    "issue",
    "gap",
    "factor",
    "suggestion",
    "proposal",
    "idea",
    "question",
    "signal",
    "approach",
    "explanation",
    "measure",
    "phase",
    "condition",
    "weakness",
    "obstacle",
    "thing",
    "aspect",
    "circumstance",
    "place",
    "effect",
];

/// Whether `value` is `exact` rounded to one, two or three digits.
fn rounds_to(exact: f64, value: f64) -> bool {
    (0..3).any(|digits| {
        let unit = 10f64.powi(exact.abs().max(1.0).log10().floor() as i32 - digits);
        ((exact / unit).round() * unit - value).abs() < 1e-6
    })
}

/// Seconds of the units that spans are said in.
const UNITS: [f64; 6] = [0.001, 1.0, 60.0, 3_600.0, 86_400.0, 604_800.0];

/// Counts of a unit that people use for a bound.
const ROUND: [f64; 10] = [1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0];

/// Whether somebody who knows of a span of `actual` seconds would say it so. A bound that is far off says nothing.
fn is_said(seconds: f64, unit: f64, tolerance: f64, bound: Bound, actual: f64) -> bool {
    let count = seconds / unit;
    let slack = if ROUND.contains(&count) { 0.45 } else { 0.1 };
    let off = (actual - seconds).abs();
    off <= tolerance
        || match bound {
            Bound::Exact => false,
            Bound::Near => count % 5.0 == 0.0 && off <= 2.0 * unit,
            Bound::Within => (seconds * 0.9..=seconds).contains(&actual),
            Bound::Below => (seconds * (1.0 - slack)..=seconds).contains(&actual),
            Bound::Above => (seconds..=seconds * (1.0 + slack)).contains(&actual),
        }
}

/// Clock times in the words of a line, on the day of the line.
fn mentioned(entry: &Entry) -> Vec<jiff::Timestamp> {
    let day = entry.at.to_zoned(TimeZone::UTC).date();
    let (stated, _) = facts(&entry.text);
    stated
        .into_iter()
        .filter_map(|stated| match stated.fact {
            Fact::Clock { minute, second } => {
                let at = day.at(
                    i8::try_from(minute / 60).ok()?,
                    i8::try_from(minute % 60).ok()?,
                    second.and_then(|second| i8::try_from(second).ok()).unwrap_or(0),
                    0,
                );
                at.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
            }
            _ => None,
        })
        .collect()
}

fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// "All three", "the two".
fn is_named((before, after): (&str, &str)) -> bool {
    let word =
        before.strip_suffix(' ').unwrap_or_default().rsplit(|c| !is_wordy(c)).next().unwrap_or_default();
    let names = ["the", "these", "those", "both", "all", "other"];
    names.iter().any(|name| word.eq_ignore_ascii_case(name)) && !after.starts_with(is_wordy)
}

/// What follows "of the" behind a number, else what follows the number.
fn past_of(after: &str) -> &str {
    let words = after.trim_start();
    let gap = words.len() < after.len();
    let past = |lead: &&&str| words.get(..lead.len()).is_some_and(|here| here.eq_ignore_ascii_case(lead));
    match ["of the ", "of these ", "of its "].iter().find(past) {
        Some(lead) if gap => &words[lead.len() - 1..],
        _ => after,
    }
}

/// Whether the next word or the one behind it begins like one of `stems`.
fn speaks_of(after: &str, stems: &[&str]) -> bool {
    let begins = |text: &str| {
        stems.iter().any(|stem| text.get(..stem.len()).is_some_and(|here| here.eq_ignore_ascii_case(stem)))
    };
    let first = after.trim_start();
    if first.len() == after.len() {
        return false;
    }
    let second = first.trim_start_matches(is_wordy);
    begins(first)
        || second.len() < first.len()
            && second.starts_with(char::is_whitespace)
            && begins(second.trim_start())
}

impl Check<'_> {
    /// Times, numbers, identifiers and names.
    pub(super) fn facts(&self) -> Result<(), String> {
        match self.claimed.iter().find(|stated| !self.holds(stated)) {
            Some(stated) => {
                Err(format!("`{}` is not in the cited lines, nor computed from them", stated.words.trim()))
            }
            None => self.known_names(),
        }
    }

    fn holds(&self, stated: &Stated) -> bool {
        let same = |matches: &dyn Fn(&Fact) -> bool| self.stated.iter().any(|other| matches(&other.fact));
        match &stated.fact {
            Fact::Clock { minute, second } => {
                self.moments().iter().any(|at| {
                    let time = at.to_zoned(TimeZone::UTC);
                    let here = i64::from(time.hour()) * 60 + i64::from(time.minute());
                    here == *minute && second.is_none_or(|second| i64::from(time.second()) == second)
                }) || same(
                    &|other| matches!(other, Fact::Clock { minute: m, second: s } if m == minute && (second.is_none() || s == second)),
                )
            }
            Fact::Date(date) => {
                self.moments().iter().any(|at| at.to_zoned(TimeZone::UTC).date() == *date)
                    || same(&|other| other == &Fact::Date(*date))
            }
            Fact::Span { seconds, unit, bound } => {
                self.spans(*seconds, *unit, *bound) || self.states_span(*seconds, *unit)
            }
            Fact::Percent { value, near } => {
                let close = |v: f64| (v - value).abs() < 1e-9 || *near && rounds_to(v, *value);
                same(&|other| matches!(other, Fact::Percent { value: v, .. } if close(*v)))
                    || arithmetic::is_share(*value, *near, &self.stated)
            }
            Fact::Share(value) => {
                same(&|other| matches!(other, Fact::Share(v) if (v - value).abs() < 1.0))
                    || arithmetic::is_worded_share(*value, &self.stated)
                    || self.has_word(&fold(stated.words.rsplit(' ').next().unwrap_or_default()))
                    || self.words.contains("half") && *value == 50.0
            }
            Fact::Number { value, near } => {
                // A quarter of a million is said of what is near it.
                let worded = stated.words.to_lowercase().ends_with("illion")
                    && !stated.words.starts_with(|c: char| c.is_ascii_digit());
                let slack = if worded { value * 0.1 } else { 0.0 };
                let close =
                    |other: f64| (other - value).abs() <= slack + 1e-9 || *near && rounds_to(other, *value);
                same(&|other| matches!(other, Fact::Number { value, .. } if close(*value)))
                    || self.counts(*value, &stated.words)
                    || arithmetic::is_computed(*value, *near, &self.own, &self.stated)
            }
            Fact::Identifier(name) => self.has_identifier(name),
            Fact::Name(name) => self.has_word(&fold(name)) || self.in_metadata(&fold(name)),
        }
    }

    /// Every time that the cited lines carry as data.
    fn moments(&self) -> Vec<jiff::Timestamp> {
        self.entries
            .iter()
            .flat_map(|entry| {
                std::iter::once(entry.at).chain(entry.until).chain(entry.phases.iter().map(|(_, at)| *at))
            })
            .collect()
    }

    /// Whether the span lies between two of those times, or of those that the lines mention; a minute may be cut or
    /// rounded.
    fn spans(&self, seconds: f64, unit: f64, bound: Bound) -> bool {
        let mut moments = self.moments();
        moments.extend(self.entries.iter().flat_map(|entry| mentioned(entry)));
        let tolerance = if unit >= 60.0 { (unit - 1.0).min(1_800.0) } else { unit };
        moments.iter().enumerate().any(|(i, a)| {
            let mut between = moments[i + 1..].iter().map(|b| (a.as_second() - b.as_second()).abs() as f64);
            between.any(|between| between > 0.0 && is_said(seconds, unit, tolerance, bound, between))
        })
    }

    /// Whether a line states the span, or its count in a line that speaks of the same unit: "a batch takes 33 minutes,
    /// the broker gives up after 30".
    fn states_span(&self, seconds: f64, unit: f64) -> bool {
        // Halves and quarters are said of what is near them.
        let whole = UNITS.contains(&unit);
        let tolerance = if whole { 1e-6 } else { unit / 6.0 };
        self.entries.iter().any(|entry| {
            let (stated, _) = facts(&entry.all_words());
            let same_unit = |other: &Stated| matches!(other.fact, Fact::Span { unit: u, .. } if u == unit);
            stated.iter().any(|other| match other.fact {
                Fact::Span { seconds: s, .. } => (s - seconds).abs() <= tolerance,
                Fact::Number { value, .. } if whole => {
                    let after = format!("after {}", other.words.trim());
                    (value * unit - seconds).abs() < 1e-6
                        && stated.iter().any(same_unit)
                        && entry.text.to_lowercase().contains(&after)
                }
                _ => false,
            })
        })
    }

    /// A number of cited records, where the sentence counts records.
    fn counts(&self, value: f64, words: &str) -> bool {
        const COUNTED: &[&str] = &[
            "alert",
            "message",
            "event",
            "escalation",
            "record",
            "time",
            "deploy",
            "change",
            "report",
            "acknowledg",
            "page",
            "entr",
            "line",
            "restart",
            "fix",
            "action",
            "attempt",
            "step",
            "mitigation",
            "item",
            "people",
            "responder",
            "person",
            "watermark",
            "notification",
            "threshold",
        ];
        let total: u32 = self.entries.iter().map(|entry| entry.count).sum();
        let lines = self.entries.len() as f64;
        let repeated = self.entries.iter().any(|entry| f64::from(entry.count) == value);
        let number = words.trim();
        let few = words.chars().all(char::is_alphabetic) && value <= 3.0;
        // "Two suspicions" may rest on more lines than two.
        let abstracts = || value <= lines && self.places(number).any(|(_, after)| speaks_of(after, ABSTRACT));
        few && (self.places(number).any(is_named) || abstracts())
            || value >= 3.0 && repeated
            || (value == lines || value == f64::from(total) || repeated)
                && self.places(number).any(|(_, after)| speaks_of(past_of(after), COUNTED))
    }

    /// What stands before and behind each place of a number in the sentence.
    fn places<'s>(&'s self, number: &'s str) -> impl Iterator<Item = (&'s str, &'s str)> {
        let own = self.own.as_str();
        let starts = own.char_indices().map(|(at, _)| at);
        let alike = move |at: &usize| {
            own.get(*at..at + number.len()).is_some_and(|here| here.eq_ignore_ascii_case(number))
        };
        starts
            .filter(alike)
            .map(move |at| (&own[..at], &own[at + number.len()..]))
            .filter(|(before, _)| !before.ends_with(is_wordy))
    }

    fn has_identifier(&self, name: &str) -> bool {
        if self.has_word(&fold(name)) || self.in_metadata(&fold(name)) {
            return true;
        }
        // "memory-limit" for "memory limit", and the plural of an abbreviation.
        let parts: Vec<&str> = name.split(['-', '/', '_']).filter(|part| !part.is_empty()).collect();
        let lettered = name.chars().all(|c| c.is_alphabetic() || c == '-');
        let singular = name.strip_suffix('s').is_some_and(|one| self.has_word(&fold(one)));
        singular
            || self.in_camel_case(name)
            || spelled_out(name).iter().any(|long| self.words.contains(long))
            || lettered
                && parts.len() > 1
                && parts
                    .iter()
                    .all(|part| self.has_word(&fold(part)) || support::senses(part).is_subset(&self.senses))
                // The letter of `pool-a` says which one, and stands in any text by itself.
                && parts.last().is_some_and(|part| part.chars().count() > 1)
    }

    /// Whether the cited lines hold the word, whole or as the leading part of a longer name (`checkout-7d4b8`).
    fn has_word(&self, word: &str) -> bool {
        self.words.match_indices(word).any(|(at, _)| {
            let before = self.words[..at].chars().next_back();
            let after = self.words[at + word.len()..].chars().next();
            let inner = word.starts_with(char::is_alphanumeric) && before.is_some_and(char::is_alphanumeric);
            !inner && !after.is_some_and(char::is_alphanumeric)
        })
    }

    /// "P99" for `SearchLatencyP99`.
    fn in_camel_case(&self, name: &str) -> bool {
        name.chars().all(char::is_alphanumeric)
            && self.entries.iter().any(|entry| {
                let folded = entry.text.to_lowercase();
                folded.len() == entry.text.len()
                    && folded.match_indices(name).any(|(at, _)| {
                        let (before, here) =
                            (entry.text[..at].chars().next_back(), entry.text[at..].chars().next());
                        let after = entry.text[at + name.len()..].chars().next();
                        before.is_some_and(char::is_lowercase)
                            && here.is_some_and(char::is_uppercase)
                            && !after.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
                    })
            })
    }

    /// What is known of the incident as a whole: its severity and id always, its services in a sentence about the
    /// incident.
    fn in_metadata(&self, word: &str) -> bool {
        let incident = &self.ledger.incident;
        let holds = |text: &str| fold(text) == word;
        let about = self.own.to_lowercase();
        let whole = about.contains("incident") || about.contains("outage");
        incident.severity.as_deref().is_some_and(|severity| fold(severity).contains(word))
            || holds(&incident.id)
            || whole
                && (incident.services.iter().any(|service| holds(service))
                    || incident.teams.iter().any(|team| holds(team)))
    }

    /// Services, sources and people of the incident are words too; they must be those of the cited lines.
    fn known_names(&self) -> Result<(), String> {
        let rest = self.rest.as_str();
        let ordinary = |word: &str| word.chars().count() < 3 || crate::text::is_stop_word(word);
        for span in crate::text::words(rest) {
            let word = fold(span.of(rest));
            let word = word.strip_suffix("'s").unwrap_or(&word);
            let capital = span.of(rest).starts_with(char::is_uppercase);
            let known = self.ledger.known.contains(word) || capital && self.ledger.sources.contains(word);
            if !ordinary(word) && known && !self.has_word(word) && !self.in_metadata(word) {
                return Err(format!("`{}` is not in the cited lines", span.of(rest)));
            }
        }
        match qualifier::other(&self.own, &self.words, &self.ledger.qualified) {
            Some(other) => Err(format!("`{other}` is not what the cited lines name")),
            None => Ok(()),
        }
    }
}
