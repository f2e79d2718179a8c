//! Actions with a broad verb: can anybody check when they are done?

use super::language::{Kind, Sentence};
use super::lexicon::{Classes, Form};
use super::section::Sections;

/// Words that name a guard, a test or a limit: something that is there or is not.
const CHECKABLE: &[&str] = &[
    "reject",
    "rejects",
    "block",
    "blocks",
    "alert",
    "alerts",
    "alarm",
    "alarms",
    "canary",
    "dry-run",
    "dry",
    "lock",
    "locks",
    "gate",
    "validation",
    "validate",
    "validates",
    "schema",
    "timeout",
    "limit",
    "quota",
    "automatic",
    "automatically",
    "script",
    "scripted",
    "rollback",
    "replica",
    "replicas",
    "retry",
    "retries",
    "feature-flag",
    "flag",
    "confirmation",
    "prompt",
    "fails",
    "refuses",
    "linter",
    "hook",
    "webhook",
    "dashboard",
    "metric",
    "slo",
    "sla",
    "template",
    "cron",
    "job",
    "ci",
    "runbook",
    "drill",
    "checksum",
    "guard",
    "probe",
    "per",
    "weekly",
    "monthly",
    "daily",
    "quarterly",
    "nightly",
];

/// Something in the sentence can be checked: a number, a date, code, a named guard.
pub(super) fn is_checkable(sentence: &Sentence) -> bool {
    let fields = fields_from(sentence);
    sentence.tokens[..fields].iter().any(|token| matches!(token.kind, Kind::Number | Kind::Code))
        || (0..sentence.tokens.len()).filter(|&i| CHECKABLE.contains(&sentence.word(i))).count() >= 2
        || sentence.any_word(&["rejects", "blocks", "refuses", "fails", "dry-run", "canary"])
}

/// Where owner, date and ticket begin: "(owner: web, due 2027-01-22)" makes nothing checkable.
fn fields_from(sentence: &Sentence) -> usize {
    let labels = ["owner", "owners", "due", "assignee", "deadline"];
    (1..sentence.tokens.len())
        .find(|&at| {
            sentence.is_one_of(at, &labels)
                && (sentence.is_one_of(at - 1, &["(", "[", ";", ",", "–", "—", "-"])
                    || sentence.word(at + 1) == ":")
        })
        .unwrap_or(sentence.tokens.len())
}

/// Short, without anything to check, and with a broad verb, a broad noun or a wish in it.
pub(super) fn is_suspect(sentence: &Sentence) -> bool {
    let words = sentence.tokens.iter().filter(|token| token.kind == Kind::Word).count();
    let broad = (0..sentence.tokens.len()).any(|at| {
        sentence.has(at, Classes::VAGUE_VERB.or(Classes::VAGUE_NOUN).or(Classes::SOFT_COMPARATIVE))
    });
    let wish = sentence.any_word(&[
        "more", "less", "better", "should", "must", "need", "needs", "be", "continue", "manage", "try",
        "all", "everyone", "together",
    ]);
    let first = first_word(sentence);
    let imperative = Sections::ACTIONS.has(sentence.section)
        || sentence.has(first, Classes::VAGUE_VERB.or(Classes::SOFT_COMPARATIVE))
        || sentence.any_word(&["should", "must", "need", "needs", "everyone"]);
    words <= 11 && !is_checkable(sentence) && (broad || wish) && imperative
}

/// The broad verb or the bare comparative of an action, as tokens.
pub(super) fn broad_verb(sentence: &Sentence) -> Option<(usize, usize)> {
    if !Sections::PLANS.has(sentence.section) || is_checkable(sentence) || sentence.is_mention() {
        return None;
    }
    let told = &sentence.tokens[..fields_from(sentence)];
    let length = told.iter().filter(|token| token.kind == Kind::Word).count();
    let first = first_word(sentence);
    let word = sentence.word(first);
    let actions = Sections::ACTIONS.has(sentence.section);
    if sentence.has(first, Classes::VAGUE_VERB)
        && sentence.tokens[first].form.or(Form::NONE) != Form::GERUND
        && !is_past(sentence, first)
    {
        let guard = (first..sentence.tokens.len()).filter(|&i| CHECKABLE.contains(&sentence.word(i))).count();
        let limit = if guard > 0 { 5 } else { 14 };
        if length <= limit && (actions || length <= 9) {
            let end = (first + 2).min(sentence.tokens.len());
            return Some((first, end));
        }
    }
    // "More testing.", "Quicker escalation.", "Closer alignment of … going forward."
    if (sentence.has(first, Classes::SOFT_COMPARATIVE)
        || sentence.is_one_of(
            first,
            &[
                "more",
                "less",
                "fewer",
                "closer",
                "tighter",
                "improved",
                "increased",
                "enhanced",
                "stricter",
                "regular",
            ],
        ))
        && length <= 9
    {
        return Some((first, (first + 2).min(sentence.tokens.len())));
    }
    if actions {
        // "Tests should be more international", "Hub IT to be more proactive", "Frontend and catalogue to work together better"
        let comparative = (first..sentence.tokens.len()).find(|&i| {
            sentence.is_one_of(
                i,
                &["more", "better", "closer", "faster", "stricter", "smarter", "earlier", "quicker"],
            )
        });
        let wish = sentence.any_word(&["should", "must", "to", "be", "need", "needs"]);
        if let Some(at) = comparative.filter(|_| wish && length <= 12 && !sentence.any_word(&["than"])) {
            return Some((at, (at + 2).min(sentence.tokens.len())));
        }
        if length <= 3 && length > 0 && sentence.word(sentence.tokens.len() - 1) == "!" {
            return Some((first, sentence.tokens.len()));
        }
        let bare_noun = length <= 3
            && (first..sentence.tokens.len()).any(|i| sentence.has(i, Classes::VAGUE_NOUN))
            && !sentence
                .tokens
                .iter()
                .any(|token| token.form.any(Form::BASE) && token.classes.any(Classes::CHANGE));
        if bare_noun {
            return Some((first, sentence.tokens.len()));
        }
        if sentence.is_one_of(
            first,
            &[
                "find", "meet", "sync", "chat", "talk", "sit", "speak", "work", "look", "think", "be", "get",
                "do", "make", "try", "hope", "keep", "take", "see", "rethink", "follow",
            ],
        ) && length <= 9
            && word != "be"
        {
            return Some((first, (first + 2).min(sentence.tokens.len())));
        }
    }
    None
}

fn is_past(sentence: &Sentence, at: usize) -> bool {
    sentence.tokens[at].form.any(Form::PAST) && !sentence.tokens[at].form.any(Form::BASE)
}

/// The first word that carries the action, after a label, an owner or "we should".
fn first_word(sentence: &Sentence) -> usize {
    let mut at = sentence.lead;
    while at < sentence.tokens.len() {
        let skip = sentence.tokens[at].kind != Kind::Word
            || sentence.is_one_of(
                at,
                &[
                    "we",
                    "need",
                    "needs",
                    "should",
                    "must",
                    "will",
                    "to",
                    "please",
                    "also",
                    "and",
                    "generally",
                    "let",
                    "us",
                    "have",
                    "the",
                    "try",
                    "everyone",
                    "everybody",
                    "all",
                    "then",
                ],
            )
            || sentence.agent_over(at).is_some();
        if !skip || at > sentence.lead + 8 {
            break;
        }
        at += 1;
    }
    at.min(sentence.tokens.len().saturating_sub(1))
}
