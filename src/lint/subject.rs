//! Who is the subject of a faulted verb: the question behind most rules of blame.

use crate::domain::Severity;

use super::language::{AgentKind, Clause, Kinds, Sentence};
use super::lexicon::{Classes, Form};
use super::section::{SectionKind, Sections};
use super::signs::signs;

/// What makes a clause read as fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// The verb itself harms.
    Harm,
    /// The verb is one of leaving out.
    Omission,
    /// Something was not done.
    NotDone,
    /// An ordinary act, told with a word of fault or as the cause.
    Act,
    /// By accident.
    Inadvertence,
}

/// Sections in which a bare act of a person reads as the cause.
const TELLING: Sections =
    Sections::of(&[SectionKind::RootCause, SectionKind::ContributingFactors, SectionKind::ExecutiveSummary]);
/// Sections that describe plans, praise and measured effects.
const NEUTRAL: Sections = Sections::of(&[
    SectionKind::WentWell,
    SectionKind::Actions,
    SectionKind::Participants,
    SectionKind::Similar,
    SectionKind::Evidence,
]);

/// Verbs of harm that are also ordinary work: they need a word of fault outside a cause section.
const WORK: &[&str] = &[
    "swap",
    "wipe",
    "kill",
    "erase",
    "unplug",
    "trigger",
    "nuke",
    "stop",
    "flood",
    "overwrite",
    "lose",
    "truncate",
    "trash",
    "miss",
    "starve",
    "expose",
    "mark",
    "break",
    "crash",
    "destroy",
    "cause",
];
/// Verbs of attitude that are also ordinary thinking.
const THINKING: &[&str] = &[
    "decide", "choose", "assume", "presume", "trust", "prefer", "guess", "jump", "deny", "admit", "insist",
    "struggle", "sleep", "freeze",
];
/// Verbs of finding out: what was found may be bad, to find it is the opposite of fault.
const FINDING: &[&str] = &[
    "notice",
    "observe",
    "find",
    "learn",
    "discover",
    "identify",
    "determine",
    "confirm",
    "report",
    "detect",
    "spot",
    "see",
];
/// States that a negation does not turn into an omission.
const STATES: &[&str] = &[
    "have", "be", "need", "want", "like", "lose", "happen", "use", "own", "find", "see", "change", "affect",
    "expect", "cause", "break", "seem", "appear", "exist", "own", "include", "work",
];

/// The first clause whose subject is of these kinds and carries fault.
pub(crate) fn faulted(sentence: &Sentence, kinds: Kinds) -> Option<(Clause, Ground)> {
    sentence
        .clauses()
        .iter()
        .filter(|clause| kinds.has(clause.kind))
        .find_map(|clause| ground(sentence, clause).map(|ground| (*clause, ground)))
}

