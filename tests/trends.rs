//! The trend report through the public door: figures recomputed elsewhere, planted faults, and every format.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use std::path::{Path, PathBuf};

use serde_json::Value;
use unblame::app::trends::{Request, trends};
use unblame::config::Settings;
use unblame::document::parse;
use unblame::domain::{Decision, DecisionVerdict};
use unblame::trends::record::{ReadOptions, read};
use unblame::trends::{History, Question, Report};

fn request(history: &Path, period: &str) -> Request {
    Request {
        history: vec![history.to_owned()],
        period: period.parse().unwrap(),
        as_of: None,
        team: None,
        service: None,
        show_mean: false,
        timezone: None,
        folder: None,
    }
}

fn report(request: &Request) -> Report {
    trends(request, &Settings::default()).unwrap().report
}

fn fixture() -> PathBuf {
    PathBuf::from("fixtures/history")
}

/// A history in a temporary folder.
fn history(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[track_caller]
fn same(ours: &Value, theirs: &Value, what: &str) {
    match (ours, theirs) {
        (Value::Array(ours), Value::Array(theirs)) => {
            assert_eq!(ours.len(), theirs.len(), "{what}");
            ours.iter().zip(theirs).for_each(|(ours, theirs)| same(ours, theirs, what));
        }
        (Value::Null, Value::Null) => {}
        _ => {
            let (ours, theirs) = (ours.as_f64().unwrap(), theirs.as_f64().unwrap());
            assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "{what}: {ours} is not {theirs}");
        }
    }
}

/// `tests/trends/history_scipy.py` has a parser of its own and SciPy; nothing of the tool is in its numbers.
#[test]
fn the_fixture_history_gives_the_figures_that_scipy_gives() {
    let golden: Value =
        serde_json::from_str(&std::fs::read_to_string("tests/trends/history.scipy.json").unwrap()).unwrap();
    for (period, expected) in golden.as_object().unwrap() {
        let ours = report(&request(&fixture(), period)).to_json();
        same(&ours["incidents"]["n"], &expected["n"], period);
        same(&ours["incidents"]["previous"]["n"], &expected["previous"], period);
        for (name, expected) in expected["times"].as_object().unwrap() {
            let (time, what) = (&ours["times"][name], format!("{period} {name}"));
            same(&time["n"], &expected["n"], &what);
            same(&time["median_s"], &expected["median"], &what);
            same(&time["interval_s"], &expected["interval"], &what);
            same(&time["previous"]["n"], &expected["previous_n"], &what);
            same(&time["previous"]["median_s"], &expected["previous_median"], &what);
            same(&time["p_value"], &expected["p"], &what);
            same(&time["p_holm"], &expected["holm"], &what);
        }
        for (level, expected) in expected["severity"].as_object().unwrap() {
            let (count, what) = (&ours["incidents"]["by_severity"][level], format!("{period} {level}"));
            same(&count["n"], &expected["n"], &what);
            same(&count["interval"], &expected["interval"], &what);
            same(&count["previous"]["n"], &expected["previous"], &what);
            same(&count["p_value"], &expected["p"], &what);
        }
        for key in ["k", "n", "interval"] {
            same(&ours["repeats"][key], &expected["repeats"][key], period);
        }
    }
}

#[test]
fn actions_are_judged_as_of_the_day_asked() {
    let expected: Value =
        serde_json::from_str(&std::fs::read_to_string("fixtures/history.expected.json").unwrap()).unwrap();
    let mut question = request(&fixture(), "2025-Q4");
    question.as_of = Some(expected["as_of"].as_str().unwrap().parse().unwrap());
    let ours = report(&question).to_json();
    for (kind, ours) in [
        ("open_actions", &ours["actions"]["open_actions"]),
        ("overdue_actions", &ours["actions"]["overdue_actions"]),
    ] {
        let mut wanted: Vec<String> = expected[kind]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(incident, actions)| {
                actions
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(move |action| format!("{incident} {}", action.as_str().unwrap()))
            })
            .collect();
        wanted.sort();
        let mut found: Vec<String> = serde_json::from_value(ours.clone()).unwrap();
        found.sort();
        assert_eq!(found, wanted, "{kind}");
    }
}

