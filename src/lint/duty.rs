//! "Should have", "could have", "had X …": is it about what people did, or about what a machine does by specification?

use super::language::{Kind, Sentence};
use super::lexicon::{Classes, Form};

/// Acts that only people do, in the participle: an agentless "should have been approved" is about people.
const HUMAN_PARTICIPLES: &[&str] = &[
    "approved",
    "reviewed",
    "tested",
    "checked",
    "read",
    "asked",
    "told",
    "called",
    "escalated",
    "noticed",
    "caught",
    "spotted",
    "raised",
    "paged",
    "informed",
    "announced",
    "consulted",
    "verified",
    "done",
    "known",
    "questioned",
    "merged",
    "deployed",
    "rolled",
    "rotated",
    "documented",
    "communicated",
    "planned",
    "avoided",
    "prevented",
    "detected",
    "seen",
    "foreseen",
    "anticipated",
    "stopped",
    "discussed",
    "thought",
    "rehearsed",
    "monitored",
    "removed",
    "cleaned",
    "fixed",
    "addressed",
    "updated",
    "upgraded",
    "renewed",
    "load-tested",
    "tried",
    "considered",
    "flagged",
    "reported",
    "investigated",
    "followed",
    "left",
    "given",
    "added",
    "configured",
    "staged",
    "reverted",
    "measured",
    "validated",
    "corrected",
    "shared",
    "invited",
    "involved",
    "warned",
    "handed",
    "written",
    "replaced",
];

/// The noun phrase before the modal at `modal` is human, absent, or suffers a human act.
pub(super) fn is_human_duty(sentence: &Sentence, modal: usize) -> bool {
    let after = (modal..(modal + 8).min(sentence.tokens.len())).collect::<Vec<_>>();
    let have = after.iter().copied().find(|&i| sentence.word(i) == "have");
    let main = have.and_then(|have| {
        (have + 1..(have + 5).min(sentence.tokens.len()))
            .find(|&i| !sentence.has(i, Classes::ADV.or(Classes::NEG)) && sentence.word(i) != "been")
    });
    let passive = have.is_some_and(|have| (have + 1..have + 4).any(|i| sentence.word(i) == "been"));
    let human_act = main.is_some_and(|main| HUMAN_PARTICIPLES.contains(&sentence.word(main)));
    // "to have": after should|ought without a participle it is possession
    if main.is_some_and(|main| {
        !sentence.tokens[main].form.any(Form::PARTICIPLE) && !sentence.word(main).ends_with("ed") && !passive
    }) && have.is_some()
    {
        return false;
    }
    if main.is_some_and(|main| sentence.word(main) == "had") && subject(sentence, modal) != Subject::Human {
        return false;
    }
    if sentence.agents.iter().any(|agent| agent.start >= modal && agent.end <= modal + 3) && passive {
        return true;
    }
    match subject(sentence, modal) {
        Subject::Human | Subject::Absent => true,
        Subject::Thing => {
            passive && (human_act || sentence.is_one_of(modal.saturating_sub(1), &["this", "it", "that"]))
        }
    }
}

/// The same for could and would: machines may have done things, only people miss chances.
pub(super) fn is_human_possibility(sentence: &Sentence, start: usize, end: usize) -> bool {
    let modal = (start..end).find(|&i| sentence.is_one_of(i, &["could", "would", "might"])).unwrap_or(start);
    let denied = (modal..modal + 4).any(|i| sentence.word(i) == "not")
        && !sentence.any_word(&["happened", "occurred", "been", "careless"]);
    if denied {
        return false; // "could not have seen it" excuses
    }
    if sentence.agent_over(start).is_some() {
        return !sentence.has_condition_of_machine(start);
    }
    match subject(sentence, modal) {
        Subject::Human => true,
        Subject::Absent => true,
        Subject::Thing => {
            let passive = (modal..(modal + 6).min(sentence.tokens.len())).any(|i| sentence.word(i) == "been");
            let pronoun = sentence.is_one_of(
                modal.saturating_sub(1),
                &["this", "it", "that", "which", "there", "incident", "outage", "lot"],
            );
            let deed = subject_is_deed(sentence, modal);
            let machine = subject_is_machine(sentence, modal);
            let outcome = (start..end + 3).any(|i| {
                sentence.is_one_of(
                    i,
                    &[
                        "avoided",
                        "prevented",
                        "averted",
                        "caught",
                        "noticed",
                        "spotted",
                        "easy",
                        "trivial",
                        "enough",
                        "five-minute",
                        "two-line",
                        "ended",
                        "shortened",
                        "known",
                        "foreseen",
                    ],
                )
            });
            (deed || !machine)
                && (deed || pronoun || passive && outcome)
                && !sentence.any_word(&["alarm", "alert"])
                || passive
                    && outcome
                    && sentence
                        .agents
                        .iter()
                        .any(|agent| agent.start > modal && sentence.word(agent.start - 1) == "by")
        }
    }
}

