//! JDG004 Idioms of letting others down.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause};
use crate::lint::section::{SectionKind, Sections};

pub(super) static ENTRY: Rule = Rule {
    id: "JDG004",
    name: "blame-idiom",
    family: "judgement",
    level: Severity::Error,
    rationale: "Idioms of letting others down.",
    question: "What happened in which order, told without the idiom?",
    bad: &[cause("Infra messed up."), cause("The reviewer dropped the ball.")],
    good: &[cause("Two infra changes were applied in the same minute.")],
    phrases: &[Phrases {
        sections: Sections::ALL.without(Sections::of(&[SectionKind::WentWell])),
        patterns: &[
            "~mess|~screw|~foul|~cock|~goof|~muck|~louse|~stuff|~balls things|it|this|that? up",
            "~drop the ball",
            "~drop .. on the floor",
            "~let us|everyone|everybody|customers|the|team|me|them|themselves|all? ..? down",
            "~fall|~sleep|asleep at|on the? wheel|watch|switch|job|asleep",
            "asleep at|on the",
            "~throw @ under",
            "~pass|~shift|~push the? buck|blame",
            "~hold|~left|~leave .. holding the bag|baby",
            "took its|his|her|their sweet|own|good time",
            "~kick the can",
            "~sweep|~brush .. under the",
            "~turn a blind eye",
            "~shoot|shot ourselves|themselves|himself|herself in the foot",
            "~cut corners",
            "~wash their|his|her|its|our hands",
            "~point fingers|finger",
            "~play with fire",
            "~play russian",
            "left hand .. right hand",
            "too many cooks",
            "~make a? mess|hash|meal|pig|fool|hames of",
            "made a? mess|hash",
            "~have egg on",
            "~cross .. fingers",
            "closed @p|their|his|her eyes",
            "~bury|buried their|his|her|our heads|head",
            "head in the sand",
            "blew it",
            "~blow it",
            "~hang .. out to dry",
            "~go cowboy|rogue",
            "went rogue",
            "~put .. foot in",
            "~talk past each|one",
            "chickens .. headless",
            "headless chickens|chicken",
            "~run around like",
            "~waste everyone|everybody|our 's? time",
            "wasted .. hours|time|minutes on",
            "~miss the boat|mark|memo",
            "~not pull their|his|her weight",
            "~cry wolf",
            "cried wolf",
            "thanks for nothing",
            "for nothing >",
            "so much for",
            "who needs .. anyway",
            "heads will|must|should roll",
            "~leave|left us in the lurch|dark|cold",
            "in the lurch",
            "behind our|my|their|his|her backs|back",
            "~bite|bitten off more",
            "couldn't|could not care less",
            "~give|gave a damn|toss|monkey",
            "nothing|little to contribute",
            "~twiddle",
            "~sit on their|his|her|its hands",
            "~sat|sit around",
            "being helpdesk|sales|support|management|marketing|qa",
            "@t being @t",
            "wild guess",
            "~win no prizes",
            "no prizes for",
            "cavalry",
            "did|do not|n't lift a",
            "~lift a finger",
            "never lifted a",
            "nobody over there",
            "~dump on",
            "~bicker|squabble",
            "finger-pointing|blame-shifting|buck-passing|foot-dragging|hand-wringing|navel-gazing",
        ],
        unless: &["~let @ know", "it was|is said|claimed|rumoured that"],
        guard: Some(is_idiom),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

fn is_idiom(sentence: &Sentence, start: usize, end: usize) -> bool {
    let machine = start > 0
        && sentence.has(start - 1, crate::lint::lexicon::Classes::MACHINE)
        && sentence.agents.is_empty()
        && !sentence.is_one_of(end.saturating_sub(1), &["floor", "ball", "foot"]);
    let link_down = sentence.is_one_of(end.saturating_sub(1), &["down"]) && sentence.agents.is_empty();
    !machine && !link_down
}
