//! Holds the fixture timelines to `evals/timeline/thresholds.toml`.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use std::path::{Path, PathBuf};

use unblame::app::evaluate_timelines;
use unblame::config::Settings;
use unblame::evidence::timeline::Thresholds;

#[test]
fn the_fixtures_reach_the_thresholds() {
    let cases = ["payment-frontend-2025-11-28", "ingress-2025-03-15"];
    let folders: Vec<PathBuf> = cases.iter().map(|case| Path::new("fixtures/incidents").join(case)).collect();
    let facts = Path::new("evals/timeline");
    let measures = evaluate_timelines(&folders, Some(facts), &Settings::default()).unwrap();
    let thresholds: Thresholds =
        toml::from_str(&std::fs::read_to_string(facts.join("thresholds.toml")).unwrap()).unwrap();
    assert_eq!(thresholds.missed_by(&measures), Vec::<&str>::new(), "{measures:#?}");
}
