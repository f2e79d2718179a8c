//! HND008 The outcome called unavoidable or foreseeable.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "HND008",
    name: "inevitability",
    family: "hindsight-certainty",
    level: Severity::Warning,
    rationale: "The outcome called unavoidable or foreseeable.",
    question: "What did the figures show beforehand, and to whom?",
    bad: &[
        cause("This was an accident waiting to happen."),
        cause("It was bound to happen sooner or later with a queue on spinning disks."),
    ],
    good: &[cause("Disk use grew 4% a week from May; the forecast panel was removed in June.")],
    phrases: &[Phrases {
        patterns: &[
            "accident|disaster|outage|failure|trouble|catastrophe|incident|bomb|crash|mess waiting|waits to|for happen|a|its",
            "waiting to happen|explode|blow|fail",
            "bound|doomed|destined|sure|certain|guaranteed|fated|predestined to fail|happen|break|go|end|come|crash|fall|blow|collapse|collide|clash|meet|explode|run|hit|bite|surface|backfire|haunt|catch|show|spill|tip|overflow|turn",
            "expect|expected a? different|another|better result|outcome|ending",
            "never if ,? only|but when",
            "as it had|was to|bound come|happen|end",
            "only|just? a? matter|question of time|when",
            "sooner or later|than",
            "it was|is inevitable|unavoidable|foreseeable|predictable|preordained",
            "was|were|is|are|be inevitable|unavoidable|foreseeable|predictable|preventable|avoidable|entirely|easily|completely|perfectly|totally? preventable|avoidable|foreseeable|predictable",
            "easily|entirely|completely|perfectly|totally preventable|avoidable|foreseeable|predictable",
            "train wreck|crash",
            "ticking time? bomb|timebomb",
            "time bomb",
            "recipe for|of disaster|trouble|catastrophe",
            "asking|begging for trouble|it",
            "disaster foretold|in the making",
            "writing on the wall",
            "not if but when",
            "was|were a given",
            "when , not if",
            "no other|different way|outcome|end|result",
            "could not|n't have ended|gone|turned any|otherwise|well|differently|out",
            "could not|never end|go|last|work|hold well|long|forever|last",
            "you get what you",
            "always have , always",
            "ones|one .. name on it",
            "have|had it coming",
            "had to happen|fail|break|go|come|end",
            "was|were|is|are always|never|only going|gonna|ever to|going",
            "hardly|scarcely unforeseeable|unexpected",
            "will stop|fail|break|happen|fall one day|eventually|sooner",
            "will happen|fail|break again|eventually|sooner",
            "murphy|murphy 's law",
            "ambiguous .. go|goes wrong",
            "always|inevitably go|goes|went wrong",
            "could be read",
            "sign of things to come",
        ],
        unless: &["bomb disposal", "bound|sure to .. port|address|interface|socket"],
        guard: Some(is_judged),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

fn is_judged(sentence: &Sentence, _start: usize, _end: usize) -> bool {
    sentence.section != Some(SectionKind::Actions) && sentence.section != Some(SectionKind::WentWell)
}
