//! Human noun phrases of a sentence: names, roles, teams, vendors, pronouns, unnamed people.

use crate::lint::lexicon::{Classes, Form};
use crate::lint::names::Names;

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

fn agent_from(sentence: &Sentence, names: &Names, at: usize, floor: usize) -> Option<(AgentKind, usize, usize)> {
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
    if token.classes.any(Classes::ROLE) {
        if let Some(found) = role(sentence, at, floor) {
            return Some(found);
        }
    }
    if token.classes.any(Classes::TEAM) && !is_thing(sentence, at + 1) {
        let start = phrase_start(sentence, at, floor);
        // "the data centre shift" is people, "a shift of two hours" is not
        let needs_subject = sentence.is_one_of(at, &["shift", "shifts", "group", "groups", "desk", "division", "bunch", "lot", "chapter", "gang", "guild", "tribe", "management", "departments", "rota"]);
        if (!needs_subject || (start < at && !is_container(sentence, at) && (speaks(sentence, at + 1) || sentence.word(at + 1) == "'s" || sentence.is_one_of(start.saturating_sub(1), &["by", "with", "on", "to"]) || sentence.word(at + 1) == ",")))
            && !sentence.is_one_of(at + 1, &["of", "chat"])
        {
            let kind = if sentence.is_one_of(at, &["person", "guy"]) { AgentKind::Role } else { AgentKind::Team };
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
    let stem = word.split(['\'', '’']).next().unwrap_or(word);
    if names.is_person(sentence.word(at), token.capital) || names.is_person(&stem.to_lowercase(), token.capital) && word != stem && word.ends_with('s') {
        return true;
    }
    token.capital && token.classes.any(Classes::GIVEN_NAME) && !is_thing(sentence, at + 1)
}

fn is_thing(sentence: &Sentence, at: usize) -> bool {
    sentence.has(at, Classes::THING_AFTER) && !sentence.has(at, Classes::ROLE)
        || (sentence.has(at, Classes::MACHINE)
            && !sentence.has(at, Classes::VERB)
            && !sentence.has(at, Classes::ROLE.or(Classes::TEAM).or(Classes::UNIT)))
}

/// Units of data and time called like groups of people.
fn is_container(sentence: &Sentence, at: usize) -> bool {
    at > 0 && sentence.is_one_of(at - 1, &["resource", "security", "consumer", "node", "time", "auto-scaling", "autoscaling", "inventory", "placement"])
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
        "you" if sentence.section != crate::lint::section::SectionKind::Other => one(AgentKind::Third),
        "nobody" => one(AgentKind::Nobody),
        "no" | "not" if next == "one" && sentence.word(at + 2) != "of" => Some((AgentKind::Nobody, at, at + 2)),
        "none" if next == "of" && sentence.is_one_of(at + 2, &["us", "them", "the"]) => Some((AgentKind::Nobody, at, at + 3)),
        "somebody" | "someone" | "anybody" | "anyone" | "whoever" => {
            let mut end = at + 1;
            if sentence.is_one_of(end, &["in", "from", "at", "on", "over"]) {
                end += 1;
                while end < sentence.tokens.len().min(at + 6) && !speaks(sentence, end) && !sentence.has(end, Classes::CONJ) && sentence.tokens[end].kind == Kind::Word {
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
            let end = (at + 2..(at + 7).min(sentence.tokens.len()))
                .find(|&i| sentence.has(i, Classes::ROLE.or(Classes::TEAM)) || sentence.is_one_of(i, &["us", "them"]))?;
            (!is_thing(sentence, end + 1)).then_some((AgentKind::Indefinite, at, end + 1))
        }
        _ => None,
    }
}

/// A role, unless the words around it make it a machine.
fn role(sentence: &Sentence, at: usize, floor: usize) -> Option<(AgentKind, usize, usize)> {
    let word = sentence.word(at);
    let mut end = at;
    while sentence.has(end + 1, Classes::ROLE) && end < at + 2 {
        end += 1;
    }
    if sentence.has(end + 1, Classes::TEAM) && !sentence.has(end + 1, Classes::VERB) && !sentence.is_one_of(end + 1, &["shift", "shifts"]) {
        return Some((AgentKind::Team, phrase_start(sentence, at, floor), end + 2));
    }
    if is_thing(sentence, end + 1) {
        return None;
    }
    let start = phrase_start(sentence, at, floor);
    let before = at.checked_sub(1);
    let is_machine = before.is_some_and(|i| {
        i >= start.min(i) && (sentence.has(i, Classes::MACHINE_MODIFIER) || sentence.tokens[i].kind == Kind::Code || product_like(sentence, i, start))
    });
    let human_sign = before.is_some_and(|i| i >= start && sentence.has(i, Classes::HUMAN_MODIFIER))
        || sentence.is_one_of(end + 1, &["on", "in", "who", "at"]) && sentence.is_one_of(end + 2, &["duty", "call", "shift", "site", "charge", "the", "rotation"])
        || sentence.word(end + 1) == "who";
    match word {
        "operator" | "operators" if is_machine && !human_sign => return None,
        "controller" | "controllers" | "planner" | "planners" | "dispatcher" | "dispatchers" | "agent" | "agents" | "driver" | "drivers"
        | "editor" | "coordinator" | "supervisor" | "owner" | "owners" | "editors" | "tester" | "inspector" | "guard" | "guards" | "captain"
        | "holder" | "holders" | "worker" | "workers" | "player" | "keeper" | "conductor" | "referee" | "head" | "chief" | "lead" | "leads" | "manager" | "managers" | "leader" | "leaders" | "individual"
        | "individuals" | "human" | "humans" | "junior" | "juniors" | "expert" | "teller" | "assistant" | "commander" | "buyer" | "buyers"
        | "seller" | "attendant" | "pilot" | "pilots" | "helper" | "helpers" | "installer" | "person" | "designer" => {
            let machine_default = matches!(
                word,
                "controller" | "controllers" | "planner" | "agent" | "agents" | "driver" | "drivers" | "editor"
                    | "coordinator" | "supervisor" | "dispatcher" | "leader" | "leaders" | "holder" | "guard" | "guards" | "manager" | "installer"
                    | "helper" | "helpers" | "worker" | "workers" | "player" | "keeper" | "conductor" | "inspector" | "pilot" | "planners" | "owner" | "designer" | "assistant" | "head"
            );
            let plural_people = matches!(word, "planners" | "drivers" | "agents" | "guards" | "dispatchers" | "controllers");
            let acts = human_verb_follows(sentence, end + 1);
            if is_machine && !human_sign {
                return None;
            }
            if machine_default && !human_sign && !acts {
                let qualified = start + 1 < at && !matches!(word, "controller" | "agent" | "agents" | "driver" | "drivers" | "head" | "leader" | "controllers" | "planner");
                if !(qualified || plural_people && start < at) {
                    return None;
                }
            }
            if matches!(word, "human" | "humans" | "junior" | "individual" | "head" | "lead") && !(acts || speaks(sentence, end + 1) || sentence.word(end + 1) == "'s") && start == at {
                return None;
            }
        }
        "author" | "authors" | "student" | "students" | "clerk" if is_machine => return None,
        "experts" if sentence.tokens.get(end + 1).is_some_and(|next| next.kind == Kind::Word && next.classes == Classes::NONE) => return None,
        _ => {}
    }
    if word == "head" && sentence.word(at + 1) == "of" {
        return Some((AgentKind::Role, start, (at + 3).min(sentence.tokens.len())));
    }
    // "no engineer was", "none of the engineers"
    let kind = if (start..at).any(|i| sentence.is_one_of(i, &["no", "neither"])) {
        AgentKind::Nobody
    } else if (start..at).any(|i| sentence.is_one_of(i, &["some", "any"])) {
        AgentKind::Indefinite
    } else {
        AgentKind::Role
    };
    Some((kind, start, end + 1))
}

/// A capitalised unknown word such as a product name.
fn product_like(sentence: &Sentence, at: usize, start: usize) -> bool {
    let token = &sentence.tokens[at];
    at >= start && at > sentence.lead && token.capital && token.kind == Kind::Word && token.classes == Classes::NONE
}

/// A verb that only people do follows: forget is not enough, an agent can forget its lease.
fn human_verb_follows(sentence: &Sentence, from: usize) -> bool {
    const PHYSICAL: &[&str] = &[
        "pressed", "presses", "clicked", "clicks", "entered", "enters", "typed", "types", "opened", "opens", "walked", "said", "says", "told", "tells", "asked", "asks",
        "thought", "thinks", "knew", "knows", "assumed", "assumes", "believed", "ignored", "neglected", "panicked", "panics", "pulled", "pulls", "plugged", "unplugged", "signed", "signs",
        "wrote", "promised", "decided", "decides", "chose", "hit", "hits", "left", "leaves", "misread", "was", "phoned", "forgot", "overlooked", "approved", "approves", "called", "calls", "lost",
        "ordered", "insisted", "refused", "scanned", "swapped", "insists", "refuses", "kept", "did", "does", "should", "waved", "silenced", "skipped",
    ];
    let verb = (from..from + 3).find(|&i| PHYSICAL.contains(&sentence.word(i)));
    let Some(verb) = verb else { return false };
    if sentence.is_one_of(verb, &["forgot", "ignored", "left", "lost", "hit", "was", "kept", "opened", "entered", "assumed", "skipped", "did", "does", "should", "swapped", "called", "calls", "refused", "refuses", "wrote", "opens", "enters", "leaves"]) {
        // ambiguous verbs need a human object or complement
        let after = verb + 1;
        return sentence.is_one_of(after, &["to"]) && !sentence.is_one_of(after + 1, &["start", "free", "reconcile", "connect", "release"])
            && sentence.word(verb) == "forgot"
            || sentence.is_one_of(after, &["careless", "negligent", "tired", "told", "meant", "supposed", "asked", "trained"]);
    }
    true
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
    token.form.any(Form::PAST.or(Form::THIRD)) || (token.form.any(Form::BASE) && !token.classes.any(Classes::MACHINE))
        || (token.classes == Classes::NONE && sentence.word(at).ends_with("ed"))
}

/// First token of the noun phrase whose head is `head`.
fn phrase_start(sentence: &Sentence, head: usize, floor: usize) -> usize {
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
        let closed = before.classes.any(Classes::PREP.or(Classes::CONJ).or(Classes::SUB).or(Classes::AUX).or(Classes::NEG).or(Classes::FIRST).or(Classes::THIRD));
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

/// "Networking never bothered", "because Sales promised": a unit's name as a subject or possessor, without article.
fn is_bare_team(sentence: &Sentence, at: usize) -> bool {
    let next = at + 1;
    if is_thing(sentence, next) {
        return false;
    }
    let opens = at == sentence.lead
        || at == 0
        || sentence.tokens[at - 1].kind == Kind::Mark
        || sentence.has(at - 1, Classes::CONJ.or(Classes::SUB))
        || sentence.is_one_of(at - 1, &["by", "how", "all", "our", "the", "your"]);
    let capital_inside = sentence.tokens[at].capital;
    if !(opens || capital_inside) {
        return false;
    }
    let word = sentence.word(at);
    let safe = matches!(word, "ops" | "devops" | "sre" | "qa" | "hr" | "dba" | "dbas" | "it" | "infra" | "dev" | "secops" | "netops" | "dataops" | "helpdesk" | "leadership" | "management" | "staff" | "personnel");
    if word == "it" {
        return sentence.text.get(sentence.tokens[at].span.range()).is_some_and(|w| w == "IT") && (speaks(sentence, next) || sentence.word(next) == "'s");
    }
    if sentence.word(next) == "'s" {
        return (safe || sentence.tokens[at].capital) && !sentence.is_one_of(at, &["platform", "product", "storage", "infrastructure", "security", "mobile", "frontend", "backend"]);
    }
    if at > 0 && sentence.word(at - 1) == "by" {
        return safe || sentence.tokens[at].capital;
    }
    // machines bear unit names too: "storage failed", "backend returned"
    let thing_verb = sentence.tokens.get(next).is_some_and(|token| token.classes.any(Classes::BE)) && !safe;
    speaks(sentence, next) && !thing_verb && (!sentence.has(next, Classes::PREP))
        || sentence.is_one_of(next, &["to"]) && sentence.section == crate::lint::section::SectionKind::Actions
        || next == sentence.tokens.len()
        || sentence.is_one_of(next, &["'", ",", ":"]) && safe
}

fn bare_team_start(sentence: &Sentence, at: usize, floor: usize) -> usize {
    let mut start = at;
    while start > floor && start > 0 && sentence.tokens[start - 1].kind == Kind::Word && (sentence.tokens[start - 1].capital || sentence.has(start - 1, Classes::DET)) && !sentence.has(start - 1, Classes::SUB.or(Classes::CONJ).or(Classes::PREP)) {
        start -= 1;
    }
    start
}
