//! Scopes that turn a phrase around: negation, rejection, mention, questions, conditions of the system.

use crate::lint::lexicon::Classes;

use super::{Kind, Sentence};

/// Words that reject or quote what follows or precedes.
const REJECTING: &[&str] = &[
    "avoid",
    "avoids",
    "avoided",
    "reject",
    "rejects",
    "rejected",
    "resist",
    "resisted",
    "withdrawn",
    "instead",
    "phrase",
    "word",
    "words",
    "term",
    "label",
    "labels",
    "wording",
    "myth",
    "blameless",
    "struck",
    "dismissed",
    "misleading",
    "unhelpful",
    "wrote",
    "writes",
    "written",
    "rather",
    "stopped",
    "temptation",
    "temptations",
    "unfair",
    "incorrectly",
    "neither",
    "nor",
    "refrain",
    "deny",
    "denies",
    "denied",
    "cannot",
    "excluded",
    "discussed",
    "proposed",
    "called",
    "rule",
    "ruled",
    "disproved",
];

impl Sentence {
    /// A negative within reach before the token, or a verb of rejecting or quoting anywhere before it.
    pub(crate) fn is_rejected(&self, at: usize) -> bool {
        let clause_start =
            (0..at).rev().find(|&i| matches!(self.word(i), ";" | ":" | "." | "but")).map_or(0, |i| i + 1);
        let near = at.saturating_sub(6).max(clause_start);
        (near..at).any(|i| {
            self.has(i, Classes::NEG) && !self.is_one_of(i, &["without", "hardly", "barely"])
                || self.is_one_of(i, &["no", "nobody", "none"])
        }) || (clause_start..at).any(|i| {
            self.is_one_of(
                i,
                &[
                    "avoid",
                    "avoided",
                    "avoids",
                    "reject",
                    "rejects",
                    "rejected",
                    "resisted",
                    "phrase",
                    "word",
                    "term",
                    "label",
                    "wording",
                    "refrain",
                    "than",
                    "called",
                    "calling",
                    "calls",
                    "whether",
                    "labelled",
                    "labeled",
                    "labelling",
                ],
            )
        }) || (self.is_one_of(at.saturating_sub(2), &["rather", "instead"]))
    }

    /// The sentence speaks about wording: the phrase stands in quotation marks or is called a word.
    pub(crate) fn is_mention(&self) -> bool {
        let quotes = self.tokens.iter().any(|token| token.kind == Kind::Quote);
        quotes && self.any_word(REJECTING)
    }

    /// After the verb, a condition of the system is told that made the act sensible.
    pub(crate) fn condition_after(&self, verb: usize) -> bool {
        (verb + 1..self.tokens.len()).any(|i| self.opens_condition(i))
    }

    /// Anywhere in the sentence.
    pub(crate) fn has_condition(&self) -> bool {
        (0..self.tokens.len()).any(|i| self.opens_condition(i))
    }

