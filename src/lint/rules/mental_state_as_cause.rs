//! BLM014 Guessing about attention, care, experience or motive explains nothing that can be changed.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "BLM014",
    name: "mental-state-as-cause",
    family: "names-individual-as-cause",
    level: Severity::Warning,
    rationale: "Guessing about attention, care, experience or motive explains nothing that can be changed.",
    question: "What was asked of the person at that moment, and with how much time and information?",
    bad: &[
        cause("Ludo was not concentrating.").naming(&["Ludo"]),
        cause("The facilities engineer panicked and hit the big red button."),
    ],
    good: &[
        cause("The step came at minute 50 of a 60-minute copy-and-paste procedure."),
        cause("The model was overconfident on rainy days, with a calibration error of 0.21."),
    ],
    phrases: &[Phrases {
        patterns: &[
            "@nhrtvip .. not .. concentrating|focused|focusing|attention|careful|bothered|awake|thinking|interested|motivated|aware|prepared|qualified|trained|up to|listening",
            "@nhrtvifp .. was|were|is|are|am|being too? tired|distracted|hungover|drunk|confused|overwhelmed|unfamiliar|inexperienced|complacent|careless|inattentive|lazy|sloppy|negligent|reckless|rushed|hurried|panicking|asleep|clueless|overconfident|stubborn|impatient|nervous|frightened|afraid|scared|new|junior|bored|hasty",
            "@nhrtvip .. in a hurry|rush|panic",
            "@nhrtvip .. could not|n't be bothered",
            "@nhrtvip .. did|does not care|think|bother|understand|know|want|listen|realise|realize",
            "@nhrtvifp .. lost focus|concentration|patience|control|track|interest|nerve",
            "@nhrtvip .. too busy|lazy|proud|junior|tired|much time",
            "@nhrtvip .. had no? idea|clue|interest|sense|notion",
            "@nhrtvip .. does|do not like being|to",
            "@nhrtvip likes|like fridays|shortcuts",
            "unable|unwilling|reluctant to think|listen|learn|admit",
            "@nhrtvip .. out of habit|boredom|spite|ignorance|laziness|convenience|malice",
            "to save himself|herself|themselves|time|some",
            "@nhrtvip .. wanted to go home",
            "it dawns|dawned on @nhrtvi",
            "unaware of the consequences|danger|risk",
            "not the bravest|brightest|sharpest",
        ],
        unless: &["@ did not know .. because|that|which|since", "@ .. was|were|is|are unaware .. because"],
        guard: Some(is_cause),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

fn is_cause(sentence: &Sentence, start: usize, end: usize) -> bool {
    let planned = matches!(sentence.section, Some(SectionKind::Actions | SectionKind::WentWell));
    let ours =
        sentence.agent_at(start).is_some_and(|agent| agent.kind == crate::lint::language::AgentKind::First);
    let first_hand = ours && sentence.section == Some(SectionKind::Timeline);
    !(planned || first_hand || sentence.condition_after(end.saturating_sub(1)))
}
