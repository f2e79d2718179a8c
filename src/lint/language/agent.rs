//! Human noun phrases of a sentence: names, roles, teams, vendors, pronouns, unnamed people.

use crate::lint::lexicon::{Classes, Form};
use crate::lint::names::Names;

use super::noun::{is_thing, phrase_start, speaks};
use super::role::role;
use super::unit::{bare_team_start, is_bare_team};
use super::{Kind, Sentence};

/// What sort of human a noun phrase names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AgentKind {
    Name,
    Handle,
    Role,
    Team,
    Vendor,
    /// Somebody, whoever, one of the volunteers.
    Indefinite,
    /// Nobody, no one, none of the team.
    Nobody,
    /// I, we.
    First,
    /// He, she, they.
    Third,
}

/// A set of [`AgentKind`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kinds(u16);

impl Kinds {
    pub(crate) const ALL: Self = Self(u16::MAX);
    pub(crate) const fn of(kinds: &[AgentKind]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < kinds.len() {
            bits |= 1 << kinds[i] as u16;
            i += 1;
        }
        Self(bits)
    }

    pub(crate) const fn has(self, kind: AgentKind) -> bool {
        self.0 & (1 << kind as u16) != 0
    }
}

/// A human noun phrase, tokens `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Agent {
    pub(crate) kind: AgentKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Followed by 's: "Gemma's", with the 's at `end`.
    pub(crate) possessive: bool,
}

