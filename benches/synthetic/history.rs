//! Writes a history of any size: postmortems in the tool's own layout over five years, the same for the same seed.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use ndarray_rand::rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;

const SERVICES: [&str; 12] = [
    "checkout", "frontend", "search", "payments", "login", "cart", "media", "ledger", "queue", "gateway",
    "mail", "reports",
];
const TEAMS: [&str; 4] = ["platform", "shop", "payments", "data"];
const CAUSES: [&str; 10] = [
    "a memory limit was lowered",
    "the certificate expired",
    "the connection pool was exhausted",
    "a route pattern was rejected",
    "the resolver answered slowly",
    "the provider was unreachable",
    "the consumer fell behind",
    "the disk filled up",
    "a feature flag was misread",
    "a migration held a lock",
];
const ACTIONS: [&str; 10] = [
    "Validate limits in CI for",
    "Alert before certificates expire in",
    "Alert on connection pool use of",
    "Run the configuration check for",
    "Add a second resolver to",
    "Fall back to another provider in",
    "Alert on consumer lag of",
    "Rotate logs earlier on",
    "Rename the flags of",
    "Set a lock timeout in",
];
const CATEGORIES: [&str; 6] =
    ["people", "process", "technology", "environment", "documentation", "management"];

/// 2021-10-01, so that five years end with 2026-Q3.
const START: i64 = 1_633_046_400;
const SECONDS: i64 = 5 * 365 * 86_400;

/// Writes `count` postmortems into `folder`.
pub fn history(folder: &Path, count: usize, seed: u64) {
    let mut random = Xoshiro256Plus::seed_from_u64(seed);
    for at in 0..count {
        let text = postmortem(&mut random, at, count);
        fs::write(folder.join(format!("PM-{at:05}.md")), text).expect("a postmortem can be written");
    }
}

fn postmortem(random: &mut Xoshiro256Plus, at: usize, count: usize) -> String {
    let start = START + (at as f64 / count as f64 * SECONDS as f64) as i64;
    let moment = |seconds: i64| Timestamp::from_second(seconds).expect("a moment of this century");
    let detected = start + random.gen_range(60..3_600);
    let mitigated = detected + random.gen_range(300..20_000);
    let resolved = mitigated + random.gen_range(60..20_000);
    let cause = random.gen_range(0..CAUSES.len());
    let service = SERVICES[random.gen_range(0..SERVICES.len())];
    let team = TEAMS[random.gen_range(0..TEAMS.len())];
    let mut text = format!(
        "---\nid: PM-{at:05}\ntitle: \"{service} degraded because {}\"\nstatus: final\nseverity: SEV-{}\nservices: [{service}]\nteams: [{team}]\n\
         started_at: {}\ndetected_at: {}\nacknowledged_at: {}\nmitigated_at: {}\nresolved_at: {}\npublished_at: {}\ndetection: {}\ncustomers_affected: {}\n",
        CAUSES[cause],
        random.gen_range(1..5),
        moment(start),
        moment(detected),
        moment(detected + 120),
        moment(mitigated),
        moment(resolved),
        moment(resolved + 86_400 * random.gen_range(1..15)),
        ["alert", "customer", "engineer", "support"][random.gen_range(0..4)],
        random.gen_range(10..20_000)
    );
    if at > 100 && random.gen_range(0..20) == 0 {
        let _ = writeln!(text, "repeat_of: PM-{:05}", random.gen_range(0..at));
    }
    let _ = write!(text, "---\n# {service} degraded because {}\n\n## Executive summary\n\n", CAUSES[cause]);
    for sentence in 0..12 {
        let other = SERVICES[random.gen_range(0..SERVICES.len())];
        let _ = writeln!(
            text,
            "Requests from `{other}` to `{service}` failed in step {sentence}, because {} and retries added load.[^E{sentence}]",
            CAUSES[random.gen_range(0..CAUSES.len())]
        );
    }
    text.push_str("\n## Timeline\n\n| Time (UTC) | Source | Event |\n|---|---|---|\n");
    for row in 0..10 {
        let _ = writeln!(
            text,
            "| 09:{:02} | slack | Step {row} of the response to {service} [^E{row}] |",
            row * 4
        );
    }
    text.push_str("\n## Contributing factors\n\n");
    for _ in 0..4 {
        let _ = writeln!(
            text,
            "- **{}**: {} in {service}.",
            CATEGORIES[random.gen_range(0..6)],
            CAUSES[random.gen_range(0..CAUSES.len())]
        );
    }
    text.push_str("\n## Action items\n\n| ID | Action | Type | Priority | Owner | Due | Status | Closed | Verification |\n|---|---|---|---|---|---|---|---|---|\n");
    for action in 1..4 {
        let due = moment(resolved + 86_400 * 30).strftime("%F");
        let closed = moment(resolved + 86_400 * random.gen_range(5..60)).strftime("%F");
        let done = random.gen_range(0..3) > 0;
        let _ = writeln!(
            text,
            "| AI-{action} | {} {} | prevent | P2 | @someone ({}) | {due} | {} | {} | A test shows it |",
            ACTIONS[random.gen_range(0..ACTIONS.len())],
            SERVICES[random.gen_range(0..SERVICES.len())],
            TEAMS[random.gen_range(0..TEAMS.len())],
            if done { "done" } else { "open" },
            if done { closed.to_string() } else { String::new() }
        );
    }
    let _ = writeln!(text, "\n## Lessons learned\n\n- Measure before changing {service}.");
    text
}
