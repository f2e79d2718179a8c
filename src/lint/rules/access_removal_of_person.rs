//! PUN003 Taking rights away from one person instead of fixing the rights model.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, action};
use crate::lint::section::{SectionKind, Sections};

pub(super) static ENTRY: Rule = Rule {
    id: "PUN003",
    name: "access-removal-of-person",
    family: "punitive",
    level: Severity::Error,
    rationale: "Taking rights away from one person instead of fixing the rights model.",
    question: "Which rights should anybody in this role have, and for how long?",
    bad: &[
        action("Take sudo away from Ludo.").naming(&["Ludo"]),
        action("Håkon loses his production login until further notice.").naming(&["Håkon"]),
    ],
    good: &[
        action("Limit sudo on ledgers to the break-glass role for everyone."),
        action(
            "Trainees get read-only accounts like all visitors, from 1 December, role `scada-view` (owner: wind IT).",
        ),
    ],
    phrases: &[Phrases {
        patterns: &[
            "~revoke|~remove|~withdraw|~suspend|~pull|~strip|~limit|~restrict|~disable|~downgrade|~take|~cancel|~block .. @nhr 's|of|from ..? access|rights|permissions|permission|login|privileges|sudo|badge|account|key|keys|admin|root",
            "~revoke|~remove|~withdraw|~suspend|~pull|~strip|~disable|~downgrade|~take @nhr 's .. access|rights|permissions|permission|login|privileges|sudo|badge|account|key|keys",
            "~take .. access|rights|permissions|login|privileges|sudo|badge|root|admin|keys|production|key .. away|from .. @nhr",
            "~take .. away from @nhr",
            "~revoke|~remove|~withdraw|~suspend|~pull|~strip|~restrict .. access|rights|permissions|privileges|sudo|admin|root|login|keys .. from|for|of @nhr",
            "@nhr .. ~lose .. access|rights|permissions|login|privileges|sudo|badge|account|keys|root",
            "@nhr .. ~hand .. back|in .. badge|keys|access",
            "no more? .. access|rights|sudo|root for @nhr",
            "keep @nhr away|off|out",
            "his|her|their .. access|rights|permissions|login|privileges|sudo|badge|account .. ~revoke|revoked|removed|withdrawn|suspended|limited|restricted|pulled|cancelled",
            "@nhr 's .. access|rights|permissions|login|privileges|sudo|badge|account|key|keys .. ~revoke|revoked|removed|withdrawn|suspended|limited|restricted|pulled|cancelled|gone|disabled",
            "@nhr .. not|no longer be? allowed|permitted|touch|deploy|merge|let|have",
            "strip @nhr",
            "~lose their|his|her elevated|special|production|admin|merge|deploy? rights|privileges|privilege|permissions|button|access|login|badge|role",
            "revoke .. for|from @nhr",
        ],
        unless: &["for|of all", "everyone|everybody", "all # ", "service account"],
        guard: Some(is_one_person),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

/// Losing access in the past is what happened to people; in a plan it is what will be done to them.
fn is_one_person(sentence: &Sentence, start: usize, _end: usize) -> bool {
    let everybody = sentence.is_one_of(start, &["all", "every", "most", "some", "many"])
        || start > 0 && sentence.is_one_of(start - 1, &["all", "every", "most", "some", "many"]);
    let suffered = sentence.any_word(&["lost", "losing"]) && !Sections::PLANS.has(sentence.section);
    !matches!(sentence.section, Some(SectionKind::Timeline | SectionKind::WentWell | SectionKind::Impact))
        && !everybody
        && !suffered
}
