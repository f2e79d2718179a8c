//! Noun phrases: where they begin, whether a thing follows, whether a verb does.

use crate::lint::lexicon::{Classes, Form};

use super::{Kind, Sentence};

pub(super) fn is_thing(sentence: &Sentence, at: usize) -> bool {
    sentence.has(at, Classes::THING_AFTER) && !sentence.has(at, Classes::ROLE)
        || (sentence.has(at, Classes::MACHINE)
            && !sentence.has(at, Classes::VERB)
            && !sentence.has(at, Classes::ROLE.or(Classes::TEAM).or(Classes::UNIT)))
}

/// Something that can follow a subject: a finite verb or an auxiliary.
pub(super) fn speaks(sentence: &Sentence, at: usize) -> bool {
    let Some(token) = sentence.tokens.get(at) else { return false };
    if token.kind != Kind::Word {
        return false;
    }
    if token.classes.any(Classes::AUX) {
        return true;
    }
    if token.classes.any(Classes::ADV.or(Classes::NEG)) || sentence.word(at).ends_with("ly") {
        return sentence.tokens.get(at + 1).is_some_and(|next| {
            next.form.any(Form::FINITE) || next.classes.any(Classes::AUX) || next.classes.any(Classes::ADV)
        });
    }
    token.form.any(Form::PAST.or(Form::THIRD))
        || (token.form.any(Form::BASE) && !token.classes.any(Classes::MACHINE))
        || (token.classes == Classes::NONE && sentence.word(at).ends_with("ed"))
}

/// First token of the noun phrase whose head is `head`.
pub(super) fn phrase_start(sentence: &Sentence, head: usize, floor: usize) -> usize {
    let mut start = head;
    while start > floor && head - start < 5 {
        let before = &sentence.tokens[start - 1];
        let word = sentence.word(start - 1);
        if before.kind != Kind::Word {
            break;
        }
        if before.classes.any(Classes::DET) && word != "that" && word != "all" {
            return start - 1;
        }
        let closed = before.classes.any(
            Classes::PREP
                .or(Classes::CONJ)
                .or(Classes::SUB)
                .or(Classes::AUX)
                .or(Classes::NEG)
                .or(Classes::FIRST)
                .or(Classes::THIRD),
        );
        let adverb = before.classes.any(Classes::ADV) || (word.ends_with("ly") && word.len() > 4);
        let verb = before.form.any(Form::PAST.or(Form::PARTICIPLE).or(Form::GERUND).or(Form::THIRD))
            && !before.classes.any(Classes::MACHINE.or(Classes::UNIT).or(Classes::HUMAN_MODIFIER));
        if closed || adverb || verb || word == "'s" {
            if word == "'s" && start >= 2 {
                // "the faculty's IT staff"
                return phrase_start(sentence, start - 2, floor);
            }
            break;
        }
        start -= 1;
    }
    start
}
