//! The past, through the front door: repeats above decoys, patterns, decisions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)] // a failing unwrap is a failing test

use std::collections::BTreeMap;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn unblame(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("unblame").unwrap();
    command.current_dir(folder).env_remove("UNBLAME_MODEL").env("USER", "lin");
    command
}

fn fixtures() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/history").to_owned()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let output =
        unblame(folder).args(arguments).args(["--history", &fixtures(), "--quiet"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn expected() -> Value {
    let text = std::fs::read_to_string("fixtures/history.expected.json").unwrap();
    serde_json::from_str(&text).unwrap()
}

fn ids(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

fn matched(found: &Value) -> Vec<String> {
    found["matches"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn repeats_rank_above_decoys() {
    let folder = tempfile::tempdir().unwrap();
    let expected = expected();
    let found =
        json(folder.path(), &["similar", "PI-2025-032", "--before", "--top", "31", "--format", "json"]);
    let ranked = matched(&found);
    let rank = |id: &str| ranked.iter().position(|one| one == id).unwrap_or(usize::MAX);
    let repeats = ids(&expected["repeats_of"]["PI-2025-038"]);
    let worst = repeats.iter().filter(|id| *id != "PI-2025-032").map(|id| rank(id)).max().unwrap();
    for decoy in ids(&expected["decoys"]["PI-2025-038"]) {
        assert!(rank(&decoy) > worst, "{decoy} stands above a repeat in {ranked:?}");
    }
    let found =
        json(folder.path(), &["similar", "PI-2025-012", "--before", "--top", "5", "--format", "json"]);
    for repeat in ids(&expected["repeats_of"]["PI-2025-012"]) {
        assert!(matched(&found).contains(&repeat), "{repeat} is not among {:?}", matched(&found));
    }
}

#[test]
fn a_match_names_the_actions_that_are_still_open() {
    let folder = tempfile::tempdir().unwrap();
    let found = json(folder.path(), &["similar", "PI-2025-032", "--before", "--format", "json"]);
    for one in found["matches"].as_array().unwrap() {
        let open: Vec<String> = one["open_actions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|action| action["id"].as_str().unwrap().to_owned())
            .collect();
        let expected =
            expected()["open_actions"].get(one["id"].as_str().unwrap()).map(ids).unwrap_or_default();
        assert_eq!(open, expected, "{}", one["id"]);
    }
}

#[test]
fn the_nearest_incident_shares_the_pattern() {
    let folder = tempfile::tempdir().unwrap();
    let expected = expected();
    let patterns: BTreeMap<String, Vec<String>> = expected["patterns"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, members)| (name.clone(), ids(members)))
        .collect();
    let output = unblame(folder.path())
        .args(["similar", "--all", "--top", "1", "--history", &fixtures(), "--quiet"])
        .output()
        .unwrap();
    let (mut right, mut asked) = (0, 0);
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let found: Value = serde_json::from_str(line).unwrap();
        let query = found["query"].as_str().unwrap().to_owned();
        let Some(group) = patterns.values().find(|members| members.contains(&query)) else { continue };
        asked += 1;
        right += usize::from(matched(&found).first().is_some_and(|nearest| group.contains(nearest)));
    }
    assert_eq!(asked, 24);
    assert!(right >= 21, "{right} of {asked}");
}

#[test]
fn a_rejected_match_is_not_shown_again_and_an_accepted_one_is_certain() {
    let folder = tempfile::tempdir().unwrap();
    let decide = |arguments: &[&str]| {
        let mut all = vec!["decide"];
        all.extend(arguments);
        unblame(folder.path()).args(all).args(["--history", &fixtures(), "--quiet"]).assert()
    };
    decide(&["PI-2025-032", "PI-2025-016", "same", "--why", "same values file"]).success();
    decide(&["PI-2025-031", "PI-2025-032", "different"]).success();
    let found = json(folder.path(), &["similar", "PI-2025-032", "--format", "json"]);
    assert!(!matched(&found).contains(&"PI-2025-031".to_owned()));
    let accepted =
        found["matches"].as_array().unwrap().iter().find(|one| one["id"] == "PI-2025-016").unwrap();
    assert_eq!(
        (accepted["probability"].as_f64(), accepted["verdict"].as_str()),
        (Some(1.0), Some("likely_repeat"))
    );
    decide(&["PI-2025-032", "PI-2025-031", "undo"]).success();
    let found = json(folder.path(), &["similar", "PI-2025-032", "--format", "json"]);
    assert!(matched(&found).contains(&"PI-2025-031".to_owned()));
    decide(&["PI-2025-032", "PI-2025-031", "undo"]).code(2);
    decide(&["PI-2025-032", "nowhere", "same"]).code(2);
    let lines = std::fs::read_to_string(folder.path().join(".unblame/decisions.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 3);
    assert!(
        lines.contains("\"a\":\"PI-2025-032\",\"b\":\"PI-2025-031\",\"verdict\":\"different\""),
        "the later one first: {lines}"
    );
}

#[test]
fn patterns_keep_the_contract_and_write_a_library() {
    let folder = tempfile::tempdir().unwrap();
    let found = json(folder.path(), &["patterns", "--view", "failure-mode", "--format", "json"]);
    assert_eq!(found["view"], "failure-mode");
    let keys: Vec<&String> = found["patterns"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "label", "terms", "members", "medoid", "stability", "state", "first", "last"]);
    let again = json(folder.path(), &["patterns", "--view", "failure-mode", "--format", "json"]);
    assert_eq!(found, again);
    unblame(folder.path())
        .args(["patterns", "--view", "repeats", "--library", "library", "--history", &fixtures(), "--quiet"])
        .assert()
        .success();
    let repeats = json(folder.path(), &["patterns", "--view", "repeats", "--format", "json"]);
    for pattern in repeats["patterns"].as_array().unwrap() {
        let page = folder.path().join("library").join(format!("{}.md", pattern["id"].as_str().unwrap()));
        let text = std::fs::read_to_string(page).unwrap();
        assert!(ids(&pattern["members"]).iter().all(|id| text.contains(id)));
    }
    let limits = ids(&expected()["patterns"]["resource-limit-drift"]);
    assert!(repeats["patterns"].as_array().unwrap().iter().any(|pattern| ids(&pattern["members"]) == limits));
}

#[test]
fn what_cannot_be_done_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, code, help) in [
        (vec!["similar", "PI-2025-032"], 2, "--history"),
        (vec!["similar", "PI-0000-000", "--history", &fixtures()], 2, "history check"),
        (vec!["similar", "x", "--history", "no/such/place"], 3, "path"),
        (vec!["eval", "similar", "--history", &fixtures()], 3, "dup_of"),
    ] {
        let output = unblame(folder.path()).args(&arguments).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(help), "{said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_labelled_history_is_measured() {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for n in 0..12 {
        let topics = [
            "disk of the mail relay full",
            "search pods out of memory",
            "route leak at the backbone",
            "expired certificate of the shop",
        ];
        let topic = topics[n % 4];
        let dup = if n >= 4 { format!(",\"dup_of\":\"I-{}\"", n - 4) } else { String::new() };
        lines.push_str(&format!("{{\"id\":\"I-{n}\",\"title\":\"{topic}\",\"text\":\"On day {n} the {topic}.\",\"label\":\"{topic}\"{dup}}}\n"));
    }
    std::fs::write(folder.path().join("h.jsonl"), lines).unwrap();
    let measure = |arguments: &[&str]| -> Value {
        let output = unblame(folder.path())
            .arg("eval")
            .args(arguments)
            .args(["--history", "h.jsonl"])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let ranking = measure(&["similar"]);
    assert_eq!((ranking["queries"].as_u64(), ranking["recall_at_1"].as_f64()), (Some(8), Some(1.0)));
    assert_eq!(measure(&["patterns", "--view", "repeats"])["ari"].as_f64(), Some(1.0));
}
