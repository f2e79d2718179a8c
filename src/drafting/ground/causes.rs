//! Causal sentences: a cause is a fact only where a cited line itself asserts it.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern::pattern;

/// Which side of the causal word names the cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

static MARKERS: LazyLock<Vec<(Side, Regex)>> = LazyLock::new(|| {
    [
        (Side::Right, r"(?i)\b(because( of)?|due to|owing to|caused by|triggered by|as a result of|result(ed|s|ing)? from|stemm(ed|ing) from|(root )?cause (was|is|lies|lay)( in)?|the reason (was|is|for this was)|thanks to|on account of|attributed to|brought about by|comes? from|came from|follow(ed|s) from|explained by)\b"),
        (Side::Left, r"(?i)\b(caus(ed|es|ing)|led to|leads to|leading to|result(ed|s|ing)? in|triggered (the|a|an|this|that|all|every|further|more)|triggers|brought (down|about)|made (it|this|things|the \w+) (worse|possible|fail|longer)|broke|took down|is (the|a) (root )?cause|was (the|a) (root )?cause|responsible for|which is why|is why|forced|made .{1,30} (worse|fail))\b"),
    ]
    .into_iter()
    .map(|(side, source)| (side, pattern(source)))
    .collect()
});

/// How people and machines assert a cause in their own words.
static ASSERTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(because|due to|caus(e|ed|es|ing)\b|led to|leads to|result(ed|s|ing)? (in|from)|trigger(ed|s)?|comes? from|came from|made (it|this|things) (worse|possible|slower|longer)|so (the|that's|that is|we|it|they|neither)|that('s| is) why|which is why|is why|the reason|reason=|reason:|root cause|explains|turns out|culprit|fits|thanks to|therefore|hence|as a result|(that|which) cost|cost us)",
    )
});

/// A causal sentence, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Causal<'a> {
    pub cause: &'a str,
    pub effect: &'a str,
}

/// Takes a causal sentence apart; `None` when it asserts no cause.
#[must_use]
pub fn causal(sentence: &str) -> Option<Causal<'_>> {
    let marked = MARKERS.iter().find_map(|(side, pattern)| {
        let found = pattern.find(sentence)?;
        let (left, right) = (&sentence[..found.start()], &sentence[found.end()..]);
        Some(match side {
            Side::Left => Causal { cause: last_clause(left), effect: right },
            // "Because of X, Y happened": the effect follows the comma.
            Side::Right if left.trim().is_empty() => match right.split_once(',') {
                Some((cause, effect)) => Causal { cause, effect },
                None => Causal { cause: right, effect: "" },
            },
            Side::Right => Causal { cause: right, effect: left },
        })
    });
    // ", since the certificate had expired", but not ", since 14:45".
    marked.or_else(|| {
        let (effect, cause) = sentence.split_once(", since ")?;
        let clause = cause.split_whitespace().count() > 3 && !cause.starts_with(|c: char| c.is_ascii_digit());
        clause.then_some(Causal { cause, effect })
    })
}

static EXCLUDES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(ruled out|excluded|dismissed|discarded|rejected|dropped|abandoned)\b"));
static DENIES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(no|nope|not|it('s| is) not|it can('t|not) be)\b|\b(not|isn't|wasn't) (it|that|the|this|their|our|an?)\b|\brul(e|ed|ing) (\w+ )?out\b",
    )
});

/// Whether the effect is that a suspicion was given up; its reason is no cause of the incident.
#[must_use]
pub fn excludes(effect: &str) -> bool {
    EXCLUDES.is_match(effect)
}

/// Whether a line contradicts a suspicion.
#[must_use]
pub fn denies(line: &str) -> bool {
    DENIES.is_match(line)
}

static DECISION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(suspect\w*|restart\w*|declar\w*|agree[ds]?|decid\w*|decision|ask\w*|escalat\w*|cho(se|sen)|roll\w* back|paged|revert\w*|taken for|took it for|recogni[sz]ed|wanted|planned|plan|meant|intended|preferred|skip\w*|postponed|delayed|overlooked|unnoticed|noticed|visible)\b",
    )
});
static JOINS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)[:;,→–]|[.] \w| - |\b(so|as|since|for|then|after|hence|and|but|when)\b"));
static GUESSES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(maybe|perhaps|possibly|probably|could be|might|may be|i think|i guess|not sure|looks like)\b|\?",
    )
});

/// The clause that stands right before a causal word.
fn last_clause(left: &str) -> &str {
    let clause = left.rfind(", ").map_or(left, |at| &left[at + 2..]);
    if clause.split_whitespace().count() >= 2 { clause } else { left }
}

/// Whether the effect is something that people did or saw, whose reason is told and not caused.
#[must_use]
pub fn is_decision(effect: &str) -> bool {
    DECISION.is_match(effect)
}

/// Whether the effect is that people suspected something; what they said while guessing is the reason.
#[must_use]
pub fn is_suspicion(effect: &str) -> bool {
    SUSPICION.is_match(effect)
}

static SUSPICION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(suspect\w*|suspicion|asked|considered|thought|wondered|theory|hypothesis)\b")
});

/// Whether a line says more than one thing.
#[must_use]
pub fn joins(line: &str) -> bool {
    JOINS.is_match(line)
}

/// Whether a line only guesses.
#[must_use]
pub fn guesses(line: &str) -> bool {
    GUESSES.is_match(line)
}

/// Whether a line of evidence asserts a cause.
#[must_use]
pub fn asserts(line: &str) -> bool {
    ASSERTS.is_match(line) && !line.trim_end().ends_with('?')
}
