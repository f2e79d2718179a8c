//! Times: zones, days, wrong clocks, impossible values.

use jiff::civil::{DateTime, Time};

use super::*;

fn note(line: usize, clock: &str, zone: Option<&str>, text: &str) -> Record {
    let time: Time = clock.parse().unwrap();
    let mut record =
        record(When::Clock { time, day: 0 }, "notes", SourceClass::Memory, EventKind::Message, text);
    record.zone = zone.map(str::to_owned);
    record.precision = Precision::Minute;
    record.origin = Origin { file: "notes.md".to_owned(), line, permalink: None };
    record
}

#[test]
fn notes_an_hour_ahead_of_what_is_pasted_in_them_are_moved_and_that_is_told() {
    let records = vec![
        note(1, "15:25", Some("UTC"), "page on the phone"),
        note(2, "15:26", Some("UTC"), "first look:\n2025-03-15T14:26:00Z gateway level=error status=503"),
        note(3, "15:41", Some("UTC"), "dead again:\n2025-03-15T14:41:10Z kubelet reason=OOMKilled"),
        alert("14:24", "ShopErrors", "shop"),
    ];
    let timeline = build(records, Incident::default(), &Options::default());
    assert_eq!(find(&timeline, "page on the phone").at, at("14:25"));
    let conflict = &timeline.conflicts[0];
    assert!(conflict.what.contains("1 h ahead of the log lines pasted"), "{}", conflict.what);
    assert_eq!(conflict.evidence.len(), 2);
}

#[test]
fn one_old_stamp_in_a_note_moves_nothing() {
    let records = vec![
        note(1, "14:25", Some("UTC"), "page on the phone"),
        note(2, "14:26", Some("UTC"), "last seen 2025-03-15T11:26:00Z in the log"),
        alert("14:24", "ShopErrors", "shop"),
    ];
    let timeline = build(records, Incident::default(), &Options::default());
    assert_eq!(find(&timeline, "page on the phone").at, at("14:25"));
    assert!(timeline.conflicts.is_empty());
}

#[test]
fn one_stamp_from_the_future_proves_the_heading_wrong() {
    let records = vec![
        note(1, "09:26", Some("UTC"), "page: violation started March 15, 2025 at 2:26PM UTC"),
        note(2, "09:31", Some("UTC"), "first look"),
    ];
    let timeline = build(records, Incident::default(), &Options::default());
    assert_eq!(find(&timeline, "first look").at, at("14:31"));
    assert!(timeline.conflicts[0].what.contains("5 h behind"), "{}", timeline.conflicts[0].what);
}

#[test]
fn clock_times_without_a_day_take_it_from_what_is_pasted_in_them() {
    let lines = |text: &str| {
        vec![note(1, "23:52", None, "errors in the shop"), {
            let mut later = note(2, "00:03", None, text);
            later.when = When::Clock { time: "00:03".parse().unwrap(), day: 1 };
            later
        }]
    };
    let pasted = lines("here: 2025-03-16T00:01:40Z level=error status=503");
    let timeline = build(pasted, Incident::default(), &Options::default());
    assert_eq!(find(&timeline, "errors in the shop").at, at("23:52"));
    assert!(build(lines("no date"), Incident::default(), &Options::default()).events.is_empty());
    let named = Incident { id: "shop-2025-03-15".to_owned(), ..Incident::default() };
    let timeline = build(lines("no date"), named, &Options::default());
    assert_eq!(find(&timeline, "errors in the shop").at, at("23:52"));
    assert!(timeline.warnings.iter().any(|warning| warning.message.contains("the name of the incident")));
}

#[test]
fn what_is_pasted_minutes_later_is_no_zone() {
    let records = vec![
        note(1, "14:40", Some("UTC"), "pod log:\n2025-03-15T14:25:30Z level=error"),
        note(2, "14:56", Some("UTC"), "again:\n2025-03-15T14:41:10Z level=error"),
    ];
    let timeline = build(records, Incident::default(), &Options::default());
    assert_eq!(find(&timeline, "pod log").at, at("14:40"));
}

#[test]
fn clock_times_take_the_day_of_the_window_and_the_zone_of_the_option() {
    let incident = Incident { window: Some((at("12:00"), at("20:00"))), ..Incident::default() };
    let options = Options { timezone: Some("Europe/Berlin".to_owned()), ..Options::default() };
    let timeline = build(vec![note(1, "15:25", None, "page on the phone")], incident, &options);
    assert_eq!(timeline.events[0].at, at("14:25"));
}

#[test]
fn the_hour_that_occurs_twice_when_clocks_go_back_is_no_new_day() {
    let utc = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    let window = (utc("2024-10-26T20:00:00Z"), utc("2024-10-27T06:00:00Z"));
    let incident = Incident { window: Some(window), ..Incident::default() };
    let options = Options { timezone: Some("Europe/Vienna".to_owned()), ..Options::default() };
    let said = |line: usize, clock: &str, day: i32, text: &str| {
        let mut record = note(line, clock, None, text);
        record.when = When::Clock { time: clock.parse().unwrap(), day };
        record
    };
    // Whoever counts midnights takes the second 02:05 for the next day.
    let records = vec![
        said(1, "23:50", 0, "all quiet"),
        said(2, "02:58", 1, "two minutes to go"),
        said(3, "02:05", 2, "results are missing"),
        said(4, "03:10", 2, "channel restarted"),
    ];
    let timeline = build(records, incident, &options);
    let times: Vec<String> = timeline.events.iter().map(|event| event.at.to_string()).collect();
    assert_eq!(
        times,
        ["2024-10-26T21:50:00Z", "2024-10-27T00:58:00Z", "2024-10-27T01:05:00Z", "2024-10-27T02:10:00Z"]
    );
}