/// Why a clause reads as fault, if it does.
pub(crate) fn ground(sentence: &Sentence, clause: &Clause) -> Option<Ground> {
    if clause.passive
        || clause.future
        || clause.modal
        || NEUTRAL.has(sentence.section)
        || is_conditional(sentence, clause)
    {
        return None;
    }
    if sentence.is_mention() || is_adversary(sentence, clause) {
        return None;
    }
    let verb = &sentence.tokens[clause.verb];
    let lemma = base_of(sentence, clause.verb);
    let told = TELLING.has(sentence.section);
    let signs = signs(sentence, clause);
    let excused = sentence.condition_after(clause.verb) || told_before(sentence, clause);
    let first = clause.kind == AgentKind::First;
    let vague_they =
        sentence.word(sentence.agents[clause.agent].start) == "they" && sentence.agents.len() == 1;
    // "they" may be things when no people are named
    if vague_they
        && signs == 0
        && (verb.classes.any(Classes::CHANGE) || matches!(lemma, "fail" | "miss" | "lose"))
    {
        return None;
    }
    if clause.negated {
        return not_done(sentence, clause, lemma, excused);
    }
    if has_adverb(sentence, clause, Classes::INADVERTENCE) && verb.classes.any(Classes::VERB) {
        return Some(Ground::Inadvertence);
    }
    if is_harmless_idiom(sentence, clause, lemma) {
        return None;
    }
    if verb.classes.any(Classes::OMIT) && !(lemma == "miss" && !told && signs == 0) {
        let excuse = excused && signs == 0;
        return (!excuse).then_some(Ground::Omission);
    }
    if verb.classes.any(Classes::HARM) || brings_down(sentence, clause, lemma) {
        let ordinary =
            WORK.contains(&lemma) && (sentence.section == Some(SectionKind::Timeline) || first && !told);
        let excuse = (excused || ordinary && !brings_down(sentence, clause, lemma)) && signs == 0;
        return (!excuse && !vague_they).then_some(Ground::Harm);
    }
    if verb.classes.any(Classes::ATTITUDE) && !THINKING.contains(&lemma) {
        return (!excused || signs > 0).then_some(Ground::Act);
    }
    let vendor_trick =
        clause.kind == AgentKind::Vendor && told && signs >= 1 && verb.classes.any(Classes::CHANGE);
    if vendor_trick && !excused {
        return Some(Ground::Act);
    }
    if FINDING.contains(&lemma) && signs < 3 {
        return None;
    }
    if signs >= 2 {
        return (!excused || signs > 2).then_some(Ground::Act);
    }
    let act = verb.classes.any(Classes::CHANGE) || THINKING.contains(&lemma);
    let person = matches!(
        clause.kind,
        AgentKind::Name | AgentKind::Handle | AgentKind::Role | AgentKind::Team | AgentKind::Indefinite
    );
    let pronoun = clause.kind == AgentKind::Third
        && !sentence.is_one_of(sentence.agents[clause.agent].start, &["they", "you"]);
    let present = verb.form.any(Form::THIRD.or(Form::BASE)) && !verb.form.any(Form::PAST);
    let state = signs == 0
        && match lemma {
            "have" | "get" | "use" => true,
            "do" | "make" | "keep" | "run" | "let" => present,
            // opening an incident is the answer to a failure
            // looking at things and giving figures answer a failure too
            "go" => {
                sentence.is_one_of(clause.verb + 1, &["through", "over"])
                    || sentence.any_word(&[
                        "runbook",
                        "runbooks",
                        "dashboard",
                        "dashboards",
                        "logs",
                        "history",
                    ])
            }
            "give" => sentence.any_word(&[
                "estimate",
                "figure",
                "figures",
                "number",
                "numbers",
                "statement",
                "update",
                "updates",
                "count",
                "answer",
                "summary",
                "details",
            ]),
            "open" | "join" | "call" => {
                sentence.any_word(&["incident", "bridge", "ticket", "case", "call", "channel", "war-room"])
            }
            _ => false,
        };
    let described = (sentence.agents[clause.agent].end..clause.verb)
        .any(|at| sentence.is_one_of(at, &["who", "that", "which", "whose"]));
    if told && !described && act && (person || pronoun) && !excused && !state && is_past(sentence, clause) {
        return Some(Ground::Act);
    }
    None
}

/// People who attack from outside are described, not blamed.
fn is_adversary(sentence: &Sentence, clause: &Clause) -> bool {
    let agent = &sentence.agents[clause.agent];
    (agent.start..agent.end).any(|at| {
        sentence.is_one_of(
            at,
            &["hacker", "hackers", "attacker", "attackers", "intruder", "intruders", "criminals"],
        )
    })
}

/// A bare act is no verb of fault: it stays a warning unless several words of fault go with it.
pub(crate) fn level(sentence: &Sentence, clause: &Clause, ground: Ground) -> Option<Severity> {
    let bare = ground == Ground::Act && signs(sentence, clause) < 3;
    bare.then_some(Severity::Warning)
}

/// Base form of a verb token.
fn base_of(sentence: &Sentence, verb: usize) -> &str {
    let token = &sentence.tokens[verb];
    super::linter::base_form(token.lemma).unwrap_or_else(|| sentence.word(verb))
}

/// "If Ada had …", "had Ada …" are worlds that did not exist, which other rules look at.
fn is_conditional(sentence: &Sentence, clause: &Clause) -> bool {
    let start = sentence.agents[clause.agent].start;
    start > 0
        && (sentence.is_one_of(start - 1, &["if", "unless", "whether", "had", "lest"])
            || start > 1 && sentence.word(start - 2) == "if")
}

fn is_past(sentence: &Sentence, clause: &Clause) -> bool {
    let token = &sentence.tokens[clause.verb];
    clause.perfect
        || token.form.any(Form::PAST)
        || (token.classes == Classes::NONE && sentence.word(clause.verb).ends_with("ed"))
}

