//! Holds the fixture timelines and the labelled incidents to `evals/timeline/thresholds.toml`.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use std::path::{Path, PathBuf};

use serde::Deserialize;
use unblame::app::evaluate_timelines;
use unblame::config::Settings;
use unblame::evidence::timeline::{Pooled, Thresholds};

#[derive(Deserialize)]
struct Least {
    fixtures: Thresholds,
    dev: Thresholds,
    held_out: Thresholds,
}

fn least() -> Least {
    toml::from_str(&std::fs::read_to_string("evals/timeline/thresholds.toml").unwrap()).unwrap()
}

/// The case folders of one part, in order.
fn part(name: &str) -> Vec<PathBuf> {
    let folder = Path::new("evals/timeline/cases").join(name);
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

#[test]
fn the_fixtures_reach_the_thresholds() {
    let cases = ["payment-frontend-2025-11-28", "ingress-2025-03-15"];
    let folders: Vec<PathBuf> = cases.iter().map(|case| Path::new("fixtures/incidents").join(case)).collect();
    let measures =
        evaluate_timelines(&folders, Some(Path::new("evals/timeline")), &Settings::default()).unwrap();
    assert_eq!(least().fixtures.missed_by(&measures), Vec::<&str>::new(), "{measures:#?}");
}

#[test]
fn the_labelled_incidents_reach_the_thresholds() {
    let measures =
        evaluate_timelines(&part("dev"), Some(Path::new("evals/timeline")), &Settings::default()).unwrap();
    assert_eq!(least().dev.missed_by(&measures), Vec::<&str>::new(), "{measures:#?}");
}

#[test]
fn the_held_out_incidents_reach_the_thresholds() {
    let measures =
        evaluate_timelines(&part("held-out"), Some(Path::new("evals/timeline")), &Settings::default())
            .unwrap();
    // Only sums: whoever mends a failure here must not see which line it was.
    assert_eq!(least().held_out.missed_by(&measures), Vec::<&str>::new(), "{:#?}", Pooled::of(&measures));
}
