//! JDG005 Praise next to a failure, scare quotes, mock surprise.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause, timeline};
use crate::lint::section::{SectionKind, Sections};

pub(super) static ENTRY: Rule = Rule {
    id: "JDG005",
    name: "sarcasm",
    family: "judgement",
    level: Severity::Info,
    rationale: "Praise next to a failure, scare quotes, mock surprise.",
    question: "What would the plain sentence say?",
    bad: &[
        timeline("Wonderful timing, folks."),
        timeline("14:40 UTC Brilliant idea: restart everything at once."),
    ],
    good: &[
        cause("The change ran 20 minutes before the sale."),
        timeline("10:22 UTC Anne-Lise notices the price and calls the duty manager; great catch.")
            .naming(&["Anne-Lise"]),
    ],
    phrases: &[Phrases {
        sections: Sections::ALL.without(Sections::of(&[SectionKind::WentWell, SectionKind::Actions])),
        patterns: &[
            "wonderful|brilliant|great|excellent|perfect|genius|lovely|marvellous|fantastic|nice|superb|stellar|splendid|inspired|clever timing|idea|work|job|plan|move|choice|decision|one|thinking|way|moment , ? folks|everyone|everybody|guys|all|team|:|!|>",
            "wonderful|brilliant|perfect|lovely|stellar|inspired|impeccable|exquisite timing|idea|plan|move|choice|thinking",
            "what a surprise|shock|shocker|coincidence|brilliant|great|genius|wonderful|team|mess",
            "surprise , surprise",
            "well done|played , ? everyone|all|folks|team|guys|>",
            "bravo|kudos|congratulations|congrats|hats|chapeau .. ~forget|~break|~crash|~delete|~lose|nothing",
            "congratulations to|,|!",
            "bravo ,|!|to",
            "standing ovation",
            "slow clap",
            "as luck would",
            "how convenient|clever|thoughtful|original|unexpected",
            "so called|so-called expert|experts|team|engineer|engineers|review|test|plan|process|support|professional|professionals|fix|architect",
            "for some reason @",
            "for reasons known|best|unknown only",
            "apparently|evidently|presumably|allegedly , ? @nhrtip",
            "the geniuses|genius|experts|heroes|wizards|brains|masterminds",
            "genius >",
            "remarkable|amazing|impressive|astonishing how|that|what|speed",
            "~think|thought waiting|doing|hoping|nothing .. strategy|plan",
            "hope is|was not? a strategy",
            "god forbid",
            "heaven forbid",
            "who would have thought|guessed|known",
            "who knew",
            "imagine that|our",
            "if you can call",
            "to put it mildly|politely|kindly",
            "not for the first|last time",
            "once again|more @",
            "yet another|again wild|failed|broken|half-baked|brilliant|attempt|guess|bug",
            "yet again",
            "as usual|always|ever|so often|per usual",
            "at long last",
            "finally ~get|~notice|~look|~realise|~realize|~react|~wake|~decide|~move|~answer|~respond|~show|~join|~read|~bother",
            "with great fanfare",
            "par for the course",
            "business as usual",
        ],
        unless: &[
            "business as usual .. restored|resumed|returned",
            "great catch",
            "thanks|thank to|you",
            "as usual .. traffic|load|monday",
        ],
        guard: Some(is_mock),
        level: Some(Severity::Warning),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

fn is_mock(sentence: &Sentence, start: usize, end: usize) -> bool {
    let finally = (start..end).any(|i| sentence.word(i) == "finally");
    let about_machine = finally
        && sentence.agents.is_empty()
        && !sentence.is_one_of(start.saturating_sub(1), &["crew", "team", "support", "hotline", "desk"]);
    let again = sentence.is_one_of(start, &["once", "not", "yet"]) && sentence.agents.is_empty();
    !about_machine && !again
}