fn has_adverb(sentence: &Sentence, clause: &Clause, class: Classes) -> bool {
    let from = sentence.agents[clause.agent].end;
    (from..clause.verb).any(|i| sentence.has(i, class))
        || sentence.has(clause.verb + 1, class)
        || (clause.verb + 1..clause.end).any(|i| sentence.has(i, class) && i + 1 == clause.end)
        || (clause.verb..clause.end)
            .any(|i| sentence.word(i) == "by" && sentence.is_one_of(i + 1, &["mistake", "accident"]))
}

/// "took the ledger down", "brought down".
fn brings_down(sentence: &Sentence, clause: &Clause, lemma: &str) -> bool {
    matches!(lemma, "take" | "bring" | "knock")
        && (clause.verb + 1..(clause.verb + 7).min(clause.end))
            .any(|i| sentence.is_one_of(i, &["down", "offline"]))
}

/// Verbs of fault in ordinary idioms: fail over, lose power, missed calls.
fn is_harmless_idiom(sentence: &Sentence, clause: &Clause, lemma: &str) -> bool {
    let next = sentence.word(clause.verb + 1);
    if next == "nothing" {
        return true; // "deleted nothing else"
    }
    match lemma {
        "fail" => {
            matches!(next, "over" | "back")
                || (clause.verb + 1..clause.verb + 5).any(|i| sentence.is_one_of(i, &["over"]))
        }
        "lose" => sentence.any_word(&[
            "power",
            "access",
            "connectivity",
            "quorum",
            "visibility",
            "contact",
            "signal",
        ]),
        "skip" | "ignore" | "bypass" | "dismiss" | "swap" | "wipe" | "stop" => {
            sentence.section == Some(SectionKind::Timeline) && sentence.has_condition()
        }
        "cause" | "trigger" => (clause.verb + 1..clause.end).any(|i| {
            sentence.is_one_of(i, &["failover", "rollback", "restart", "page", "alert", "alarm", "runbook"])
        }),
        "discount" | "drag" | "stuff" | "mess" => {
            !sentence.has(clause.verb + 1, Classes::PREP) && lemma != "discount"
        }
        _ => false,
    }
}

fn not_done(sentence: &Sentence, clause: &Clause, lemma: &str, excused: bool) -> Option<Ground> {
    let section = sentence.section;
    let state = STATES.contains(&lemma) && !clause.perfect && !matches!(lemma, "use" | "see" | "find")
        || matches!(lemma, "be" | "is" | "was" | "were");
    let past = (sentence.agents[clause.agent].end..=clause.verb)
        .any(|i| sentence.is_one_of(i, &["did", "had", "never", "was", "were", "'d"]));
    let unforeseen = matches!(lemma, "anticipate" | "expect" | "foresee" | "know");
    if clause.kind == AgentKind::First && (!past || unforeseen) {
        return None;
    }
    let impact = section == Some(SectionKind::Impact);
    // what people do not do as a habit is no event
    let habit = !past && section.is_none() && clause.kind != AgentKind::Nobody;
    if state || excused || impact || habit {
        return None;
    }
    let reports = matches!(
        lemma,
        "break" | "affect" | "cause" | "lose" | "delay" | "blame" | "fail" | "miss" | "ignore" | "suspect"
    );
    if reports {
        return None;
    }
    let knows_nothing =
        matches!(lemma, "know" | "understand" | "care" | "think" | "bother" | "read" | "listen");
    let timeline = section == Some(SectionKind::Timeline) && clause.kind == AgentKind::First;
    (!timeline || knows_nothing).then_some(Ground::NotDone)
}

/// "Because the label said spare, the technician pulled it": the condition stands first.
fn told_before(sentence: &Sentence, clause: &Clause) -> bool {
    let start = sentence.agents[clause.agent].start;
    (0..start).any(|i| {
        matches!(sentence.word(i), "so" | "therefore" | "hence" | "thus") && start.saturating_sub(i) <= 2
            || sentence.is_one_of(i, &["because", "since", "as"])
                && sentence.agents.iter().all(|agent| agent.start != i + 1)
                && i + 1 < start
                && !sentence.is_one_of(i + 1, &["of", "usual", "ever", "always"])
            || matches!(sentence.word(i), ";")
    })
}

/// The subject with its verb, as a span of tokens.
pub(crate) fn span(sentence: &Sentence, clause: &Clause) -> (usize, usize) {
    (sentence.agents[clause.agent].start, (clause.verb + 1).min(sentence.tokens.len()))
}
