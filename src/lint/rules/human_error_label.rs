//! BLM009 An error of humans given as the explanation, under any of its labels, ends the analysis where it should begin.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause, factor, lesson, summary};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "BLM009",
    name: "human-error-label",
    family: "human-error",
    level: Severity::Error,
    rationale: "An error of humans given as the explanation, under any of its labels, ends the analysis where it should begin.",
    question: "Which design of the tool or the step made this slip easy, and why was it not caught before it mattered?",
    bad: &[
        cause("Reason: manual error."),
        summary("Simple human oversight meant the flag stayed on."),
        cause("Category: Human / procedural violation."),
        cause("Lapse of concentration while swapping the disks."),
        factor("Contributing factor: lack of attention from staff."),
    ],
    good: &[
        cause("The form accepts amounts with a comma and reads them as thousands."),
        cause("HTTP 422 \"user error\" was returned for 7% of the calls."),
        lesson("Not a case of human failure, in our view."),
        summary("The phrase \"fat fingers\" in the first status update was wrong and was withdrawn."),
    ],
    phrases: &[Phrases {
        patterns: &[
            "human|manual|personnel|personal|staff|employee|individual|people|person|worker|crew|handling|man-made|manmade|humane error|errors|mistake|mistakes|failure|failures|oversight|lapse|lapses|slip|slips|fault|faults|violation|misconduct|factor|carelessness|negligence|blunder|misstep|weakness|fallibility|inattention|element",
            "%role error|errors|mistake|mistakes|oversight|slip|lapse|inattention|negligence|blunder|incompetence|misstep|misjudgement|misjudgment|misconduct",
            "stevedore|driver|pilot|operator|user|technician|engineer|admin error|mistake|slip|lapse",
            "human / procedural|procedure|process",
            "error|errors|mistake|mistakes|slip|slips|lapse|lapses|failure|failures|fault|oversight|violation|omission|misconduct|wrong of|by|from|on|among the? a? an? humans|human|people|personnel|staff|person|individual|individuals|employee|employees|operator|operators|hand|hands|worker|workers|somebody|someone|crew",
            "individual|person|operator|employee|engineer|somebody|someone 's %fault_noun",
            "error|mistake|slip of commission|omission|judgement|judgment",
            "slip|lapse of the pen|hand|tongue|memory|attention|concentration|judgement|judgment|mind|finger",
            "error|lapse|lack|loss|failure|failing of|in judgement|judgment|attention|concentration|vigilance|care|diligence|awareness|situational",
            "fat fingers|finger|fingering|fingered",
            "fat-finger|fat-fingers|fat-fingered|fat-fingering|butterfingers",
            "finger trouble|slip|problem",
            "pilot error",
            "pebcak|pebkac|layer-8|id10t",
            "layer 8",
            "between the? keyboard|chair|screen and the? chair|keyboard|screen",
            "in front of the screen|keyboard|console > ",
            "weak|weakest link was|is flesh|human|people|us|man",
            "misoperation|mishandling by|of|at|on",
            "mix-up|mishap on|at|by the? part|hands|side? of? ..",
            "error|oversight|mistake|slip|mix-up on|at our|their|his|her|the side|part|end|hands",
            "equipment|system|systems|technology|machine|machines|hardware was|were fine ... people|users|crew|staff|operators",
            "because ? human|people > ",
            "# ? : human|people > ",
            "why # : human|people|inattention|inattentiveness|carelessness",
            "problem between",
            "human factor|element|side|issue|problem|component|aspect > ",
            "human factor|factors :",
            "people|human|person side|factor|element|problem|issue .. not .. technology|technical|system",
            "to err is human",
            "humans|people are the? weak|weakest|fallible|problem|only",
            "weak|weakest link .. human|people|humans",
            "human|humans in the loop was|were the problem",
            "wrong|mistaken|incorrect|erroneous|bad keystroke|action|input|entry|click|keypress|command|button by|of|from|pressed|on? ..",
            "mistyped .. human",
            "typo|typos ; ? people|by|of|humans|someone",
            "typing|handling|keying|copy-paste|copy-and-paste|data-entry|input|planning|clerical|wiring|cabling mistake|error|slip|errors|mistakes",
            "wrong|incorrect action by staff|personnel|operator|operators|people|crew|hand",
            "what failed was|were the? person|people|human|humans|operator|man",
            "failed was the person|human",
            "staff|people|personnel|human factors .. causal|cause|responsible|considered",
            "human|manual intervention error|mistake",
            "cognitive failure|slip|lapse|error",
            "loss of situational|situation awareness",
            "lost situational|situation awareness",
            "skill-based|rule-based|knowledge-based slip|lapse|error|mistake",
            "slip|lapse|mistake ( skill-based|human|individual",
            "( human )",
            "human : ",
            "me . human",
            "erreur humaine",
            "menschliches versagen",
            "< man-made",
            "< inattention",
            "< carelessness",
            "< negligence",
            "< forgetfulness",
            "< inexperience",
            "< oversight|slip|lapse by|of|in|during",
            "< operator slip|error|mistake|lapse",
            "< user|admin|engineer error|mistake",
            "attributed|attributable|due|down|owed|traced|put|ascribed to .. human|person|people|personnel|staff|individual error|factor|misconduct|mistake|failure|side|inattention",
            "somebody|someone slipped|slipped up",
            "as happens when people|humans|you",
            "people|humans make mistakes|errors|them",
            "when people|humans do things by hand",
            "a? digit|line|zero got lost",
            "lack|want of attention|care|concentration|vigilance|diligence|due|experience|discipline|training .. staff|personnel|operator|people|engineer|team|crew|by|from|on",
            "gross|simple|pure|plain|sheer|honest human? negligence|oversight|carelessness|mistake|inattention|slip|forgetfulness",
            "proof|proves that? humans|people",
            "cockpit|cabin error",
            "human behaviour|behavior > ",
            "due to|because of inattention|carelessness|fatigue|negligence|forgetfulness|inexperience|overconfidence|complacency|haste",
            "fatigue|tiredness|inattention|carelessness|distraction|inexperience|forgetfulness|complacency of|by|on|among @",
        ],
        unless: &[
            "user|client|operator error|errors rate|rates|budget|code|codes|page|pages|message|class|class|response|responses",
            "human error|errors ..? prevention|analysis|budget|assessment|rate",
            "not .. human|operator|user error|failure|mistake",
            "typos .. happen",
            "every crew|team|one .. slips|errs|makes",
            "proposed as a factor",
            "error tracker|budget|budgets",
            "human error is|was not",
            "human error page",
            "which we do not use",
            "the error|errors of",
            "that|which is why",
            "~call|calling it .. would",
        ],
        guard: Some(is_explanation),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

/// An HTTP class, a state in a metric or the plan of a remedy is no explanation.
fn is_explanation(sentence: &Sentence, start: usize, end: usize) -> bool {
    let classes = (start..end).any(|i| sentence.is_one_of(i, &["user", "client"]))
        && (0..sentence.tokens.len()).any(|i| sentence.is_one_of(i, &["http", "422", "400", "4xx", "404"]));
    let remedy = sentence.section == Some(SectionKind::Actions)
        || sentence.section == Some(SectionKind::Impact)
        || sentence.section == Some(SectionKind::WentWell);
    let machine = start > 0 && sentence.has(start - 1, crate::lint::lexicon::Classes::MACHINE_MODIFIER);
    !classes && !remedy && !machine
}