#[test]
fn what_is_asked_for_again_and_again_is_found() {
    let expected: Value =
        serde_json::from_str(&std::fs::read_to_string("fixtures/history.expected.json").unwrap()).unwrap();
    let ours = report(&request(&fixture(), "2025-Q4")).to_json();
    let gaps: Vec<Value> =
        ours["systemic"].as_array().unwrap().iter().map(|gap| gap["incidents"].clone()).collect();
    let wanted = expected["recurring_actions"].as_object().unwrap();
    let found = wanted.values().filter(|incidents| gaps.contains(incidents)).count();
    assert!(found >= 6, "{found} of {} recurring kinds are found: {gaps:?}", wanted.len());
    assert!(gaps.len() <= wanted.len(), "and hardly any other");
}

const ZONED: &str = "---\nid: A-1\ntitle: Zoned\nseverity: SEV-1\nservices: [api]\n\
    started_at: 2026-07-01T01:30:00+02:00\nresolved_at: 2026-07-01T01:00:00Z\n---\n# Zoned\n";

#[test]
fn an_incident_belongs_to_the_quarter_of_its_start_in_utc() {
    let folder = history(&[("a.md", ZONED)]);
    assert_eq!(report(&request(folder.path(), "2026-Q2")).to_json()["incidents"]["n"], 1);
    let third = report(&request(folder.path(), "2026-Q3")).to_json();
    assert_eq!(third["incidents"]["n"], 0);
    assert_eq!(third["times"]["resolve"]["median_s"], Value::Null);
    assert_eq!(third["times"]["resolve"]["verdict"], "insufficient");
    let second = report(&request(folder.path(), "2026-Q2")).to_json();
    assert_eq!(second["times"]["resolve"]["median_s"], 5400.0, "offsets are heeded");
}

