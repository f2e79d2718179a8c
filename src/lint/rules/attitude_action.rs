//! ACT002 A wish about attention, attitude or memory changes nothing the next time.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, action, lesson};
use crate::lint::section::{SectionKind, Sections};
use crate::lint::vague;

pub(super) static ENTRY: Rule = Rule {
    id: "ACT002",
    name: "attitude-action",
    family: "vague-action",
    level: Severity::Warning,
    rationale: "A wish about attention, attitude or memory changes nothing the next time.",
    question: "Which guard would make the attention unnecessary?",
    bad: &[
        action("Stay alert during cutovers."),
        action("Engineers must exercise caution around the billing tables."),
        lesson("Everyone needs to take ownership."),
        action("Be more mindful when silencing alarms."),
    ],
    good: &[
        action("Block the cutover job while replicas lag over 5 s."),
        lesson("The temptation to write \"be careful\" here was resisted."),
    ],
    phrases: &[
        Phrases {
            sections: Sections::PLANS,
            patterns: &[
                "be|being|stay|remain|become more|extra|very|much|a|bit|really|particularly? careful|mindful|vigilant|alert|attentive|aware|cautious|diligent|proactive|thorough|conscientious|disciplined|watchful|considerate|smarter|better|smart|careful|rigorous|responsible|prudent|honest|prepared|patient|clear|strict|stricter|transparent",
                "pay|give|paying more|closer|better|greater|special|extra|full? attention|heed|care",
                "exercise|use|take|show more|extra|greater|better|due|good|great? caution|care|judgement|judgment|diligence|restraint|common|pains",
                "take ownership|responsibility|care|pride|more|better|it|this",
                "keep a? closer|better|watchful|an|close? eye|look|watch on?",
                "keep .. in mind",
                "bear in mind",
                "think|thinking twice|before|first|harder|more|ahead",
                "double-check|triple-check|recheck",
                "double check",
                "~remember|~forget to|not|that|about",
                "do|does not forget|panic|assume|rush|trust",
                "try|try to? harder|better|to|not",
                "more|greater|increased|better|raise|increase|raised care|caution|vigilance|discipline|awareness|attention|diligence|mindfulness|rigour|rigor|focus|ownership|responsibility|thought|sensitivity",
                "culture of",
                "mindset|attitude|mentality",
                "quality|safety|customer|security first",
                "do better|more",
                "work|working more|together|better|closer|closely|with? carefully|better|closely|together|harder",
                "lead by",
                "everyone|everybody|all|we|engineers|staff|people|developers must|should|needs|need|has|have to? be|use|take|pay|remember|learn|read|follow|check|know|think|keep|try|exercise|double-check",
                "raise|increase|spread|create|build|foster|promote|instil|instill awareness|vigilance|a|culture|sensitivity|consciousness",
                "live|stick to|by our|the",
                "sense of",
                "remind @",
                "adhere|stick to|keep the? process|processes|procedure|procedures|rules|standards|policy|plan",
                "follow|observe|respect the? process|processes|procedure|procedures|rules|standards|policy|runbook|checklist|better|more|checklist",
                "no more|mistakes|shortcuts",
                "slow down",
                "learn from",
                "trust|listen more|to|your|the",
                "communicate better|more|clearly|early|openly|often",
                "go the extra",
                "step up",
                "get serious|better|our",
            ],
            unless: &[
                "not be able",
                "~remember .. cache|setting",
                "raise|raised alert|alarm",
                "be clear|aware .. label|banner",
                "do better than # ",
            ],
            guard: Some(is_wish),
            ..Phrases::BLANK
        },
        Phrases {
            sections: Sections::ALL.without(Sections::of(&[SectionKind::Timeline])),
            patterns: &[
                "let us|'s|me all? ..? be more careful",
                "must|should be more careful|cautious|vigilant|mindful",
                "we|everyone|everybody need|needs|must|have to? be more|better|careful",
            ],
            guard: Some(is_wish),
            ..Phrases::BLANK
        },
    ],
    ..Rule::BLANK
};

fn is_wish(sentence: &Sentence, _start: usize, _end: usize) -> bool {
    !vague::is_checkable(sentence) && !sentence.is_mention()
}
