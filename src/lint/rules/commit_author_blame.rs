//! BLM008 Naming the author of a commit as the cause; the commit is enough.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause};
use crate::lint::section::{SectionKind, Sections};

pub(super) static ENTRY: Rule = Rule {
    id: "BLM008",
    name: "commit-author-blame",
    family: "names-individual-as-cause",
    level: Severity::Warning,
    rationale: "Naming the author of a commit as the cause; the commit is enough.",
    question: "What does the commit change, and which test would have shown its effect?",
    bad: &[
        cause("Broken by 77ab01, written by Ludo.").naming(&["Ludo"]),
        cause("According to git blame the bad line is Ruairí's.").naming(&["Ruairí"]),
    ],
    good: &[
        cause("Commit 77ab01 changed the default retry count from 3 to 0."),
        cause("`git blame` view times out on files above 20,000 lines."),
    ],
    phrases: &[Phrases {
        patterns: &[
            "written|authored|committed|introduced|pushed by @nhr",
            "git|svn blame .. @nhr",
            "according to git|svn|blame",
            "commit|line|change|code|patch of|from @nh",
            "its author , @n",
            "commit .. ( @nh )",
            "author of the? commit|change|line|bug|patch|code",
        ],
        unless: &[
            "report|document|postmortem|page|tool written|authored|of by?",
            "last release",
            "view times",
        ],
        guard: Some(in_account),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

fn in_account(sentence: &Sentence, _start: usize, _end: usize) -> bool {
    Sections::CAUSES
        .and(Sections::of(&[SectionKind::ExecutiveSummary, SectionKind::Lessons]))
        .has(sentence.section)
}
