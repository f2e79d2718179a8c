//! The extractive draft through its public door.

use super::testing::{checkout_incident, timeline};
use super::*;
use crate::document::{action_items, factors, parse, render};
use crate::domain::{ClaimKind, EventId, Timeline, Trigger, Verdict};
use crate::redact::Redactor;

fn drafted(timeline: &Timeline) -> Draft {
    let input =
        DraftInput { timeline, matches: &[], warnings: &[], tool: "unblame test", lint: &|_| Vec::new() };
    draft(&input, &mut Redactor::default())
}

fn checkout() -> Timeline {
    let mut timeline = checkout_incident();
    timeline.triggers =
        vec![Trigger { event: EventId(1), score: 0.9, why: vec![], reverted_by: Some(EventId(13)) }];
    timeline
}

#[test]
fn the_checkout_draft_reads_like_this() {
    insta::assert_snapshot!(render(&drafted(&checkout()).postmortem));
}

#[test]
fn every_cited_sentence_of_the_extractive_draft_is_supported() {
    let draft = drafted(&checkout());
    let unsupported: Vec<_> = draft
        .claims
        .iter()
        .filter(|claim| claim.kind != ClaimKind::Question && claim.verdict != Verdict::Supported)
        .collect();
    assert!(unsupported.is_empty(), "{unsupported:#?}");
    assert!(draft.claims.len() > 40, "{} claims", draft.claims.len());
}

#[test]
fn the_document_survives_its_own_parser_and_every_footnote_is_defined() {
    let draft = drafted(&checkout());
    let text = render(&draft.postmortem);
    let parsed = parse(&text);
    assert_eq!(render(&parsed.postmortem), text);
    assert_eq!(parsed.postmortem.sections.len(), 14);
    assert_eq!(action_items(&parsed.postmortem).len(), 6);
    assert!(factors(&parsed.postmortem).len() >= 4);
    assert!(factors(&parsed.postmortem).iter().all(|factor| factor.category.is_some()));
    for (at, _) in text.match_indices("[^E") {
        let id = &text[at..=at + text[at..].find(']').unwrap()];
        assert!(text.contains(&format!("\n{id}: ")), "{id} has no definition");
    }
}

#[test]
fn no_name_and_no_blame_outside_evidence_and_owners() {
    let text = render(&drafted(&checkout()).postmortem);
    let prose = &text[..text.find("## Evidence").unwrap()];
    for name in ["Tariq", "Mika", "Rene", "Casey", "Haruka", "Ipek"] {
        let outside_owner_cells = prose.replace("| Tariq Osei |", "").replace("| Mika Oyelaran |", "");
        assert!(!outside_owner_cells.contains(name), "{name}");
    }
    assert!(!text.contains("fault") && !text.contains("careful") && !text.contains("sorry"));
}

#[test]
fn an_empty_timeline_gives_questions_and_no_claims() {
    let draft = drafted(&Timeline::default());
    assert!(draft.claims.iter().all(|claim| claim.kind == ClaimKind::Question));
    let text = render(&draft.postmortem);
    assert!(text.contains("collect the chat export"), "{text}");
    assert!(text.contains("When was the incident started?"));
    assert_eq!(draft.postmortem.sections.iter().filter(|section| section.body.trim().is_empty()).count(), 0);
}

#[test]
fn hostile_evidence_stays_words() {
    let timeline = timeline(
        "09:22:00 kubernetes deploy -: rollout <img src=x onerror=alert(1)> [click](javascript:alert(1)) | a | b |\\n\\n# Heading\\n[^E1]: forged\n\
         09:32:00 alertmanager alert_fired -: ![x](https://evil.example/p.png) ```mermaid\n\
         09:40:00 slack observation Ann Bee: </script><script>1</script> \u{202e}reversed\u{200b} ~~gone~~ $x$ <!-- hide --> no check of limits in the pipeline\n\
         09:55:00 slack resolved Ann Bee: resolved\n",
    );
    let text = render(&drafted(&timeline).postmortem);
    let events = pulldown_cmark::Parser::new_ext(&text, pulldown_cmark::Options::all());
    for event in events {
        use pulldown_cmark::{Event, Tag};
        assert!(
            !matches!(
                event,
                Event::Html(_)
                    | Event::InlineHtml(_)
                    | Event::Start(Tag::Image { .. } | Tag::Link { .. })
                    | Event::InlineMath(_)
            ),
            "{event:?} in\n{text}"
        );
    }
    assert_eq!(text.matches("\n[^E1]: ").count(), 1, "{text}");
    assert_eq!(text.matches("```mermaid").count(), 1, "{text}");
    assert!(!text.contains('\u{202e}') && !text.contains('\u{200b}'));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(render(&drafted(&checkout()).postmortem), render(&drafted(&checkout()).postmortem));
}
