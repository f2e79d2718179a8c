//! Every detector has a fixture, and redaction is idempotent and reversible for people only.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::detectors::ALL;
use super::options::Country;
use super::{Detector, Options, Redactor, detect_with};

fn everything() -> Options {
    Options {
        customers: vec!["Northwind Traders".to_owned(), "Fabrikam".to_owned()],
        internal_hosts: vec!["corp.example.net".to_owned()],
        national_ids: Country::ALL.to_vec(),
        allow: Vec::new(),
    }
}

/// Lines of a detector's fixture: whether something is to be found, and the line.
fn fixture(detector: &dyn Detector) -> Vec<(bool, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/redact");
    let text = fs::read_to_string(folder.join(format!("{}.txt", detector.id())))
        .unwrap_or_else(|_| panic!("fixtures/redact/{}.txt is missing", detector.id()));
    let lines: Vec<_> = text
        .lines()
        .map(|line| {
            let (sign, line) = line.split_at(2);
            (sign == "+ ", line.replace('␟', "").replace('⏎', "\n"))
        })
        .collect();
    assert!(lines.iter().any(|(hit, _)| *hit) && lines.iter().any(|(hit, _)| !hit), "{}", detector.id());
    lines
}

#[test]
fn detectors_find_what_their_fixtures_mark_and_nothing_else() {
    let options = everything();
    let mut wrong = Vec::new();
    for detector in ALL {
        for (hit, line) in fixture(*detector) {
            let plain = line.replace(['⟦', '⟧'], "");
            let mut spans = Vec::new();
            detector.find(&plain, &options, &mut spans);
            spans.sort();
            spans.dedup();
            let mut marked = plain.clone();
            for span in spans.iter().rev() {
                marked.insert(span.end, '⟧');
                marked.insert(span.start, '⟦');
            }
            if marked != line {
                wrong.push(format!("{}: wanted {line:?}, found {marked:?}", detector.id()));
            }
            let through_the_door = detect_with(&plain, &options).iter().any(|one| one.id == detector.id());
            if hit && !through_the_door {
                wrong.push(format!("{}: trigger or overlap hides {line:?}", detector.id()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ids_are_unique_and_fit_a_mark() {
    for (at, detector) in ALL.iter().enumerate() {
        assert!(detector.id().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", detector.id());
        assert!(!ALL[..at].iter().any(|other| other.id() == detector.id()), "{}", detector.id());
        assert!(regex::bytes::Regex::new(detector.trigger()).is_ok(), "{}", detector.id());
        assert!(!detector.about().is_empty());
    }
}

#[test]
fn identifiers_of_incident_logs_stay() {
    let log = "2025-11-28T09:22:07.123Z pod frontend-7d4b8c6f9-x2x9k sha 4f1c2d9e8b7a6c5d4e3f2a1b0c9d8e7f6a5b4c3d \
        trace 4bf92f3577b34da6a3ce929d0e0e4736 id 7f3e2c1a-9b8d-4e6f-a5c4-b3d2e1f0a9b8 v1.29.3-gke.1200 INC-4711 \
        image@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 ts=1732862400123 p99=1.2.3 SEV-1 #9188";
    assert_eq!(Redactor::new(everything()).redact(log).as_str(), log);
}

#[test]
fn people_get_pseudonyms_that_come_back_and_secrets_do_not() {
    let mut redactor = Redactor::default()
        .with_people(["Maya Okafor", "tomás.lindqvist"])
        .with_alias("Maya Okafor", "mokafor");
    let text = "Maya paged @mokafor and Tomás; maya.okafor@example.com, pager@example.org, password=hunter2";
    let redacted = redactor.redact(text);
    assert_eq!(
        redacted.as_str(),
        "responder-1 paged @responder-1 and responder-2; responder-1, contact-1, password=[redacted:password]"
    );
    assert_eq!(
        redactor.restore("responder-1 asked contact-1, responder-9"),
        "Maya Okafor asked pager@example.org, responder-9"
    );
    assert!(!redactor.restore(redacted.as_str()).contains("hunter2"));
    assert_eq!(redactor.counts()["password"], 1);
    assert_eq!(redactor.counts()["person"], 3);
}

#[test]
fn names_that_are_words_stay_words() {
    let mut redactor = Redactor::default().with_people(["Mark Grace", "Will Stone"]);
    let text = "Mark the deploy as failed. It will stay; grace period. Then Mark Grace asked @will, and Mark agreed.";
    assert_eq!(
        redactor.redact(text).as_str(),
        "Mark the deploy as failed. It will stay; grace period. Then responder-1 asked @responder-2, and responder-1 agreed."
    );
}

#[test]
fn a_document_keeps_names_and_loses_addresses() {
    let mut redactor = Redactor::default();
    assert_eq!(redactor.redact("Maya <maya@example.com>").as_str(), "Maya <[redacted:email]>");
}

#[test]
fn what_the_options_allow_stays() {
    let options = Options { allow: vec!["status@example.com".to_owned()], ..Options::default() };
    assert_eq!(Redactor::new(options).redact("status@example.com").as_str(), "status@example.com");
}

#[test]
fn a_mark_of_an_unknown_kind_hides_nothing() {
    let text = "[redacted:password=hunter2]";
    assert!(!Redactor::default().redact(text).as_str().contains("hunter2"));
}

/// Pieces that detectors care about, glued in any order.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("password=".to_owned()),
        Just("password is ".to_owned()),
        Just("Bearer ".to_owned()),
        Just("token: ".to_owned()),
        Just("https://u:".to_owned()),
        Just("@".to_owned()),
        Just("postgres://a:".to_owned()),
        Just("[redacted:".to_owned()),
        Just("]".to_owned()),
        Just("[redacted:password]".to_owned()),
        Just("4242 4242 4242 4242".to_owned()),
        Just("+49 30 5550 0142".to_owned()),
        Just("10.20.30.40".to_owned()),
        Just("Maya".to_owned()),
        Just("responder-1".to_owned()),
        Just("\n".to_owned()),
        Just(" ".to_owned()),
        Just("\"".to_owned()),
        Just("a@example.com".to_owned()),
        Just("-----BEGIN PRIVATE KEY-----".to_owned()),
        Just("-p".to_owned()),
        Just("mysql ".to_owned()),
        "[a-zA-Z0-9/+=_.:-]{1,24}",
        ".{0,6}",
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn redacting_twice_changes_nothing(text in hostile(), model in any::<bool>()) {
        let fresh = || {
            let redactor = Redactor::new(everything());
            if model { redactor.with_people(["Maya Okafor"]) } else { redactor }
        };
        let once = fresh().redact(&text);
        let twice = fresh().redact(once.as_str());
        prop_assert_eq!(twice.as_str(), once.as_str());
    }
}