/// "Had the shift lead waited" against "had the pump stopped".
pub(super) fn is_human_condition(sentence: &Sentence, start: usize, end: usize) -> bool {
    let had =
        (start..end).find(|&i| sentence.is_one_of(i, &["had", "if", "wish", "unless"])).unwrap_or(start);
    if sentence.agents.iter().any(|agent| agent.start > had && agent.start <= had + 2 && !agent.possessive) {
        return !matches!(sentence.word(had + 1), "it");
    }
    let human_act = (had..(had + 12).min(sentence.tokens.len())).any(|i| {
        HUMAN_PARTICIPLES.contains(&sentence.word(i))
            && (i.saturating_sub(3)..i).any(|j| sentence.word(j) == "been")
    });
    let machine = (had + 1..(had + 5).min(sentence.tokens.len())).any(|i| sentence.has(i, Classes::MACHINE));
    let only = sentence.word(had + 1) == "only" || sentence.word(had) == "wish";
    (human_act || only)
        && (!machine
            || human_act && sentence.any_word(&["announced", "reviewed", "tested", "checked", "read"]))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Human,
    Absent,
    Thing,
}

/// What stands before a modal verb in its clause.
fn subject(sentence: &Sentence, modal: usize) -> Subject {
    let mut at = modal;
    let mut steps = 0;
    while at > 0 && steps < 12 {
        let before = at - 1;
        let word = sentence.word(before);
        if let Some(agent) = sentence.agent_over(before)
            && !agent.possessive
        {
            return Subject::Human;
        }
        let boundary = matches!(word, ";" | ":" | "," | "." | "?" | "!" | "-" | "–" | "—")
            || sentence.has(before, Classes::CONJ)
            || sentence.is_one_of(before, &["because", "that", "if", "when", "since"]);
        if boundary || at <= sentence.lead && sentence.lead > 0 {
            if steps == 0 && sentence.has(before, Classes::CONJ) {
                at = before; // "and should have": the subject stands further left
                steps += 1;
                continue;
            }
            break;
        }
        at = before;
        steps += 1;
    }
    let words = modal - at.min(modal);
    if words == 0
        || (at == 0 || at == sentence.lead) && modal == at
        || sentence.tokens[at..modal].iter().all(|token| {
            token.kind == Kind::Number || token.kind == Kind::Mark || token.classes.any(Classes::ZONE)
        })
    {
        Subject::Absent
    } else {
        Subject::Thing
    }
}

/// "A phone call", "one more test": things people do.
fn subject_is_deed(sentence: &Sentence, modal: usize) -> bool {
    (modal.saturating_sub(9)..modal).any(|i| {
        sentence.is_one_of(
            i,
            &[
                "look",
                "glance",
                "call",
                "phone",
                "word",
                "question",
                "search",
                "check",
                "test",
                "review",
                "eyes",
                "second",
                "minute",
                "minutes",
                "seconds",
                "dollars",
                "drill",
                "glances",
                "opening",
                "comparison",
                "attention",
                "care",
                "thought",
                "mail",
                "rehearsal",
                "rollback",
                "communication",
                "training",
                "approach",
                "grep",
                "conversation",
                "heads-up",
                "reading",
                "asking",
                "checking",
                "looking",
            ],
        )
    })
}

fn subject_is_machine(sentence: &Sentence, modal: usize) -> bool {
    (modal.saturating_sub(6)..modal).any(|i| {
        sentence.has(i, Classes::MACHINE)
            && !sentence.is_one_of(
                i,
                &["check", "test", "change", "page", "query", "message", "mail", "update", "index"],
            )
    })
}

impl Sentence {
    fn has_condition_of_machine(&self, start: usize) -> bool {
        self.agent_over(start).is_some()
            && self.condition_after(start + 1)
            && !self.any_word(&["easily", "easy"])
            && self.any_word(&["but", "since", "because", "as"])
    }
}
