//! A draft is not ready, a finished document is, and each obstacle names its line and the way out.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use super::*;
use crate::domain::DecisionVerdict;

const DRAFT: &str = "---\nid: INC-7\nstatus: draft\nseverity: SEV-1\nstarted_at: 2025-11-28T09:22:00Z\n---\n# Checkout down\n\n## Executive summary\n\nIt failed.\n\n## Impact\n\nTBD\n\n## Timeline\n\n> **Conflict 1**: you changed\n\n| Time | Event |\n|---|---|\n| 09:22 | began, password=hunter2 |\n\n## Root cause analysis\n\nThe limit.\n\n## Action items\n\n| ID | Action | Owner | Due | Status | Verification |\n|---|---|---|---|---|---|\n| A-1 | Alert on memory | sre | 2025-12-15 | open | page in a drill |\n| A-2 | Split overlays | – | – | proposed | – |\n| A-3 | Old idea | – | – | dropped | – |\n\n## Similar incidents\n\n- **INC-3** Checkout down: a likely repeat, probability 0.91.\n- **INC-4** Other: related, probability 0.40.\n\n## Open questions\n\n- How many users? *Ask: support.*\n- Is this a repeat of INC-3? *Ask: lead.*\n- Who noticed? *Ask: support.* The support team, at 09:30.\n\n## Unverified\n\n- Impact: \"all users\" (not in the evidence)\n";

fn check(source: &str, stage: Stage, decisions: &[Decision]) -> Vec<Obstacle> {
    let reviewers = ["@lead".to_owned()];
    obstacles(&Situation {
        source,
        stage,
        findings: &[],
        faults: &[],
        unfounded: &[],
        doubts: &[],
        decisions,
        reviewers: &reviewers,
    })
}

#[test]
fn a_draft_lists_what_is_missing_with_lines() {
    let told = |stage| {
        check(DRAFT, stage, &[])
            .into_iter()
            .map(|one| format!("{}: [{}] {}\n    {}\n", one.line, one.check, one.message, one.help))
            .collect::<String>()
    };
    insta::assert_snapshot!(told(Stage::Final));
    assert!(!told(Stage::Review).contains("[unverified]"));
}

#[test]
fn a_decision_settles_a_repeat_until_it_is_undone() {
    let decision = |verdict| Decision {
        a: "INC-7".to_owned(),
        b: "INC-3".to_owned(),
        verdict,
        by: "lead".to_owned(),
        at: "2025-12-01T00:00:00Z".parse().unwrap(),
        why: None,
        probability: None,
        likeness: None,
    };
    let open = |decisions: &[Decision]| {
        let found = check(DRAFT, Stage::Final, decisions);
        let asks = |one: &&Obstacle| one.check == "repeats" || one.message.contains("a repeat of");
        found.iter().filter(asks).count()
    };
    assert_eq!(open(&[decision(DecisionVerdict::Different)]), 0);
    assert_eq!(open(&[decision(DecisionVerdict::Same), decision(DecisionVerdict::Undo)]), 2);
}

#[test]
fn promotion_changes_the_status_line_only() {
    let now = "2025-12-05T10:00:00.5Z".parse().unwrap();
    let promoted = promote(DRAFT, Stage::Final, now);
    assert_eq!(
        promoted,
        DRAFT
            .replace("status: draft", "status: final")
            .replace("\n---\n# ", "\npublished_at: 2025-12-05T10:00:00Z\n---\n# ")
    );
    assert_eq!(promote(&promoted, Stage::Final, "2026-01-01T00:00:00Z".parse().unwrap()), promoted);
    assert_eq!(promote("# T\n", Stage::Review, now), "---\nstatus: review\n---\n# T\n");
    assert_eq!(
        promote("---\r\nstatus: draft # by hand\r\n---\r\n", Stage::Review, now),
        "---\r\nstatus: review # by hand\r\n---\r\n"
    );
}
