//! Round trips and layouts.

use proptest::prelude::*;

use super::*;
use crate::domain::ActionStatus;

#[test]
fn parsing_what_was_rendered_gives_the_same_document() {
    let source = std::fs::read_to_string("fixtures/history/PI-2025-032.md").unwrap();
    let parsed = parse(&source);
    assert_eq!(parsed.problems, []);
    assert_eq!(parse(&render(&parsed.postmortem)).postmortem, parsed.postmortem);
    assert_eq!(parsed.postmortem.id(), "PI-2025-032");
    assert_eq!(parsed.postmortem.front.repeat_of, ["PI-2024-188", "PI-2025-016"]);
    let actions = action_items(&parsed.postmortem);
    assert!(actions.iter().any(|item| item.id == "AI-3" && item.status.is_open()), "{actions:#?}");
    assert!(factors(&parsed.postmortem).iter().all(|factor| factor.category.is_some()));
}

#[test]
fn every_document_of_the_fixture_history_has_id_date_and_actions() {
    let mut seen = 0;
    for entry in std::fs::read_dir("fixtures/history").unwrap() {
        let path = entry.unwrap().path();
        let parsed = parse(&std::fs::read_to_string(&path).unwrap());
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert_eq!(parsed.postmortem.id(), stem);
        assert!(parsed.postmortem.date().is_some(), "{stem} has no date");
        assert!(!action_items(&parsed.postmortem).is_empty(), "{stem} has no actions");
        assert!(parsed.postmortem.front.severity.is_some(), "{stem} has no severity");
        let again = parse(&render(&parsed.postmortem)).postmortem;
        assert_eq!(again, parsed.postmortem, "{stem}");
        seen += 1;
    }
    assert!(seen >= 25);
}

#[test]
fn every_metadata_line_of_one_paragraph_counts() {
    let read = parse(
        "# Gateway down\n\n**Date**: 2024-07-09\n**Impact**: 200 users\n**Severity**: SEV-2\n**Services**: api-gateway,\nfrontend\n\n## Why\n\nA limit.\n",
    );
    let front = &read.postmortem.front;
    assert_eq!(front.date.map(|date| date.to_string()).as_deref(), Some("2024-07-09"));
    assert!(front.severity.is_some());
    assert_eq!(front.services, ["api-gateway", "frontend"]);
    assert!(read.postmortem.section(SectionKind::RootCause).is_some());
}

#[test]
fn old_layouts_give_their_metadata_and_checkboxes() {
    let parsed = parse(
        "# Postmortem PI-2024-151: Gateway down\n\n- **Date**: 2024-07-09\n- **Severity**: SEV-2\n- **Duration**: 13:30 – 14:12 UTC (42 minutes)\n- **Services**: api-gateway, frontend\n\nFollow-ups\n----------\n\n- [x] Validate config (owner: @hamza, due: 2024-08-01, closed: 2024-08-20)\n- [ ] Test more\n",
    );
    let front = &parsed.postmortem.front;
    assert_eq!(front.id.as_deref(), Some("PI-2024-151"));
    assert_eq!(front.services, ["api-gateway", "frontend"]);
    assert_eq!(front.started_at.unwrap().to_string(), "2024-07-09T13:30:00Z");
    assert_eq!(front.resolved_at.unwrap().to_string(), "2024-07-09T14:12:00Z");
    let actions = action_items(&parsed.postmortem);
    assert_eq!(actions[0].action, "Validate config");
    assert_eq!(actions[0].owner.as_deref(), Some("@hamza"));
    assert_eq!(actions[0].due.unwrap().to_string(), "2024-08-01");
    assert_eq!((actions[0].status, actions[1].status), (ActionStatus::Done, ActionStatus::Open));
    assert_eq!(actions[1].id, "#2");
}

#[test]
fn broken_front_matter_is_reported_with_its_line_and_costs_nothing_else() {
    let parsed = parse("---\nid: x\nstarted_at: yesterday\n---\n# T\n\n## Impact\n\nSome.\n");
    assert_eq!(parsed.problems.len(), 1);
    assert_eq!(parsed.problems[0].line, 3);
    assert_eq!(parsed.postmortem.section(SectionKind::Impact).unwrap().body, "Some.");
    let parsed = parse("---\nid: [x\n---\n# T\n");
    assert_eq!(parsed.problems.len(), 1);
    assert_eq!(parsed.postmortem.title, "T");
}

fn line() -> impl Strategy<Value = String> {
    "[A-Za-z][A-Za-z0-9 ,.:*_`|\\[\\]()é✓-]{0,40}[a-z.]"
}

proptest! {
    #[test]
    fn render_then_parse_is_the_identity(
        id in "[A-Z]{2}-[0-9]{1,4}",
        title in line(),
        severity in proptest::option::of("(SEV-[1-4]|.{1,8}[a-z])"),
        services in proptest::collection::vec("[a-z][a-z0-9: #'\"-]{0,12}[a-z]", 0..3),
        seconds in proptest::option::of(0i64..4_000_000_000),
        bodies in proptest::collection::vec(line(), 0..6),
        generated in proptest::collection::vec(("[a-z]{1,6}", line()), 0..3),
    ) {
        let mut generated = generated;
        generated.sort();
        generated.dedup_by(|a, b| a.0 == b.0);
        let postmortem = Postmortem {
            front: FrontMatter {
                id: Some(id),
                title: Some(title.clone()),
                status: Some(Status::Draft),
                severity: severity.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
                services,
                started_at: seconds.map(|s| jiff::Timestamp::from_second(s).unwrap()),
                generated,
                ..FrontMatter::default()
            },
            title,
            preamble: "> Draft.".to_owned(),
            sections: SectionKind::ALL.into_iter().zip(bodies).map(|(kind, body)| Section::new(kind, body)).collect(),
        };
        prop_assert_eq!(parse(&render(&postmortem)).postmortem, postmortem);
    }

    #[test]
    fn any_text_parses_without_panic(text in "(?s).{0,400}") {
        let parsed = parse(&text);
        prop_assert_eq!(parsed.section_lines.len(), parsed.postmortem.sections.len());
    }
}

#[test]
fn a_field_named_twice_in_the_head_is_written_once() {
    let text = "# Shop down\n\n* **ID**: PI-1\n- **Services**: shop, web\n- **Services**: media\n\n## Summary\n\nDown.\n";
    let rendered = render(&parse(text).postmortem);
    let again = parse(&rendered);
    assert_eq!(again.problems, [], "{rendered}");
    assert_eq!(again.postmortem.front.services, ["shop", "web"]);
}

#[test]
fn carriage_returns_before_a_line_break_are_read_once_and_for_all() {
    let source = "# Login broken\n\n## What happened\n\n\r\r\r\nThe certificate expired.\r\n";
    let once = render(&parse(source).postmortem);
    assert_eq!(render(&parse(&once).postmortem), once);
    assert!(!once.contains('\r'), "{once:?}");
}
