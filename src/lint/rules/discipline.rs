//! PUN001 A sanction has no place in a report: who fears one stops reporting.

use crate::domain::Severity;
use crate::lint::blamed;
use crate::lint::rule::{Phrases, Rule, action};
use crate::lint::language::Sentence;

pub(super) static ENTRY: Rule = Rule {
    id: "PUN001",
    name: "discipline",
    family: "punitive",
    level: Severity::Error,
    rationale: "A sanction has no place in a report: who fears one stops reporting.",
    question: "(remove; belongs to no incident report)",
    bad: &[
        action("HR will speak with Ludo.").naming(&["Ludo"]),
        action("Performance plan for the two reviewers."),
        action("Make sure the person who did this understands the consequences."),
        action("The two people on shift will write a statement for their manager."),
    ],
    good: &[
        action("Standing production logins are replaced by two-hour grants for all 63 accounts (owner: identity; 2027-03-12)."),
        action("Training on docks for all 210 nurses of building 4, 20 minutes each, from 1 to 28 February."),
    ],
    phrases: &[
        Phrases {
            patterns: &[
                
                "disciplinary|disciplined|reprimand|reprimanded|reprimands|sanction|sanctioned|punish|punished|punishment|punitive|fired|dismissed|sacked|demoted|demotion|suspended|suspension|admonish|admonished|rebuke|rebuked|censure|scold|scolded",
                "~discipline @", "hr will|to|has|have|is|was|gets|must|talk|speak", "to hr|personnel >",
                "human resources will|to|informed", "performance plan|improvement|review for|of|of the|with @",
                "performance improvement plan", "pip for",
                "formal|written|verbal|official|final|first|stern warning|caution|reprimand|notice|note for|to|in|will|by|issued|>|@",
                "warning|caution|note|entry|remark in his|her|their|the personnel|hr|personal? file|record|review|appraisal",
                "in his|her|their file", "consequences for @",
                "~understand|~face|~feel|~bear|~suffer|~know the? consequences",
                "be|been held accountable|responsible|liable", "~hold @ accountable|responsible|liable",
                "@ .. ~answer for",
                "serious|stern|strong|little|quiet word|words|talk|talking-to|conversation with @?",
                "have a word with", "~talk|~speak sternly|seriously to|with @nhr",
                "~counsel|~coach|counseling|counselling|coaching @nhr|for",
                "counselling|counseling session|for|with",
                "bonus|bonuses|salary|pay|premium|raise|promotion|overtime .. cut|cancelled|canceled|reduced|withheld|docked|reconsidered|~lose|deduct|deducted|off",
                "~deduct|~dock|~withhold|~cut .. from @", "~deduct .. premium|bonus|salary|pay|wage|wages",
                "~cancel|~withhold|~reduce|~cut @ 's bonus|leave|raise|vacation",
                "~lose his|her|their|the bonus|job|badge|rank|position|premium",
                "@ .. ~lose|loses his|her|their production|root|admin|commit|merge|badge|login|access",
                "manager|management|boss|line|superior|director informed|notified|told|will|has been|taken",
                "necessary|appropriate|further steps|measures|action|consequences against|>|will|taken|be",
                "will take the? necessary|appropriate|disciplinary steps|measures|action",
                "@ .. no longer welcome|employed|allowed|trusted|work",
                "not be booked|hired|used|invited|employed|renewed|rehired|extended|considered again|any|>",
                "will not be renewed|extended|rehired", "contract .. terminated|ended|ends|cancelled|canceled",
                "terminate|end|cancel the? contract|contracts|employment|cooperation|relationship with|of|?",
                "removed|struck|taken|dropped|barred|banned|excluded from|off the? list|rota|roster|rotation|on-call|team|project|approved|building|shift|pool",
                "@ .. be|to|is|are be? moved|taken|removed|barred|banned|kept|pulled off|from|out",
                "@nhr .. sit|sits out", "banned|barred from", "put|placed|put on probation|leave|notice|watch",
                "on probation|garden|gardening|administrative", "repeat offender|offenders", "offender|offenders",
                "reported to the? head|director|board|management|manager|chief|council|dean|superior|regulator for|of|?",
                "write|writes|file|submit|produce a? statement|explanation|apology|justification|essay",
                "a|the|written statement for|to their|his|her|the|hr|manager",
                "explain|justify|answer himself|herself|themselves|yourself", "find out who",
                "identify the? culprit|person|individual|responsible|guilty", "who is responsible|did|to",
                "zero tolerance", "@ may|can|must no longer", "will be reported", "reported to the? depot|head|line",
                "withheld", "into .. personnel|hr file", "personnel file", "forbidden|banned|prohibited for|from @",
                "sign-off from", "as a lesson|reminder|warning|example ,|>",
                "to learn @? his|her|their|a|the? lesson", "make an example", "three strikes",
                "next offence|offense|time .. consequences|out|fired", "escort|escorted",
                "penalty|penalties|fine|fined for @?|of|by",
                "@ pays|pay|will for the? damage|loss|cake|beer|drinks|out", "~pay .. out of",
                "strike|strikes against", "demand compensation|damages from @nr", "replace @nhr",
                "under supervision|observation|probation >|only|until|for", "only .. under supervision",
                "commits .. checked|reviewed|inspected line|individually|from|by",
                "@nhr 's commits|changes|work|code|pull .. checked|reviewed|double-checked|inspected|supervised|monitored",
                "@nhr .. may|can|must|to|will .. only|always under|with|after|when|supervised",
                "@nhr .. buys|buy|bring|brings cake|beer|donuts|doughnuts|breakfast|pizza|drinks",
                "@nhr .. has|have to lose",
            ],
            unless: &[
                "penalty|penalties .. contract|sla|regulator", "fired .. alert|page|alarm",
                "alert|alarm|alerts|alarms|monitor|rule|trigger|hook|webhook|timer|page|check .. fired",
                "job|jobs|pod|process|instance|session|account|accounts|service|traffic|campaign|sales|trading|vm|node|user|customer .. suspended|suspension|dismissed|demoted",
                "~demote|demoted .. primary|leader|replica|node|standby",
                "primary|leader|node|replica|standby|member .. demoted|demotion",
                "dismissed the? alert|warning|dialog|ticket", "sanction|sanctions list|screening|check",
                "fine grained|for", "suspended .. to|until|state",
                "removed|taken|dropped from|off the? load|pool|rotation .. node|host|pod|server|backend|# nodes",
            ],
            guard: Some(is_sanction),
            ..Phrases::BLANK
        },
    ],
    ..Rule::BLANK
};

/// A sanction needs a person, and a plan or a lesson to stand in; alerts are fired too.
fn is_sanction(sentence: &Sentence, start: usize, end: usize) -> bool {
    let machine_word = sentence.is_one_of(start, &["fired", "disciplined", "suspended", "dismissed", "demoted", "demotion", "suspension", "penalty", "fined", "fine", "removed", "taken", "dropped", "strike", "strikes", "terminate", "banned", "barred", "excluded", "censure", "sanctioned"]);
    let all = (0..sentence.tokens.len()).any(|i| sentence.is_one_of(i, &["all", "everybody", "everyone"])) && sentence.tokens.iter().any(|token| token.kind == crate::lint::language::Kind::Number);
    let human = sentence.agents.iter().any(|agent| agent.kind != crate::lint::language::AgentKind::First) || blamed::has_human_word(sentence, start, end);
    (!machine_word || human) && !all
}
