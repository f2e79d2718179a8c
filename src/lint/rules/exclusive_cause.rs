//! CAU001 Exclusiveness asserted for one cause; incidents need several conditions at once.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause};
use crate::lint::section::{SectionKind, Sections};

pub(super) static ENTRY: Rule = Rule {
    id: "CAU001",
    name: "exclusive-cause",
    family: "single-root-cause",
    level: Severity::Warning,
    rationale: "Exclusiveness asserted for one cause; incidents need several conditions at once.",
    question: "What else had to be true for this to become an incident?",
    bad: &[
        cause("The patch alone is the explanation."),
        cause("100% caused by the upstream provider."),
        cause("Solely the PDU firmware."),
    ],
    good: &[
        cause("The patch, the full disk and the missing alert together led to the outage."),
        cause("Primary cause: exhaustion of ephemeral ports; secondary: connection reuse disabled in v5."),
        cause("This was the sole PDU in hall C without a bypass."),
        cause("The update alone does not explain why elevator 5 stopped, as it had not been updated."),
    ],
    phrases: &[Phrases {
        sections: Sections::ALL.without(Sections::of(&[
            SectionKind::Actions,
            SectionKind::Timeline,
            SectionKind::WentWell,
        ])),
        patterns: &[
            "sole|only|single|one|exclusive|unique|lone cause|reason|factor|explanation|culprit|problem|fault|trigger|source|root",
            "one and only",
            "exactly|just|only|but one|single one? cause|reason|explanation|factor|thing",
            "one .. , one cause",
            "no other circumstance|circumstances",
            "no factor|cause worth|of|left|beyond",
            "nothing before",
            "close the analysis|case|investigation",
            "the only|sole|single|one thing|explanation|reason .. wrong|that|matters|we|accept|went|which|failed|needed|worth",
            "alone is|was|explains|caused|suffices|sufficed|accounts|did|brought|took|broke|made|explained|led",
            "solely|exclusively|entirely|purely|wholly|# completely? due|caused|because|by|to|down|the|responsible|attributable|on|a|an|explained",
            "# caused|attributable|due by|to",
            "all|it|everything|incident|outage|this .. ~boil|~come|~boils|~go|~trace|traced|~reduce down|back? to ..? one|a|the|single",
            "~boil down to|?",
            "can be traced|reduced|boiled back|down? to",
            "nothing|no one|none but|else|more|other than the|is|was|played|to|contributed|explains|caused|matters|did|behind|but|stands|went|would|needs",
            "and|, nothing else|more",
            "nothing but the",
            "on nothing more|else",
            "~hinge|hung|hangs|hinged|rested on a|one|the single|sole|one|lone",
            "hangs|hung|hinges|rests on",
            "cause|reason|explanation , singular|full",
            "the|is|was whole|entire|full|complete story|explanation|truth|cause|reason|picture",
            "is|was|'s the whole|entire|full story",
            "that|this is|was|'s all|it there|that|was|is|to|it|?",
            "all|and that|there it is|was|'s",
            "all there is|was to",
            "end of story|discussion|the",
            "full stop >",
            ",|. period >",
            "< period >",
            "case closed",
            "nothing else|other ~explain|~matter|~contribute|~play|~go|was|is|needs|went|behind|did",
            "no other|further|additional reason|cause|factor|factors|causes|explanation|contributing",
            "had .. nothing|none would have happened|gone",
            "without|had .. one|that|this ... nothing would|else",
            "take .. away and",
            "what did it ; ?",
            "is what did it",
            "only one : ?",
            "( only one )",
            "cause ( only",
            "everything else is|was|can|noise|irrelevant|worked|secondary|unimportant|followed",
            "rest is|was|of noise|irrelevant|secondary|detail|history|just",
            "all other|others candidates|factors|causes|theories|candidate are|were irrelevant|secondary|unimportant|nonsense",
            "don't|do not? bother look|looking",
            "it was the .. ; ?,? end|full|that",
            "was|is to blame alone",
            "simply|just|only the ... nothing",
            "that is|'s that",
            "the? root|underlying cause was|is only|simply|solely|purely|just|entirely",
            "one .. is|was enough|responsible|behind|explains|all",
            "only .. is|was to blame|responsible",
            "purely|solely|entirely the|a|an",
            "culprit",
        ],
        unless: &[
            "sole|only .. without|with|left|on|in|that was|had|has",
            "single point of failure",
            "not|no|hardly|never .. only|sole|single|alone|solely|explain",
            "part of the story",
            "alone does|did not",
            "one reason|factor|cause|of|among",
            "one of the",
            "nobody|no-one alone",
            "purely|solely advisory|informational|read-only|cosmetic",
            "culprit .. word|name|field",
            "~boil down to two|three|four|five|several|many",
            "first took|thought|suspected|assumed",
            "turned out",
            "a single|one .. handles|serves|holds|host|node|region|request|replica|reason",
            "for the|which only|single reason",
            "and no other .. was|were affected|lost",
        ],
        guard: Some(is_exclusive),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

/// "Culprit" alone, a single thing that exists once, and effects on users assert nothing.
fn is_exclusive(sentence: &Sentence, start: usize, end: usize) -> bool {
    let culprit = sentence.word(end.saturating_sub(1)) == "culprit" && end - start == 1;
    let impact = sentence.section == Some(SectionKind::Impact);
    let not_after = (end..(end + 2).min(sentence.tokens.len())).any(|i| sentence.is_one_of(i, &["not"]));
    let quantity = sentence.is_one_of(start, &["only", "solely", "purely", "exclusively", "entirely"])
        && sentence.is_one_of(end.saturating_sub(1), &["a", "an"])
        && end - start == 2
        && sentence.section != Some(SectionKind::RootCause);
    !(culprit || impact || not_after || quantity)
}