/// Finds them from left to right.
pub(super) fn agents(sentence: &Sentence, names: &Names) -> Vec<Agent> {
    let mut found: Vec<Agent> = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        let floor = found.last().map_or(0, |agent| agent.end);
        match agent_from(sentence, names, at, floor) {
            Some((kind, start, end)) => {
                let possessive = sentence.word(end) == "'s" && !is_contracted_verb(sentence, end)
                    || sentence.is_one_of(end, &["'", "’"]);
                found.push(Agent { kind, start, end, possessive });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// "who's been", "she's not": the 's is a verb.
fn is_contracted_verb(sentence: &Sentence, at: usize) -> bool {
    sentence.has(at.saturating_sub(1), Classes::FIRST.or(Classes::THIRD).or(Classes::INDEFINITE))
        || sentence.tokens.get(at + 1).is_some_and(|next| {
            next.form.any(Form::GERUND) || next.classes.any(Classes::NEG) || next.classes.any(Classes::BE)
        })
}

fn agent_from(
    sentence: &Sentence,
    names: &Names,
    at: usize,
    floor: usize,
) -> Option<(AgentKind, usize, usize)> {
    let token = &sentence.tokens[at];
    match token.kind {
        Kind::Handle => return Some((AgentKind::Handle, at, at + 1)),
        Kind::Word => {}
        _ => return None,
    }
    let word = sentence.word(at);
    if is_name(sentence, names, at) {
        let mut end = at + 1;
        while end < sentence.tokens.len() && is_name(sentence, names, end) {
            end += 1;
        }
        if !is_thing(sentence, end) && !sentence.has(end, Classes::MACHINE_MODIFIER) {
            return Some((AgentKind::Name, at, end));
        }
        return None;
    }
    if let Some(found) = pronoun(sentence, at) {
        return Some(found);
    }
    if token.classes.any(Classes::ROLE)
        && let Some(found) = role(sentence, at, floor)
    {
        return Some(found);
    }
    if token.classes.any(Classes::TEAM) && !is_thing(sentence, at + 1) {
        let start = phrase_start(sentence, at, floor);
        // "the data centre shift" is people, "a shift of two hours" is not
        let needs_subject = sentence.is_one_of(
            at,
            &[
                "shift",
                "shifts",
                "group",
                "groups",
                "desk",
                "division",
                "bunch",
                "lot",
                "chapter",
                "gang",
                "guild",
                "tribe",
                "management",
                "departments",
                "rota",
            ],
        );
        if (!needs_subject
            || (start < at
                && !is_container(sentence, at)
                && (speaks(sentence, at + 1)
                    || sentence.word(at + 1) == "'s"
                    || sentence.is_one_of(start.saturating_sub(1), &["by", "with"])
                    || sentence.has(start, Classes::DET)
                        && sentence.is_one_of(start.saturating_sub(1), &["on", "to"])
                    || sentence.word(at + 1) == ",")))
            && !sentence.is_one_of(at + 1, &["of", "chat"])
        {
            let kind =
                if sentence.is_one_of(at, &["person", "guy"]) { AgentKind::Role } else { AgentKind::Team };
            let kind = if (start..at).any(|i| sentence.word(i) == "no") { AgentKind::Nobody } else { kind };
            return Some((kind, start, at + 1));
        }
    }
    if token.classes.any(Classes::VENDOR) && !is_thing(sentence, at + 1) {
        let start = phrase_start(sentence, at, floor);
        let known = start < at || token.form == Form::NONE;
        if known && !(start == at && token.capital) {
            return Some((AgentKind::Vendor, start, at + 1));
        }
    }
    let team_word = token.classes.any(Classes::UNIT) || names.is_team(word);
    if team_word && is_bare_team(sentence, at) {
        return Some((AgentKind::Team, bare_team_start(sentence, at, floor), at + 1));
    }
    None
}

/// A known name, or a capitalised given name that is no ordinary word.
fn is_name(sentence: &Sentence, names: &Names, at: usize) -> bool {
    let Some(token) = sentence.tokens.get(at).filter(|token| token.kind == Kind::Word) else {
        return false;
    };
    let word = token.span.of(&sentence.text);
    let of_owner = || {
        let stem = word.split(['\'', '’']).next().unwrap_or(word);
        word != stem && names.is_person(&stem.to_lowercase(), token.capital)
    };
    if names.is_person(sentence.word(at), token.capital) || word.ends_with('s') && of_owner() {
        return true;
    }
    token.capital && token.classes.any(Classes::GIVEN_NAME) && !is_thing(sentence, at + 1)
}

/// Units of data and time called like groups of people.
fn is_container(sentence: &Sentence, at: usize) -> bool {
    at > 0
        && sentence.is_one_of(
            at - 1,
            &[
                "resource",
                "security",
                "consumer",
                "node",
                "time",
                "auto-scaling",
                "autoscaling",
                "inventory",
                "placement",
            ],
        )
}

fn pronoun(sentence: &Sentence, at: usize) -> Option<(AgentKind, usize, usize)> {
    let word = sentence.word(at);
    let next = sentence.word(at + 1);
    let one = |kind| Some((kind, at, at + 1));
    match word {
        "i" if sentence.tokens[at].capital || at == sentence.lead => one(AgentKind::First),
        "we" => one(AgentKind::First),
        "me" | "us" | "ourselves" | "myself" => one(AgentKind::First),
        "he" | "she" => one(AgentKind::Third),
        "they" => one(AgentKind::Third),
        "him" | "himself" | "herself" => one(AgentKind::Third),
        "you" if sentence.section.is_some() => one(AgentKind::Third),
        "nobody" => one(AgentKind::Nobody),
        "no" | "not" if next == "one" && sentence.word(at + 2) != "of" => {
            Some((AgentKind::Nobody, at, at + 2))
        }
        "none"
            if next == "of"
                && (sentence.is_one_of(at + 2, &["us", "them"])
                    || (at + 2..at + 6).any(|i| sentence.has(i, Classes::ROLE.or(Classes::TEAM)))) =>
        {
            Some((AgentKind::Nobody, at, at + 3))
        }
        "somebody" | "someone" | "anybody" | "anyone" | "whoever" => {
            let mut end = at + 1;
            if sentence.is_one_of(end, &["in", "from", "at", "on", "over"]) {
                end += 1;
                while end < sentence.tokens.len().min(at + 6)
                    && !speaks(sentence, end)
                    && !sentence.has(end, Classes::CONJ)
                    && sentence.tokens[end].kind == Kind::Word
                {
                    end += 1;
                }
                if !speaks(sentence, end) {
                    end = at + 1;
                }
            }
            Some((AgentKind::Indefinite, at, end))
        }
        "everyone" | "everybody" => one(AgentKind::Indefinite),
        "one" if next == "of" => {
            let end = (at + 2..(at + 7).min(sentence.tokens.len())).find(|&i| {
                sentence.has(i, Classes::ROLE.or(Classes::TEAM)) || sentence.is_one_of(i, &["us", "them"])
            })?;
            (!is_thing(sentence, end + 1)).then_some((AgentKind::Indefinite, at, end + 1))
        }
        _ => None,
    }
}