#[test]
fn faults_are_listed_with_their_line_and_kept_out_of_the_figures() {
    let folder = history(&[
        (
            "a.md",
            "---\nid: B-1\nseverity: SEV-1\nstarted_at: 2026-07-03T10:00:00Z\ndetected_at: 2026-07-03T09:50:00Z\nacknowledged_at: 2026-07-03T09:55:00Z\nmitigated_at: 2026-07-03T10:30:00Z\nresolved_at: 2026-07-03T11:00:00Z\n---\n# Detected before it started\n",
        ),
        (
            "b.md",
            "# Resolved before it started\n\n- **ID**: B-2\n- **Severity**: catastrophe\n- **Started**: 2026-07-04 10:00 UTC\n- **Detected**: 2026-07-04 10:04 UTC\n- **Resolved**: 2026-07-03 11:00 UTC\n",
        ),
        (
            "c.md",
            "---\nid: B-1\nseverity: SEV-2\nstarted_at: 2026-07-05T10:00:00Z\nresolved_at: 2026-07-05T11:00:00Z\n---\n# The id of another\n",
        ),
        (
            "d.md",
            "---\nid: B-4\nseverity: P3\nstarted_at: 2026-07-06T10:00:00Z\ndetected_at: 2026-07-06 12:05\nresolved_at: 2026-07-06T14:00:00+02:00\n---\n# Mixed zones\n",
        ),
        ("e.md", "# Nothing is known\n\nSomebody wrote this down.\n"),
        (
            "f.md",
            "---\nid: B-6\nseverity: SEV-3\nstarted_at: 2026-07-07T10:00:00Z\nmitigated_at: 2026-07-07T13:00:00Z\nresolved_at: 2026-07-07T12:00:00Z\nrepeat_of: B-6\n---\n# Mitigated after it was resolved\n",
        ),
        ("g.md", "---\nid: B-7\nseverity: sev2\nstarted_at: 2026-09-30T20:00:00Z\n---\n# Still going on\n"),
        ("h.md", "---\nid: [unclosed\n---\n# Broken head\n"),
    ]);
    std::fs::write(folder.path().join("i.md"), b"\xff\xfe---\n").unwrap();
    let json = report(&request(folder.path(), "2026-Q3")).to_json();
    assert_eq!(json["incidents"]["n"], 5, "B-1 once, B-2, B-4, B-6, B-7");
    let times = &json["times"];
    let ids = |metric: &str, key: &str| times[metric][key].to_string();
    assert_eq!(ids("detect", "excluded_incidents"), r#"["B-1","B-4"]"#);
    assert_eq!(ids("detect", "incidents"), r#"["B-2"]"#);
    assert_eq!(ids("acknowledge", "incidents"), r#"["B-1"]"#);
    assert_eq!(ids("mitigate", "incidents"), r#"["B-1"]"#);
    assert_eq!(ids("resolve", "incidents"), r#"["B-1","B-4"]"#);
    assert_eq!(ids("resolve", "excluded_incidents"), r#"["B-2","B-6"]"#);
    assert_eq!(ids("resolve", "open_incidents"), r#"["B-7"]"#);
    assert_eq!(times["resolve"]["interval_s"], Value::Null, "fewer than six");
    assert_eq!(times["resolve"]["p90_s"], Value::Null, "fewer than twenty");
    assert_eq!(json["incidents"]["by_severity"]["SEV-3"]["n"], 2);
    assert_eq!(json["incidents"]["by_severity"]["SEV-2"]["n"], 1);
    assert_eq!(json["incidents"]["unknown_severity"]["incidents"].to_string(), r#"["B-2"]"#);
    assert_eq!(json["repeats"]["k"], 0, "nothing repeats itself");
    let faults = json["data_quality"].as_array().unwrap();
    for (file, line, words) in [
        ("a.md", 5, "impossible order: detected"),
        ("b.md", 4, "unknown severity `catastrophe`"),
        ("b.md", 7, "impossible order: resolved"),
        ("c.md", 2, "only that file is counted"),
        ("d.md", 5, "mixed zones"),
        ("e.md", 1, "no postmortem"),
        ("f.md", 6, "impossible order: resolved"),
        ("f.md", 2, "names the incident itself"),
        ("h.md", 2, "front matter"),
        ("i.md", 1, "UTF-8"),
    ] {
        let hit = |fault: &&Value| {
            fault["file"] == file && fault["line"] == line && fault["what"].as_str().unwrap().contains(words)
        };
        assert!(faults.iter().any(|fault| hit(&fault)), "{file}:{line} {words} in {faults:#?}");
    }
}

#[test]
fn a_zone_that_was_said_mends_times_without_one() {
    let folder = history(&[(
        "a.md",
        "---\nid: C-1\nseverity: SEV-1\nstarted_at: 2026-07-06 10:00\nresolved_at: 2026-07-06T09:00:00Z\n---\n# Local\n",
    )]);
    let mut question = request(folder.path(), "2026-Q3");
    assert_eq!(report(&question).to_json()["times"]["resolve"]["excluded"], 1);
    question.timezone = jiff::tz::TimeZone::get("Europe/Berlin").ok();
    assert_eq!(report(&question).to_json()["times"]["resolve"]["median_s"], 3600.0);
}

/// `n` incidents of a quarter, each resolved after so many minutes.
fn quarter(month: u8, prefix: &str, minutes: &[i64]) -> Vec<(String, String)> {
    let start: jiff::Timestamp = format!("2026-{month:02}-02T00:00:00Z").parse().unwrap();
    minutes
        .iter()
        .enumerate()
        .map(|(at, minutes)| {
            let from = start + jiff::SignedDuration::from_hours(at as i64 * 24);
            let to = from + jiff::SignedDuration::from_mins(*minutes);
            let id = format!("{prefix}-{at:02}");
            (
                format!("{id}.md"),
                format!(
                    "---\nid: {id}\nseverity: SEV-2\nstarted_at: {from}\nresolved_at: {to}\n---\n# {id}\n"
                ),
            )
        })
        .collect()
}

fn two_quarters(before: &[i64], now: &[i64]) -> Value {
    let mut files = quarter(4, "OLD", before);
    files.extend(quarter(7, "NEW", now));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    report(&request(history(&files).path(), "2026-Q3")).to_json()["times"]["resolve"].clone()
}

#[test]
fn a_change_is_called_one_only_when_it_is_large_and_the_quarter_is_not_small() {
    let slow: Vec<i64> = (0..20).map(|at| 100 + 10 * at).collect();
    let fast: Vec<i64> = (0..12).map(|at| 10 + at).collect();
    assert_eq!(two_quarters(&slow, &fast)["verdict"], "improved");
    assert_eq!(two_quarters(&fast, &slow)["verdict"], "worse");
    assert_eq!(two_quarters(&slow, &slow[3..15])["verdict"], "noise");
    assert_eq!(two_quarters(&slow, &fast[..9])["verdict"], "insufficient", "nine are too few however fast");
    assert_eq!(two_quarters(&[], &fast)["verdict"], "insufficient");
    assert_eq!(two_quarters(&[60; 12], &[60; 12])["verdict"], "noise", "nothing differs");
    assert!(two_quarters(&slow, &slow)["p90_s"].is_number(), "twenty are enough for a quantile");
    assert!(two_quarters(&slow, &slow[1..])["p90_s"].is_null());
}

#[test]
fn nothing_in_a_file_becomes_mark_up_or_a_formula() {
    let folder = history(&[(
        "a.md",
        "---\nid: \"<img src=x onerror=alert(1)>\"\nseverity: SEV-1\nservices: [\"=HYPERLINK(1)\"]\nstarted_at: 2026-07-06T10:00:00Z\nresolved_at: 2026-07-06T11:00:00Z\n---\n# </title><script>alert(1)</script> | \n\n## Action items\n\n- [ ] <b>bold</b> | pipe\n",
    )]);
    let report = report(&request(folder.path(), "2026-Q3"));
    let html = report.to_html().unwrap();
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<b>bold"), "{html}");
    let markdown = report.to_markdown();
    assert!(!markdown.contains("<script") && !markdown.contains("<img"), "{markdown}");
    assert!(report.to_csv(None).contains("'=HYPERLINK(1)"));
}

#[test]
fn the_page_is_self_contained_and_describes_its_charts() {
    let html = report(&request(&fixture(), "2025-Q3")).to_html().unwrap();
    for word in ["http://", "https://", "url(", "@import", "<script", "<link"] {
        let elsewhere = html.replace("http://www.w3.org/2000/svg", "");
        assert!(!elsewhere.contains(word), "{word}");
    }
    let charts = html.matches("<svg").count();
    assert!(charts >= 6, "{charts} charts");
    assert_eq!(html.matches("<desc id=").count(), charts);
    assert_eq!(html.matches("<li>").count().min(5), 5);
}

#[test]
fn the_same_history_gives_the_same_bytes_and_an_empty_quarter_gives_a_report() {
    let twice = [0; 2].map(|_| report(&request(&fixture(), "2025-Q3")));
    assert_eq!(twice[0].to_html().unwrap(), twice[1].to_html().unwrap());
    assert_eq!(twice[0].to_json().to_string(), twice[1].to_json().to_string());
    let empty = report(&request(&fixture(), "2031-Q1"));
    assert_eq!(empty.to_json()["incidents"]["n"], 0);
    assert!(empty.to_markdown().contains("Nothing happened in the quarter"));
    empty.to_html().unwrap();
}

#[test]
fn every_metric_has_lines_in_the_csv() {
    let report = report(&request(&fixture(), "2025-Q4"));
    for metric in Report::metric_names().filter(|name| *name != "recovery") {
        let csv = report.to_csv(Some(metric));
        assert!(csv.lines().count() > 1, "{metric} has no table");
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        assert!(reader.records().all(|record| record.unwrap().len() == 7), "{metric}");
    }
}

#[test]
fn a_json_lines_history_is_read_and_its_line_is_named() {
    let lines = concat!(
        r#"{"id":"J-1","title":"One","severity":"SEV-1","started_at":"2026-07-06T10:00:00Z","resolved_at":"2026-07-06T11:00:00Z","text":"Text"}"#,
        "\n",
        r#"{"id":"J-2","title":"Two","severity":"odd","date":"2026-07-07","text":"Text"}"#,
        "\n{broken\n"
    );
    let folder = history(&[("history.jsonl", lines)]);
    let json = report(&request(&folder.path().join("history.jsonl"), "2026-Q3")).to_json();
    assert_eq!(json["incidents"]["n"], 2);
    assert_eq!(json["times"]["resolve"]["median_s"], 3600.0);
    let lines: Vec<u64> = json["data_quality"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [2, 3]);
}

#[test]
fn the_json_has_every_key_of_the_contract() {
    let json = report(&request(&fixture(), "2025-Q3")).to_json();
    let has = |value: &Value, keys: &[&str], place: &str| {
        for key in keys {
            assert!(value.get(key).is_some(), "{place}.{key} is missing");
        }
    };
    let top = [
        "period",
        "as_of",
        "incidents",
        "times",
        "repeats",
        "actions",
        "factors",
        "process",
        "patterns",
        "fix_worked",
        "systemic",
        "data_quality",
    ];
    has(&json, &top, "report");
    has(&json["incidents"], &["n", "by_severity"], "incidents");
    has(
        &json["incidents"]["by_severity"]["SEV-2"],
        &["n", "interval", "previous", "p_value", "verdict"],
        "SEV-2",
    );
    for time in ["detect", "acknowledge", "mitigate", "resolve"] {
        let keys = [
            "n",
            "missing",
            "open",
            "median_s",
            "interval_s",
            "p90_s",
            "previous",
            "p_value",
            "p_holm",
            "verdict",
            "incidents",
        ];
        has(&json["times"][time], &keys, time);
        has(&json["times"][time]["previous"], &["n", "median_s"], time);
    }
    has(&json["repeats"], &["k", "n", "rate", "interval", "pairs"], "repeats");
    let actions = [
        "proposed",
        "closed",
        "closed_on_time",
        "open",
        "overdue",
        "open_over_6_months",
        "cross_team",
        "by_type",
    ];
    has(&json["actions"], &actions, "actions");
    has(&json["fix_worked"][0], &["pattern", "before", "after", "p_value", "verdict"], "fix_worked");
    has(&json["systemic"][0], &["kind", "incidents"], "systemic");
}

#[test]
fn a_quarter_that_is_not_over_is_not_called_quiet() {
    let mut files = quarter(4, "OLD", &[60; 20]);
    files.extend(quarter(7, "NEW", &[60; 3]));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = history(&files);
    let mut question = request(folder.path(), "2026-Q3");
    assert_eq!(report(&question).to_json()["incidents"]["verdict"], "improved", "3 against 20");
    question.as_of = "2026-07-10".parse().ok();
    let early = report(&question);
    assert_eq!(early.to_json()["incidents"]["verdict"], "noise", "a tenth of the quarter has passed");
    assert!(early.to_markdown().contains("the quarter was not over"));
}

fn unblame(arguments: &[&str]) -> assert_cmd::assert::Assert {
    assert_cmd::cargo::cargo_bin_cmd!("unblame").arg("trends").args(arguments).assert()
}

#[test]
fn the_command_tells_usage_from_bad_input() {
    let history = ["--history", "fixtures/history"];
    let with = |more: &[&'static str]| [&history[..], more].concat();
    unblame(&with(&["--period", "2025-Q3", "--format", "json"])).code(0);
    unblame(&with(&["--period", "2025-Q9"])).code(2);
    unblame(&with(&["--period", "2025-Q3", "--team", "nobody"])).code(2);
    unblame(&with(&["--period", "2025-Q3", "--format", "csv", "--metric", "mttr"])).code(2);
    unblame(&with(&["--period", "2025-Q3", "--timezone", "Nowhere/Else"])).code(2);
    unblame(&["--period", "2025-Q3", "--history", "fixtures/nothing-here"]).code(3);
}

#[test]
fn the_output_file_decides_the_format_and_links_find_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("report.html");
    unblame(&["--period", "2025-Q3", "--history", "fixtures/history", "-o", page.to_str().unwrap()]).code(0);
    let html = std::fs::read_to_string(&page).unwrap().replace("&#x2f;", "/");
    assert!(html.starts_with("<!doctype html>"));
    let link = html
        .split("href=\"")
        .map(|rest| rest.split('"').next().unwrap())
        .find(|link| link.ends_with("PI-2025-025.md"));
    assert!(folder.path().join(link.unwrap()).exists(), "{link:?}");
}

#[test]
fn teams_and_services_narrow_the_report_and_the_mean_is_asked_for() {
    let mut question = request(&fixture(), "2025-Q3");
    question.service = Some("frontend".to_owned());
    let narrowed = report(&question).to_json();
    assert_eq!(narrowed["incidents"]["n"], 2);
    assert_eq!(narrowed["filter"][0], "service frontend");
    let plain = report(&request(&fixture(), "2025-Q3"));
    assert!(
        !plain.to_markdown().contains("Mean time to")
            && plain.to_json()["times"]["resolve"].get("mean_s").is_none()
    );
    let mut with_mean = request(&fixture(), "2025-Q3");
    with_mean.show_mean = true;
    assert!(report(&with_mean).to_markdown().contains("Do not set targets on it"));
}

#[test]
fn times_of_day_take_the_date_of_the_head_and_named_zones_are_heeded() {
    let folder = history(&[
        (
            "a.md",
            "# Over midnight\n\n| Field | Value |\n|---|---|\n| ID | D-1 |\n| Date | 2026-07-06 |\n| Severity | SEV-2 |\n| Started | 23:50 UTC |\n| Detected | 23:55 UTC |\n| Resolved | 00:20 UTC |\n",
        ),
        (
            "b.md",
            "# In summer time\n\n**ID:** D-2\n\n**Severity:** SEV-2\n\n**Started:** 2026-07-07 10:00 CEST\n\n**Resolved:** 2026-07-07 09:00 UTC\n",
        ),
        (
            "c.md",
            "# A range\n\n- **ID**: D-3\n- **Date**: 2026-07-08\n- **Severity**: SEV-2\n- **Time**: 09:05 to 11:50 UTC\n",
        ),
    ]);
    let json = report(&request(folder.path(), "2026-Q3")).to_json();
    assert_eq!(json["times"]["resolve"]["incidents"].to_string(), r#"["D-1","D-2","D-3"]"#);
    assert_eq!(json["times"]["resolve"]["median_s"], 3600.0, "30 min, 1 h, 2 h 45 min");
    assert_eq!(json["times"]["detect"]["median_s"], 300.0);
    let faults = json["data_quality"].as_array().unwrap();
    assert!(faults.iter().all(|fault| fault["file"] == "b.md"), "{faults:?}");
    assert!(faults[0]["what"].as_str().unwrap().contains("different zones"));
}

/// A history from texts, named `0.md`, `1.md`, …
fn read_all(texts: &[String]) -> History {
    let record =
        |(at, text): (usize, &String)| read(&format!("{at}.md"), text, parse(text), &ReadOptions::default());
    History::new(texts.iter().enumerate().map(record).collect(), Vec::new())
}

#[test]
fn the_latest_decision_on_a_pair_counts() {
    let texts: Vec<String> = quarter(7, "INC", &[60, 60, 60]).into_iter().map(|(_, text)| text).collect();
    let history = read_all(&texts);
    let repeats = |decisions: &[(&str, &str, DecisionVerdict)]| {
        let mut question = Question::about("2026-Q3".parse().unwrap());
        question.decisions = decisions
            .iter()
            .enumerate()
            .map(|(at, (a, b, verdict))| Decision {
                a: (*a).to_owned(),
                b: (*b).to_owned(),
                verdict: *verdict,
                by: "reviewer".to_owned(),
                at: jiff::Timestamp::from_second(at as i64).unwrap(),
                why: None,
                probability: None,
                likeness: None,
            })
            .collect();
        Report::new(&question, &history).to_json()["repeats"]["pairs"].to_string()
    };
    use DecisionVerdict::{Different, Same, Undo};
    assert_eq!(repeats(&[]), "[]");
    assert_eq!(repeats(&[("INC-00", "INC-02", Same)]), r#"[["INC-02","INC-00"]]"#, "the later one first");
    assert_eq!(repeats(&[("INC-02", "INC-00", Same), ("INC-00", "INC-02", Different)]), "[]");
    assert_eq!(repeats(&[("INC-02", "INC-00", Same), ("INC-02", "INC-00", Undo)]), "[]");
}

#[test]
fn an_action_of_a_team_that_the_incident_does_not_name_is_cross_team() {
    let text = "---\nid: E-1\nseverity: SEV-1\nteams: [shop]\nstarted_at: 2026-01-10T10:00:00Z\n---\n# E\n\n## Action items\n\n\
        | ID | Action | Type | Owner | Due | Status | Closed |\n|---|---|---|---|---|---|---|\n\
        | AI-1 | One | prevent | @a (shop) | 2026-02-01 | done | 2026-02-01 |\n\
        | AI-2 | Two | detect | @b (platform) | 2026-02-01 | done | 2026-02-02 |\n\
        | AI-3 | Three | | @c | 2026-09-30 | open | |\n\
        | AI-4 | Four | | @c | 2026-09-29 | open | |\n\
        | AI-5 | Five | | @c | 2026-02-01 | wont_fix | 2026-03-01 |\n\
        | AI-6 | Six | | @c | 2026-02-01 | done | 2026-10-01 |\n";
    let history = read_all(&[text.to_owned()]);
    let json = Report::new(&Question::about("2026-Q3".parse().unwrap()), &history).to_json();
    let actions = &json["actions"];
    let count = |key: &str| actions[key].as_u64().unwrap();
    assert_eq!(count("proposed"), 6);
    assert_eq!((count("closed"), count("closed_on_time"), count("dropped")), (2, 1, 1));
    assert_eq!(count("open"), 3, "closed after the day of judgement is open");
    assert_eq!(
        actions["overdue_actions"].to_string(),
        r#"["E-1 AI-4","E-1 AI-6"]"#,
        "due today is not overdue"
    );
    assert_eq!((count("open_over_6_months"), count("cross_team")), (3, 1));
    assert_eq!(
        (actions["by_type"]["prevent"].as_u64(), actions["by_type"]["untyped"].as_u64()),
        (Some(1), Some(4))
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_breaks_the_report(
        heads in proptest::collection::vec("(id|started_at|resolved_at|severity|slo|teams|date|repeat_of|published_at): [ -~]{0,24}", 0..8),
        body in "(## Action items\n- \\[ \\] [ -~]{0,20}\n|\\| a \\| b \\|\n|[ -~]{0,30}\n|\\PC{0,10}\n){0,8}",
        at in "2026-0[1-9]-[0-3][0-9]T[0-2][0-9]:00:00(Z|[+]02:00|)",
    ) {
        let text = format!("---\nstarted_at: {at}\n{}\n---\n# Title\n{body}", heads.join("\n"));
        let history = read_all(&[text.clone(), text]);
        let report = Report::new(&Question::about("2026-Q3".parse().unwrap()), &history);
        report.to_html().unwrap();
        assert!(!report.to_markdown().is_empty());
        assert!(report.to_csv(None).starts_with("metric,"));
        assert!(report.to_json().is_object());
    }
}
