//! Reads what a bot in a chat passes on from another system.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::pattern;

use super::fact::Fact;

/// First match wins, so the specific stands before the general.
static RELAYS: LazyLock<Vec<(EventKind, Regex)>> = LazyLock::new(|| {
    [
        (EventKind::Rollback, r#"(?:merged|merge)\b[\s\S]*\brevert(?:s|ed)?\b|\brevert(?:s|ed)?\b[\s\S]*\bmerged\b"#),
        (EventKind::ChangeMerged, r"(?:pull|merge) request (?:merged|#?\d+ merged)|\bmerged \d+ commits?|\b(?:PR|MR)\b.{0,40}\bmerged\b|\bmanually merged\b|\bmerged (?:(?:PR|MR|pull request|merge request) )?[#!]\d+"),
        (EventKind::Declared, r"\bdeclared\b.{0,60}\b(?:inc\w*[ -]?\d*|sev|p[0-4])\b|\bnew incident\b|\bincident (?:opened|created|declared)\b"),
        (EventKind::Resolved, r"\b(?:resolved|closed) \W*(?:the )?inc(?:ident)?\b|\binc(?:ident)?[- ]?\d+ (?:is |was |has been )?(?:now )?(?:resolved|closed)\b"),
        (EventKind::AlertResolved, r"\[(?:resolved|recovered|ok)\b|^\W*(?::\w+:\s*)?\*?(?:resolved|recovered)\b|\bis (?:up|ok)\b|\balert (?:resolved|cleared)|\brecovered\b"),
        (EventKind::AlertAcknowledged, r"^\W*(?::\w+:\s*)?\*?acknowledged\b|\backnowledged by\b|\[acknowledged\]"),
        (EventKind::Escalation, r"^\W*(?::\w+:\s*)?\*?escalated\b|\bescalated to\b|\bpaged\b"),
        (EventKind::AlertFired, r"\[(?:firing|triggered|alerting|alert)\b|^\W*(?::\w+:\s*)?\*?triggered\b|\bis down\b|\balert:|\bfiring\b|\btriggered\b"),
        (EventKind::Rollback, r"\brolled back\b|\brollback (?:finished|complete|succeeded|of)\b|\brolling back\b"),
        (EventKind::Deploy, r"\b(?:synced|deployed)\b|\bdeploy(?:ment|ing)?\b.{0,40}\b(?:succeeded|finished|started|complete|live)|→ ?prod|\bto production\b|\bis in sync\b|\brelease[ds]? v?\d"),
        (EventKind::StatusUpdate, r"\bstatus ?page\b|\*?(?:investigating|identified|monitoring)\*? [–-]"),
        (EventKind::Log, r"\bworkflow\b|\bpipeline\b|\bchecks? passed\b|\bbuild\b.{0,30}\b(?:passed|failed|succeeded)"),
    ]
    .into_iter()
    .map(|(kind, source)| (kind, pattern(source)))
    .collect()
});

/// Gives messages of bots the kind of what they pass on.
pub(super) fn read(facts: &mut [Fact]) {
    for fact in facts.iter_mut().filter(|fact| is_relay(fact) && fact.kind == EventKind::Message) {
        if let Some((kind, _)) = RELAYS.iter().find(|(_, relay)| relay.is_match(&fact.text)) {
            fact.kind = *kind;
        }
    }
}

/// Whether a machine wrote it into a chat.
pub(super) fn is_relay(fact: &Fact) -> bool {
    fact.bot && fact.class == SourceClass::Chat
}

#[cfg(test)]
mod tests {
    use super::RELAYS;
    use crate::domain::EventKind;

    #[test]
    fn bots_pass_on_what_other_systems_did() {
        let kind = |text: &str| RELAYS.iter().find(|(_, relay)| relay.is_match(text)).map(|(kind, _)| *kind);
        for (text, expected) in [
            ("[FIRING:1] FrontendHighErrorRate", EventKind::AlertFired),
            ("[RESOLVED] FrontendHighErrorRate", EventKind::AlertResolved),
            (":rotating_light: *Triggered* #2317 Frontend error rate", EventKind::AlertFired),
            (":eyes: *Acknowledged* by Alex", EventKind::AlertAcknowledged),
            (":white_check_mark: Resolved #2317 via integration", EventKind::AlertResolved),
            (":rotating_light: noor declared *INC-12 search is empty* (SEV-2)", EventKind::Declared),
            (":white_check_mark: noor resolved *INC-12* (SEV-2)", EventKind::Resolved),
            ("Pull request merged by jordan\n#4528 Revert \"Lower the limit\"", EventKind::Rollback),
            ("Pull request merged by jordan\n#4519 Bump search-ui", EventKind::ChangeMerged),
            ("jordan merged #4519 Bump search-ui into main", EventKind::ChangeMerged),
            ("storefront-production synced to revision fdd2656", EventKind::Deploy),
            ("Workflow manifests #1873 on main: all checks passed", EventKind::Log),
        ] {
            assert_eq!(kind(text), Some(expected), "{text}");
        }
        assert_eq!(kind("set up a reminder for Friday"), None);
    }
}
