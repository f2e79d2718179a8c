//! `evals/grounding`: true claims must be kept, claims with one thing changed must be caught.
//!
//! Half of the claims (by hash of the id) is for tuning, the other half for the figures; run with
//! `cargo test --lib grounding -- --nocapture` for the table.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use super::{Ledger, verify};
use crate::domain::{Claim, ClaimKind, EventId, Verdict};
use crate::drafting::testing::timeline;
use crate::redact::Redactor;

#[derive(Deserialize)]
struct Case {
    id: String,
    incident: String,
    kind: ClaimKind,
    evidence: Vec<EventId>,
    text: String,
}

fn cases() -> Vec<Case> {
    include_str!("../../../evals/grounding/claims.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn ledgers() -> BTreeMap<&'static str, Ledger> {
    [
        (
            "checkout",
            include_str!("../../../evals/grounding/checkout.timeline"),
            &["checkout", "payments", "orders-db"][..],
        ),
        (
            "login",
            include_str!("../../../evals/grounding/login.timeline"),
            &["identity-api", "cert-sync", "gateway"],
        ),
        (
            "orders",
            include_str!("../../../evals/grounding/orders.timeline"),
            &["orders-api", "mail-worker", "orders-db"],
        ),
        (
            "search",
            include_str!("../../../evals/grounding/search.timeline"),
            &["index-builder", "search-data-3", "elasticsearch"],
        ),
    ]
    .into_iter()
    .map(|(name, lines, services)| {
        let mut timeline = timeline(lines);
        timeline.incident.services = services.iter().map(|service| (*service).to_owned()).collect();
        timeline.incident.title = format!("Incident {name}");
        (name, Ledger::new(&timeline, &mut Redactor::default()))
    })
    .collect()
}

/// Claims whose id begins with `t` were added for tuning only.
fn held_out(id: &str) -> bool {
    !id.starts_with('t') && blake3::hash(id.as_bytes()).as_bytes()[0].is_multiple_of(2)
}

fn claim(case: &Case, text: &str) -> Claim {
    Claim {
        section: String::new(),
        text: text.to_owned(),
        kind: case.kind,
        evidence: case.evidence.clone(),
        verdict: Verdict::Unverified,
        reason: None,
    }
}

/// Replaces the `nth` match of a pattern by what `change` makes of it.
fn replace(text: &str, pattern: &str, nth: usize, change: impl Fn(&str) -> String) -> Option<String> {
    let found = Regex::new(pattern).unwrap().find_iter(text).nth(nth)?;
    Some(format!("{}{}{}", &text[..found.start()], change(found.as_str()), &text[found.end()..]))
}

fn bump(number: &str, by: f64) -> String {
    let value: f64 = number.replace(',', "").parse().unwrap();
    let changed = value + by;
    if number.contains('.') { format!("{changed:.1}") } else { format!("{changed:.0}") }
}

/// Every way of changing one thing, by kind.
fn injections(case: &Case) -> Vec<(&'static str, String)> {
    const NUMBER: &str = r"\b\d[\d,]*(\.\d+)?\b";
    let text = &case.text;
    let mut out: Vec<(&'static str, Option<String>)> = Vec::new();
    // Numbers: everything that is no clock time, date, span or part of a name.
    let masked = Regex::new(r"\d{1,2}:\d{2}|\d{4}-\d{2}-\d{2}|[\w-]*[A-Za-z#.-][\w.-]*\d[\w.]*|\d+[A-Za-z]\w*|\d+(\.\d+)? (and a half )?(minutes?|seconds?|hours?|days?)").unwrap();
    let free =
        masked.replace_all(text, |found: &regex::Captures<'_>| "_".repeat(found[0].len())).into_owned();
    for found in Regex::new(NUMBER).unwrap().find_iter(&free) {
        for by in [1.0, 20.0, 900.0] {
            out.push((
                "number",
                Some(format!(
                    "{}{}{}",
                    &text[..found.start()],
                    bump(found.as_str(), by),
                    &text[found.end()..]
                )),
            ));
        }
    }
    for nth in 0..3 {
        for minutes in [7, 23, 61] {
            out.push((
                "time",
                replace(text, r"\b\d{2}:\d{2}\b", nth, |clock| {
                    let (hour, minute) = clock.split_once(':').unwrap();
                    let total =
                        (hour.parse::<i32>().unwrap() * 60 + minute.parse::<i32>().unwrap() + minutes)
                            % 1_440;
                    format!("{:02}:{:02}", total / 60, total % 60)
                }),
            ));
        }
        for more in [3.0, 11.0, 40.0] {
            out.push((
                "time",
                replace(text, r"\b\d+ (minutes?|seconds?|hours?)\b", nth, |span| {
                    let (count, unit) = span.split_once(' ').unwrap();
                    format!("{} {unit}", bump(count, more))
                }),
            ));
        }
        out.push((
            "time",
            replace(text, r"\d{4}-\d{2}-\d{2}", nth, |date| {
                date.parse::<jiff::civil::Date>().unwrap().tomorrow().unwrap().to_string()
            }),
        ));
        for other in names(&case.incident) {
            out.push(("name", replace(text, r"\b(checkout-errors|checkout|payments|identity-api|cert-sync|gateways?|orders-api|mail-worker|orders-db|WAF|Support|index-builder|search-data-3|[Ee]lasticsearch|SearchLatencyP99|[Ss]torage|apac|staging|CheckoutErrorRate|LoginSuccessRate|autumn-sale|eu-2)\b", nth, |_| (*other).to_owned())));
        }
        out.push((
            "name",
            replace(text, r"#\d+|\b[A-Z]{3}-\d+|\b\d+\.\d+\.\d+", nth, |id| {
                format!("{}7", &id[..id.len() - 1])
            }),
        ));
    }
    for (from, to) in POLARITY {
        let changed = Regex::new(from).unwrap().replace(text, *to).into_owned();
        out.push(("polarity", Some(changed)));
    }
    if case.kind == ClaimKind::Fact {
        let base = text.trim_end_matches('.');
        let plain = Regex::new(r",? (because|since|so) .*").unwrap().replace(base, "").into_owned();
        for cause in causes(&case.incident) {
            out.push(("cause", Some(format!("{plain} because of {cause}."))));
            out.push(("cause", Some(format!("{plain}, which was caused by {cause}."))));
        }
    }
    out.into_iter()
        .filter_map(|(kind, changed)| {
            changed.filter(|changed| changed != text).map(|changed| (kind, changed))
        })
        .collect()
}

const POLARITY: &[(&str, &str)] = &[
    (r"\bno\b", "a"),
    (r"\bNo\b", "One"),
    (r"\bdoes not\b", "does"),
    (r"\bdo not\b", "do"),
    (r"\b(was|were|is|are|had|has) not\b", "$1"),
    (r"\bNothing\b", "Something"),
    (r"\bmade it worse\b", "made it better"),
    (r"\bmade no difference\b", "made a difference"),
    (r"\blowered\b", "raised"),
    (r"\bbelow\b", "above"),
    (r"\bfailed\b", "succeeded"),
    (r"\bwas ruled out\b", "was confirmed"),
    (r"\bpeaked\b", "did not peak"),
    (r"\bdeclared\b", "never declared"),
    (r"\bwas acknowledged\b", "was never acknowledged"),
    (r"\bwas merged\b", "was not merged"),
    (r"\bresolved\b", "not resolved"),
    (r"\b(certificate|api|it|token) expired\b", "$1 did not expire"),
    (r"\bis shared\b", "is not shared"),
    (r"\bwas affected\b", "was not affected"),
    (r"\bwere delayed\b", "were not delayed"),
    (r"\bin use\b", "not in use"),
    (r"\bwas stopped\b", "was not stopped"),
    (r"\breceived\b", "never received"),
    (r"\bfired\b", "did not fire"),
    (r"\b(it|service|identity-api|[a-z]+s) kept\b", "$1 did not keep"),
    (r"\b(could|did|can) not\b", "$1"),
    (r"\b(was|were) unable to\b", "$1 able to"),
    (r"\bnone of\b", "all of"),
    (r"\bNobody\b", "Somebody"),
    (r"\bnobody\b", "somebody"),
    (r"\bwas paused\b", "was not paused"),
    (r"\bwere rejected\b", "were accepted"),
    (r"\bwas paged\b", "was never paged"),
    (r"\braised\b", "lowered"),
    (r"\babove\b", "below"),
    (r"\blacks\b", "has"),
    (r"\bslow\b", "fast"),
    (r"\bhad no effect\b", "had an effect"),
    (r"\bwere slow\b", "were not slow"),
];

/// Other services, people and components of the same incident, and one that is not in it at all.
fn names(incident: &str) -> &'static [&'static str] {
    match incident {
        "checkout" => &["payments", "Haruka Thiel", "orders-db", "billing-gateway"],
        "login" => &["cert-sync", "Dmitri Falk", "gateway", "billing-gateway"],
        "search" => &["index-builder", "search-data-3", "Mirela Stan", "billing-gateway"],
        _ => &["orders-db", "Kofi Brandt", "mail-worker", "billing-gateway"],
    }
}

/// Things that are mentioned in the incident but are not its cause, and one that is not mentioned.
fn causes(incident: &str) -> &'static [&'static str] {
    match incident {
        "checkout" => &["a database failover", "the third restart", "an overloaded network link"],
        "login" => &["the new WAF rules", "the mobile app", "an overloaded network link"],
        "search" => &["the bot traffic", "the query cache", "an overloaded network link"],
        _ => &["the autumn-sale campaign", "the marketing team", "an overloaded network link"],
    }
}

#[derive(Default)]
struct Tally {
    caught: usize,
    all: usize,
    missed: Vec<String>,
}

fn measure(test_part: bool) -> (Tally, BTreeMap<&'static str, Tally>) {
    let ledgers = ledgers();
    let mut kept = Tally::default();
    let mut caught: BTreeMap<&'static str, Tally> = BTreeMap::new();
    for case in cases().iter().filter(|case| held_out(&case.id) == test_part) {
        let ledger = &ledgers[case.incident.as_str()];
        let finding = verify(&claim(case, &case.text), ledger);
        kept.all += 1;
        if finding.verdict == Verdict::Supported {
            kept.caught += 1;
        } else {
            kept.missed.push(format!("{} {} ({})", case.id, case.text, finding.reason.unwrap_or_default()));
            continue;
        }
        for (kind, text) in injections(case) {
            let tally = caught.entry(kind).or_default();
            tally.all += 1;
            if verify(&claim(case, &text), ledger).verdict == Verdict::Unverified {
                tally.caught += 1;
            } else {
                tally.missed.push(format!("{} {text}", case.id));
            }
        }
    }
    (kept, caught)
}

fn rate(tally: &Tally) -> f64 {
    tally.caught as f64 / tally.all.max(1) as f64
}

/// The examples that were missed are listed for the tuning part only.
#[test]
fn grounding_keeps_what_is_true_and_catches_what_was_changed() {
    for test_part in [false, true] {
        let (kept, caught) = measure(test_part);
        let part = if test_part { "held out" } else { "tuning" };
        println!("{part}: kept {}/{} = {:.3}", kept.caught, kept.all, rate(&kept));
        for (kind, tally) in &caught {
            println!("{part}: {kind} caught {}/{} = {:.3}", tally.caught, tally.all, rate(tally));
        }
        if !test_part {
            let missed = kept.missed.iter().map(|text| ("kept", text)).chain(
                caught.iter().flat_map(|(kind, tally)| tally.missed.iter().map(move |text| (*kind, text))),
            );
            missed.for_each(|(kind, text)| println!("  {kind}: {text}"));
        }
        // The aim is 0.95; the held-out part stands at 0.91.
        assert!(rate(&kept) >= 0.90, "{part}: true claims kept {:.3}", rate(&kept));
        for (kind, floor) in
            [("number", 0.98), ("time", 0.98), ("name", 0.90), ("cause", 0.80), ("polarity", 0.80)]
        {
            assert!(rate(&caught[kind]) >= floor, "{part}: {kind} caught {:.3}", rate(&caught[kind]));
        }
    }
}
