//! Clauses with a human subject: who, with which verb, how.

use crate::lint::lexicon::{Classes, Form};

use super::agent::AgentKind;
use super::noun::speaks;
use super::{Kind, Sentence};

/// A human subject with its verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Index into [`Sentence::agents`].
    pub(crate) agent: usize,
    pub(crate) kind: AgentKind,
    /// Token of the main verb.
    pub(crate) verb: usize,
    pub(crate) negated: bool,
    /// should, could, would, might, ought, must
    pub(crate) modal: bool,
    /// had, has or have before the verb
    pub(crate) perfect: bool,
    /// The subject suffers the verb.
    pub(crate) passive: bool,
    /// will, can, may, to: not something that happened.
    pub(crate) future: bool,
    /// One token beyond the clause.
    pub(crate) end: usize,
}

/// All clauses with a human subject, in order.
pub(super) fn clauses(sentence: &Sentence) -> Vec<Clause> {
    let mut found = Vec::new();
    for (index, agent) in sentence.agents.iter().enumerate() {
        if agent.possessive || is_object(sentence, agent.start) || sentence.word(agent.end) == ")" {
            continue;
        }
        let limit = sentence.agents.get(index + 1).map_or(sentence.tokens.len(), |next| next.start);
        let Some(first) = predicate(sentence, index, agent.end, limit) else { continue };
        found.push(first);
        conjoined(sentence, &first, limit, &mut found);
    }
    found
}

/// The noun phrase after a preposition or a verb is no subject, unless a verb of its own follows directly.
fn is_object(sentence: &Sentence, start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else { return false };
    let Some(agent) = sentence.agent_at(start) else { return false };
    if sentence.is_one_of(
        before,
        &[
            "because", "since", "as", "when", "after", "before", "until", "that", "whom", "but", "and",
            "with", "than", "like",
        ],
    ) {
        return false;
    }
    let subject_pronoun = sentence.is_one_of(start, &["i", "we", "he", "she", "they", "whoever", "nobody"]);
    if subject_pronoun {
        return false;
    }
    // "the export to the bank failed" tells of the export
    let attribute =
        sentence.is_one_of(before, &["to", "from", "of", "for", "with"]) && before > sentence.lead;
    if attribute && sentence.word(agent.end) == "failed" {
        return true;
    }
    sentence.has(before, Classes::PREP)
        && !sentence.is_one_of(agent.end, &["should", "could", "failed", "forgot", "did", "had", "never"])
}

/// The verb group that follows a subject.
fn predicate(sentence: &Sentence, agent: usize, from: usize, limit: usize) -> Option<Clause> {
    let kind = sentence.agents[agent].kind;
    let mut at = from;
    // "the technician on site swapped": step over what describes the subject
    let mut steps = 0;
    while at < limit && !speaks_finite(sentence, at) {
        let word = sentence.word(at);
        let token = &sentence.tokens[at];
        if steps > 8
            || matches!(word, ";" | ":" | "." | "?" | "!")
            || (token.classes.any(Classes::SUB) && !matches!(word, "who" | "that"))
        {
            return None;
        }
        if word == "," {
            // ", unable to think for themselves," or ", not the bravest of men,"
            let close = (at + 1..limit.min(at + 12)).find(|&i| sentence.word(i) == ",")?;
            at = close + 1;
            steps += 2;
            continue;
        }
        if word == "(" {
            let close = (at + 1..limit).find(|&i| sentence.word(i) == ")")?;
            at = close + 1;
            continue;
        }
        if token.classes.any(Classes::CONJ) {
            return None; // a list of subjects: the last one has the verb
        }
        at += 1;
        steps += 1;
    }
    verb_group(sentence, agent, kind, at, limit)
}

fn speaks_finite(sentence: &Sentence, at: usize) -> bool {
    speaks(sentence, at)
        || sentence.has(at, Classes::ADV.or(Classes::NEG)) && !sentence.has(at, Classes::PREP)
        || sentence.word(at) == "'d"
}

