//! The cache gives what the built index gives, and survives what happens to files.
#![allow(clippy::unwrap_used, reason = "a failing unwrap fails the test")]

use std::path::Path;

use super::*;
use crate::domain::Match;
use crate::memory::similar::{Calibration, Corpus, Scope, matches};

fn write_history(path: &Path, incidents: usize, word: &str) {
    let line = |n: usize| {
        format!(
            "{{\"id\":\"I-{n}\",\"title\":\"{word} {} failed\",\"text\":\"The {word} of cell {} failed with code {}.\",\"date\":\"2024-01-01\"}}\n",
            n % 17,
            n % 23,
            n % 7
        )
    };
    std::fs::write(path, (0..incidents).map(line).collect::<String>()).unwrap();
}

fn ask(indexed: &Indexed) -> Vec<Match> {
    fn of<C: Corpus>(corpus: &C) -> Vec<Match>
    where
        C::Error: std::fmt::Debug,
    {
        let query = corpus.incident(5).unwrap().into_owned();
        matches(&query, corpus, &Calibration::default(), Scope { before: None, except: Some(5) }, 5).unwrap()
    }
    match indexed {
        Indexed::Built(index) => of(index.as_ref()),
        Indexed::Cached(index) => of(index.as_ref()),
    }
}

fn is_cached(indexed: &Indexed) -> bool {
    matches!(indexed, Indexed::Cached(_))
}

#[test]
fn the_cache_answers_like_the_index_it_was_made_from() {
    let root = tempfile::tempdir().unwrap();
    let history = [root.path().join("h.jsonl")];
    write_history(&history[0], 400, "pump");
    let (built, _) = indexed(&history, root.path()).unwrap();
    let (cached, _) = indexed(&history, root.path()).unwrap();
    assert!(!is_cached(&built) && is_cached(&cached));
    assert_eq!(ask(&built), ask(&cached));
}

#[test]
fn a_change_of_the_same_size_and_time_is_noticed() {
    let root = tempfile::tempdir().unwrap();
    let history = [root.path().join("h.jsonl")];
    write_history(&history[0], 400, "pump");
    let time = std::fs::metadata(&history[0]).unwrap().modified().unwrap();
    indexed(&history, root.path()).unwrap();
    write_history(&history[0], 400, "fan!");
    std::fs::File::options().write(true).open(&history[0]).unwrap().set_modified(time).unwrap();
    let (again, _) = indexed(&history, root.path()).unwrap();
    assert!(!is_cached(&again));
    assert!(ask(&again)[0].title.contains("fan"));
}

#[test]
fn a_damaged_cache_is_made_anew() {
    let root = tempfile::tempdir().unwrap();
    let history = [root.path().join("h.jsonl")];
    write_history(&history[0], 400, "pump");
    let (built, _) = indexed(&history, root.path()).unwrap();
    let file = cache_file(&history, root.path());
    let whole = std::fs::read(&file).unwrap();
    for damaged in [&whole[..whole.len() / 2], &whole[..9], b"", b"something else entirely, of some length"] {
        std::fs::write(&file, damaged).unwrap();
        let (again, _) = indexed(&history, root.path()).unwrap();
        assert!(!is_cached(&again));
        assert_eq!(ask(&again), ask(&built));
    }
    assert!(is_cached(&indexed(&history, root.path()).unwrap().0));
}

#[test]
fn a_small_history_leaves_no_file_behind() {
    let root = tempfile::tempdir().unwrap();
    let history = [root.path().join("h.jsonl")];
    write_history(&history[0], 20, "pump");
    indexed(&history, root.path()).unwrap();
    assert!(!root.path().join(".unblame").exists());
}

#[test]
fn processes_that_write_at_once_leave_a_whole_cache() {
    let root = tempfile::tempdir().unwrap();
    let history = [root.path().join("h.jsonl")];
    write_history(&history[0], 400, "pump");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| ask(&indexed(&history, root.path()).unwrap().0));
        }
    });
    assert!(is_cached(&indexed(&history, root.path()).unwrap().0));
}
