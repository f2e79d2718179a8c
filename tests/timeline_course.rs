//! Small incidents through the front door, one for each thing that makes a course of events hard to tell.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use std::fs;

use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Evidence of an invented day.
struct Case {
    folder: TempDir,
    rows: Vec<String>,
}

impl Case {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), rows: Vec::new() }
    }

    /// A line of the conversation.
    fn said(mut self, clock: &str, who: &str, text: &str) -> Self {
        let at = format!("2025-03-15T{clock}Z").parse::<jiff::Timestamp>().unwrap().as_second();
        self.rows.push(
            json!({"type": "message", "ts": format!("{at}.000100"), "user": who, "text": text,
                "user_profile": {"display_name": who, "real_name": who, "name": who}})
            .to_string(),
        );
        self
    }

    fn file(self, name: &str, content: &str) -> Self {
        fs::write(self.folder.path().join(name), content).unwrap();
        self
    }

    /// Alerts of one tool: name, service, start, end.
    fn alerts(self, alerts: &[(&str, &str, &str, &str)]) -> Self {
        let alerts: Vec<Value> = alerts
            .iter()
            .enumerate()
            .map(|(at, (name, service, starts, ends))| {
                let ended = !ends.is_empty();
                let end =
                    if ended { format!("2025-03-15T{ends}Z") } else { "0001-01-01T00:00:00Z".to_owned() };
                json!({"status": if ended { "resolved" } else { "firing" },
                    "labels": {"alertname": name, "service": service},
                    "annotations": {"summary": format!("{name} of {service}")},
                    "startsAt": format!("2025-03-15T{starts}Z"), "endsAt": end,
                    "generatorURL": "", "fingerprint": format!("{at:016x}")})
            })
            .collect();
        let payload = json!({"version": "4", "status": "firing", "receiver": "chat", "groupKey": "g", "groupLabels": {},
            "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://alerts", "truncatedAlerts": 0,
            "alerts": alerts});
        self.file("alertmanager.json", &payload.to_string())
    }

    fn run(&self, args: &[&str]) -> String {
        if !self.rows.is_empty() {
            let channel = self.folder.path().join("incidents");
            fs::create_dir_all(&channel).unwrap();
            fs::write(channel.join("2025-03-15.json"), format!("[{}]", self.rows.join(","))).unwrap();
        }
        let output = cargo_bin_cmd!("unblame")
            .args(args)
            .arg(self.folder.path())
            .env_remove("UNBLAME_MODEL")
            .env_remove("OPENAI_API_KEY")
            .env_remove("OPENAI_BASE_URL")
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    fn timeline(&self) -> Value {
        serde_json::from_str(&self.run(&["timeline", "--format", "json"])).unwrap()
    }

    fn draft(&self) -> String {
        self.run(&["draft", "--offline", "-o", "-"])
    }
}

fn clock(at: &Value) -> &str {
    &at.as_str().unwrap()[11..16]
}

fn event<'a>(timeline: &'a Value, words: &str) -> &'a Value {
    let events = timeline["events"].as_array().unwrap();
    events.iter().find(|event| event["text"].as_str().unwrap().contains(words)).unwrap()
}

fn conflicts(timeline: &Value) -> String {
    let conflicts = timeline["conflicts"].as_array().unwrap();
    conflicts.iter().map(|one| format!("{} → {}\n", one["what"], one["kept"])).collect()
}

/// Trouble, work and a plain end, to which each case adds its own.
fn plain() -> Case {
    Case::new()
        .alerts(&[("ShopErrors", "shop", "14:05:00", "")])
        .said("14:07:00", "ada", "on it, the shop answers 502 on every page")
        .said("14:12:00", "ben", "the pool of the shop database is exhausted, 40 of 40 in use")
        .said("14:20:00", "ada", "restarting the shop with a larger pool now")
}

#[test]
fn what_was_said_to_be_fixed_and_was_not_is_told_with_both_lines() {
    let case = plain()
        .said("14:24:00", "ada", "restart worked, the shop is back")
        .said("14:31:00", "ben", "502 again on the shop, the restart did not help")
        .said("14:40:00", "ada", "rolled back the pool setting, errors of the shop are gone")
        .said("14:55:00", "ben", "all normal for 15 minutes, closing the incident");
    let timeline = case.timeline();
    assert_eq!(clock(&timeline["phases"]["mitigated"]["at"]), "14:40");
    assert_eq!(clock(&timeline["phases"]["resolved"]["at"]), "14:55");
    assert!(
        conflicts(&timeline).contains("said to be better at 2025-03-15 14:24"),
        "{}",
        conflicts(&timeline)
    );
    assert_eq!(event(&timeline, "the shop is back")["key"], true);
    assert_eq!(event(&timeline, "did not help")["key"], true);
    let draft = case.draft();
    assert!(draft.contains("Sources that disagree") && draft.contains("said to be better"), "{draft}");
}