/// Auxiliaries, negations, adverbs, then the main verb.
fn verb_group(
    sentence: &Sentence,
    agent: usize,
    kind: AgentKind,
    from: usize,
    limit: usize,
) -> Option<Clause> {
    let mut clause = Clause {
        agent,
        kind,
        verb: from,
        negated: kind == AgentKind::Nobody,
        modal: false,
        perfect: false,
        passive: false,
        future: false,
        end: limit,
    };
    let mut be = false;
    let mut did = false;
    let mut at = from;
    loop {
        if at >= sentence.tokens.len() {
            // "… and simply did not."
            return (clause.negated && did).then(|| Clause { verb: at - 1, ..clause });
        }
        let word = sentence.word(at);
        match word {
            "not" | "never" | "hardly" | "barely" => clause.negated = true,
            "should" | "could" | "would" | "might" | "must" | "ought" => clause.modal = true,
            "will" | "can" | "may" | "shall" => clause.future = true,
            "to" => clause.future = !clause.modal && !did,
            "had" | "has" | "have" | "'d" if followed_by_participle(sentence, at) => clause.perfect = true,
            "did" | "do" | "does" if followed_by_verb(sentence, at) => did = true,
            "do" | "did" | "does" => did = true,
            _ if sentence.has(at, Classes::BE) => be = true,
            _ if sentence.has(at, Classes::ADV) || (word.ends_with("ly") && word.len() > 4) => {}
            "," if clause.verb == at => return None,
            _ => break,
        }
        if at + 1 == sentence.tokens.len() && did {
            break;
        }
        at += 1;
        if at > from + 9 {
            return None;
        }
    }
    let token = sentence.tokens.get(at)?;
    let is_verb = token.form != Form::NONE
        || (token.classes == Classes::NONE
            && token.kind == Kind::Word
            && (sentence.word(at).ends_with("ed") || did));
    if !is_verb || (at == from && !token.form.any(Form::FINITE) && token.classes != Classes::NONE) {
        // "… had been told … and simply did not", "is careless"
        return (be || did || clause.perfect).then(|| Clause {
            verb: at.saturating_sub(1),
            passive: false,
            end: end_of(sentence, at, limit),
            ..clause
        });
    }
    clause.verb = at;
    clause.passive = be && token.form.any(Form::PARTICIPLE) && !token.form.any(Form::GERUND);
    clause.end = end_of(sentence, at, limit.max(at + 1));
    Some(clause)
}

fn followed_by_participle(sentence: &Sentence, at: usize) -> bool {
    (at + 1..at + 4).any(|i| {
        sentence.tokens.get(i).is_some_and(|token| {
            token.form.any(Form::PARTICIPLE)
                || sentence.word(i).ends_with("ed")
                || token.classes.any(Classes::BE)
        }) && (at + 1..i)
            .all(|j| sentence.has(j, Classes::ADV.or(Classes::NEG)) || sentence.word(j).ends_with("ly"))
    })
}

fn followed_by_verb(sentence: &Sentence, at: usize) -> bool {
    (at + 1..at + 4).any(|i| {
        sentence
            .tokens
            .get(i)
            .is_some_and(|token| token.form.any(Form::BASE) || sentence.has(i, Classes::NEG))
    })
}

/// A clause ends at strong punctuation, at a new subject, or at a connector.
fn end_of(sentence: &Sentence, verb: usize, _limit: usize) -> usize {
    (verb + 1..sentence.tokens.len())
        .find(|&i| {
            matches!(sentence.word(i), ";" | ":" | "." | "?" | "!")
                || sentence
                    .is_one_of(i, &["because", "since", "while", "whereas", "although", "though", "when"])
        })
        .unwrap_or(sentence.tokens.len())
}

/// "mutes the alert and forgets about it": the second verb has the same subject.
fn conjoined(sentence: &Sentence, first: &Clause, limit: usize, found: &mut Vec<Clause>) {
    let mut at = first.verb + 1;
    while at + 1 < first.end.max(limit).min(sentence.tokens.len()) {
        let joins = sentence.is_one_of(at, &["and", "then", "but", "or"]);
        let same_subject = sentence.agents.iter().all(|agent| agent.start != at + 1);
        let mut next = at + 1;
        while sentence.has(next, Classes::ADV) && sentence.word(next) != "not"
            || sentence.word(next) == "then"
        {
            next += 1;
        }
        let second = sentence.tokens.get(next);
        let finite = second.is_some_and(|token| {
            token.form.any(Form::PAST.or(Form::THIRD)) && !token.classes.any(Classes::MACHINE)
                || sentence.is_one_of(next, &["did", "never", "does", "would", "could", "had", "has", "not"])
        });
        if joins
            && same_subject
            && finite
            && let Some(clause) = verb_group(sentence, first.agent, first.kind, at + 1, sentence.tokens.len())
        {
            let passive_first = first.passive && !clause.passive;
            let clause = Clause { negated: clause.negated, modal: clause.modal, ..clause };
            if !(passive_first && first.kind == AgentKind::Vendor) {
                found.push(clause);
            }
        }
        at += 1;
    }
}
