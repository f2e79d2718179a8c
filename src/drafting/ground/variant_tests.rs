//! `evals/grounding/variants.jsonl`: true claims written freely, each with false sentences that were written by hand.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Ledger, verify};
use crate::domain::{Claim, ClaimKind, EventId, Verdict};
use crate::drafting::testing::timeline;
use crate::redact::Redactor;

/// Least share of true claims kept and of false ones caught.
const KEPT: f64 = 0.95;
const CAUGHT: f64 = 0.90;

#[derive(Deserialize)]
struct Case {
    id: String,
    incident: String,
    kind: ClaimKind,
    evidence: Vec<EventId>,
    text: String,
    r#false: Vec<String>,
}

fn ledgers() -> BTreeMap<&'static str, Ledger> {
    [
        (
            "invoices",
            include_str!("../../../evals/grounding/invoices.timeline"),
            &["invoice-mailer", "ledger-sync", "mq-2"][..],
        ),
        ("push", include_str!("../../../evals/grounding/push.timeline"), &["push-relay", "edge-dns"]),
    ]
    .into_iter()
    .map(|(name, lines, services)| {
        let mut timeline = timeline(lines);
        timeline.incident.services = services.iter().map(|service| (*service).to_owned()).collect();
        timeline.incident.title = format!("Incident {name}");
        timeline.incident.severity = None;
        (name, Ledger::new(&timeline, &mut Redactor::default()))
    })
    .collect()
}

#[test]
fn true_claims_stand_and_their_false_variants_fall() {
    let ledgers = ledgers();
    let (mut kept, mut claims, mut caught, mut falsehoods) = (0, 0, 0, 0);
    for line in include_str!("../../../evals/grounding/variants.jsonl").lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let judge = |text: &str| {
            let claim = Claim {
                section: String::new(),
                text: text.to_owned(),
                kind: case.kind,
                evidence: case.evidence.clone(),
                verdict: Verdict::Unverified,
                reason: None,
            };
            verify(&claim, &ledgers[case.incident.as_str()])
        };
        claims += 1;
        match judge(&case.text).reason {
            None => kept += 1,
            Some(reason) => println!("  rejected {}: {} ({reason})", case.id, case.text),
        }
        for text in &case.r#false {
            falsehoods += 1;
            match judge(text).verdict {
                Verdict::Unverified => caught += 1,
                Verdict::Supported => println!("  missed {}: {text}", case.id),
            }
        }
    }
    let (kept, caught) = (f64::from(kept) / f64::from(claims), f64::from(caught) / f64::from(falsehoods));
    println!("kept {kept:.3} of {claims} true claims, caught {caught:.3} of {falsehoods} false ones");
    assert!(kept >= KEPT, "kept {kept:.3}");
    assert!(caught >= CAUGHT, "caught {caught:.3}");
}
