//! Words of fault around a clause: without asking, instead of waiting, despite the warning, taking the site down.

use super::language::{Clause, Kind, Sentence};
use super::lexicon::{Classes, Form};
use super::section::SectionKind;

/// What people do about something that is wrong.
const MENDING: &[&str] = &[
    "found",
    "finds",
    "saw",
    "noticed",
    "notices",
    "spotted",
    "identified",
    "discovered",
    "reported",
    "reverted",
    "removed",
    "fixed",
    "corrected",
    "replaced",
];

/// How many words of fault go with a clause; two or more make any act a fault.
pub(crate) fn signs(sentence: &Sentence, clause: &Clause) -> usize {
    let words = clause.verb..sentence.tokens.len();
    let mut score = 0;
    // Who finds or mends what is wrong has not made it wrong.
    let mends = MENDING.contains(&sentence.word(clause.verb));
    for at in words.clone() {
        let next = at + 1;
        let weight = match sentence.word(at) {
            "without" => {
                let deed = sentence.tokens.get(next).is_some_and(|token| token.form.any(Form::GERUND))
                    || sentence.word(next).ends_with("ing")
                    || (next..next + 3).any(|i| {
                        sentence.is_one_of(
                            i,
                            &[
                                "review",
                                "approval",
                                "permission",
                                "notice",
                                "need",
                                "warning",
                                "reason",
                                "testing",
                                "tests",
                                "a",
                                "thinking",
                                "even",
                                "so",
                                "consent",
                                "asking",
                                "thought",
                                "reading",
                                "backup",
                            ],
                        )
                    });
                2 * usize::from(deed)
            }
            "instead" => 2 * usize::from(sentence.word(next) == "of"),
            "despite" | "notwithstanding" => 2,
            "although" | "though" | "knowing" => {
                2 * usize::from((next..next + 5).any(|i| {
                    sentence.is_one_of(
                        i,
                        &[
                            "knew", "knows", "told", "full", "well", "aware", "warned", "asked", "that",
                            "ticket", "been",
                        ],
                    )
                }))
            }
            "spite" => 2,
            "against" => {
                2 * usize::from((next..next + 5).any(|i| {
                    sentence.has(i, Classes::ASSET)
                        || sentence.is_one_of(i, &["advice", "orders", "prod", "production"])
                }))
            }
            "straight" => 2 * usize::from(sentence.is_one_of(next, &["to", "into", "on", "from"])),
            "behind" => 2 * usize::from((next..next + 4).any(|i| sentence.is_one_of(i, &["back", "backs"]))),
            "nobody" | "anyone" | "anybody" => usize::from(at > clause.verb),
            "usual" | "ever" | "always" | "often" => {
                2 * usize::from(sentence.is_one_of(at.saturating_sub(1), &["as", "so"]))
            }
            "wherever" | "whatever" | "whenever" => {
                2 * usize::from(
                    (next..next + 4).any(|i| sentence.is_one_of(i, &["pleased", "liked", "wanted", "felt"])),
                )
            }
            "himself" | "herself" | "themselves" | "ourselves" => 1,
            _ => 0,
        };
        score += weight;
        let object =
            !mends && at > clause.verb && sentence.has(at, Classes::WRONG.or(Classes::FAULT_ADJECTIVE));
        let about_screen =
            sentence.is_one_of(at.saturating_sub(1), &["was", "is", "were", "are", "looked", "found", "as"]);
        if object && !about_screen && sentence.tokens[at].kind == Kind::Word && at < clause.verb + 8 {
            let alive = sentence.is_one_of(at, &["live", "healthy", "invalid", "stale", "broken"]);
            score += if alive { 1 } else { 2 };
        }
        // "and the plan took …" has a subject of its own
        let outcome = matches!(sentence.word(at), "," | "and" | "which")
            && !(sentence.has(next, Classes::DET)
                || sentence.word(next) == "and" && sentence.has(next + 1, Classes::DET))
            && (next..next + 3).any(|i| {
                sentence.tokens.get(i).is_some_and(|token| {
                    token.classes.any(Classes::HARM) && token.form.any(Form::GERUND.or(Form::PAST))
                }) || sentence.is_one_of(
                    i,
                    &[
                        "taking",
                        "bringing",
                        "took",
                        "brought",
                        "leaving",
                        "causing",
                        "stopping",
                        "killing",
                        "killed",
                        "emptied",
                        "locking",
                        "locked",
                        "blocking",
                        "stranding",
                        "emptying",
                        "doubling",
                        "flooding",
                        "dropping",
                        "cutting",
                        "erasing",
                    ],
                ) && sentence.is_one_of(at, &[",", "and", "which"])
            })
            && at > clause.verb;
        let with_it = outcome
            && sentence.word(at) == ","
            && sentence.word(next).ends_with("ing")
            && sentence.section == Some(SectionKind::Timeline);
        score += usize::from(outcome) + usize::from(with_it);
        if sentence.word(at) == "that"
            && (next..next + 4).any(|i| {
                sentence.is_one_of(i, &["took", "broke", "emptied", "killed", "brought", "caused", "stopped"])
            })
            && at > clause.verb
        {
            score += 2;
        }
    }
    let opening = sentence.agents[clause.agent].start;
    if (sentence.lead..opening).any(|at| sentence.word(at) == "instead" && sentence.word(at + 1) == "of") {
        score += 2;
    }
    for at in sentence.agents[clause.agent].end..clause.verb {
        score += match sentence.word(at) {
            "silently" | "quietly" | "just" | "simply" | "happily" | "merrily" | "again" | "still" => 1,
            "finally" | "stubbornly" | "secretly" | "cheerfully" | "casually" | "hastily"
            | "single-handedly" | "deliberately" | "knowingly" => 2,
            _ => 0,
        };
    }
    score
}
