//! Views over a small history written for it.
#![allow(clippy::unwrap_used, reason = "a failing unwrap fails the test")]

use proptest::prelude::*;

use super::*;
use crate::domain::{PastIncident, PatternView, Patterns};
use crate::memory::similar::Index;

fn incident(id: &str, day: u32, title: &str, text: &str) -> PastIncident {
    let date = format!("2025-{:02}-{:02}T08:00:00Z", 1 + day / 28, 1 + day % 28);
    PastIncident {
        id: id.into(),
        title: title.into(),
        text: text.into(),
        date: Some(date.parse().unwrap()),
        ..PastIncident::default()
    }
}

fn history() -> Vec<PastIncident> {
    let mut past = Vec::new();
    for n in 0..4 {
        past.push(incident(
            &format!("mem-{n}"),
            n * 20,
            "Search pods OOMKilled",
            "The memory limit of search was cut to 256Mi and pods were OOMKilled in a loop.",
        ));
        past.push(incident(
            &format!("cert-{n}"),
            n * 20 + 5,
            "Mail relay certificate expired",
            "The certificate of the mail relay expired at midnight and mails were queued.",
        ));
        past.push(incident(
            &format!("bgp-{n}"),
            n * 20 + 9,
            "Backbone route leak",
            "A BGP route leak at a peer moved backbone traffic to a small link.",
        ));
    }
    past.push(incident("odd", 100, "Giraffe in the lobby", "Nobody expected the giraffe."));
    past
}

fn seen(past: Vec<PastIncident>, view: PatternView, options: &PatternOptions) -> Patterns {
    patterns(&Index::build(past), view, options)
}

fn options() -> PatternOptions {
    PatternOptions { seed: 7, modes: FailureModes::shipped(), ..PatternOptions::default() }
}

fn groups(patterns: &Patterns) -> Vec<Vec<&str>> {
    let mut groups: Vec<Vec<&str>> = patterns
        .patterns
        .iter()
        .map(|pattern| {
            let mut members: Vec<&str> = pattern.members.iter().map(String::as_str).collect();
            members.sort_unstable();
            members
        })
        .collect();
    groups.sort();
    groups
}

#[test]
fn repeats_are_grouped_and_the_single_one_is_left_alone() {
    let found = seen(history(), PatternView::Repeats, &options());
    assert_eq!(found.patterns.len(), 3);
    assert_eq!(found.unclustered, ["odd"]);
    assert!(found.patterns.iter().all(|pattern| pattern.stability.unwrap() > 0.9));
    assert!(found.patterns.iter().any(|pattern| pattern.label == "Backbone route leak"));
}

#[test]
fn failure_modes_take_their_names_from_the_rules() {
    let found = seen(history(), PatternView::FailureMode, &options());
    let ids: Vec<&str> = found.patterns.iter().map(|pattern| pattern.id.as_str()).collect();
    for expected in ["certificate-or-clock", "memory-or-concurrency", "network"] {
        assert!(ids.contains(&expected), "{ids:?}");
    }
    assert_eq!(found.unclustered, ["odd"]);
}

#[test]
fn components_follow_the_number_asked_for_or_the_service_field() {
    let found = seen(history(), PatternView::Component, &PatternOptions { components: Some(3), ..options() });
    let large: Vec<_> = groups(&found).into_iter().filter(|group| group.len() >= 4).collect();
    assert_eq!(large.len(), 3, "{found:?}");
    let mut past = history();
    for one in &mut past {
        one.services = vec![if one.id.starts_with("mem") { "search".into() } else { "edge".into() }];
    }
    let found = seen(past, PatternView::Component, &options());
    let labels: Vec<&str> = found.patterns.iter().map(|pattern| pattern.label.as_str()).collect();
    assert_eq!(labels, ["edge", "search"]);
}

#[test]
fn decisions_join_and_part_repeats() {
    let index = Index::build(history());
    let at = |id: &str| index.position(id).unwrap();
    let constraints =
        Constraints::new(&[(at("mem-0"), at("odd"), true), (at("cert-0"), at("cert-1"), false)]);
    let found = patterns(&index, PatternView::Repeats, &PatternOptions { constraints, ..options() });
    let group_of = |id: &str| groups(&found).into_iter().position(|group| group.contains(&id));
    assert_eq!(group_of("odd"), group_of("mem-0"));
    assert!(group_of("odd").is_some());
    assert_ne!(group_of("cert-0"), group_of("cert-1"));
}

#[test]
fn ids_persist_when_incidents_are_added() {
    let first = seen(history(), PatternView::Repeats, &options());
    let known: Known =
        first.patterns.iter().map(|pattern| (pattern.id.clone(), pattern.members.clone())).collect();
    let mut more = history();
    more.push(incident(
        "early",
        0,
        "Backbone route leak",
        "A BGP route leak at a peer moved backbone traffic to a small link.",
    ));
    let later = seen(more, PatternView::Repeats, &PatternOptions { known, ..options() });
    for pattern in &first.patterns {
        let same = later.patterns.iter().find(|other| other.members.contains(&pattern.members[1])).unwrap();
        assert_eq!(same.id, pattern.id);
    }
}

#[test]
fn a_page_shows_members_quotes_and_what_is_open() {
    let past = history();
    let found = seen(past.clone(), PatternView::FailureMode, &options());
    let pattern = found.patterns.iter().find(|pattern| pattern.id == "network").unwrap();
    let members: Vec<&PastIncident> = past.iter().filter(|one| pattern.members.contains(&one.id)).collect();
    let page = page(
        pattern,
        PatternView::FailureMode,
        &members,
        &FailureModes::shipped(),
        &std::collections::BTreeMap::new(),
    );
    for expected in ["# Network path", "| bgp-0 |", "“A BGP route leak at a peer", "No action item"] {
        assert!(page.contains(expected), "{expected} in\n{page}");
    }
}

#[test]
fn nothing_and_next_to_nothing_make_no_pattern() {
    for past in [
        Vec::new(),
        vec![incident("a", 1, "", "")],
        vec![incident("a", 1, "x", ""), incident("b", 1, "y", "")],
    ] {
        for view in [PatternView::Repeats, PatternView::Component, PatternView::FailureMode] {
            assert!(
                seen(past.clone(), view, &options()).patterns.iter().all(|pattern| pattern.members.len() > 1)
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_order_of_files_changes_nothing(turn in 0usize..13, swap in 0usize..13) {
        let mut past = history();
        let all = past.len();
        past.rotate_left(turn % all);
        past.swap(0, swap % all);
        for view in [PatternView::Repeats, PatternView::Component, PatternView::FailureMode] {
            prop_assert_eq!(seen(history(), view, &options()), seen(past.clone(), view, &options()));
        }
    }
}
