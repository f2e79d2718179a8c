//! BLM007 A passive with a by-agent that is a person or a role.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause, timeline};
use crate::lint::section::{SectionKind, Sections};

pub(super) static ENTRY: Rule = Rule {
    id: "BLM007",
    name: "passive-by-person",
    family: "names-individual-as-cause",
    level: Severity::Error,
    rationale: "A passive with a by-agent that is a person or a role.",
    question: "Which call, button or job did it, and what did it accept?",
    bad: &[
        cause("The volume was erased by Ludo.").naming(&["Ludo"]),
        cause("The disk was pulled by Emeka while the array was rebuilding.").naming(&["Emeka"]),
        cause("This outage was self-inflicted by the database squad."),
    ],
    good: &[
        cause("The erase call accepted a volume id of another project."),
        timeline("12:10 UTC the page was acknowledged by Ludo.").naming(&["Ludo"]),
        cause("The index was dropped by migration 0192."),
    ],
    phrases: &[
        Phrases {
            sections: Sections::ALL.without(Sections::of(&[SectionKind::WentWell, SectionKind::Actions])),
            patterns: &[
                "~break|~crash|~wipe|~erase|~destroy|~corrupt|~ruin|~botch|~damage|~misconfigure|~delete|~leak|~expose|~lose|~cause|~trigger|~overwrite|~introduce|~overlook|~forget|~miss|~skip|~ignore|~neglect|~omit|~bypass|~disregard|~dismiss|~mishandle|~misread|~mistype|self-inflicted|inflicted|~mess|~screw|cobbled .. by @nhrtvi",
                "~break|~crash|~wipe|~erase|~delete|~cause|~trigger|~introduce|~break by @nhrti",
            ],
            unless: &["thanks|kudos", "by the customer|customers|client"],
            guard: Some(is_cause),
            ..Phrases::BLANK
        },
        Phrases {
            sections: Sections::CAUSES,
            patterns: &[
                "was|were|been|be|got|being %adv? %change by @nhrti",
                "%change by @nhrti in|on|at|during|while|without|with|to",
                "changed|edited|merged|pushed|deployed|committed|applied|approved by : ? @nhrti",
                "changed|edited|merged|pushed|deployed|committed|applied by @nh",
                "by : @n",
                "omitted|written|approved|merged by its author|reviewer",
            ],
            unless: &["approved|reviewed by # people|reviewers"],
            guard: Some(is_cause),
            ..Phrases::BLANK
        },
    ],
    ..Rule::BLANK
};

/// A condition told with the act excuses it, and so does a timeline.
fn is_cause(sentence: &Sentence, _start: usize, end: usize) -> bool {
    !(sentence.condition_after(end.saturating_sub(1))
        || sentence.section == Some(SectionKind::Timeline)
            && !sentence.any_word(&["wrong", "broken", "without", "self-inflicted", "carelessly"]))
}