    fn opens_condition(&self, at: usize) -> bool {
        let word = self.word(at);
        let next = at + 1;
        match word {
            "because" | "since" | "as" | "when" | "while" | "which" | "where" => {
                if word == "as"
                    && (at > 0 && self.is_one_of(at - 1, &["such", "same", "known", "well", "soon"])
                        || self.is_one_of(
                            next,
                            &[
                                "usual", "ever", "always", "often", "so", "if", "well", "planned", "a", "an",
                                "per",
                            ],
                        ))
                {
                    return self.is_one_of(next, &["planned", "per"]);
                }
                if word == "as" && (at > 1 && self.word(at - 2) == "as") {
                    return false;
                }
                if word == "as" && !(next..next + 9).any(|i| super::noun::speaks(self, i)) {
                    return false; // "misread the alert as noise"
                }
                // "since the summer" is a time
                let dated = word == "since"
                    && (next..next + 4).any(|i| {
                        self.has(i, Classes::MONTH)
                            || self.tokens.get(i).is_some_and(|token| token.kind == Kind::Number)
                            || self.is_one_of(
                                i,
                                &[
                                    "summer",
                                    "autumn",
                                    "winter",
                                    "spring",
                                    "then",
                                    "last",
                                    "week",
                                    "month",
                                    "year",
                                    "years",
                                    "weeks",
                                    "months",
                                    "monday",
                                    "tuesday",
                                    "wednesday",
                                    "thursday",
                                    "friday",
                                    "saturday",
                                    "sunday",
                                    "morning",
                                    "noon",
                                    "day",
                                ],
                            )
                    })
                    && !(next..self.tokens.len()).any(|i| super::noun::speaks(self, i));
                if dated {
                    return false;
                }
                if word == "when" && at > 0 && !self.is_one_of(at - 1, &[","]) && self.agent_soon(next) {
                    return false;
                }
                if word == "which" {
                    return !self.which_harms(at) && !self.agent_soon(next);
                }
                if self.is_one_of(next, &["of"]) {
                    return !self.agent_soon(next + 1)
                        && !(next..next + 6)
                            .any(|i| self.has(i, Classes::FAULT_NOUN.or(Classes::FAULT_ADJECTIVE)));
                }
                next < self.tokens.len()
                    && !self.agent_soon(next)
                    && !self.is_one_of(next, &["usual", "ever", "always"])
            }
            ":" | ";" => {
                // an explanation whose subject is a thing
                at > self.lead
                    && next + 2 < self.tokens.len()
                    && !self.agent_soon(next)
                    && !self.is_one_of(next, &["so", "and", "but"])
            }
            "(" => (next..(next + 10).min(self.tokens.len())).any(|i| {
                self.is_one_of(
                    i,
                    &[
                        "step",
                        "runbook",
                        "procedure",
                        "section",
                        "since",
                        "per",
                        "change",
                        "planned",
                        "listed",
                        "documented",
                        "agreed",
                    ],
                )
            }),
            "marked" | "foreseen" | "requested" | "instructed" => {
                self.is_one_of(next, &["for", "in", "by", "as", "on"])
            }
            "following" | "under" | "per" => {
                (next..(next + 6).min(self.tokens.len())).any(|i| {
                    self.has(i, Classes::ASSET)
                        || self.tokens[i].kind == Kind::Number
                        || self.is_one_of(i, &["advice", "plan", "agreement", "change", "section", "step"])
                }) && !(at > 0 && self.has(at - 1, Classes::NEG))
            }
            "says" | "prescribes" | "prescribed" | "recommends" | "asks" | "documented" | "demands"
            | "requires" | "advice" | "shows" | "showed" => {
                at > 0
                    && !self.has(at - 1, Classes::NEG)
                    && (at.saturating_sub(6)..(at + 5).min(self.tokens.len())).any(|i| {
                        self.has(i, Classes::ASSET)
                            || self.is_one_of(
                                i,
                                &[
                                    "guide",
                                    "drawing",
                                    "template",
                                    "documentation",
                                    "docs",
                                    "page",
                                    "alert",
                                    "screen",
                                    "dashboard",
                                    "label",
                                    "vendor",
                                ],
                            )
                    })
            }
            _ => false,
        }
    }

    /// A human subject within the next few tokens.
    fn agent_soon(&self, from: usize) -> bool {
        self.agents.iter().any(|agent| agent.start >= from && agent.start < from + 2 && !agent.possessive)
    }

    /// ", which broke everything": an outcome, not a condition.
    fn which_harms(&self, at: usize) -> bool {
        (at + 1..(at + 5).min(self.tokens.len())).any(|i| {
            self.has(i, Classes::HARM)
                || self.is_one_of(
                    i,
                    &["took", "brought", "led", "resulted", "made", "stopped", "killed", "caused", "left"],
                )
        })
    }
}
