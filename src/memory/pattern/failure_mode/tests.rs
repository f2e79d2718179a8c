//! The rules on sentences written for them.
#![allow(clippy::unwrap_used, reason = "a failing unwrap fails the test")]

use super::*;

fn mode_of(title: &str, text: &str) -> Option<String> {
    let modes = FailureModes::shipped();
    let incident = PastIncident { title: title.into(), text: text.into(), ..PastIncident::default() };
    diagnose(&incident, &modes).mode.map(|at| modes.modes()[at].id.clone())
}

#[test]
fn the_shipped_rules_are_read_and_each_says_how_to_prevent() {
    let modes = FailureModes::default().with(include_str!("../../../../models/failure-modes.toml")).unwrap();
    assert!(modes.modes().len() >= 14);
    for mode in modes.modes() {
        assert!(
            !mode.description.is_empty() && !mode.look_for.is_empty() && !mode.prevent.is_empty(),
            "{}",
            mode.id
        );
    }
}

#[test]
fn words_match_in_all_inflections_and_across_gaps() {
    assert_eq!(
        mode_of("Login broken", "The intermediate certificates of both relays had expired.").as_deref(),
        Some("certificate-or-clock")
    );
    assert_eq!(
        mode_of("Pods killed", "Pods were OOMKilled after the memory limit fell.").as_deref(),
        Some("memory-or-concurrency")
    );
    assert_eq!(mode_of("A quiet day", "Nothing is known."), None);
}

#[test]
fn a_cause_outweighs_a_mention_and_an_action_item_counts_nothing() {
    let text = "The database was slow. The dashboard of the database showed it.\n\nRoot cause: a BGP route leak at a peering router.\n\n## Action items\n\n- Certificate expiry alert\n- Certificate rotation\n- Expired certificate drill\n- Certificate renewal";
    assert_eq!(mode_of("Outage", text).as_deref(), Some("network"));
}

#[test]
fn a_negative_cue_cancels_its_own_passage_only() {
    assert_eq!(mode_of("Slow pages", "This was not a bug."), None);
    assert_eq!(
        mode_of("Slow pages", "This was not a bug.\n\nLater a software bug was found.").as_deref(),
        Some("software-defect")
    );
}

#[test]
fn a_hit_quotes_its_line_and_own_rules_replace_shipped_ones() {
    let own = "[[mode]]\nid = \"dns\"\nname = \"Our resolver\"\nphrases = [\"unbound restart\"]\n";
    let modes = FailureModes::shipped().with(own).unwrap();
    let incident = PastIncident {
        title: "x".into(),
        text: "First.\n\nAn Unbound restart lost the cache.".into(),
        ..PastIncident::default()
    };
    let diagnosis = diagnose(&incident, &modes);
    let mode = &modes.modes()[diagnosis.mode.unwrap()];
    assert_eq!(mode.name, "Our resolver");
    assert_eq!(
        (diagnosis.hits[0].line, diagnosis.hits[0].quote.as_str()),
        (3, "An Unbound restart lost the cache.")
    );
    assert!(FailureModes::shipped().with("[[mode]]\nid = \"e\"\nname = \"n\"\n").is_err());
    assert!(FailureModes::shipped().with("[[mode]]\nid = 3\n").is_err());
}
