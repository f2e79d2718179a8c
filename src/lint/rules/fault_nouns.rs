//! BLM010 Nouns and adjectives of fault or responsibility with a human complement.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause, timeline};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "BLM010",
    name: "fault-nouns",
    family: "names-individual-as-cause",
    level: Severity::Error,
    rationale: "Nouns and adjectives of fault or responsibility with a human complement.",
    question: "What in the system turned this act into an incident?",
    bad: &[
        cause("Ludo is at fault for the blank page.").naming(&["Ludo"]),
        cause("Adaeze is to blame for the stale cache.").naming(&["Adaeze"]),
        cause("Blame rests with the platform group, which had switched quotas off."),
    ],
    good: &[
        cause("The template rendered a blank page when `title` was null."),
        cause("Nobody is at fault here; the interface made both options look alike."),
        timeline("We assumed at first that the cache was at fault; the cache was healthy."),
    ],
    phrases: &[Phrases {
        patterns: &[
            "@nhrtvifp is|are|was|were|am|be squarely|solely|entirely|clearly|partly|fully|also|alone|mainly at|to|in fault|blame|guilty|wrong",
            "@nhrtvifp is|are|was|were|am|be at|to fault|blame",
            "@nhrtvifp is|are|was|were|am|be .. guilty|culpable|blameworthy",
            "@nhrtvi is|are|was|were|am|be? .. responsible for the|this|that|our|a ..? outage|incident|failure|loss|mess|breakage|downtime|delay|error|deletion|crash|damage",
            "@nhrtvi is|are|was|were the? culprit|cause|problem|reason|weak",
            "culprit is|was|: @nhrtvi",
            "blame|fault|responsibility|guilt|accountability ... lies|rests|falls|sits|belongs squarely|solely|entirely|clearly? with|on|to|at @nhrtvi",
            "author : .. is|was the? culprit|cause",
            "~perform|performed|handled|executed|done|made wrongly|incorrectly|badly .. by @nrtvi",
            "wrongly|incorrectly|badly|improperly performed|executed|handled|wired|done|carried .. by|from @nrtvi",
            "blame it|this|that|everything? on @nhrtvif",
            "~blame @nhrtvi for",
            "@nhrtvi 's fault",
            "my|his|her|their|your|whose fault|doing|mess",
            "the fault of @nhrtvi",
            "@nhrtvi has|have only? himself|herself|themselves|ourselves to blame",
            "@nhrtvi .. owns this one|mess|outage|incident",
            "@nhrtvi .. to answer for",
            "@nhrtvi dropped|drops the ball",
            "it was @nhrtvip ..? who|that ~break|~cause|~delete|~merge|~deploy|~push|~disable|~change|~forget|~leave|~approve|~switch|~turn|had|~run|~make|~remove",
            "the one|ones|person|people|guy|guys who ~break|~cause|~delete|~merge|~deploy|~push|~disable|~change|~forget|~leave|~approve|~switch|~turn|did|~run",
            "they|these|those are the ones who",
            "thanks to @nrtvi , we|the|all|production",
            "courtesy of @nhrtvi",
            "@nhrtvi cost|costs|lost us|the|everyone",
            "@nhrtvi is|was the? reason|why",
            "because of @nhrti",
            "due to @nhrti",
            "caused by @nhrti",
            "cause : @nhrti",
            "the cause|reason|culprit|problem ? .. ask @",
            "fault|blame of @nhrtvi",
            "by the fault of",
            "by the hand of",
            "ask @nh why|what|how",
            "had been told|instructed|asked|warned to ... not",
            "owing to @nhrti",
            "down to @nhrti",
            "answers the question of cause",
            "traced back? to @nhrtvi",
        ],
        unless: &[
            "nobody|no-one .. at|to fault|blame",
            "no one .. at|to fault|blame",
            "because of|due @ 's",
            "caused by @ .. ~request",
            "are|is|were|was the? reason .. finished|survived|works|worked|held|recovered|still|kept|stayed",
            "due to .. ~leave|holiday|traffic|demand|load",
        ],
        guard: Some(is_blame),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

fn is_blame(sentence: &Sentence, start: usize, end: usize) -> bool {
    let rejected = sentence
        .agent_over(start)
        .is_some_and(|agent| agent.kind == crate::lint::language::AgentKind::Nobody);
    let planned = matches!(sentence.section, Some(SectionKind::Actions | SectionKind::WentWell));
    let no_one = (start..end).any(|i| sentence.is_one_of(i, &["not", "never"]));
    !rejected && !planned && !no_one
}
