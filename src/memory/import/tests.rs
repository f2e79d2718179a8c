//! Exports in the shapes that the tools write, and what becomes of them.
#![allow(clippy::unwrap_used, reason = "a failing unwrap fails the test")]

use proptest::prelude::*;

use super::*;
use crate::document::{parse, render};

fn one(text: &str, file: &str) -> (Imported, String) {
    let (found, warnings) = import(text, file);
    assert_eq!(warnings, []);
    assert_eq!(found.len(), 1);
    let page = render(&found[0].postmortem);
    (found.into_iter().next().unwrap(), page)
}

#[test]
fn a_report_inside_an_update_becomes_sections() {
    let text = r##"[{"id":"g7","begin":"2025-06-10T09:58:00+00:00","end":"2025-06-10T11:00:00+00:00","severity":"medium",
        "external_desc":"Queue delivery is slow\nmore","affected_products":[{"title":"Queue"}],
        "updates":[{"when":"2025-06-10T10:10:00+00:00","text":"We investigate."},
        {"when":"2025-06-12T10:10:00+00:00","text":"# Incident report\n\n## Summary\n\nSlow.\n\n**ROOT CAUSE:**\n\nA lease was lost."}]}]"##;
    let (found, page) = one(text, "google.json");
    assert_eq!(found.missing, ["detection", "actions"]);
    assert!(page.contains("## ROOT CAUSE\n\nA lease was lost."), "{page}");
    assert!(page.contains("| 2025-06-10 10:10 | We investigate. |"));
    assert_eq!(found.postmortem.title, "Queue delivery is slow");
}

#[test]
fn what_an_export_does_not_say_is_listed_and_not_invented() {
    let (found, page) = one(
        r#"{"incidents":[{"id":"i","name":"Slow","impact":"none","created_at":"2025-06-10T10:00:00Z","incident_updates":[],"components":[]}]}"#,
        "s.json",
    );
    assert_eq!(found.missing, ["detection", "resolution", "severity", "services", "cause", "actions"]);
    assert!(!page.contains("severity") && !page.contains("resolved_at"));
}

#[test]
fn old_markdown_keeps_its_text_and_gains_a_head() {
    let source = "Postmortem: mail queue stuck\n============================\n\n- **Date**: 2023-02-01\n- **Severity**: SEV-2\n\nRoot cause\n----------\n\nThe relay lost its certificate.\n";
    let (found, page) = one(source, "old/2023-02-01-mail.md");
    assert!(page.starts_with("---\nid: "), "{page}");
    assert!(page.contains("severity: SEV-2") && page.contains("The relay lost its certificate."));
    assert!(!found.missing.contains(&"cause"));
    let (again, second) = one(&page, "old/2023-02-01-mail.md");
    assert_eq!(page, second, "a page that was imported once stays as it is");
    assert_eq!(again.missing, found.missing);
}

#[test]
fn tables_are_read_under_the_usual_names() {
    let text = "Incident;Title;Started;Resolved;Service;Root cause\nA-1;Login down;2024-01-05 10:00 UTC;2024-01-05 11:00 UTC;login, sso;A certificate expired\n;;;;;\n";
    let (found, warnings) = import(text, "list.csv");
    assert_eq!(found.len(), 1, "{warnings:?}");
    assert_eq!(found[0].postmortem.front.services, ["login", "sso"]);
    assert_eq!(found[0].postmortem.front.id.as_deref(), Some("A-1"));
    assert!(found[0].postmortem.front.resolved_at.is_some());
    assert!(warnings[0].message.contains("no title"));
}

#[test]
fn broken_and_foreign_files_are_warnings() {
    for (text, file) in
        [("{\"a\":", "x.json"), ("[1, 2]", "x.json"), ("\u{0}\u{1}", "x.bin"), ("{}", "y.json")]
    {
        let (found, warnings) = import(text, file);
        assert!(found.is_empty() && !warnings.is_empty(), "{text}");
    }
    let lines = "{\"id\":\"a\",\"title\":\"One\"}\nnot json\n{\"id\":\"b\",\"title\":\"Two\"}\n";
    let (found, warnings) = import(lines, "z.jsonl");
    assert_eq!((found.len(), warnings[0].line), (2, Some(2)));
}

proptest! {
    #[test]
    fn no_text_breaks_a_page(title in ".{1,60}", body in "(?s).{0,200}") {
        let record = serde_json::json!({"id": "i", "title": title, "text": body, "services": [body], "root_cause": body});
        for imported in import(&record.to_string(), "r.json").0 {
            let page = render(&imported.postmortem);
            let read = parse(&page);
            prop_assert!(read.has_front_matter);
            prop_assert_eq!(read.postmortem.front.id.as_deref(), Some("i"));
        }
    }
}
