//! The checks in their order; the first that fails names what the evidence does not carry.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::direction::{self, Moves};
use super::facts::{Stated, facts};
use super::ledger::{Entry, Ledger};
use super::lexicon::labels;
use super::polarity::{Polarity, clauses, turned_clause};
use super::{arithmetic, causes, quotes, support};
use crate::domain::{Claim, ClaimKind, EventId, Verdict};
use crate::text::{fold, sentences};

/// Least share of a sentence's content that its lines must hold.
const SUPPORT: f64 = 0.34;
/// The same for a hypothesis or a proposal, which says itself that it is more than its lines.
const GUESS: f64 = 0.2;
/// Least share of a named cause that the line which asserts it must hold.
const CAUSE: f64 = 0.5;

/// The same where the line tells cause and effect side by side, without a word that joins them.
const TOLD: f64 = 0.65;

/// Least share in the asserting line of a cause that the other cited lines complete.
const PART: f64 = 0.35;

/// Ways of saying that a suspicion turned out right.
#[expect(clippy::expect_used, reason = "a constant pattern, covered by the tests of this folder")]
static CONFIRMS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(confirm(s|ed)?|proved (right|true)|yes|indeed)\b").expect("pattern"));

/// What checking a sentence found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub verdict: Verdict,
    /// What is not carried, in words for a person.
    pub reason: Option<String>,
}

/// Checks a claim against the lines it cites.
#[must_use]
pub fn verify(claim: &Claim, ledger: &Ledger) -> Finding {
    let reason = Check::new(claim, ledger).and_then(|check| check.all());
    match reason {
        Ok(()) => Finding { verdict: Verdict::Supported, reason: None },
        Err(reason) => Finding { verdict: Verdict::Unverified, reason: Some(reason) },
    }
}

/// Whether every time, number and name of a proposal or a question is in the lines that it cites.
#[must_use]
pub fn facts_hold(text: &str, evidence: &[EventId], ledger: &Ledger) -> bool {
    let claim = Claim {
        section: String::new(),
        text: text.to_owned(),
        kind: ClaimKind::Hypothesis,
        evidence: evidence.to_vec(),
        verdict: Verdict::Unverified,
        reason: None,
    };
    Check::new(&claim, ledger).is_ok_and(|check| check.quotations().and_then(|()| check.facts()).is_ok())
}

/// What the kind of an event says that its words may leave out: the alert fired, the change was merged.
fn happened(kind: &str) -> &str {
    match kind {
        "change merged" => "merged",
        "alert fired" | "alert acknowledged" | "alert resolved" | "declared" | "resolved" => kind,
        _ => "",
    }
}

/// What a line asks it neither affirms nor denies.
fn without_questions(line: &str) -> String {
    let said: Vec<&str> = sentences(line)
        .into_iter()
        .map(|span| span.of(line))
        .filter(|one| !one.trim_end().ends_with('?'))
        .collect();
    said.join(" ")
}

/// One claim beside its lines.
pub(super) struct Check<'a> {
    pub(super) claim: &'a Claim,
    pub(super) ledger: &'a Ledger,
    pub(super) entries: Vec<&'a Entry>,
    /// Words and fields of the cited lines, folded.
    pub(super) words: String,
    /// The senses of those words.
    pub(super) senses: BTreeSet<String>,
    /// Facts of the cited lines.
    pub(super) stated: Vec<Stated>,
    quotes: Vec<String>,
    /// The claim without its quotations.
    pub(super) own: String,
    /// Facts of the claim.
    pub(super) claimed: Vec<Stated>,
    /// The claim without quotations and facts.
    pub(super) rest: String,
}

