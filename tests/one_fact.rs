//! One incident told by many sources: each fact is one event with several origins, each person one actor.
#![allow(clippy::unwrap_used)] // a failing test may panic

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

const SHA: &str = "9a8b7c6d5e4f30213243546576879808a9bacbdc";
const REVERT: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f001122334";

fn write(folder: &Path, name: &str, text: impl ToString) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text.to_string()).unwrap();
}

fn chat(folder: &Path) {
    write(
        folder,
        "slack/users.json",
        json!([
            {"id": "U01ADA", "name": "aokafor", "real_name": "Ada Okafor",
             "profile": {"display_name": "ada", "real_name": "Ada Okafor", "email": "ada.okafor@shop.example"}},
            {"id": "U02BEN", "name": "ben", "real_name": "Ben Ito",
             "profile": {"display_name": "", "real_name": "Ben Ito", "email": "ben@shop.example"}},
        ]),
    );
    write(folder, "slack/channels.json", json!([{"id": "C1", "name": "incident"}]));
    let said =
        |user: &str, ts: &str, text: &str| json!({"type": "message", "user": user, "ts": ts, "text": text});
    let bot = |name: &str, ts: &str, text: &str| json!({"type": "message", "subtype": "bot_message", "bot_id": "B1", "username": name, "ts": ts, "text": text});
    write(
        folder,
        "slack/incident/2025-11-28.json",
        json!([
            bot(
                "github",
                "1764320290.000100",
                "ben merged <https://git.example/shop/basket/pull/12|#12 Lower the limit> into main"
            ),
            bot(
                "PagerDuty",
                "1764321672.000100",
                "*Triggered* <https://pages.example/incidents/P1|#42>: BasketDown"
            ),
            said("U01ADA", "1764321725.000100", "looking at BasketDown, 503 everywhere"),
            said("U02BEN", "1764321845.000100", "rolling back #12, see #13"),
        ]),
    );
    write(
        folder,
        "copied.txt",
        "28 November 2025\n\nAda Okafor  9:22 AM\nlooking at BasketDown, 503 everywhere\nBen Ito  9:24 AM\nrolling back #12, see #13\n",
    );
}

fn alerts(folder: &Path) {
    let labels = json!({"alertname": "BasketDown", "service": "basket", "severity": "page"});
    let told = json!({"summary": "Basket answers with errors"});
    let alert = |status: &str, ends: &str| {
        json!({"status": status, "labels": labels, "annotations": told, "startsAt": "2025-11-28T09:21:05Z",
               "endsAt": ends, "fingerprint": "aaaa1111bbbb2222"})
    };
    let sent = |status: &str, ends: &str| {
        json!({"version": "4", "receiver": "pages", "status": status, "groupKey": "{}", "groupLabels": {},
               "alerts": [alert(status, ends)]})
    };
    let lines = [sent("firing", "0001-01-01T00:00:00Z"), sent("resolved", "2025-11-28T09:34:05Z")];
    write(folder, "alertmanager.jsonl", format!("{}\n{}\n", lines[0], lines[1]));
    write(
        folder,
        "alerts.json",
        json!([{"labels": labels, "annotations": told, "startsAt": "2025-11-28T09:21:05.000Z",
                "endsAt": "2025-11-28T13:21:05.000Z", "updatedAt": "2025-11-28T09:22:00.000Z",
                "fingerprint": "aaaa1111bbbb2222", "receivers": [{"name": "pages"}],
                "status": {"state": "active", "silencedBy": [], "inhibitedBy": []}}]),
    );
    let ada = json!({"id": "PUADA", "type": "user_reference", "summary": "Ada Okafor"});
    let entry = |id: &str, kind: &str, at: &str, agent: &Value, summary: &str| {
        json!({"id": id, "type": format!("{kind}_log_entry"), "summary": summary, "created_at": at, "agent": agent,
               "channel": {"type": "api", "summary": "BasketDown"},
               "incident": {"id": "P1", "summary": "[#42] BasketDown"}, "service": {"summary": "basket"}})
    };
    let machine = json!({"id": "S1", "type": "service_reference", "summary": "basket"});
    write(
        folder,
        "pages.json",
        json!({"log_entries": [
            entry("R2", "acknowledge", "2025-11-28T09:21:50Z", &ada, "Acknowledged by Ada Okafor."),
            entry("R1", "trigger", "2025-11-28T09:21:10Z", &machine, "Triggered through the API."),
        ]}),
    );
    write(
        folder,
        "hook.json",
        json!({"event": {"id": "01A", "event_type": "incident.triggered", "resource_type": "incident",
                         "occurred_at": "2025-11-28T09:21:10.100Z", "agent": null,
                         "data": {"id": "P1", "type": "incident", "number": 42, "title": "BasketDown",
                                  "status": "triggered", "service": {"summary": "basket"}}}}),
    );
}

