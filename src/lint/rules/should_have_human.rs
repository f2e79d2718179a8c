//! HND001 "Should have" with a human subject, or none, describes a world that did not exist. With a machine as subject it is a specification.

use crate::domain::Severity;
use crate::lint::duty;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause, lesson, timeline};
use crate::lint::section::Sections;

pub(super) static ENTRY: Rule = Rule {
    id: "HND001",
    name: "should-have-human",
    family: "counterfactual",
    level: Severity::Warning,
    rationale: "\"Should have\" with a human subject, or none, describes a world that did not exist. With a machine as subject it is a specification.",
    question: "What did the situation look like from the inside, so that the other way did not suggest itself?",
    bad: &[
        cause("They should have called the plant first."),
        timeline("11:47 UTC Should have rolled back here."),
        cause("The change should never have been approved."),
    ],
    good: &[
        cause("The procedure has no step to call the plant."),
        cause("The scheduler should have been fair, but weights were set to zero in the template."),
        lesson("A pool should have had at least 50 slots under the sizing guide, section 3, for two tiers."),
        timeline("We should see the first results at 17:00 UTC."),
    ],
    phrases: &[
        Phrases {
            sections: Sections::ALL.without(Sections::ACTIONS),
            patterns: &[
                "should|must|ought not? to? never|not|really|also|clearly|obviously|simply|just|at|already|definitely|certainly|probably|have? have|been .. >",
                "should|ought not|never|really|also|at|obviously|clearly|simply|surely|already|definitely? to? not|least|have? have",
            ],
            unless: &["as @? should|it should", "who|what|someone should have known and"],
            guard: Some(should_have),
            ..Phrases::BLANK
        },
        Phrases {
            patterns: &[
                "should|ought not? to? know|have better",
                "should|ought to? have known",
                "shoulda|woulda|coulda",
            ],
            negatable: false,
            guard: Some(should_have),
            ..Phrases::BLANK
        },
    ],
    ..Rule::BLANK
};

fn should_have(sentence: &Sentence, start: usize, _end: usize) -> bool {
    let mention = sentence.is_mention()
        || (0..start).any(|i| {
            sentence.is_one_of(i, &["avoided", "avoid", "word", "words", "phrase", "asking", "asked"])
        });
    let conditional = (0..start).any(|i| sentence.word(i) == "if") && sentence.any_word(&["alert"]);
    !mention && !conditional && duty::is_human_duty(sentence, start)
}
