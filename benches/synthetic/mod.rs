//! Writes a Slack export of any size: one busy incident channel with threads, bots and edits, the same for the same seed.

use std::fs;
use std::path::Path;

use ndarray_rand::rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;
use serde_json::{Value, json};

const SUBJECTS: &[&str] = &[
    "checkout",
    "frontend",
    "the queue",
    "search",
    "the primary",
    "ingress",
    "the cache",
    "login",
    "node-17",
    "the exporter",
];
const VERBS: &[&str] = &[
    "is slow",
    "returns 503",
    "looks fine",
    "restarted",
    "was scaled to 12",
    "is lagging",
    "recovered",
    "was rolled back",
    "hits its limit",
    "reports no data",
];
const TAILS: &[&str] = &[
    "again",
    "since 09:20 UTC",
    "in eu-west",
    "according to the dashboard",
    "for 4 % of requests",
    "after the deploy of build 4711",
    "see https://grafana.example.com/d/abc",
    "I will check",
    "can somebody confirm?",
    "thanks",
];

/// Second of the first message.
const START: i64 = 1_764_320_400;

/// Writes `messages` messages over about eight hours into `folder` as a Slack workspace export.
pub fn slack_export(folder: &Path, messages: usize, seed: u64) {
    let mut random = Xoshiro256Plus::seed_from_u64(seed);
    let people: Vec<Value> = (0..40).map(person).collect();
    let channels = json!([{"id": "C0INC", "name": "incidents", "members": []}]);
    fs::create_dir_all(folder.join("incidents")).expect("the folder can be made");
    fs::write(folder.join("users.json"), Value::from(people).to_string()).expect("users.json can be written");
    fs::write(folder.join("channels.json"), channels.to_string()).expect("channels.json can be written");
    let mut parent = String::new();
    let spread = 8.0 * 3600.0 / messages as f64;
    let lines: Vec<Value> = (0..messages)
        .map(|at| {
            let second = START + (at as f64 * spread) as i64;
            let ts = format!("{second}.{:06}", at % 1_000_000);
            if at.is_multiple_of(9) {
                parent.clone_from(&ts);
            }
            message(&mut random, at, &ts, &parent)
        })
        .collect();
    fs::write(folder.join("incidents/2025-11-28.json"), Value::from(lines).to_string())
        .expect("the day can be written");
}

fn person(at: usize) -> Value {
    let name = format!("responder{at}");
    json!({"id": format!("U{at:04}"), "name": name, "real_name": name, "profile": {"display_name": name, "real_name": name}})
}

fn message(random: &mut Xoshiro256Plus, at: usize, ts: &str, parent: &str) -> Value {
    let mut pick = |from: &[&'static str]| from[random.gen_range(0..from.len())];
    let text = format!("{} {} {}", pick(SUBJECTS), pick(VERBS), pick(TAILS));
    if at % 50 == 7 {
        return json!({"type": "message", "subtype": "bot_message", "ts": ts, "bot_id": "B01", "username": "alertmanager",
            "text": "", "attachments": [{"title": "[FIRING:1] HighErrorRate", "text": text, "fallback": "alert"}]});
    }
    let user = format!("U{:04}", random.gen_range(0..40));
    let mut message = json!({"type": "message", "ts": ts, "user": user, "text": text});
    // What Slack repeats with every message: seven eighths of an export.
    message["client_msg_id"] = json!(format!("{at:08}-aaaa-bbbb-cccc-dddddddddddd"));
    for key in ["team", "user_team", "source_team"] {
        message[key] = json!("T0000001");
    }
    message["user_profile"] = json!({"avatar_hash": "g1",
        "image_72": "https://avatars.example.com/72/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.jpg?default=https%3A%2F%2Fimages.example.com%2F0001-72.png",
        "first_name": "Responder", "real_name": "responder", "display_name": "responder", "team": "T0000001",
        "name": "responder", "is_restricted": false, "is_ultra_restricted": false});
    message["blocks"] = json!([{"type": "rich_text", "block_id": format!("b{at}"), "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}]}]);
    if !at.is_multiple_of(9) && at.is_multiple_of(3) {
        message["thread_ts"] = json!(parent);
    }
    if at.is_multiple_of(31) {
        message["edited"] = json!({"user": user, "ts": ts});
    }
    message
}
