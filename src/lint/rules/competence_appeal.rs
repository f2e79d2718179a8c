//! JDG003 Appeal to what a competent person knows or does.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause};
use crate::lint::section::{SectionKind, Sections};

pub(super) static ENTRY: Rule = Rule {
    id: "JDG003",
    name: "competence-appeal",
    family: "judgement",
    level: Severity::Error,
    rationale: "Appeal to what a competent person knows or does.",
    question: "Where would anybody have learnt this before that day?",
    bad: &[
        cause("A professional reads the manual."),
        cause("That was a rookie error."),
        cause("Engineer incompetence with Terraform state handling."),
    ],
    good: &[
        cause("The manual page for this flag is three clicks away from the form."),
        cause("A reasonable engineer would take the same step given that dashboard."),
    ],
    phrases: &[Phrases {
        sections: Sections::ALL.without(Sections::ACTIONS),
        patterns: &[
            "a|any|every|no|only|even real|good|decent|competent|professional|experienced|reasonable|serious|proper|responsible|trained|senior|self-respecting|sane|halfway|first-year|second-year|junior|half-competent? professional|expert|engineer|engineers|admin|developer|operator|dba|student|child|apprentice|intern|beginner|person|programmer|technician|sysadmin|novice|physicist|fool|idiot knows|would|reads|does|checks|should|tests|could|never|writes|looks|understands|sees|can|makes",
            "rookie|novice|beginner|newbie|schoolboy|freshman|amateur error|mistake|stuff|move|errors|mistakes",
            "incompetence|ineptitude|cluelessness",
            "incompetent",
            "not have the faintest|slightest|foggiest idea|clue|notion",
            "not know what @p|@ ~be|was|were doing",
            "no idea|clue what|how @p",
            "common sense",
            "basic|elementary|fundamental hygiene|knowledge|competence|skill|skills|craft|professionalism|due|engineering|arithmetic|sysadmin",
            "know|knows|known|knew better",
            "should know|have known|knows",
            "long enough to know",
            "out of @p|their|his|her|my|our depth|league",
            "in over @p|his|her|their head|heads",
            "not|hardly qualified|competent|cut for|to|out|enough",
            "not|hardly up to the|his|her|their|this task|job|work",
            "not|hardly fit for|to ..? job|task|run|touch|operate|work|post",
            "not|hardly capable of",
            "not take|need .. degree|physicist|engineer|expert|genius|scientist|scholar to|in",
            "not need|have to be a|an .. to ~know|~see|~understand|~realise|~realize",
            "good .. but no leader|manager|engineer|programmer|admin",
            "people who cannot|do|can not?|barely .. write|read|care|know|understand|code",
            "who cannot write|read|code|count",
            "are|is allowed|let near|into production|prod|anything",
            "only a|an .. would|could",
            "at a|this company|firm|organisation|place of our|this size",
            "for a company|team|firm of our|this",
            "for an? .. of his|her|their experience|seniority|salary",
            "which planet",
            "wrong career|profession|job",
            "says a lot|much|everything|volumes|something about @|its|the|his|her|their",
            "any .. who has ever",
            "who .. hired for",
            "paid|hired for their|his|her",
            "be that hard|difficult",
            "cannot be that",
            "a child could",
            "textbook|perfect|prime|classic|shining|model example|case|lesson of|in how .. not",
            "example|case|lesson of|in how not to",
            "even my|the intern|grandmother|dog",
        ],
        unless: &[
            "a|any reasonable|competent|good|experienced .. would .. same|take|done",
            "common sense media|reasoning",
            "nobody|no-one",
        ],
        guard: Some(is_appeal),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

fn is_appeal(sentence: &Sentence, start: usize, end: usize) -> bool {
    let credit = sentence.section == Some(SectionKind::WentWell);
    let same = (end..sentence.tokens.len()).any(|i| sentence.is_one_of(i, &["same", "likewise"]));
    let machine = sentence.has(start, crate::lint::lexicon::Classes::MACHINE_MODIFIER);
    !credit && !same && !machine
}
