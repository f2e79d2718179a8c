//! Milestones, gaps and triggers over the course of an incident.

use super::*;

/// An alert, a first attempt that does not hold, a second that does.
fn two_attempts() -> Vec<Record> {
    vec![
        metric("14:15", "nginx answers 503 on all shop routes"),
        alert("14:21", "ShopErrors", "shop"),
        chat("14:22", "casey", "on it, looking at the shop errors"),
        chat("14:25", "casey", "restarting the shop pods now"),
        chat("14:27", "casey", "errors are gone for now, shop works again"),
        metric("14:33", "shop error rate 41.0 %"),
        chat("14:34", "casey", "it fails again, the restart did not help"),
        chat("14:36", "casey", "reverting #892 now"),
        chat("14:45", "casey", "rollback worked, shop errors are gone"),
        chat("14:58", "zofia", "All metrics back to normal since 14:46 UTC, closing the incident"),
    ]
}

#[test]
fn of_two_mitigations_the_one_that_held_counts() {
    let timeline = timeline(two_attempts());
    assert_eq!(phase(&timeline, Phase::Started).as_deref(), Some("14:15"));
    assert_eq!(phase(&timeline, Phase::Detected).as_deref(), Some("14:21"));
    assert_eq!(phase(&timeline, Phase::Acknowledged).as_deref(), Some("14:22"));
    assert_eq!(phase(&timeline, Phase::Mitigated).as_deref(), Some("14:45"));
    assert_eq!(phase(&timeline, Phase::Resolved).as_deref(), Some("14:46"));
    assert_eq!(timeline.durations.detection_s, Some(360));
    let conflict = &timeline.conflicts[0];
    assert!(
        conflict.what.starts_with("said to be better at 2025-03-15 14:27:00 UTC, but"),
        "{}",
        conflict.what
    );
}

#[test]
fn an_alert_closed_three_days_late_does_not_move_the_end_but_is_told() {
    let mut records = two_attempts();
    let mut late = alert("14:21", "ShopErrors", "shop");
    late.kind = EventKind::AlertResolved;
    late.when = When::Instant("2025-03-18T09:00:00Z".parse().unwrap());
    late.text = "Resolved: ShopErrors in shop".to_owned();
    records.push(late);
    let options = Options {
        window: Some((at("00:00"), "2025-03-20T00:00:00Z".parse().unwrap())),
        ..Options::default()
    };
    let timeline = build(numbered(records), Incident::default(), &options);
    assert_eq!(phase(&timeline, Phase::Resolved).as_deref(), Some("14:46"));
    assert!(
        timeline
            .conflicts
            .iter()
            .any(|conflict| conflict.what.contains("the alert tool says resolved at 2025-03-18"))
    );
}

#[test]
fn a_report_that_nobody_took_up_before_the_alert_is_a_conflict_not_the_detection() {
    let mut records = two_attempts();
    records.push(chat("14:18", "support", "first customers report 503 on every page of the shop"));
    let alone = timeline(records.clone());
    assert_eq!(phase(&alone, Phase::Detected).as_deref(), Some("14:21"));
    assert!(alone.conflicts.iter().any(|conflict| conflict.what.contains("3 min before the first alert")));
    records.push(chat("14:19", "casey", "restarting the shop gateway"));
    let taken_up = timeline(records);
    assert_eq!(phase(&taken_up, Phase::Detected).as_deref(), Some("14:18"));
}

#[test]
fn an_alert_that_is_disowned_neither_detects_nor_is_shown() {
    let mut records = two_attempts();
    records.push(alert("14:10", "DiskAlmostFull", "search"));
    records.push(chat("14:12", "maria", "the disk alert is ours (search), please ignore"));
    let timeline = timeline(records);
    assert_eq!(phase(&timeline, Phase::Detected).as_deref(), Some("14:21"));
    assert!(!find(&timeline, "DiskAlmostFull").key);
}

