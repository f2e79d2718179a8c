//! JDG002 Low-quality adjectives about somebody's work.

use crate::domain::Severity;
use crate::lint::blamed;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause, summary, timeline};
use crate::lint::section::Sections;

pub(super) static ENTRY: Rule = Rule {
    id: "JDG002",
    name: "work-quality-adjective",
    family: "judgement",
    level: Severity::Warning,
    rationale: "Low-quality adjectives about somebody's work.",
    question: "Which test, limit or rule does the work lack?",
    bad: &[
        cause("The shoddy parser fell over."),
        timeline("23:15 UTC second rollback, this time done properly"),
        cause("Frankly, the review was a joke."),
        summary("An embarrassing mistake in the cron entry stopped payroll."),
    ],
    good: &[cause("The parser has no test for nested quotes."), cause("The log message is unclear.")],
    phrases: &[Phrases {
        sections: Sections::ALL.without(Sections::ACTIONS),
        patterns: &[
            "shoddy|slapdash|half-baked|slipshod|crappy|lousy|botched|bungled|amateurish|cobbled-together|hacky|ramshackle|shambolic|farcical|hare-brained|half-hearted|sloppy|haphazard|pathetic|laughable|ridiculous|embarrassing|disgraceful|shameful|appalling|abysmal|atrocious|dismal|rubbish|garbage|lamentable|pitiful|wretched|kludgy",
            "cobbled|thrown|slapped|hacked|bodged|lashed|cranked together|up|out",
            "was|is|were|are|: a|an|complete|total|utter|simply|just|real? a? joke|disgrace|embarrassment|shambles|mess|farce|scandal|travesty|fiasco|disaster|insult|debacle|nightmare|catastrophe|train-wreck|laughing",
            "this|that time .. properly|right|correctly|with",
            "done|did|do it|this|that? properly|right this|for|at|time|last|once|?",
            "for once properly|right|correctly|in",
            "basic|silly|stupid|dumb|trivial|elementary|rookie|beginner|schoolboy|amateur|avoidable|embarrassing|inexcusable|classic|childish|avoidable|unforced mistake|mistakes|error|errors|blunder|oversight|move",
            "a? beginner 's mistake|error",
            "poor|bad|terrible|awful|questionable|dubious|weak judgement|judgment|decision|decisions|choice|choices|planning|workmanship|craftsmanship|engineering|leadership|communication|discipline|work|job|attitude|taste|idea|call|form|preparation|management",
            "poorly|badly|carelessly|clumsily|hastily|lazily|ineptly written|designed|tested|planned|executed|handled|thought|managed|prepared|reviewed|implemented|communicated|coordinated|run|organised|organized|thought-out|maintained|conceived",
            "not exactly|hardly|not our|my|their|his|her|the finest|best|greatest|proudest hour|moment|work|day",
            "our|my|their finest hour",
            "masterclass in",
            "belongs|belong in the? last|museum|bin|stone|middle|previous|dark",
            "was|is|were|are|: poor|dismal|subpar|substandard|lacklustre|abysmal|dreadful|inexcusable|unforgivable|beneath|unworthy|not good enough",
            "left a lot|much to be desired",
            "leaves|left much|a to be",
            "defies|defied|beggars|beggared belief|description|reason|logic",
            "lack|want|absence of any? thought|care|judgement|judgment|common|discipline|professionalism|competence|skill|imagination|courage|leadership|initiative|interest|respect|rigour|rigor|seriousness|will",
            "certain lack of",
            "without much|any|a|due thought|care|thinking|planning|reflection",
            "with less|little|no|scant|minimal|insufficient care|thought|regard|attention|effort|enthusiasm than|?",
            "too much to ask",
            "half of? a? job|half-job",
            "a|in kindergarten|circus|cowboy",
            "dumb|stupid|bad|silly|foolish|crazy|insane|terrible|weird move|idea|thing|choice|decision|trick|plan",
            "not fit for purpose",
            "no way to run",
            "what were they",
            "botch job",
            "made|make us|the look like|bad|stupid|foolish|silly|as",
            "cut|cuts|cutting corners",
            "not up to scratch|standard|par|the",
        ],
        unless: &[
            "poor man 's",
            "bad gateway|request|block|blocks|sector|sectors|deploy|input|data|record|records|packet|packets",
            "hacky sack",
            "weak reference|references|password|passwords|key|keys|link|isolation|consistency",
            "mess of cables",
            "poorly documented|covered|indexed|visible",
            "bad|poor choice of defaults",
        ],
        guard: Some(is_about_people),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

/// Judgement of code, hardware or text with no person near is no blame.
fn is_about_people(sentence: &Sentence, start: usize, end: usize) -> bool {
    blamed::is_about_people(sentence, start, end)
}
