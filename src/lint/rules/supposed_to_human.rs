//! HND004 A past duty of people measures them against a rule instead of asking why the rule was not at hand.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause};
use crate::lint::section::{SectionKind, Sections};

pub(super) static ENTRY: Rule = Rule {
    id: "HND004",
    name: "supposed-to-human",
    family: "counterfactual",
    level: Severity::Warning,
    rationale: "A past duty of people measures them against a rule instead of asking why the rule was not at hand.",
    question: "Where is this duty written down, and who would have seen it on that day?",
    bad: &[
        cause("Ludo was expected to renew the lease.").naming(&["Ludo"]),
        cause("The technician was meant to wait for the half-time break."),
    ],
    good: &[
        cause("The lease had no owner after the April move."),
        cause("Acceptance is supposed to mirror live, and its copy of the seat maps was eleven weeks old."),
    ],
    phrases: &[Phrases {
        sections: Sections::ALL.without(Sections::ACTIONS),
        patterns: &[
            "@nhrtvifp was|were supposed|expected|meant|required|obliged|instructed|obligated|paid|asked to",
            "@nhrtvifp had been? told|instructed|asked|warned|reminded to",
            "@nhrtvifp had been told|instructed|warned|reminded|trained ... not",
            "@nhrtvifp is|are .. supposed|expected|meant|paid|trained|required to",
            "was|were supposed|expected|meant|due to be|have been? ready|done|finished|checked|tested|reviewed|removed|in",
            "@nhrtvi .. duty|job|responsibility|task to",
            "it was @nhrtv 's job|duty|responsibility|task|turn",
            "@nhrtvifp needed|had to have",
            "as @p is|are|was|were paid|supposed|trained|meant|told to?",
            "against the|their|our|his|her own? rule|rules|orders|instructions|advice|agreement|policy|procedure",
            "in|a breach|violation|contravention|defiance of the|our|their|company|agreed?",
            "contrary to the|our|their|company|explicit|agreed? ..? rule|rules|orders|instructions|advice|agreement|policy|procedure|instruction",
            "which is|was in the procedure|checklist|runbook",
            "@nhrtvifp .. did|does|do not .. follow|obey|respect|honour|honor|adhere|comply|keep",
            "@nhrtvifp never|not followed|obeyed|respected",
        ],
        unless: &["because|since the|it|no"],
        guard: Some(was_bound),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

fn was_bound(sentence: &Sentence, start: usize, end: usize) -> bool {
    let told = sentence.agent_at(start).is_some()
        || matches!(
            sentence.section,
            Some(
                SectionKind::RootCause
                    | SectionKind::ContributingFactors
                    | SectionKind::Lessons
                    | SectionKind::ExecutiveSummary
                    | SectionKind::Timeline
                    | SectionKind::Improve
            )
        );
    told && !sentence.condition_after(end)
        && !sentence.has(start.saturating_sub(1), crate::lint::lexicon::Classes::MACHINE)
}
