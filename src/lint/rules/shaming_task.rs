//! PUN004 A public act of contrition or explanation demanded from a person.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, action};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "PUN004",
    name: "shaming-task",
    family: "punitive",
    level: Severity::Error,
    rationale: "A public act of contrition or explanation demanded from a person.",
    question: "Which conditions could be presented instead of the person?",
    bad: &[
        action("Ludo explains himself at the town hall.").naming(&["Ludo"]),
        action("Name and shame in the all-hands."),
        action("The desk lead is asked to explain the delay to the dean in person."),
    ],
    good: &[action("Present the five conditions at the reliability review.")],
    phrases: &[Phrases {
        patterns: &[
            "name|named|naming and shame|shamed|shaming",
            "wall of shame|fame",
            "hall of shame",
            "~shame @?",
            "~explain|~justify|~present himself|herself|themselves|yourself|his|her|their",
            "@nhr .. ~apologise|~apologize",
            "~apologise|~apologize|apology .. team|everyone|everybody|public|publicly|all-hands|customers|floor|in|to .. all-hands|person|public|town|team|channel|front",
            "public|written|personal apology|excuse|explanation|confession by|from|of|in|?",
            "@nhr .. ~explain|~present|~tell|~confess|~justify|~account .. all-hands|town|everybody|everyone|dean|board|whole|manager|management|in person|director|himself|herself",
            "@nhr .. asked|ordered|required|made to explain|justify|apologise|apologize|present|confess|account",
            "~wear the|a .. hat|shirt|sign|badge",
            "hat of shame",
            "dunce",
            "loser of the",
            "worst .. of the month|year|week award|trophy|prize",
            "golden|wooden|broken raspberry|spoon|award|trophy|banana for|goes|?",
            "photo|picture|name .. on the wall|door|fridge",
            "tells|tell everybody|everyone|the whole what @p",
        ],
        unless: &["status page"],
        guard: Some(is_demand),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

fn is_demand(sentence: &Sentence, _start: usize, _end: usize) -> bool {
    !matches!(sentence.section, Some(SectionKind::Timeline | SectionKind::WentWell | SectionKind::Impact))
}
