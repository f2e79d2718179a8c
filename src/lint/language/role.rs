//! Roles: "the operator" is a person, "the Postgres operator" a machine; the words around decide.

use crate::lint::lexicon::Classes;

use super::agent::AgentKind;
use super::noun::{is_thing, phrase_start, speaks};
use super::{Kind, Sentence};

/// A role, unless the words around it make it a machine.
pub(super) fn role(sentence: &Sentence, at: usize, floor: usize) -> Option<(AgentKind, usize, usize)> {
    let word = sentence.word(at);
    let mut end = at;
    while sentence.has(end + 1, Classes::ROLE) && end < at + 2 {
        end += 1;
    }
    if sentence.has(end + 1, Classes::TEAM)
        && !sentence.has(end + 1, Classes::VERB)
        && !sentence.is_one_of(end + 1, &["shift", "shifts"])
    {
        return Some((AgentKind::Team, phrase_start(sentence, at, floor), end + 2));
    }
    if is_thing(sentence, end + 1) {
        return None;
    }
    let start = phrase_start(sentence, at, floor);
    let before = at.checked_sub(1);
    let is_machine = before.is_some_and(|i| {
        i >= start.min(i)
            && (sentence.has(i, Classes::MACHINE_MODIFIER)
                || sentence.tokens[i].kind == Kind::Code
                || product_like(sentence, i, start))
    });
    let human_sign = before.is_some_and(|i| i >= start && sentence.has(i, Classes::HUMAN_MODIFIER))
        || sentence.is_one_of(end + 1, &["on", "in", "who", "at"])
            && sentence.is_one_of(end + 2, &["duty", "call", "shift", "site", "charge", "the", "rotation"])
        || sentence.word(end + 1) == "who";
    match word {
        "operator" | "operators" if is_machine && !human_sign => return None,
        "controller" | "controllers" | "planner" | "planners" | "dispatcher" | "dispatchers" | "agent"
        | "agents" | "driver" | "drivers" | "editor" | "coordinator" | "supervisor" | "owner" | "owners"
        | "editors" | "tester" | "inspector" | "guard" | "guards" | "captain" | "holder" | "holders"
        | "worker" | "workers" | "player" | "keeper" | "conductor" | "referee" | "head" | "chief"
        | "lead" | "leads" | "manager" | "managers" | "leader" | "leaders" | "individual" | "individuals"
        | "human" | "humans" | "junior" | "juniors" | "expert" | "teller" | "assistant" | "commander"
        | "buyer" | "buyers" | "seller" | "attendant" | "pilot" | "pilots" | "helper" | "helpers"
        | "installer" | "person" | "designer" => {
            let machine_default = matches!(
                word,
                "controller"
                    | "controllers"
                    | "planner"
                    | "agent"
                    | "agents"
                    | "driver"
                    | "drivers"
                    | "editor"
                    | "coordinator"
                    | "supervisor"
                    | "dispatcher"
                    | "leader"
                    | "leaders"
                    | "holder"
                    | "guard"
                    | "guards"
                    | "manager"
                    | "installer"
                    | "helper"
                    | "helpers"
                    | "worker"
                    | "workers"
                    | "player"
                    | "keeper"
                    | "conductor"
                    | "inspector"
                    | "pilot"
                    | "planners"
                    | "owner"
                    | "designer"
                    | "assistant"
                    | "head"
            );
            let plural_people =
                matches!(word, "planners" | "drivers" | "agents" | "guards" | "dispatchers" | "controllers");
            let acts = human_verb_follows(sentence, end + 1);
            if is_machine && !human_sign {
                return None;
            }
            if machine_default && !human_sign && !acts {
                let qualified = start + 1 < at
                    && !matches!(
                        word,
                        "controller"
                            | "agent"
                            | "agents"
                            | "driver"
                            | "drivers"
                            | "head"
                            | "leader"
                            | "controllers"
                            | "planner"
                    );
                if !(qualified || plural_people && start < at) {
                    return None;
                }
            }
            if matches!(word, "human" | "humans" | "junior" | "individual" | "head" | "lead")
                && !(acts || speaks(sentence, end + 1) || sentence.word(end + 1) == "'s")
                && start == at
            {
                return None;
            }
        }
        "author" | "authors" | "student" | "students" | "clerk" if is_machine => return None,
        "experts"
            if sentence
                .tokens
                .get(end + 1)
                .is_some_and(|next| next.kind == Kind::Word && next.classes == Classes::NONE) =>
        {
            return None;
        }
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
    at >= start
        && at > sentence.lead
        && token.capital
        && token.kind == Kind::Word
        && token.classes == Classes::NONE
}

/// A verb that only people do follows: forget is not enough, an agent can forget its lease.
fn human_verb_follows(sentence: &Sentence, from: usize) -> bool {
    const PHYSICAL: &[&str] = &[
        "pressed",
        "presses",
        "clicked",
        "clicks",
        "entered",
        "enters",
        "typed",
        "types",
        "opened",
        "opens",
        "walked",
        "said",
        "says",
        "told",
        "tells",
        "asked",
        "asks",
        "thought",
        "thinks",
        "knew",
        "knows",
        "assumed",
        "assumes",
        "believed",
        "ignored",
        "neglected",
        "panicked",
        "panics",
        "pulled",
        "pulls",
        "plugged",
        "unplugged",
        "signed",
        "signs",
        "wrote",
        "promised",
        "decided",
        "decides",
        "chose",
        "hit",
        "hits",
        "left",
        "leaves",
        "misread",
        "was",
        "phoned",
        "forgot",
        "overlooked",
        "approved",
        "approves",
        "called",
        "calls",
        "lost",
        "ordered",
        "insisted",
        "refused",
        "scanned",
        "swapped",
        "insists",
        "refuses",
        "kept",
        "did",
        "does",
        "should",
        "waved",
        "silenced",
        "skipped",
    ];
    let verb = (from..from + 3).find(|&i| PHYSICAL.contains(&sentence.word(i)));
    let Some(verb) = verb else { return false };
    if sentence.is_one_of(
        verb,
        &[
            "forgot", "ignored", "left", "lost", "hit", "was", "kept", "opened", "entered", "assumed",
            "skipped", "did", "does", "should", "swapped", "called", "calls", "refused", "refuses", "wrote",
            "opens", "enters", "leaves",
        ],
    ) {
        // ambiguous verbs need a human object or complement
        let after = verb + 1;
        return sentence.is_one_of(after, &["to"])
            && !sentence.is_one_of(after + 1, &["start", "free", "reconcile", "connect", "release"])
            && sentence.word(verb) == "forgot"
            || sentence.is_one_of(
                after,
                &["careless", "negligent", "tired", "told", "meant", "supposed", "asked", "trained"],
            );
    }
    true
}
