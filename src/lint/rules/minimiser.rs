//! JDG006 Minimisers next to a duty of a person.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause, summary};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "JDG006",
    name: "minimiser",
    family: "judgement",
    level: Severity::Info,
    rationale: "Minimisers next to a duty of a person.",
    question: "How many steps, screens and decisions does it take?",
    bad: &[cause("He just had to press Cancel.")],
    good: &[
        cause("The Cancel button is hidden below the fold."),
        summary("Simply put, the queue filled faster than it drained."),
    ],
    phrases: &[Phrases {
        patterns: &[
            "@nhrtvip just|simply|merely|only had|needed|needs|have|has to",
            "@nhrtvip .. only|just|simply had|needed to",
            "all @nhrtvip had|needed|have|has to do",
            "~be|would not? .. so? easy|simple|trivial|hard to check|ask|look|read|compare|call|test|verify|see|notice|tell|avoid|prevent|say",
            "how hard can|could",
            "it is|was|takes|took only? a|one|five minute|second|seconds|minutes|click|line of work|to|?",
            "a simple|quick|single|basic look|check|call|glance|test|question|search|mail|phone|grep|word would|could|might|had",
        ],
        guard: Some(is_duty),
        level: Some(Severity::Warning),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

fn is_duty(sentence: &Sentence, start: usize, _end: usize) -> bool {
    let planned = matches!(sentence.section, Some(SectionKind::Actions | SectionKind::WentWell));
    !planned
        && (sentence.agent_at(start).is_some()
            || !sentence.any_word(&["not"])
            || sentence.any_word(&["would", "could"]))
}