#[test]
fn an_assumed_zone_is_a_warning_and_a_missing_day_loses_the_line_with_a_count() {
    let timeline =
        build(vec![note(1, "15:25", None, "page on the phone")], Incident::default(), &Options::default());
    assert!(timeline.events.is_empty());
    let told: Vec<String> = timeline.warnings.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|line| line.contains("1 lines have a time but no day")), "{told:?}");
    assert!(told.iter().any(|line| line.contains("read as UTC")), "{told:?}");
}

#[test]
fn lines_that_another_source_has_with_exact_times_give_a_paste_its_day_and_zone() {
    let lines = [
        ("08:57", "not sure the protector run did what it should"),
        ("09:34", "okay, the manual rollback worked"),
    ];
    let mut records: Vec<Record> = lines
        .iter()
        .enumerate()
        .map(|(line, (clock, text))| Record {
            source: "slack".to_owned(),
            class: SourceClass::Chat,
            ..note(line + 1, clock, None, text)
        })
        .collect();
    records.push(chat("16:57:10", "ada", lines[0].1));
    records.push(chat("17:34:20", "ada", lines[1].1));
    let timeline = build(records, Incident::default(), &Options::default());
    let minutes: Vec<String> =
        timeline.events.iter().map(|event| event.at.to_string()[11..16].to_owned()).collect();
    assert!(minutes.iter().all(|minute| minute == "16:57" || minute == "17:34"), "{minutes:?}");
    assert!(
        timeline.warnings.iter().any(|warning| warning.message.contains("−8 h from UTC")),
        "{:?}",
        timeline.warnings
    );
}

#[test]
fn local_times_follow_daylight_saving() {
    let local = |text: &str| When::Local(text.parse::<DateTime>().unwrap());
    let zoned = |when: When| Record {
        zone: Some("Europe/Berlin".to_owned()),
        ..record(when, "notes", SourceClass::Memory, EventKind::Message, "restarted the shop")
    };
    let records = vec![zoned(local("2025-03-29T12:00:00")), zoned(local("2025-03-30T12:00:00"))];
    let timeline = build(numbered(records), Incident::default(), &Options::default());
    let hours: Vec<String> = timeline.events.iter().map(|event| event.at.to_string()).collect();
    assert_eq!(hours, ["2025-03-29T11:00:00Z", "2025-03-30T10:00:00Z"]);
}

#[test]
fn zero_times_never_become_events() {
    let zero = record(
        When::Instant(Timestamp::UNIX_EPOCH),
        "alertmanager",
        SourceClass::Alerting,
        EventKind::AlertResolved,
        "resolved",
    );
    let timeline = timeline(vec![zero, alert("14:24", "ShopErrors", "shop")]);
    assert_eq!(timeline.events.len(), 1);
    assert!(timeline.warnings.iter().any(|warning| warning.message.contains("empty or impossible time")));
}

#[test]
fn a_window_leaves_out_with_a_count() {
    let options = Options { window: Some((at("14:00"), at("15:00"))), ..Options::default() };
    let records = vec![metric("13:00", "errors 0.1 %"), alert("14:24", "ShopErrors", "shop")];
    let timeline = build(numbered(records), Incident::default(), &options);
    assert_eq!(timeline.events.len(), 1);
    assert!(timeline.warnings[0].message.starts_with("1 records lie outside the given window"));
}

#[test]
fn lines_without_a_day_take_it_from_a_name_and_at_last_from_the_clock_and_that_is_told() {
    let named = |file: &str| {
        let mut record = note(1, "15:25", Some("UTC"), "page on the phone");
        record.origin.file = file.to_owned();
        record
    };
    let told = |timeline: &Timeline| {
        let messages: Vec<&str> = timeline.warnings.iter().map(|one| one.message.as_str()).collect();
        messages.join("; ")
    };
    let by_file = build(vec![named("chat-2025-03-15.txt")], Incident::default(), &Options::default());
    assert_eq!(by_file.events[0].at, at("15:25"));
    assert!(told(&by_file).contains("2025-03-15 is taken from the name of the file"), "{}", told(&by_file));
    let incident = Incident { id: "shop-2025-03-15".to_owned(), ..Incident::default() };
    let by_incident = build(vec![named("chat.txt")], incident, &Options::default());
    assert_eq!(by_incident.events[0].at, at("15:25"));
    let next_morning = Options { now: "2025-03-16T09:00:00Z".parse().ok(), ..Options::default() };
    let by_clock = build(vec![named("chat.txt")], Incident::default(), &next_morning);
    assert_eq!(by_clock.events[0].at, at("15:25"), "15:25 is still to come on the day of reading");
    assert!(told(&by_clock).contains("today's date"), "{}", told(&by_clock));
    assert!(build(vec![named("chat.txt")], Incident::default(), &Options::default()).events.is_empty());
}
