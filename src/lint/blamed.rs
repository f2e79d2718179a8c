//! Is a judging word said of people and their acts, or of code, hardware and text?

use super::language::{AgentKind, Kind, Sentence};
use super::lexicon::{Classes, Form};

/// Acts and works of people: a careless one is a judgement of somebody.
const ACTS: &[&str] = &[
    "upgrade",
    "decision",
    "decisions",
    "choice",
    "move",
    "step",
    "mistake",
    "mistakes",
    "error",
    "errors",
    "act",
    "action",
    "restart",
    "reboot",
    "deploy",
    "deployment",
    "rollout",
    "release",
    "merge",
    "change",
    "changes",
    "commit",
    "edit",
    "keystroke",
    "click",
    "command",
    "hotfix",
    "fix",
    "patch",
    "migration",
    "cleanup",
    "review",
    "reviews",
    "handover",
    "test",
    "testing",
    "planning",
    "plan",
    "work",
    "job",
    "engineering",
    "coding",
    "design",
    "idea",
    "approach",
    "attitude",
    "behaviour",
    "behavior",
    "response",
    "reaction",
    "handling",
    "management",
    "leadership",
    "communication",
    "oversight",
    "shortcut",
    "way",
    "code",
    "script",
    "parser",
    "workmanship",
    "practice",
    "habit",
    "failover",
    "rollback",
    "operation",
    "procedure",
    "maintenance",
    "wiring",
    "install",
    "installation",
    "setup",
    "configuration",
    "config",
    "entry",
    "thing",
    "trick",
    "guess",
    "attempt",
    "assumption",
    "timing",
    "excuse",
    "answer",
    "update",
    "updates",
    "documentation",
    "delay",
    "slip",
    "lapse",
    "omission",
    "use",
    "settings",
    "sheet",
    "rm",
    "hashing",
    "fallback",
    "disregard",
    "treatment",
    "tone",
];

/// A person near the word, an act of people after it, or nothing but the judgement itself.
pub(super) fn is_about_people(sentence: &Sentence, start: usize, end: usize) -> bool {
    if sentence.is_mention() || sentence.section == Some(super::section::SectionKind::WentWell) {
        return false;
    }
    let near = sentence
        .agents
        .iter()
        .any(|agent| agent.kind != AgentKind::Nobody && agent.start < end + 7 && agent.end + 8 > start);
    let act = (end.saturating_sub(1)..(end + 3).min(sentence.tokens.len()))
        .any(|i| ACTS.contains(&sentence.word(i)))
        || (start.saturating_sub(9)..start)
            .any(|i| ACTS.contains(&sentence.word(i)) && !sentence.has(i, Classes::ZONE))
        || sentence.tokens[end.saturating_sub(1).min(sentence.tokens.len() - 1)..]
            .iter()
            .take(3)
            .any(|token| token.kind == Kind::Code);
    let noun_of_fault = (start..end).any(|i| {
        sentence.is_one_of(
            i,
            &[
                "carelessness",
                "negligence",
                "recklessness",
                "incompetence",
                "laziness",
                "sloppiness",
                "stupidity",
                "arrogance",
                "complacency",
                "negligent",
                "amateurish",
                "unprofessional",
                "joke",
                "disgrace",
                "embarrassment",
                "shambles",
                "hour",
                "defies",
                "kindergarten",
                "circus",
                "museum",
                "century",
                "masterclass",
                "idiot",
                "idiots",
                "cowboys",
                "clowns",
                "fools",
                "thought",
                "genius",
                "amateurs",
                "farce",
                "fools",
                "clueless",
                "cluelessness",
                "shame",
                "slapdash",
            ],
        )
    }) && end > start;
    let multi_word = end - start > 2;
    let short = sentence.tokens.len() - sentence.lead.min(sentence.tokens.len()) <= 5;
    let gerund_subject = sentence.tokens.get(sentence.lead).is_some_and(|token| token.form.any(Form::GERUND))
        && sentence.lead < start;
    let thing_follows = sentence
        .tokens
        .get(end)
        .is_some_and(|token| token.classes.any(Classes::MACHINE) && !ACTS.contains(&sentence.word(end)));
    let machine_subject = !near && thing_subject(sentence, start) && !noun_of_fault;
    // "lax input validation", whoever stands near; "Slack" is a product
    let describes_thing = end - start == 1
        && sentence.agent_over(end).is_none()
        && !ACTS.contains(&sentence.word(end))
        && (sentence.has(end, Classes::MACHINE)
            || sentence.has(end + 1, Classes::MACHINE)
                && sentence.tokens.get(end).is_some_and(|token| {
                    token.classes == Classes::NONE || token.classes.any(Classes::FAULT_NOUN)
                })
                && !ACTS.contains(&sentence.word(end + 1)));
    let named = end - start == 1 && sentence.tokens[start].capital && start > sentence.lead;
    if thing_follows && !near && !multi_word || machine_subject || describes_thing || named {
        return false;
    }
    near || act || noun_of_fault || short || gerund_subject || multi_word
}

/// "The parser was useless": the subject of the sentence is a machine with its own verb.
fn thing_subject(sentence: &Sentence, start: usize) -> bool {
    let finite = |i: usize| {
        sentence.has(i, Classes::BE)
            || sentence.tokens[i].form.any(Form::PAST.or(Form::THIRD)) && !sentence.has(i, Classes::MACHINE)
    };
    let Some(verb) = (sentence.lead..start).find(|&i| finite(i)) else { return false };
    verb > sentence.lead
        && sentence.has(verb - 1, Classes::MACHINE)
        && !ACTS.contains(&sentence.word(verb - 1))
}

/// A word for people near a place, also inside a phrase that is no subject.
pub(super) fn has_human_word(sentence: &Sentence, start: usize, end: usize) -> bool {
    (start.saturating_sub(8)..(end + 6).min(sentence.tokens.len())).any(|i| {
        sentence.has(i, Classes::ROLE.or(Classes::TEAM))
            || sentence.is_one_of(
                i,
                &[
                    "responsible",
                    "culprit",
                    "involved",
                    "guilty",
                    "hr",
                    "gang",
                    "his",
                    "her",
                    "firm",
                    "company",
                    "contractors",
                    "offenders",
                    "those",
                    "who",
                ],
            )
    })
}
