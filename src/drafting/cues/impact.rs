//! Statements of impact: who and what was hit, with a number.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{EventId, Phase, SourceClass};
use crate::drafting::reading::{Line, Reading};

/// The sides of an impact that a reader asks for, in the order of the section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    ErrorShare,
    People,
    Operations,
    Tickets,
    Data,
    Money,
    Agreements,
}

impl Aspect {
    pub const ALL: [Self; 7] = [
        Self::ErrorShare,
        Self::People,
        Self::Operations,
        Self::Tickets,
        Self::Data,
        Self::Money,
        Self::Agreements,
    ];

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ErrorShare => "Error share",
            Self::People => "Users and customers",
            Self::Operations => "Failed operations",
            Self::Tickets => "Support load",
            Self::Data => "Data",
            Self::Money => "Revenue impact",
            Self::Agreements => "Service level agreements",
        }
    }

    /// What is worth asking when nobody said it, and who knows.
    #[must_use]
    pub fn question(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::ErrorShare => {
                Some(("Which share of requests was affected at the peak?", "request metrics of the services"))
            }
            Self::People => {
                Some(("How many users or customers were affected?", "product analytics or support"))
            }
            Self::Money => Some(("Was revenue lost, and how much?", "finance")),
            Self::Agreements => {
                Some(("Was a service level objective or agreement missed?", "the owner of the objective"))
            }
            _ => None,
        }
    }
}

/// One statement with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Every aspect that it speaks of, in the order of the section.
    pub aspects: Vec<Aspect>,
    pub text: String,
    pub evidence: EventId,
    /// Said to be a guess or preliminary.
    pub estimate: bool,
    /// Stated by a person.
    pub human: bool,
}

#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static ASPECTS: LazyLock<Vec<(Aspect, Regex)>> = LazyLock::new(|| {
    [
        (Aspect::Money, r"(?i)(\b(revenue|(financial|revenue|sales) loss(es)?|turnover|refund(s|ed)?|credits?|sales)\b.{0,40}\d)|(\d[\d,.]*\s?k?\s?(usd|eur|gbp|chf|dollars?|euros?)\b)|([$€£]\s?\d)"),
        (Aspect::Agreements, r"(?i)\b(sla|slo|slas|slos|error budget|agreement)\b"),
        (Aspect::Tickets, r"(?i)\d[\d,.]*\s+(\w+\s+){0,2}(tickets?|complaints?|calls|support chats?|support cases|reports)\b"),
        (Aspect::ErrorShare, r"(?i)(\b(error|errors|5xx|failure|failures|success|availability)\b.{0,40}\d[\d.,]*\s?%)|(\d[\d.,]*\s?%\s+(of\s+)?(all\s+|the\s+)?(requests?|traffic|calls|errors?|orders|responses|users|customers))"),
        (Aspect::People, r"(?i)\d[\d,.]*\s?k?\s+(\w+\s+){0,2}(users?|customers?|people|accounts?|merchants?|tenants?|visitors?|students?|players?|subscribers?)\b"),
        (Aspect::Operations, r"(?i)\d[\d,.]*\s?k?\s+(\w+\s+){0,2}(checkouts?|orders?|payments?|requests?|transactions?|logins?|bookings?|jobs?|messages?|e-?mails?|uploads?|builds?|sessions?|deliveries)\b"),
        (Aspect::Data, r"(?i)\b(no data (was|were|loss|lost)|data loss|rows? (lost|deleted|corrupted)|lost writes|records? (lost|corrupted))\b"),
    ]
    .into_iter()
    .map(|(aspect, pattern)| (aspect, Regex::new(pattern).expect("pattern")))
    .collect()
});

#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static ESTIMATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(ca\.|circa|rough(ly)?|approx\w*|(about|around)\s+\d[\d,.]*|estimat\w+|guess|prelim\w+|first look|so far|maybe|do not quote|don't quote|~)").expect("pattern")
});
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static WITHDRAWN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(do not quote|don't quote|not confirmed yet|obsolete|superseded|ignore (that|this) (number|figure))\b").expect("pattern")
});

/// The statements to report: for each aspect the last one that is no guess, else the last guess; at most `each`.
#[must_use]
pub fn stated(reading: &Reading<'_>, each: usize) -> Vec<Stated> {
    let all: Vec<Stated> = reading
        .lines
        .iter()
        .filter(|line| {
            !matches!(line.event.class, SourceClass::Deploy | SourceClass::Alerting)
                && (line.is_human() || broken(reading, line))
        })
        .flat_map(of_line)
        .collect();
    let mut chosen: Vec<Stated> = Vec::new();
    for aspect in Aspect::ALL {
        let mut here: Vec<&Stated> = all.iter().filter(|stated| stated.aspects.contains(&aspect)).collect();
        // What a person stated goes before readings, and readings count only while it was broken.
        if here.iter().any(|stated| stated.human) {
            here.retain(|stated| stated.human);
        }
        if here.iter().any(|stated| !stated.estimate) {
            here.retain(|stated| !stated.estimate);
        }
        let from = here.len().saturating_sub(each);
        for stated in &here[from..] {
            if !chosen.contains(stated) {
                chosen.push((*stated).clone());
            }
        }
    }
    chosen
}

/// Whether a machine wrote the line while the service was broken.
fn broken(reading: &Reading<'_>, line: &Line<'_>) -> bool {
    let back = reading.phase(Phase::Mitigated).or(reading.phase(Phase::Resolved));
    reading.during(line.event.at) && back.is_none_or(|mark| line.event.at < mark.at)
}

fn of_line(line: &Line<'_>) -> Vec<Stated> {
    let whole = WITHDRAWN.find(&line.prose).is_some_and(|found| !line.prose[..found.start()].contains(". "));
    if whole || line.prose.chars().count() > 600 {
        return Vec::new();
    }
    let mut found: Vec<Stated> = Vec::new();
    for (aspect, pattern) in ASPECTS.iter() {
        if found.iter().any(|stated: &Stated| stated.aspects.contains(aspect)) {
            continue;
        }
        let fits = |sentence: &str| {
            pattern.is_match(sentence)
                && !WITHDRAWN.is_match(sentence)
                && !sentence.ends_with('?')
                && sentence.chars().any(|c| c.is_ascii_digit())
        };
        if let Some(text) = line.sentences(fits) {
            let estimate = ESTIMATE.is_match(&text);
            match found.iter_mut().find(|stated| stated.text == text) {
                Some(stated) => stated.aspects.push(*aspect),
                None => found.push(Stated {
                    aspects: vec![*aspect],
                    text,
                    evidence: line.event.id,
                    estimate,
                    human: line.is_human(),
                }),
            }
        }
    }
    for stated in &mut found {
        stated.aspects.sort_unstable();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::testing::{checkout_incident, read};

    #[test]
    fn the_confirmed_number_replaces_the_first_guess() {
        let timeline = checkout_incident();
        read(&timeline, |reading| {
            let stated = stated(reading, 2);
            let text = |aspect: Aspect| {
                stated
                    .iter()
                    .filter(|stated| stated.aspects.contains(&aspect))
                    .map(|stated| stated.text.as_str())
                    .collect::<Vec<_>>()
                    .join("|")
            };
            assert!(
                text(Aspect::Operations).contains("1,846") && !text(Aspect::Operations).contains("2,000"),
                "{stated:?}"
            );
            assert!(text(Aspect::ErrorShare).contains("31.7 %"));
            assert!(text(Aspect::Tickets).contains("63 tickets"));
            assert_eq!(text(Aspect::Money), "");
        });
    }
}