impl<'a> Check<'a> {
    fn new(claim: &'a Claim, ledger: &'a Ledger) -> Result<Self, String> {
        if claim.evidence.is_empty() {
            return Err("nothing is cited".to_owned());
        }
        let mut entries = Vec::new();
        for id in &claim.evidence {
            entries.push(ledger.get(*id).ok_or_else(|| format!("{id} is not in the evidence"))?);
        }
        if let Some((id, _)) = claim.evidence.iter().zip(&entries).find(|(_, entry)| entry.instructs()) {
            return Err(format!("{id} addresses the drafting tool and carries nothing"));
        }
        let words = entries.iter().map(|entry| entry.all_words()).collect::<Vec<_>>().join("\n");
        let (stated, _) = facts(&words);
        let lines: Vec<&str> = entries.iter().map(|entry| entry.text.as_str()).collect();
        let (quotes, own) = quotes::split(&quotes::without_copies(&claim.text, &lines));
        let (claimed, rest) = facts(&own);
        Ok(Self {
            claim,
            ledger,
            entries,
            words: fold(&words),
            senses: support::senses(&words),
            stated,
            quotes,
            own,
            claimed,
            rest,
        })
    }

    fn all(&self) -> Result<(), String> {
        self.quotations()?;
        self.facts()?;
        self.cause()?;
        self.polarity()?;
        self.support()
    }

    fn quotations(&self) -> Result<(), String> {
        let lines: Vec<&str> = self.entries.iter().map(|entry| entry.text.as_str()).collect();
        match self.quotes.iter().find(|quote| !quotes::stands_in(quote, &lines)) {
            Some(quote) => Err(format!("the quotation \"{quote}\" does not stand in the cited lines")),
            None => Ok(()),
        }
    }

    /// A cause is a fact only where one cited line asserts it in these words.
    fn cause(&self) -> Result<(), String> {
        if self.claim.kind != ClaimKind::Fact {
            return Ok(());
        }
        let Some(causal) = causes::causal(&self.own) else { return Ok(()) };
        let cause = support::content(causal.cause);
        let effect = support::content(causal.effect);
        let rarity = &self.ledger.rarity;
        let asserted = self.entries.iter().filter(|entry| causes::asserts(&entry.text)).any(|entry| {
            let line = support::senses(&entry.all_words());
            let here = support::recall(&cause, &line, rarity);
            (here >= CAUSE || here >= PART && support::recall(&cause, &self.senses, rarity) >= TOLD)
                && !(cause.is_empty() && effect.is_empty())
                && support::recall(&effect, &self.senses, rarity) >= 0.3
        });
        let excluded = causes::excludes(causal.effect)
            && self.entries.iter().any(|entry| {
                causes::denies(&entry.text)
                    && support::recall(&cause, &support::senses(&entry.text), rarity) >= CAUSE
            });
        let words = |text: &str, share: f64, line: &BTreeSet<String>| {
            let content = support::content(text);
            !content.is_empty() && support::recall(&content, line, rarity) >= share
        };
        // Why people did something is told by the line that tells the reason; what a machine did needs both in one line.
        let told = self.entries.iter().any(|entry| {
            let guessed = causes::guesses(&entry.text);
            let line = support::senses(&entry.all_words());
            let begun = words(causal.effect, PART, &line) && words(causal.effect, TOLD, &self.senses);
            let both = !guessed
                && causes::joins(&entry.text)
                && words(causal.cause, TOLD, &line)
                && (words(causal.effect, CAUSE, &line) || begun);
            let reason = (!guessed || causes::is_suspicion(causal.effect))
                && causes::is_decision(causal.effect)
                && words(causal.cause, CAUSE, &line)
                && support::recall(&effect, &self.senses, rarity) >= CAUSE;
            both || reason
        });
        // A quotation that asserts the cause speaks for itself.
        let quoted = !self.quotes.is_empty() && (cause.is_empty() || effect.is_empty());
        if asserted || excluded || told || quoted {
            Ok(())
        } else {
            Err("it asserts a cause that no cited line asserts; it is a hypothesis".to_owned())
        }
    }

