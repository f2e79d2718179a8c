//! Matching on small histories written for it.
#![allow(clippy::unwrap_used, reason = "a failing unwrap fails the test")]

use proptest::prelude::*;

use super::*;
use crate::domain::{ActionItem, ActionStatus, MatchVerdict, PastIncident};

fn incident(id: &str, date: &str, title: &str, text: &str) -> PastIncident {
    PastIncident {
        id: id.into(),
        title: title.into(),
        text: text.into(),
        date: Some(date.parse().unwrap()),
        services: vec!["cart".into()],
        ..PastIncident::default()
    }
}

fn history() -> Vec<PastIncident> {
    vec![
        incident(
            "P-1",
            "2024-01-05T10:00:00Z",
            "Checkout OOMKilled after a limit change",
            "The memory limit fell to 256Mi.\nPods were OOMKilled with exit code 137.\nReverted by hand.",
        ),
        incident(
            "P-2",
            "2024-02-05T10:00:00Z",
            "Certificate of the mail relay expired",
            "The certificate expired at midnight.\nMails were queued.",
        ),
        incident(
            "P-3",
            "2024-03-05T10:00:00Z",
            "Checkout slow during the sale",
            "Traffic doubled.\nThe connection pool was exhausted.",
        ),
        incident(
            "P-4",
            "2024-04-05T10:00:00Z",
            "Search pods killed again",
            "A memory limit of 256Mi was applied.\nPods were OOMKilled, exit code 137.",
        ),
    ]
}

fn found(index: &Index, query: &PastIncident, scope: Scope) -> Vec<crate::domain::Match> {
    matches(query, index, &Calibration::default(), scope, 5).unwrap()
}

#[test]
fn the_repeat_leads_and_shows_what_it_rests_on() {
    let mut past = history();
    past[0].actions = vec![ActionItem {
        id: "AI-1".into(),
        action: "Validate limits in CI".into(),
        kind: None,
        priority: None,
        owner: None,
        due: None,
        status: ActionStatus::Open,
        closed: None,
        tracking: None,
        verification: None,
        line: 9,
    }];
    let index = Index::build(past.clone());
    let at = index.position("P-4").unwrap();
    let found = found(&index, &past[3], Scope { before: Some(at), except: None });
    let best = &found[0];
    assert_eq!(best.id, "P-1");
    assert_eq!(best.days_since, Some(91));
    assert_eq!(best.open_actions[0].id, "AI-1");
    assert_eq!(best.shared.services, ["cart"]);
    assert!(best.shared.terms.contains(&"OOMKilled".to_owned()), "{:?}", best.shared.terms);
    assert!(!best.shared.terms.contains(&"oomkil".to_owned()), "surface forms, not stems");
    let quoted = (
        "Pods were OOMKilled, exit code 137.".to_owned(),
        "Pods were OOMKilled with exit code 137.".to_owned(),
    );
    assert!(best.shared.quotes.contains(&quoted), "{:?}", best.shared.quotes);
    assert!(found.iter().all(|one| one.id != "P-4"), "an incident does not match itself");
    assert!(found[1..].iter().all(|one| one.verdict == MatchVerdict::None), "decoys are not suggested");
}

#[test]
fn only_earlier_incidents_are_found_before_a_position() {
    let index = Index::build(history());
    let query = history()[0].clone();
    let earlier = found(&index, &query, Scope { before: Some(0), except: None });
    assert!(earlier.is_empty());
    let all = found(&index, &query, Scope { before: None, except: Some(0) });
    assert_eq!(all[0].id, "P-4");
}

#[test]
fn undated_incidents_keep_the_order_of_their_file() {
    let mut past = history();
    for (order, one) in past.iter_mut().enumerate() {
        one.order = order;
    }
    past[1].date = None;
    past.reverse();
    let index = Index::build(past);
    let ids: Vec<&str> = index.incidents().iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["P-1", "P-2", "P-3", "P-4"]);
}

#[test]
fn nothing_breaks_on_empty_texts() {
    let empty = PastIncident { id: "E".into(), ..PastIncident::default() };
    let index = Index::build(vec![empty.clone(), PastIncident { id: "F".into(), ..empty.clone() }]);
    assert!(found(&index, &empty, Scope::default()).is_empty());
    assert!(found(&Index::build(Vec::new()), &history()[0], Scope::default()).is_empty());
}

proptest! {
    #[test]
    fn any_text_ranks_the_same_twice_and_whatever_the_file_order(texts in proptest::collection::vec(".{0,60}", 2..12), turn in 0usize..12) {
        let mut past: Vec<PastIncident> = texts.iter().enumerate()
            .map(|(n, text)| incident(&format!("I-{n:02}"), &format!("2024-01-{:02}T00:00:00Z", n + 1), text, text))
            .collect();
        let one = Index::build(past.clone());
        let places = past.len();
        past.rotate_left(turn % places);
        let other = Index::build(past);
        prop_assert_eq!(&one, &other);
        for at in 0..places {
            let query = one.incidents()[at].clone();
            let found = found(&one, &query, Scope { before: None, except: Some(at) });
            prop_assert!(found.iter().all(|one| one.id != query.id && (0.0..=1.0).contains(&one.probability)));
        }
    }
}