fn changes(folder: &Path) {
    let ben = json!({"login": "benito", "name": "Ben Ito"});
    let pull = |number: u32, title: &str, at: &str, sha: &str| {
        json!({"number": number, "title": title, "mergedAt": at, "mergedBy": ben, "author": ben, "body": "",
               "mergeCommit": {"oid": sha}, "url": format!("https://git.example/shop/basket/pull/{number}")})
    };
    write(
        folder,
        "pulls.json",
        json!([
            pull(12, "Lower the limit", "2025-11-28T08:58:05Z", SHA),
            pull(13, "Revert \"Lower the limit\"", "2025-11-28T09:28:00Z", REVERT),
        ]),
    );
    write(
        folder,
        "git.txt",
        format!(
            "commit {REVERT}\nAuthor:     Ben Ito <ben@shop.example>\nAuthorDate: Fri Nov 28 10:26:00 2025 +0100\nCommit:     Forge <forge@shop.example>\nCommitDate: Fri Nov 28 10:28:00 2025 +0100\n\n    Revert \"Lower the limit\" (#13)\n\n    This reverts commit {SHA}.\n\ncommit {SHA}\nAuthor:     Ben Ito <ben@shop.example>\nAuthorDate: Fri Nov 28 09:50:00 2025 +0100\nCommit:     Forge <forge@shop.example>\nCommitDate: Fri Nov 28 09:58:05 2025 +0100\n\n    Lower the limit (#12)\n"
        ),
    );
    write(
        folder,
        "deploys.json",
        json!([{"id": 1, "sha": SHA, "ref": "main", "task": "deploy", "environment": "production",
                "creator": {"login": "benito"}, "created_at": "2025-11-28T09:05:00Z", "updated_at": "2025-11-28T09:15:00Z",
                "statuses_url": "https://git.example/api", "statuses": [{"id": 9, "state": "success",
                "environment": "production", "creator": {"login": "benito"}, "created_at": "2025-11-28T09:15:00Z"}]}]),
    );
}

fn timeline(folder: &Path) -> Vec<Value> {
    let done = Command::new(env!("CARGO_BIN_EXE_unblame"))
        .args(["timeline", "--all", "--format", "json", "--offline", "--quiet"])
        .arg(folder)
        .output()
        .unwrap();
    let told: Value = serde_json::from_slice(&done.stdout).unwrap();
    told["events"].as_array().unwrap().clone()
}

