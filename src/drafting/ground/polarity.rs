//! Whether a sentence says yes where its evidence says no.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::{frames, opposites, sense};
use super::pattern::pattern;
use super::support::{Rarity, recall, senses};
use crate::text::{is_stop_word, sentences, stem, words};

/// Words that turn what follows into its opposite.
const NEGATIONS: &[&str] = &[
    "not",
    "no",
    "never",
    "without",
    "none",
    "neither",
    "nor",
    "cannot",
    "nothing",
    "nobody",
    "lacks",
    "lacked",
    "lacking",
    "lack",
    "missing",
    "absent",
    "unable",
    "impossible",
];
/// Words that open a clause.
const CONJUNCTIONS: &[&str] = &[
    "and", "but", "so", "because", "since", "as", "while", "whereas", "although", "though", "that", "which",
    "if", "when",
];
/// In front of "nothing" or "none" these leave the words before them alone.
const PREPOSITIONS: &[&str] = &["with", "for", "about", "of", "but", "to", "from", "in"];
/// Verbs that end the subject of "none of the updates was queued".
const AUXILIARIES: &[&str] =
    &["is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "could", "can", "will", "would"];
const ARTICLES: &[&str] = &["the", "a", "an", "these", "those", "our", "their", "its", "all"];
/// Negations that are a subject themselves: a phrase between them and the verb is not what they deny.
const SUBJECTS: &[&str] = &["nothing", "nobody", "none"];
/// How many content words a negation reaches inside its clause.
const REACH: usize = 2;

/// Stems of a clause that speaks of a suspicion or of its end.
const DOUBTS: &[&str] = &[
    "suspicion",
    "theori",
    "hypothesi",
    "rule",
    "exclud",
    "consid",
    "consider",
    "suspect",
    "possibl",
    "thought",
    "dismiss",
];
/// Least share of a clause that another one must hold to be about the same.
const SAME_MATTER: f64 = 0.6;

/// Other ways of saying no, for lines of chat and logs.
static DENYING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(not|no|never|without|none|neither|nor|cannot|nothing|nobody|lack\w*|missing|absent|\w+n['’]t|fail\w*|refus\w*|reject\w*|den(y|ied|ies)|unable|un(available|reachable|healthy|known)|down|dead|lost|ruled out|rule \w+ out|stop\w*|only|too|wrong|zero|0 [a-z]{3,}|instead|outside|beyond|expired|broken|disabled|blocked|invalid|back to|meant for)\b",
    )
});

/// Ways of speaking against something that hold no negation.
static REJECTING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(against|rather than|instead of|despite|unlike|only|alone|prevent\w*|kept .{1,30} from)\b",
    )
});

static LACKING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(named?|names|gave|gives|listed|lists|told|tells|mention(ed|s)|said|says|show(ed|s)|stated?|states)\b.*\bbut (no|not)\b",
    )
});

/// Verbs that carry nothing by themselves: "nobody came to harm" denies the harm.
const LIGHT: &[&str] =
    &["came", "come", "got", "get", "went", "go", "made", "make", "took", "take", "gave", "give"];

/// What a text affirms and what it denies, as senses of stems.
#[derive(Debug, Default)]
pub struct Polarity {
    affirmed: BTreeSet<String>,
    /// The word right behind a negation.
    denied: BTreeSet<String>,
    /// Every word that a negation reaches.
    reached: BTreeSet<String>,
    /// The words that each negation reaches.
    groups: Vec<Vec<String>>,
    stems: BTreeSet<String>,
    /// Holds any way of saying no.
    denying: bool,
    /// Holds a plain negation.
    negated: bool,
    /// Denies something that another clause names.
    elliptic: bool,
    /// Its negation is a contrast behind a comma.
    contrast: bool,
    /// Speaks against something without a negation.
    rejecting: bool,
    /// Says what something told and what it left out.
    lacking: bool,
}

