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

#[test]
fn likely_repeats_are_reached_and_precise() {
    let folder = tempfile::tempdir().unwrap();
    let thresholds: toml::Table =
        std::fs::read_to_string("evals/memory/thresholds.toml").unwrap().parse().unwrap();
    let threshold = |name: &str| thresholds[name].as_float().unwrap();
    let patterns = expected()["patterns"].as_object().unwrap().clone();
    let pattern_of: BTreeMap<String, String> = patterns
        .iter()
        .flat_map(|(pattern, members)| ids(members).into_iter().map(move |id| (id, pattern.clone())))
        .collect();
    let output = unblame(folder.path())
        .args(["similar", "--all", "--before", "--history", &fixtures(), "--quiet"])
        .output()
        .unwrap();
    let (mut flagged, mut right, mut repeats) = (0.0, 0.0, 0.0);
    let mut earlier: Vec<String> = Vec::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let found: Value = serde_json::from_str(line).unwrap();
        let query = found["query"].as_str().unwrap().to_owned();
        let same = |other: &str| {
            pattern_of.get(&query).is_some_and(|pattern| pattern_of.get(other) == Some(pattern))
        };
        repeats += f64::from(u8::from(earlier.iter().any(|other| same(other))));
        let best = &found["matches"][0];
        if best["verdict"] == "likely_repeat" {
            flagged += 1.0;
            right += f64::from(u8::from(same(best["id"].as_str().unwrap())));
        }
        for quote in
            found["matches"].as_array().unwrap().iter().flat_map(|one| one["shared"]["quotes"].as_array())
        {
            let text = serde_json::to_string(quote).unwrap().to_lowercase();
            assert!(!text.contains("no recorded activity") && !text.contains("|---"), "{text}");
        }
        earlier.push(query);
    }
    assert!(right / flagged >= threshold("likely_repeat_precision"), "{right} of {flagged} flags are right");
    assert!(right / repeats >= threshold("likely_repeat_recall"), "{right} of {repeats} repeats are flagged");
}

#[test]
fn caches_survive_kills_and_company() {
    let folder = tempfile::tempdir().unwrap();
    let line = |n: usize| {
        format!(
            "{{\"id\":\"I-{n}\",\"title\":\"pump {} failed\",\"text\":\"The pump of cell {} failed with code {n}.\",\"date\":\"2024-01-01\"}}\n",
            n % 17,
            n % 23
        )
    };
    std::fs::write(folder.path().join("h.jsonl"), (0..400).map(line).collect::<String>()).unwrap();
    let start = || {
        std::process::Command::new(env!("CARGO_BIN_EXE_unblame"))
            .current_dir(folder.path())
            .args(["similar", "I-5", "--history", "h.jsonl", "--format", "json", "--quiet"])
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    let cache = folder.path().join(".unblame");
    for round in 0..6 {
        let mut child = start();
        // Every other one dies as soon as something of the cache is on disk.
        while round % 2 == 1 && !cache.exists() && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();
    }
    let company: Vec<std::process::Child> = (0..4).map(|_| start()).collect();
    let answers: Vec<Vec<u8>> =
        company.into_iter().map(|child| child.wait_with_output().unwrap().stdout).collect();
    std::fs::remove_dir_all(&cache).unwrap();
    let fresh = start().wait_with_output().unwrap().stdout;
    assert!(!fresh.is_empty() && answers.iter().all(|answer| *answer == fresh));
}

#[test]
fn a_decision_sets_repeat_of_and_an_undo_takes_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let page = |id: &str, day: u32| {
        format!(
            "---\nid: {id}\ntitle: Pump stopped\ndate: 2025-01-{day:02}\n---\n# Pump stopped\n\nThe pump stopped.\n"
        )
    };
    let history = folder.path().join("pages");
    std::fs::create_dir(&history).unwrap();
    std::fs::write(history.join("a.md"), page("A", 1)).unwrap();
    std::fs::write(history.join("b.md"), page("B", 9)).unwrap();
    let decide = |verdict: &str| {
        let status = unblame(folder.path())
            .args(["decide", "B", "A", verdict, "--history", "pages"])
            .output()
            .unwrap();
        assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
        std::fs::read_to_string(history.join("b.md")).unwrap()
    };
    assert!(decide("same").contains("repeat_of: [\"A\"]\n---"));
    assert_eq!(decide("undo"), page("B", 9));
    let untold = unblame(folder.path()).args(["decide", "--history", "pages"]).output().unwrap();
    assert_eq!(untold.status.code(), Some(2), "without a terminal the pair must be named");
}

#[test]
fn a_pattern_becomes_a_rule_that_finds_its_incidents() {
    let folder = tempfile::tempdir().unwrap();
    let found = json(folder.path(), &["patterns", "--view", "repeats", "--format", "json"]);
    let id = found["patterns"][0]["id"].as_str().unwrap().to_owned();
    let output = unblame(folder.path())
        .args(["patterns", "--view", "repeats", "--promote", &id, "--history", &fixtures(), "--quiet"])
        .output()
        .unwrap();
    let rule = String::from_utf8(output.stdout).unwrap();
    let parsed: toml::Table = rule.parse().unwrap();
    assert!(!parsed["mode"][0]["phrases"].as_array().unwrap().is_empty(), "{rule}");
    std::fs::create_dir(folder.path().join("modes")).unwrap();
    std::fs::write(folder.path().join("modes/own.toml"), rule).unwrap();
    std::fs::write(folder.path().join("unblame.toml"), "[patterns]\nmodes = \"modes\"\n").unwrap();
    let found = json(folder.path(), &["patterns", "--format", "json"]);
    let listed =
        found["patterns"].as_array().unwrap().iter().any(|one| one["id"].as_str() == Some(id.as_str()));
    assert!(listed, "{found}");
}

#[test]
fn a_check_names_what_is_told_twice_and_what_has_no_date() {
    let folder = tempfile::tempdir().unwrap();
    let one = |id: &str, date: &str| {
        format!("{{\"id\":\"{id}\",\"title\":\"Pump of cell 7 stopped\",\"text\":\"It stopped.\"{date}}}\n")
    };
    let lines = one("A", ",\"date\":\"2025-01-01\"") + &one("B", ",\"date\":\"2025-01-01\"") + &one("C", "");
    std::fs::write(folder.path().join("h.jsonl"), lines).unwrap();
    let output = unblame(folder.path()).args(["history", "check", "--history", "h.jsonl"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said.contains("`B` seems to tell the same incident as `A`") && said.contains("`C` has no date"),
        "{said}"
    );
}