#[test]
fn a_storm_is_one_line_with_count_and_first_and_an_unrelated_alert_stays_apart() {
    let case = Case::new()
        .alerts(&[
            ("ShopErrors", "shop", "14:05:00", ""),
            ("ShopLatency", "shop", "14:05:40", ""),
            ("ShopQueue", "shop", "14:06:10", ""),
            ("ShopProbe", "shop", "14:07:00", ""),
            ("ShopPool", "shop", "14:08:20", ""),
            ("ShopPayments", "shop", "14:09:00", ""),
            ("BackupLate", "archive", "14:07:30", ""),
        ])
        .said("14:10:00", "ada", "on it, the shop is down")
        .said("14:30:00", "ada", "rolled back, the shop is back and all errors are gone")
        .said("14:45:00", "ada", "closing the incident");
    let timeline = case.timeline();
    let first = event(&timeline, "ShopErrors");
    assert_eq!((first["count"].as_u64(), clock(&first["at"])), (Some(6), "14:05"));
    assert_eq!(event(&timeline, "BackupLate")["key"], false);
    let fired = timeline["events"].as_array().unwrap().iter().filter(|one| one["kind"] == "alert_fired");
    assert_eq!(fired.count(), 2);
    assert_eq!(clock(&timeline["phases"]["detected"]["at"]), "14:05");
}

#[test]
fn a_long_silence_while_it_was_open_is_a_gap_in_timeline_and_draft() {
    let case = plain()
        .said("14:58:00", "ada", "back at the desk, trying a rollback")
        .said("15:05:00", "ada", "rollback worked, errors of the shop are gone")
        .said("15:10:00", "ben", "all clear, closing the incident");
    let timeline = case.timeline();
    let gap = &timeline["gaps"][0];
    assert_eq!((clock(&gap["from"]), clock(&gap["to"])), ("14:20", "14:58"));
    assert!(case.draft().contains("No recorded activity for 38 minutes"), "{}", case.draft());
}

#[test]
fn an_alert_that_stays_open_after_the_measured_end_is_a_conflict() {
    let case = Case::new()
        .alerts(&[("ShopErrors", "shop", "14:05:00", "16:30:00")])
        .file(
            "readings.csv",
            "timestamp,source,text\n2025-03-15T14:04:00Z,prometheus,shop error rate 38 %\n\
             2025-03-15T14:41:00Z,prometheus,shop error rate 0.1 % back to normal\n",
        )
        .said("14:07:00", "ada", "on it, the shop answers 502")
        .said("14:38:00", "ada", "rolled back the pool setting")
        .said("14:44:00", "ada", "errors of the shop are gone, closing the incident");
    let timeline = case.timeline();
    let resolved = clock(&timeline["phases"]["resolved"]["at"]);
    assert!(("14:41"..="14:44").contains(&resolved), "{resolved}");
    assert!(
        conflicts(&timeline).contains("the alert tool says resolved at 2025-03-15 16:30"),
        "{}",
        conflicts(&timeline)
    );
}

#[test]
fn a_deploy_that_the_record_and_the_chat_tell_at_other_times_is_a_conflict() {
    let deployment = json!([{"state": "success", "environment": "production", "description": "shop v42",
        "creator": {"login": "ada"}, "created_at": "2025-03-15T13:31:40Z",
        "deployment_url": "https://api.example.com/repos/example/shop/deployments/1"}]);
    let case = plain()
        .file("deployments.json", &deployment.to_string())
        .said("14:25:00", "ben", "v42 of the shop went out at 14:01, that must be it")
        .said("14:40:00", "ada", "rolled back v42 of the shop, errors are gone")
        .said("14:55:00", "ben", "all normal, closing the incident");
    let timeline = case.timeline();
    let told = conflicts(&timeline);
    assert!(told.contains("v42") && told.contains("13:31") && told.contains("14:01"), "{told}");
}

#[test]
fn decisions_stand_behind_what_was_known_when_they_were_taken() {
    let case = plain()
        .said("14:22:00", "ben", "decision: we do not roll back, the pool is the cause")
        .said("14:35:00", "ada", "turns out v42 opens two connections for each request")
        .said("14:36:00", "ben", "decision: roll back v42 after all")
        .said("14:44:00", "ada", "rollback worked, errors of the shop are gone")
        .said("14:58:00", "ben", "closing the incident");
    let timeline = case.timeline();
    for words in ["we do not roll back", "roll back v42 after all"] {
        let decision = event(&timeline, words);
        assert_eq!((&decision["kind"], &decision["key"]), (&json!("decision"), &json!(true)), "{words}");
    }
    let draft = case.draft();
    let told = draft.find("## Timeline").unwrap();
    let place = |words: &str| draft[told..].find(words).unwrap();
    assert!(place("is exhausted") < place("we do not roll back"), "{draft}");
    assert!(place("we do not roll back") < place("opens two connections"), "{draft}");
}
