//! Units of an organisation named without an article: "Networking never bothered", "because Sales promised".

use crate::lint::lexicon::Classes;
use crate::lint::section::SectionKind;

use super::noun::{is_thing, speaks};
use super::{Kind, Sentence};

/// "Networking never bothered", "because Sales promised": a unit's name as a subject or possessor, without article.
pub(super) fn is_bare_team(sentence: &Sentence, at: usize) -> bool {
    let next = at + 1;
    if is_thing(sentence, next) {
        return false;
    }
    let opens = at == sentence.lead
        || at == 0
        || sentence.tokens[at - 1].kind == Kind::Mark
        || sentence.has(at - 1, Classes::CONJ.or(Classes::SUB))
        || sentence.is_one_of(at - 1, &["by", "how", "all", "our", "the", "your"]);
    // "implementations that support truncate"
    if at > 0 && !sentence.tokens[at].capital && sentence.is_one_of(at - 1, &["that", "which", "who", "to"]) {
        return false;
    }
    let capital_inside = sentence.tokens[at].capital;
    if !(opens || capital_inside) {
        return false;
    }
    let word = sentence.word(at);
    let safe = matches!(
        word,
        "ops"
            | "devops"
            | "sre"
            | "qa"
            | "hr"
            | "dba"
            | "dbas"
            | "it"
            | "infra"
            | "dev"
            | "secops"
            | "netops"
            | "dataops"
            | "helpdesk"
            | "leadership"
            | "management"
            | "staff"
            | "personnel"
    );
    if word == "it" {
        return sentence.text.get(sentence.tokens[at].span.range()).is_some_and(|w| w == "IT")
            && (speaks(sentence, next) || sentence.word(next) == "'s");
    }
    if sentence.word(next) == "'s" {
        return (safe || sentence.tokens[at].capital)
            && !sentence.is_one_of(
                at,
                &[
                    "platform",
                    "product",
                    "storage",
                    "infrastructure",
                    "security",
                    "mobile",
                    "frontend",
                    "backend",
                ],
            );
    }
    if at > 0 && sentence.word(at - 1) == "by" {
        return safe || sentence.tokens[at].capital;
    }
    // machines bear unit names too: "storage failed", "backend returned"
    let thing_verb = sentence.tokens.get(next).is_some_and(|token| token.classes.any(Classes::BE)) && !safe;
    speaks(sentence, next) && !thing_verb && (!sentence.has(next, Classes::PREP))
        || sentence.is_one_of(next, &["to"]) && sentence.section == Some(SectionKind::Actions)
        || next == sentence.tokens.len()
        || sentence.is_one_of(next, &["'", ",", ":"]) && safe
}

pub(super) fn bare_team_start(sentence: &Sentence, at: usize, floor: usize) -> usize {
    let mut start = at;
    while start > floor
        && start > 0
        && sentence.tokens[start - 1].kind == Kind::Word
        && (sentence.tokens[start - 1].capital || sentence.has(start - 1, Classes::DET))
        && !sentence.has(start - 1, Classes::SUB.or(Classes::CONJ).or(Classes::PREP))
    {
        start -= 1;
    }
    start
}
