//! Same facts, same timeline: whatever the order of the input and whatever is added beside it.

use proptest::prelude::*;

use super::*;

fn records() -> impl Strategy<Value = Vec<Record>> {
    let texts = prop::sample::select(vec![
        "restarting the shop pods now",
        "errors are gone, shop works again",
        "could it be the cdn?",
        "Revert \"Rework the rules\"",
        "Rework the rules",
        "shop answers 503",
        "all clear, closing",
        "lunch?",
    ]);
    let one = (0_u32..3600, 0_usize..5, texts, 0_usize..3).prop_map(|(second, kind, text, file)| {
        let when =
            When::Instant(at("14:00").checked_add(jiff::SignedDuration::from_secs(second.into())).unwrap());
        let mut record = match kind {
            0 => Record { when, ..alert("14:00", "ShopErrors", "shop") },
            1 => Record { when, ..metric("14:00", text) },
            2 => record(when, "git", SourceClass::Deploy, EventKind::ChangeMerged, text),
            3 => Record { when, ..bot("14:00", "Alertmanager", "[FIRING:1] ShopErrors") },
            _ => Record { when, ..chat("14:00", ["ada", "ben", "casey"][file], text) },
        };
        record.origin.file = format!("{}-{file}", record.origin.file);
        record
    });
    prop::collection::vec(one, 0..30).prop_map(numbered)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn shuffled_records_give_the_same_timeline(
        (plain, shuffled) in records().prop_flat_map(|records| (Just(records.clone()), Just(records).prop_shuffle())),
    ) {
        let build = |records| build(records, Incident::default(), &Options::default());
        prop_assert_eq!(build(plain), build(shuffled));
    }

    #[test]
    fn events_are_numbered_in_order_of_time_and_milestones_rest_on_them(records in records()) {
        let timeline = build(records, Incident::default(), &Options::default());
        for (index, event) in timeline.events.iter().enumerate() {
            prop_assert_eq!(event.id.0 as usize, index + 1);
            prop_assert_eq!(event.fingerprint.len(), 16);
            prop_assert!(event.count >= 1);
        }
        prop_assert!(timeline.events.windows(2).all(|pair| pair[0].at <= pair[1].at));
        prop_assert!(timeline.key_events().count() <= 30);
        for phase in Phase::ALL {
            if let Some(mark) = timeline.phases.get(phase) {
                prop_assert!(!mark.evidence.is_empty());
                prop_assert!(mark.evidence.iter().all(|id| timeline.event(*id).is_some()));
            }
        }
        let at = |phase| timeline.phases.get(phase).map(|mark| mark.at);
        if let (Some(started), Some(detected)) = (at(Phase::Started), at(Phase::Detected)) {
            prop_assert!(started <= detected);
        }
        if let (Some(mitigated), Some(resolved)) = (at(Phase::Mitigated), at(Phase::Resolved)) {
            prop_assert!(mitigated <= resolved);
        }
    }
}

#[test]
fn a_fingerprint_outlives_what_is_added_beside_it() {
    let first = vec![alert("14:21", "ShopErrors", "shop"), chat("14:22", "casey", "on it, looking")];
    let mut more = first.clone();
    more.insert(0, metric("14:15", "shop answers 503"));
    let (few, many) = (timeline(first), timeline(more));
    assert_ne!(find(&few, "on it").id, find(&many, "on it").id);
    assert_eq!(find(&few, "on it").fingerprint, find(&many, "on it").fingerprint);
}
