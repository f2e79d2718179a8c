//! HND010 A rhetorical question that accuses.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause, lesson};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "HND010",
    name: "accusing-question",
    family: "counterfactual",
    level: Severity::Warning,
    rationale: "A rhetorical question that accuses.",
    question: "Which signals were on the screen at that time?",
    bad: &[lesson("Why did nobody call?"), lesson("Why was nobody looking at the screen?")],
    good: &[
        lesson("Which signals were on the screen at 02:10 UTC?"),
        cause("Why was it null? The column came with the template."),
    ],
    phrases: &[Phrases {
        patterns: &[
            "why did|was|were|is|has|had|would|does nobody|no-one|no|anyone|anybody|we|you|they|he|she|@ not?",
            "why did|was|were|do|does|is|are|has not",
            "why not",
            "how could|can @ .. ",
            "how could|can this|that|it|anyone|anybody|somebody|we|you",
            "who did|approved|merged|caused|broke|allowed|let|deployed|wrote|thought|signed|decided|on|pushed|was|in",
            "what was|were|is @nhrtip thinking|doing",
            "what on earth",
            "did nobody|no-one|anyone|anybody|@o|@i|@p",
            "is|was it too much",
            "where was|were @",
            "how hard|difficult can|could|is|was",
            "since when",
            "~do|did really? nobody|anyone",
        ],
        negatable: false,
        guard: Some(is_question),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

fn is_question(sentence: &Sentence, start: usize, end: usize) -> bool {
    let asks = (end..sentence.tokens.len()).any(|i| sentence.word(i) == "?");
    let opens = start == 0 || start <= sentence.lead;
    let rhetorical = (start..sentence.tokens.len()).any(|i| {
        sentence.is_one_of(
            i,
            &["nobody", "no-one", "not", "anyone", "anybody", "you", "who", "earth", "hard", "too", "we"],
        )
    }) || sentence.agents.iter().any(|agent| agent.start >= start);
    asks && opens
        && rhetorical
        && sentence.section != Some(SectionKind::Actions)
        && sentence.section != Some(SectionKind::OpenQuestions)
}
