//! HND007 Adverbs of certainty about a past judgement; not about what is visible now.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause, timeline};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "HND007",
    name: "certainty-marker",
    family: "hindsight-certainty",
    level: Severity::Warning,
    rationale: "Adverbs of certainty about a past judgement; not about what is visible now.",
    question: "What made the other outcome look likely at that time?",
    bad: &[
        cause("Of course the tunnel was down."),
        cause("Naturally, the retry storm followed."),
        cause("Anyone could see the graph was heading for a cliff."),
    ],
    good: &[
        cause("The tunnel had been down since 03:30 UTC; no alert covers it."),
        timeline("The obvious first check, CPU, showed nothing unusual."),
        timeline("15:38 UTC obviously wrong address in the answer: 0.0.0.0"),
        timeline("11:02 UTC It is plain from the meter that row B draws nothing."),
    ],
    phrases: &[Phrases {
        patterns: &[
            "< of course",
            "of course",
            "a|any .. child|fool|monkey|idiot|layman|blind|toddler|first-year ..? could|can|would|might have? predicted|predict|foreseen|foresee|guessed|guess|seen|see|told|tell|known|know|spotted|spot",
            "any|every competent|decent|experienced|halfway .. would|could|can ..? tell|told|have|know|knew|see",
            "every @r .. knew|knows|saw|expected",
            "every %role ..? knew|knows",
            "knew in their|his|her|our gut|guts|heart|hearts|bones",
            "not exactly|really|much of? a? mystery|secret|surprise|news|rocket",
            "announcing itself|themselves",
            "< naturally|predictably|obviously|clearly|evidently|unsurprisingly|inevitably|needless|surely|plainly|undoubtedly|certainly ,?",
            "and|so|then|it|this|that|which|, naturally|predictably|obviously|unsurprisingly|inevitably|undoubtedly",
            "obviously|predictably|inevitably|unsurprisingly|naturally|foreseeably .. ~fail|~break|~crash|~fall|~go|~resolve|~follow|~overload|~happen|~run|~stop|~end|down",
            "needless to say",
            "it goes without saying",
            "as was to be expected",
            "as expected",
            "as @? expected|anyone|everyone|everybody|could|would expected? , ?",
            "anyone|anybody|everyone|everybody|everybody|any|even|a child|nobody|who|one could|can|knows|knew|would have? ..",
            "any .. student|engineer|beginner|child|fool|idiot|schoolboy|graduate|junior|novice|amateur .. knows|knew|could|can|would|sees",
            "everybody|everyone|everyone|anyone can|knows|could count|see|tell|guess|that",
            "everybody|everyone|we all knew|known",
            "to the surprise of nobody|no-one|no",
            "to nobody|no-one 's surprise",
            "to no one",
            "surprise|surprised to? nobody|no-one|no|hardly",
            "nobody|no-one|no|hardly|who .. can|could|should|will .. be surprised|surprise",
            "nobody sane",
            "it is|was|were|be no|small|hardly|little any? surprise|wonder|miracle|secret",
            "comes|came|come as no surprise",
            "hardly|scarcely surprising|unexpected|unforeseeable|rocket|surprised",
            "plain as day|the",
            "plain|clear|obvious for all|everyone|anyone|everybody to see",
            "writing was|on|is on? the wall",
            "written on the wall",
            "there for all to see",
            "was|is|were plain|obvious|clear|blatant|evident|glaringly|blindingly|glaring to all|everyone|anyone|all|from the start|outset|beginning",
            "blindingly|glaringly|painfully|perfectly|patently obvious|clear|plain",
            "plainly|clearly|obviously show|shows|showed|shown|indicated|visible|heading",
            "was|is|were obvious|clear .. that .. would|could",
            "the obvious|predictable|inevitable|logical|natural outcome|result|consequence|conclusion|end|cause|danger|risk|flaw|mistake|problem",
            "the? warning signs were",
            "see|seen|saw coming from? a? mile|miles|far|afar|away|?",
            "seen|see it|this|that coming",
            "could|can only end|have one|ended in? one?",
            "only one way",
            "law of nature",
            "stands to reason",
            "it was clear|obvious|evident|plain",
            "not exactly|hardly news|unforeseeable|rocket",
            "would have been a miracle",
            "miracle had|that|if",
            "read off|from the",
        ],
        unless: &[
            "obviously wrong|different|broken|corrupt|invalid|empty",
            "it is|was|'s plain|clear|obvious from|on",
            "everyone can|could reach|access|edit|log|open",
            "not|nor|wasn't obvious|clear",
            "became clear|obvious",
            "clearly marked|labelled|labeled|visible|separated|stated",
            "is|was unclear|not",
            "natural ordering|key|order|language|join",
            "nobody|no-one can|could read|log|see",
        ],
        guard: Some(is_past_judgement),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

/// What is visible now may be plain; plans and praise may be certain.
fn is_past_judgement(sentence: &Sentence, start: usize, end: usize) -> bool {
    let planned = matches!(sentence.section, Some(SectionKind::Actions | SectionKind::WentWell));
    let now = sentence.section == Some(SectionKind::Timeline) && sentence.is_one_of(end, &["from", "on"]);
    let as_check = sentence.word(start) == "the" && sentence.is_one_of(end, &["first", "check"]);
    let person_only = sentence.is_one_of(
        start,
        &["any", "even", "a", "one", "who", "nobody", "everyone", "everybody", "anyone", "anybody"],
    ) && !(start..(end + 2).min(sentence.tokens.len())).any(|i| {
        sentence.is_one_of(
            i,
            &[
                "see",
                "seen",
                "know",
                "knows",
                "knew",
                "known",
                "tell",
                "guess",
                "guessed",
                "count",
                "expect",
                "expected",
                "notice",
                "predict",
                "predicted",
                "foresee",
                "student",
                "child",
                "fool",
                "idiot",
                "surprised",
                "sane",
                "surprise",
                "told",
                "beginner",
                "understand",
            ],
        )
    });
    !(planned || now || as_check || person_only)
}
