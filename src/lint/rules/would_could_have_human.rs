//! HND002 Could have, would have and might have with a human act describe a world that did not exist.

use crate::domain::Severity;
use crate::lint::duty;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause, lesson, timeline};
use crate::lint::section::Sections;

pub(super) static ENTRY: Rule = Rule {
    id: "HND002",
    name: "would-could-have-human",
    family: "counterfactual",
    level: Severity::Warning,
    rationale: "Could have, would have and might have with a human act describe a world that did not exist.",
    question: "Which information was missing, late or in another place?",
    bad: &[
        cause("A quick look at the ticket could have avoided this."),
        lesson("This could have been avoided had the change been announced."),
        timeline("06:20 UTC on-call could have drained the node at this point but waited."),
        lesson("We had every opportunity to catch this in staging."),
    ],
    good: &[
        cause("The ticket was not linked from the alert."),
        cause("The autoscaler would have gone to 58, had the quota allowed it."),
        lesson(
            "The gate camera, live since Monday, would have flagged both pallets before the barrier opened.",
        ),
    ],
    phrases: &[
        Phrases {
            sections: Sections::ALL.without(Sections::ACTIONS),
            patterns: &[
                "could|might|would not? easily|also|well|perhaps|simply|certainly|just|probably|very|quickly? have|'ve been? .. avoided|prevented|averted|caught|spotted|noticed|foreseen|anticipated|stopped|seen|detected|shortened|known|contained|mitigated|discovered|cleared",
                "@ could|might|would not? easily|also|well|perhaps|simply|certainly|just|very|still? have",
                "could|might easily? have been %deed",
                "could|might have easily? objected|asked|noticed|checked|called|looked|tested|read|told|said|spoken|raised|warned|intervened|stopped",
                "would have been|taken so? easy|trivial|simple|enough|sufficient|minutes|seconds|better|wise|wiser|prudent|smart|smarter|nice",
                "would have cleared|shown|told|revealed|saved|prevented|avoided|spared|sufficed|helped|caught|stopped|taken .. > ",
                "it would|could have .. ~do|been so? easy|trivial|simple|enough",
                "could|would have done better|more",
                "look|glance|call|phone|word|question|search|check|second|minute|test|review|eyes ... would|could|might have",
                "and we would have known|seen|noticed|caught",
                "would never|not have happened|occurred|shipped|gone",
                "there would|could be|have no|not been? an? incident|outage",
                "this would|could have|be been? .. a? five-minute|two-line|ten-minute|non-event|nothing",
            ],
            guard: Some(could_have),
            ..Phrases::BLANK
        },
        Phrases {
            sections: Sections::ALL.without(Sections::ACTIONS),
            patterns: &[
                "~have|'d had? every|ample|multiple|several|many|plenty|enough|# of? chance|opportunity|opportunities|chances|occasions|reason|time to",
                "missed opportunity|opportunities|chance|chances",
                "a missed chance|opportunity",
                "more|less|little|bit care|attention|caution|thought|diligence|discipline|communication|vigilance .. would|could|might",
                "a? second pair of eyes",
                "but for @ 's?",
                "it is|was|'s regrettable|unfortunate|a shame|pity|too",
                "it is|was|'s a pity|shame that",
                "had .. paid more? attention",
                "with more|better|a? little? more? care|attention|caution|diligence|preparation|planning|testing|thought|discipline",
            ],
            unless: &["thanks to .. second"],
            ..Phrases::BLANK
        },
    ],
    ..Rule::BLANK
};

fn could_have(sentence: &Sentence, start: usize, end: usize) -> bool {
    let likewise = (end..sentence.tokens.len()).any(|i| sentence.is_one_of(i, &["same", "likewise"]));
    // "we would have to" is a plan
    let plan = sentence.word(end) == "to" && sentence.word(end - 1) == "have";
    !likewise && !plan && !sentence.is_mention() && duty::is_human_possibility(sentence, start, end)
}