/// Files that an event was read from.
fn files(event: &Value) -> Vec<String> {
    let mut found: Vec<String> = event["also"]
        .as_array()
        .into_iter()
        .flatten()
        .chain([&event["origin"]])
        .map(|origin| origin["file"].as_str().unwrap().to_owned())
        .collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn a_fact_told_by_many_sources_is_one_event_with_all_their_places() {
    let folder = tempfile::tempdir().unwrap();
    chat(folder.path());
    alerts(folder.path());
    changes(folder.path());
    let events = timeline(folder.path());
    let of = |kind: &str| events.iter().filter(|event| event["kind"] == kind).collect::<Vec<_>>();

    let fired = of("alert_fired");
    assert_eq!(fired.len(), 1, "{fired:#?}");
    let told =
        ["alertmanager.jsonl", "alerts.json", "hook.json", "pages.json", "slack/incident/2025-11-28.json"];
    assert_eq!(files(fired[0]), told);

    let merged = of("change_merged");
    assert_eq!(merged.len(), 1, "{merged:#?}");
    assert_eq!(files(merged[0]), ["git.txt", "pulls.json", "slack/incident/2025-11-28.json"]);
    let reverted = of("rollback");
    assert_eq!(reverted.len(), 1, "{reverted:#?}");
    assert_eq!(files(reverted[0]), ["git.txt", "pulls.json"]);
    assert_eq!(of("deploy").len(), 1, "a merge is not a deploy, even of the same commit");

    let said: Vec<&Value> =
        events.iter().filter(|event| event["text"] == "rolling back #12, see #13").collect();
    assert_eq!(said.len(), 1, "{said:#?}");
    assert_eq!(files(said[0]), ["copied.txt", "slack/incident/2025-11-28.json"]);
}

#[test]
fn a_person_under_many_names_is_one_actor_and_bots_are_bots() {
    let folder = tempfile::tempdir().unwrap();
    chat(folder.path());
    alerts(folder.path());
    changes(folder.path());
    let events = timeline(folder.path());
    let people: std::collections::BTreeSet<&str> = events
        .iter()
        .filter(|event| event["bot"] == false)
        .filter_map(|event| event["actor"].as_str())
        .collect();
    // Slack's id and display name, the pager's user, the forge's login and the author in git.
    assert_eq!(people.into_iter().collect::<Vec<_>>(), ["Ada Okafor", "Ben Ito"]);
}

#[test]
fn marks_of_the_chat_stay_in_the_citation_and_leave_the_prose() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "slack.json",
        json!({"ok": true, "messages": [
            {"type": "message", "user": "U01ADA", "ts": "1764321665.000100",
             "text": ":fire: *Basket* answers with `503` &amp; worse for <@U02BEN|ben>, see <https://graphs.example/d/1|the graph>"},
            {"type": "message", "user": "U02BEN", "ts": "1764321845.000100", "text": "I am rolling back *2.4.1* now"},
            {"type": "message", "user": "U02BEN", "ts": "1764321846.000100", "text": "```"},
            {"type": "message", "user": "U01ADA", "ts": "1764322325.000100",
             "text": "_rollback done_, the basket is fine again :white_check_mark: mail ada@shop.example"},
        ]}),
    );
    let page = folder.path().join("page.md");
    let done = Command::new(env!("CARGO_BIN_EXE_unblame"))
        .args(["draft", "--offline", "--quiet", "-o"])
        .arg(&page)
        .arg(folder.path())
        .output()
        .unwrap();
    let text =
        fs::read_to_string(&page).unwrap_or_else(|_| String::from_utf8_lossy(&done.stderr).into_owned());
    let (prose, evidence) = text.split_once("## Evidence").unwrap();
    assert!(prose.contains("Basket answers with 503 & worse for"), "{prose}");
    assert!(prose.contains("rollback done, the basket is fine again ✅"), "{prose}");
    for mark in [":fire:", "\\*", "white_check_mark", "```", "ada@shop.example"] {
        assert!(!prose.contains(mark), "{mark} in {prose}");
    }
    assert!(evidence.contains("\\:fire: \\*Basket\\*"), "{evidence}");
    assert!(!evidence.contains("ada@shop.example"), "{evidence}");
    let verified = Command::new(env!("CARGO_BIN_EXE_unblame")).arg("verify").arg(&page).output().unwrap();
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
}
