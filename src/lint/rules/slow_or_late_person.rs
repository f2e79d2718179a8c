//! JDG007 Speed of a person judged, not measured.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause, timeline};
use crate::lint::section::Sections;

pub(super) static ENTRY: Rule = Rule {
    id: "JDG007",
    name: "slow-or-late-person",
    family: "judgement",
    level: Severity::Warning,
    rationale: "Speed of a person judged, not measured.",
    question: "How many minutes after which signal?",
    bad: &[cause("Support reacted sluggishly."), timeline("04:52 UTC field crew finally gets moving")],
    good: &[
        cause("Support opened the incident 26 minutes after the first ticket."),
        timeline("13:13 UTC The engineer on duty for Kafka joined after 8 minutes."),
    ],
    phrases: &[Phrases {
        sections: Sections::ALL.without(Sections::ACTIONS),
        patterns: &[
            "@ .. sluggishly|slowly|belatedly|leisurely|unhurriedly|lethargically|late",
            "@ .. too|very|painfully|remarkably|so slow|slowly|late|long",
            "@ .. was|were|is|are|been .. slow|late|sluggish|lethargic|tardy|unresponsive|unreachable|absent to|in|>|again",
            "@ .. slow to",
            "@ took|takes|needed|needs|spent forever|ages|far|too|way|ridiculously|an eternity|long|longer|eternity",
            "@ .. nowhere to be|found|seen",
            "@ .. finally|eventually|belatedly|at|last ~get|~notice|~look|~realise|~realize|~react|~wake|~decide|~move|~answer|~respond|~show|~join|~read|~bother|~find|~understand|~look|~begin|~start|last",
            "@ .. dragged|drags its|his|her|their|our? feet",
            "@ .. did not|n't .. quick|fast|soon enough",
            "@ .. not quick|fast|prompt|responsive enough",
            "@ kept|keeps us|everyone|everybody|customers waiting",
            "took @t .. ages|forever|far too",
            "response|reaction of|by @ .. slow|late|sluggish|poor",
            "slow|late|sluggish|tardy|hesitant|belated reaction|response|escalation|decision .. by|of|from @?",
            "remarkable|amazing how long|slow",
            "how long it can|could|took take|to",
            "too slowly|late by|to ~call|~escalate|~react|~respond",
            "~waste|~lose|lost precious|valuable|another|us? time|hours|hour|minutes|day",
            "indecisive|hesitant|slow leadership|management|reaction|response",
            "do|does|did not answer|respond|react|reply|call|show|turn",
            "in no hurry",
            "too long to ~react|~respond|~notice|~escalate|~decide|~realise|~realize",
        ],
        unless: &[
            "@ .. late|slow # minutes|min|seconds",
            "slow query|queries|log",
            "slow start|disk|network",
        ],
        guard: Some(is_judged),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

fn is_judged(sentence: &Sentence, start: usize, end: usize) -> bool {
    let measured = (start..(end + 3).min(sentence.tokens.len()))
        .any(|i| sentence.tokens[i].kind == crate::lint::language::Kind::Number);
    let human = sentence.agents.iter().any(|agent| agent.end + 6 > start && agent.start < end)
        || sentence.is_one_of(start, &["remarkable", "amazing", "indecisive", "hesitant", "how"]);
    human && !measured && !sentence.condition_after(end)
}