    /// "No activity is recorded from 14:46 to 14:55" is proven by the ledger, not by the words of two lines.
    fn is_silence(&self) -> bool {
        let lower = self.own.trim().to_lowercase();
        let silent = lower.starts_with("no ") && (lower.contains("record") || lower.contains("activity"));
        let times: Vec<_> = self.entries.iter().map(|entry| entry.at).collect();
        let (Some(from), Some(to)) = (times.iter().min(), times.iter().max()) else { return false };
        let from = self
            .entries
            .iter()
            .filter(|entry| entry.at == *from)
            .filter_map(|entry| entry.until)
            .max()
            .unwrap_or(*from);
        silent && from < *to && !self.ledger.iter().any(|(_, entry)| entry.at > from && entry.at < *to)
    }

    fn polarity(&self) -> Result<(), String> {
        if self.is_silence() {
            return Ok(());
        }
        let guess = self.claim.kind == ClaimKind::Hypothesis;
        let evidence = Polarity::of(
            &self
                .entries
                .iter()
                .map(|entry| format!("{}. {}", without_questions(&entry.text), happened(&entry.kind)))
                .collect::<Vec<_>>()
                .join(". "),
        );
        if let Some(word) = arithmetic::turned_change(&self.own) {
            return Err(format!("its figures go the other way than `{word}`"));
        }
        let conflict = if guess { None } else { direction::turned(&self.own, &self.entries) };
        if let Some(word) = conflict {
            return Err(format!("the cited lines say the opposite about `{word}`"));
        }
        let moves = Moves::of(&self.entries);
        let lower = self.own.to_lowercase();
        let confirms = !guess && CONFIRMS.is_match(&lower);
        if confirms
            && self.entries.iter().any(|entry| causes::denies(&entry.text))
            && !self.entries.iter().any(|entry| CONFIRMS.is_match(&entry.text.to_lowercase()))
        {
            return Err("the cited lines say the opposite about `confirmed`".to_owned());
        }
        let whole = Polarity::of(&support::unbounded(&self.own));
        let mut clauses = clauses(&self.own).map(Polarity::of);
        let conflict = whole
            .conflict(&evidence, guess, &|word| moves.allow(word, &self.own))
            .or_else(|| clauses.find_map(|clause| clause.affirms_the_denied(&evidence, guess)));
        let lines: Vec<&str> = self.entries.iter().map(|entry| entry.text.as_str()).collect();
        // A quotation may hold the no of the line.
        let quoted = self.quotes.iter().any(|quote| Polarity::of(quote).is_negated());
        let conflict = conflict.or_else(|| {
            if guess || quoted {
                None
            } else {
                turned_clause(&support::unbounded(&self.own), &lines, &self.ledger.rarity)
            }
        });
        match conflict {
            Some(word) => Err(format!("the cited lines say the opposite about `{word}`")),
            None => Ok(()),
        }
    }

    fn support(&self) -> Result<(), String> {
        let mut content = support::content(&self.rest);
        if !self.quotes.is_empty() {
            // The quotation says it; what is left are labels and roles.
            content.retain(|word| !labels(word));
        }
        let mut held = self.senses.clone();
        // "Ruled out" is how a report words a no.
        if self.entries.iter().any(|entry| causes::denies(&entry.text)) {
            held.extend(support::senses("excluded dismissed"));
        }
        held.extend(support::senses(&self.ledger.incident.title));
        held.extend(self.ledger.incident.services.iter().flat_map(|service| support::senses(service)));
        let share = support::recall_beside(&content, &held, &self.ledger.rarity, self.claimed.len());
        // A verified fact carries a sentence whose one other word is a synonym.
        let carried = content.len() == 1 && !self.claimed.is_empty();
        let least = if self.claim.kind == ClaimKind::Fact { SUPPORT } else { GUESS };
        if share >= least || carried {
            return Ok(());
        }
        // In the words of the sentence, so that whoever mends it finds them.
        let foreign = |word: &&str| {
            let senses = support::content(word);
            !senses.is_empty() && senses.iter().all(|sense| content.contains(sense) && !held.contains(sense))
        };
        let missing: Vec<&str> = self
            .rest
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(foreign)
            .take(5)
            .collect();
        Err(format!("the cited lines do not speak of {}", missing.join(", ")))
    }
}