#[test]
fn the_reverted_roll_out_right_before_the_trouble_is_the_start_and_the_first_trigger() {
    let change = |clock: &str, kind, pr: &str, text: &str| {
        let mut record = record(When::Instant(at(clock)), "github", SourceClass::Deploy, kind, text);
        record.keys.push(format!("pr:{pr}"));
        record.labels.insert("subtype".to_owned(), "pull_request".to_owned());
        record
    };
    let mut records = two_attempts();
    records.push(change("13:40", EventKind::ChangeMerged, "880", "PR #880 merged: Describe headers"));
    records.push(change(
        "14:11",
        EventKind::ChangeMerged,
        "892",
        "PR #892 merged: Rework the rules of the shop",
    ));
    records.push(change(
        "14:38",
        EventKind::Rollback,
        "895",
        "PR #895 merged: Revert \"Rework the rules of the shop\"",
    ));
    let timeline = timeline(records);
    assert_eq!(phase(&timeline, Phase::Started).as_deref(), Some("14:11"));
    let first = &timeline.triggers[0];
    assert!(timeline.event(first.event).unwrap().text.contains("#892"));
    assert!(timeline.event(first.reverted_by.unwrap()).unwrap().text.contains("#895"));
    assert!(!find(&timeline, "#880").key);
}

#[test]
fn silence_while_it_is_open_is_a_gap() {
    let timeline = timeline(vec![
        alert("14:00", "ShopErrors", "shop"),
        chat("14:01", "casey", "on it, looking at the shop errors"),
        chat("14:02", "casey", "shop logs say connection refused"),
        metric("14:09", "shop error rate 41.0 %"),
        chat("14:18", "casey", "restarting the shop pods"),
        chat("14:19", "casey", "rollback worked, shop errors are gone"),
        chat("14:20", "casey", "all clear, closing the incident"),
    ]);
    assert_eq!(timeline.gaps.len(), 1);
    assert_eq!((timeline.gaps[0].from, timeline.gaps[0].to), (at("14:02"), at("14:18")));
}

#[test]
fn nothing_to_go_by_is_not_found() {
    let timeline = timeline(vec![chat("14:00", "ada", "morning"), chat("14:01", "ben", "coffee?")]);
    assert!(Phase::ALL.iter().all(|phase| timeline.phases.get(*phase).is_none()));
    assert_eq!(build(Vec::new(), Incident::default(), &Options::default()).events.len(), 0);
}

#[test]
fn talk_about_lunch_and_the_review_is_never_shown() {
    let mut records = two_attempts();
    records.push(chat("14:30", "maria", "soup and pancakes at 12:15?"));
    records.push(chat("15:05", "zofia", "What made this possible? In the thread please"));
    records.push(chat("15:07", "jordan", "root cause: nothing in the pipeline checks shop rules"));
    let timeline = timeline(records);
    for words in ["pancakes", "nothing in the pipeline"] {
        assert!(!find(&timeline, words).key, "{words}");
    }
    assert!(find(&timeline, "reverting #892").key);
}

#[test]
fn a_log_that_nobody_commented_has_a_beginning_and_an_end() {
    let timeline = timeline(vec![
        metric("10:02", "proxy memory 800 MB"),
        metric("10:05", "proxy: out of memory, 2300 requests fail"),
        metric("10:06", "health check failed"),
        metric("10:16", "everything back to normal"),
        metric("10:49", "proxy: out of memory again"),
        metric("11:20", "requests back to normal"),
    ]);
    assert_eq!(phase(&timeline, Phase::Started).as_deref(), Some("10:05"));
    assert_eq!(phase(&timeline, Phase::Detected), None);
    assert_eq!(phase(&timeline, Phase::Resolved).as_deref(), Some("11:20"));
}

#[test]
fn public_posts_alone_tell_when_the_impact_was_over() {
    let post = |clock: &str, status: &str, text: &str| {
        let text = format!("[{status}] Orders fail · {text}");
        let mut record =
            record(When::Instant(at(clock)), "statuspage", SourceClass::Chat, EventKind::StatusUpdate, &text);
        record.labels.insert("status".to_owned(), status.to_owned());
        record
    };
    let timeline = timeline(vec![
        post("10:00", "investigating", "We are looking into reports of failing orders."),
        post("10:30", "update", "Some regions have recovered."),
        post("10:50", "update", "Orders are unavailable again in all regions."),
        post("11:10", "update", "Orders have been restored; we keep watching."),
        post("11:40", "resolved", "The incident is over."),
    ]);
    assert_eq!(phase(&timeline, Phase::Mitigated).as_deref(), Some("11:10"));
    assert_eq!(phase(&timeline, Phase::Resolved).as_deref(), Some("11:40"));
}