impl Polarity {
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.replace('’', "'");
        let mut polarity = Self {
            denying: DENYING.is_match(&text),
            lacking: LACKING.is_match(&text),
            rejecting: REJECTING.is_match(&text),
            contrast: text.contains(", not ") && text.matches(" not ").count() == 1,
            ..Self::default()
        };
        let spans = words(&text);
        let tokens: Vec<String> = spans.iter().map(|span| span.of(&text).to_lowercase()).collect();
        let breaks = clause_breaks(&text, &spans);
        let (mut reach, mut skip, mut start, mut noun) = (0, false, 0, false);
        let mut last: Option<String> = None;
        for (at, token) in tokens.iter().enumerate() {
            if breaks.contains(&at) {
                (reach, skip, start, last) = (0, false, at, None);
            }
            if CONJUNCTIONS.contains(&token.as_str()) {
                (start, last) = (at + 1, None);
            }
            let next = tokens.get(at + 1).map(String::as_str);
            if NEGATIONS.contains(&token.as_str())
                || token.ends_with("n't")
                || token == "failed" && next == Some("to")
            {
                polarity.stems.insert(stem(token));
                let end = (at + 1..tokens.len()).find(|at| breaks.contains(at)).unwrap_or(tokens.len());
                if token == "not" && next.is_some_and(|next| matches!(next, "only" | "just" | "merely")) {
                    continue;
                }
                // "Not before noon" affirms with a time.
                let until = tokens[at..end].iter().any(|token| token == "until");
                if token == "not" && until {
                    continue;
                }
                polarity.negated = true;
                let subject = at == start && SUBJECTS.contains(&token.as_str());
                let object = at > 0 && PREPOSITIONS.contains(&tokens[at - 1].as_str());
                if !subject && !object && matches!(token.as_str(), "none" | "nothing" | "nobody") {
                    polarity.deny_before(last.take(), &tokens[start..at]);
                }
                // Neither of two subjects is denied itself.
                reach = if matches!(token.as_str(), "neither" | "nor") { 0 } else { REACH };
                noun = token == "no";
                polarity.groups.push(Vec::new());
                skip =
                    subject && next.is_some_and(|next| matches!(next, "in" | "of" | "on" | "about" | "at"));
                continue;
            }
            polarity.stems.insert(stem(token));
            // "Nobody on our side reviewed it", but "none of the rejected updates".
            let articled = at > 0 && ARTICLES.contains(&tokens[at - 1].as_str());
            let verb = AUXILIARIES.contains(&token.as_str()) || token.ends_with("ed") && !articled;
            skip = skip && !verb;
            if is_stop_word(token) || token.chars().count() < 3 {
                continue;
            }
            let meaning = sense(&stem(token)).to_owned();
            if reach == 0 || skip {
                last = Some(meaning.clone());
                // "relay-old" speaks of a relay.
                polarity.affirmed.extend(
                    token
                        .split('-')
                        .filter(|part| part.len() > 2 && *part != token)
                        .map(|part| sense(&stem(part)).to_owned()),
                );
                polarity.affirmed.insert(meaning);
                continue;
            }
            if reach == REACH && !noun {
                polarity.denied.insert(meaning.clone());
            }
            if let Some(group) = polarity.groups.last_mut() {
                group.push(meaning.clone());
            }
            polarity.reached.insert(meaning);
            reach -= 1;
        }
        polarity
    }

    /// Whether it holds a plain negation.
    #[must_use]
    pub fn is_negated(&self) -> bool {
        self.negated
    }

    /// "We queued none of them" denies the queueing; what "search has none" denies stands in another clause.
    fn deny_before(&mut self, last: Option<String>, clause: &[String]) {
        let holds = clause.last().is_some_and(|token| matches!(token.as_str(), "has" | "have" | "had"));
        let denied = last;
        self.elliptic |= holds;
        for word in denied.into_iter().filter(|_| !holds) {
            self.affirmed.remove(&word);
            self.groups.push(vec![word.clone()]);
            self.reached.insert(word);
        }
    }

    /// A word that this clause affirms where the evidence denies it.
    #[must_use]
    pub fn affirms_the_denied(&self, evidence: &Self, guess: bool) -> Option<String> {
        let says_no =
            guess || self.negated || self.rejecting || DOUBTS.iter().any(|stem| self.stems.contains(*stem));
        evidence.groups.iter().filter(|_| !says_no).find_map(|group| {
            let first = group.first().is_some_and(|word| self.affirmed.contains(word) || frames(word));
            let telling = |word: &String| {
                self.affirmed.contains(word) && !frames(word) && !evidence.affirmed.contains(word)
            };
            group.iter().find(|word| first && telling(word)).cloned()
        })
    }

    /// A word on which the claim and its evidence disagree; a `guess` may turn what its lines deny into a contrast.
    ///
    /// `allowed` says whether figures allow a word that has an opposite.
    #[must_use]
    pub fn conflict(&self, evidence: &Self, guess: bool, allowed: &dyn Fn(&str) -> bool) -> Option<String> {
        // "About latency, not about disk": what the lines do not even name may be contrasted.
        let contrast = self.contrast && self.denied.iter().all(|word| !evidence.affirmed.contains(word));
        // "It named the pod, but no limit": the lines themselves are the proof.
        let absent = self.lacking && self.reached.iter().all(|word| !evidence.affirmed.contains(word));
        if self.negated && !evidence.denying && !guess && !contrast && !absent {
            return self.denied.iter().next().cloned().or_else(|| Some("not".to_owned()));
        }
        // Words of every report are denied and affirmed side by side; "no activity is recorded" denies no line.
        let denied_here = self.denied.iter().filter(|_| !evidence.elliptic).find(|word| {
            !matches!(word.as_str(), "activ" | "record")
                && !LIGHT.contains(&word.as_str())
                && evidence.affirmed.contains(*word)
                && !evidence.reached.contains(*word)
                && !self.affirmed.contains(*word)
        });
        let denied_there = self.affirms_the_denied(evidence, guess);
        let turned = opposites().filter(|_| !guess).find(|(mine, theirs)| {
            let has = |set: &BTreeSet<String>, word: &str| set.contains(word);
            has(&self.stems, mine)
                && !allowed(mine)
                && !has(&self.stems, theirs)
                && (has(&evidence.stems, theirs)
                    || mine.starts_with("succe") && has(&evidence.affirmed, sense("fail")))
                && !has(&evidence.stems, mine)
        });
        // "No orders were doubled" denies neither the orders nor the doubling, but both together.
        let pair_denied = self.groups.iter().find_map(|group| {
            let affirmed =
                |word: &String| evidence.affirmed.contains(word) && !evidence.reached.contains(word);
            let whole = group.len() > 1 || group.iter().all(|word| !self.affirmed.contains(word));
            group.iter().next().filter(|_| whole && group.iter().all(affirmed))
        });
        denied_here
            .or(pair_denied)
            .or(denied_there.as_ref())
            .cloned()
            .or_else(|| turned.map(|(mine, _)| mine.to_owned()))
    }
}

