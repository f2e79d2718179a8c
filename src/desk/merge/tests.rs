//! What people wrote survives every redraft.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use super::{merge, unresolved};

const BASE: &str = "---\nid: INC-1\nstatus: draft\nseverity: SEV-2\n---\n# Checkout down\n\n> Draft from evidence.\n\n## Impact\n\nErrors lasted 33 minutes.[^E1][^E2] Revenue impact is not stated. Support saw 12 tickets.[^E3]\n\n## Timeline\n\n| Time (UTC) | Source | Event |\n|---|---|---|\n| 09:22 | k8s | Rollout began [^E1] |\n| 09:31 | pagerduty | Alert fired [^E2] |\n\n## Action items\n\n- Raise the limit\n- Add an alert\n\n## Evidence\n\n[^E1]: 2025-11-28 09:22:07 UTC · kubernetes · \"Scaled up\" (k8s.json#17)\n[^E2]: 2025-11-28 09:31:00 UTC · pagerduty · \"5xx\" (pd.json#1)\n[^E3]: 2025-11-28 09:40:00 UTC · slack · \"tickets\" (s.json#2)\n";

#[test]
fn a_side_that_changed_nothing_gives_way_byte_for_byte() {
    let edited = BASE
        .replace("Revenue impact is not stated.", "Revenue lost: 5,000 EUR.")
        .replace("- Add", "-   Add")
        .replace('\n', "\r\n");
    assert_eq!(merge(BASE, &edited, BASE).text, edited);
    assert_eq!(merge(BASE, BASE, &edited).text, edited);
    assert_eq!(merge(BASE, &edited, &edited).text, edited);
}

#[test]
fn edits_of_different_claims_join_without_conflict() {
    let ours = BASE
        .replace("Revenue impact is not stated.", "Revenue lost: 5,000 EUR.")
        .replace("status: draft", "status: review");
    let theirs = BASE
        .replace("33 minutes", "41 minutes")
        .replace("| 09:31 |", "| 09:25 | slack | First report [^E4] |\n| 09:31 |")
        .replace("severity: SEV-2", "severity: SEV-1");
    let merged = merge(BASE, &ours, &theirs);
    assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
    insta::assert_snapshot!(merged.text);
}

#[test]
fn both_changed_one_claim_and_the_person_wins_visibly() {
    let ours = BASE
        .replace("Errors lasted 33 minutes.", "Errors lasted about half an hour for card payments.")
        .replace("Rollout began", "Rollout of frontend began")
        .replace("severity: SEV-2", "severity: SEV-3")
        .replace("- Add an alert\n", "");
    let theirs = BASE
        .replace("33 minutes", "41 minutes")
        .replace("Rollout began", "Rollout of v42 began")
        .replace("severity: SEV-2", "severity: SEV-1")
        .replace("Add an alert", "Add an alert on memory");
    let merged = merge(BASE, &ours, &theirs);
    assert_eq!(merged.conflicts.len(), 4);
    insta::assert_snapshot!(merged.text);
    let open = unresolved(&merged.text);
    assert_eq!(open.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
    let again = merge(&theirs, &merged.text, &theirs);
    assert_eq!(again.text, merged.text, "a second redraft of the same evidence changes nothing");
    let later = theirs.replace("12 tickets", "14 tickets");
    assert!(merge(&theirs, &merged.text, &later).conflicts.is_empty());
}

#[test]
fn sections_moved_renamed_deleted_or_added_are_followed() {
    let impact = &BASE[BASE.find("## Impact").unwrap()..BASE.find("## Timeline").unwrap()];
    let actions = &BASE[BASE.find("## Action").unwrap()..BASE.find("## Evidence").unwrap()];
    let ours = BASE.replace(impact, "").replace(actions, "").replace(
        "## Evidence",
        &format!(
            "## Customer impact{}## Thanks\n\nTo everyone.\n\n## Evidence",
            &impact["## Impact".len()..]
        ),
    );
    let theirs = BASE
        .replace("33 minutes", "41 minutes")
        .replace("## Timeline", "## Open questions\n\n- Who noticed?\n\n## Timeline");
    let merged = merge(BASE, &ours, &theirs);
    assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
    insta::assert_snapshot!(merged.text);
}

#[test]
fn an_answer_to_a_withdrawn_question_is_kept_under_its_heading() {
    let base = "# T\n\n## Open questions\n\n- Who noticed?\n";
    let ours = "# T\n\n## Open questions\n\n- Who noticed? The support team did.\n";
    let merged = merge(base, ours, "# T\n");
    assert_eq!(merged.text, ours);
}

#[test]
fn a_key_that_both_sides_add_is_not_written_twice() {
    let ours = BASE.replace("severity: SEV-2\n", "severity: SEV-2\ncommander: maya\n");
    let theirs = BASE.replace("id: INC-1\n", "id: INC-1\ncommander: tomas\n");
    let merged = merge(BASE, &ours, &theirs);
    assert_eq!(merged.text.matches("\ncommander:").count(), 1);
    assert!(merged.text.contains("\n# Conflict 1, regenerated: commander: tomas\n"));
}

#[test]
fn a_footnote_that_a_person_cites_keeps_its_definition() {
    let ours = BASE.replace("Support saw 12 tickets.[^E3]", "Support was overrun.[^E3]");
    let line = BASE.lines().find(|line| line.starts_with("[^E3]:")).unwrap();
    let theirs = BASE.replace(" Support saw 12 tickets.[^E3]", "").replace(&format!("{line}\n"), "");
    assert_eq!(merge(BASE, &ours, &theirs).text, ours);
    assert_eq!(merge(BASE, BASE, &theirs).text, theirs);
}

#[test]
fn a_file_with_windows_line_ends_keeps_them_whatever_is_taken_over() {
    let ours = BASE.replace("33 minutes", "half an hour").replace('\n', "\r\n");
    let theirs = BASE
        .replace("33 minutes", "41 minutes")
        .replace("| 09:31 |", "| 09:25 | slack | First report [^E4] |\n| 09:31 |");
    let merged = merge(BASE, &ours, &theirs);
    assert_eq!(merged.conflicts.len(), 1);
    assert!(merged.text.contains("First report") && merged.text.contains("half an hour"));
    assert_eq!(merged.text.matches('\n').count(), merged.text.matches("\r\n").count());
    assert_eq!(unresolved(&merged.text).len(), 1);
}
