//! One fact told by many: merging, collapsing, people, storms.

use super::*;

#[test]
fn a_bots_post_joins_the_record_of_the_tool() {
    let mut merged = record(
        When::Instant(at("14:02:05")),
        "github",
        SourceClass::Deploy,
        EventKind::ChangeMerged,
        "PR #892 merged: Rework the path rules",
    );
    merged.keys.push("pr:892".to_owned());
    let timeline = timeline(vec![
        merged,
        bot("14:02:09", "GitHub", "Pull request merged by mateus\n#892 Rework the path rules"),
        alert("14:21", "ShopErrors", "shop"),
        bot("14:21:16", "Alertmanager", "[FIRING:1] ShopErrors (critical)"),
    ]);
    assert_eq!(timeline.events.len(), 2);
    assert_eq!(timeline.events[0].source, "github");
    assert_eq!(timeline.events[0].also[0].file, "slack.json");
    assert_eq!(timeline.events[1].source, "alertmanager");
}

#[test]
fn a_merge_is_no_deploy_even_of_the_same_commit() {
    let change = |clock: &str, kind, subtype: &str, text: &str| {
        let mut record = record(When::Instant(at(clock)), "github", SourceClass::Deploy, kind, text);
        record.keys.push("sha:162cdc2".to_owned());
        record.labels.insert("subtype".to_owned(), subtype.to_owned());
        record
    };
    let timeline = timeline(vec![
        change("14:02", EventKind::ChangeMerged, "pull_request", "PR #892 merged: rules"),
        change("14:08", EventKind::Deploy, "deployment", "Deployed edge to production"),
        alert("14:21", "ShopErrors", "shop"),
    ]);
    assert_eq!(timeline.events.len(), 3);
}

#[test]
fn the_same_line_of_two_exports_is_one_event_but_two_lines_of_one_are_two() {
    let line = |file: &str, clock: &str| {
        let mut record = chat(clock, "ada", "ok, the manual rollback worked");
        record.keys.push("chat:04:0123456789abcdef".to_owned());
        record.origin.file = file.to_owned();
        record
    };
    let timeline = timeline(vec![
        line("export.json", "17:34:20"),
        line("paste.txt", "17:34"),
        line("export.json", "17:34:50"),
    ]);
    assert_eq!(timeline.events.len(), 2);
    assert_eq!(timeline.events.iter().map(|event| event.also.len()).sum::<usize>(), 1);
}

#[test]
fn repeats_of_an_alert_collapse_to_a_count_and_a_span() {
    let timeline =
        timeline((0..6).map(|at| alert(&format!("14:{:02}", 20 + 5 * at), "ShopErrors", "shop")).collect());
    assert_eq!(timeline.events.len(), 1);
    assert_eq!((timeline.events[0].count, timeline.events[0].until), (6, Some(at("14:45"))));
}

#[test]
fn a_storm_is_one_line_and_an_unrelated_alert_stays_apart() {
    let mut records: Vec<Record> = (0..40)
        .map(|n| alert(&format!("14:{:02}:{:02}", 20 + n / 20, n % 20), &format!("Shop{n}Bad"), "shop"))
        .collect();
    records.push(alert("14:20:30", "DiskAlmostFull", "search"));
    let timeline = timeline(records);
    let mut counts: Vec<u32> = timeline.events.iter().map(|event| event.count).collect();
    counts.sort_unstable();
    assert_eq!(counts, [1, 40]);
}

#[test]
fn one_person_has_one_name() {
    let mut first = chat("14:26", "Alex", "on it");
    first.actor.as_mut().unwrap().aliases = vec!["U05".to_owned(), "alex.brandt@example.com".to_owned()];
    let timeline = timeline(vec![
        first,
        chat("14:27", "Alex Brandt", "restarting the pods"),
        chat("14:28", "alexbrandt", "restarted both"),
        chat("14:29", "Jordan", "I am here"),
    ]);
    let names: Vec<&str> = timeline.events.iter().filter_map(|event| event.actor.as_deref()).collect();
    assert_eq!(names, ["Alex Brandt", "Alex Brandt", "Alex Brandt", "Jordan"]);
}

#[test]
fn the_severity_is_the_last_one_that_was_given() {
    let of = |lines: &[&str]| {
        let lines = lines.iter().enumerate();
        super::super::severity(&timeline(
            lines.map(|(minute, text)| chat(&format!("14:{:02}", minute + 10), "ada", text)).collect(),
        ))
    };
    assert_eq!(of(&["declaring a sev3", "looks like the SEV-1 of last week"]).as_deref(), Some("SEV-3"));
    assert_eq!(
        of(&["This is a SEV-2: payments fail.", "upgrading to SEV 1, all regions"]).as_deref(),
        Some("SEV-1")
    );
    assert_eq!(of(&["should we make this a SEV-1?", "several 5xx, severity unclear"]), None);
}