static JOINTS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)[,;:]\s|\b(and|but|so|because|since|while|although|though|whereas)\b"));

/// A clause of the claim that says no where the clause of the evidence most like it says yes, or the other way round.
#[must_use]
pub fn turned_clause(claim: &str, evidence: &[&str], rarity: &Rarity) -> Option<String> {
    let theirs: Vec<(BTreeSet<String>, Polarity)> = evidence
        .iter()
        .flat_map(|line| sentences(line).into_iter().map(move |span| span.of(line)))
        .filter(|sentence| !sentence.ends_with('?'))
        .flat_map(clauses)
        // "Apps that sync without a gate" says no of the gate alone.
        .map(beside_lack)
        .map(|clause| (senses(clause), Polarity::of(clause)))
        .collect();
    clauses(claim).map(beside_lack).find_map(|clause| {
        let mine = Polarity::of(clause);
        let words = senses(clause);
        if words.len() < 2 || DOUBTS.iter().any(|stem| mine.stems.contains(*stem)) {
            return None;
        }
        let best = |negated: bool| {
            let alike = theirs.iter().filter(|(_, other)| other.negated == negated);
            alike.map(|(other, _)| recall(&words, other, rarity)).fold(0.0, f64::max)
        };
        // "The drain has no effect" carries "draining pool-b had no effect" whatever else is said of the drain.
        let reached = |other: &Polarity| mine.reached.iter().any(|word| other.reached.contains(word));
        if mine.negated && theirs.iter().any(|(_, other)| reached(other)) {
            return None;
        }
        let (same, other) = (best(mine.negated), best(!mine.negated));
        (other >= SAME_MATTER && other > same + 0.15).then(|| clause.trim().to_owned())
    })
}

/// A clause up to what something is without, which alone is denied.
fn beside_lack(clause: &str) -> &str {
    clause.split(" without ").next().unwrap_or(clause)
}

/// The clauses of a sentence, roughly.
pub fn clauses(text: &str) -> impl Iterator<Item = &str> {
    JOINTS.split(text)
}

/// Indices of the words that follow a comma, a colon or a full stop.
fn clause_breaks(text: &str, spans: &[crate::text::Span]) -> BTreeSet<usize> {
    let after_mark = |at: usize| {
        at > 0
            && text[spans[at - 1].end..spans[at].start]
                .contains([',', '.', ':', ';', '(', ')', '!', '?', '–'])
    };
    (0..spans.len()).filter(|&at| after_mark(at)).collect()
}
