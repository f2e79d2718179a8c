//! CAU003 Other factors denied, not examined.

use crate::domain::Severity;
use crate::lint::rule::{Phrases, Rule, cause, factor};
use crate::lint::section::Sections;

pub(super) static ENTRY: Rule = Rule {
    id: "CAU003",
    name: "other-factors-denied",
    family: "single-root-cause",
    level: Severity::Warning,
    rationale: "Other factors denied, not examined.",
    question: "Which other factors were looked at, and what ruled each of them out?",
    bad: &[cause("Nothing else played a role."), factor("All other candidates are irrelevant.")],
    good: &[factor(
        "All other candidates were examined: disk latency was 2 ms, GC pauses under 40 ms, no packet loss.",
    )],
    phrases: &[Phrases {
        sections: Sections::ALL.without(Sections::ACTIONS),
        patterns: &[
            "nothing else contributed|played|mattered|matters|was|is|to|needs|had|went",
            "no other|further|additional factor|factors|cause|causes|reason|contributing played|was|were|is|are|contributed|exist|need|>",
            "other|others|all .. candidates|factors|causes|theories|circumstances irrelevant|unimportant|do|did|played|can|need|are|were irrelevant|negligible|ignored|no|not|nonsense|noise",
            "there is|was nothing else|more",
            "no need|point|reason to look|in|for|examine|looking further|elsewhere|other",
            "nothing more needs|need|to|is",
            "need|needs|do|does not look|to be? .. elsewhere|further|for",
            "everything else worked|was|is fine|noise|normal|perfect|perfectly|irrelevant|ok",
            "contributing factors : none|no|n/a",
            "look|looking elsewhere|further|for other",
            "elsewhere >",
        ],
        unless: &[
            "because|since|by|measured|ruled .. out",
            "everything else was|is unchanged",
            "served|routed|moved|sent|went elsewhere",
        ],
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};
