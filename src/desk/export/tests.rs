//! Exports show the document and carry nothing dangerous with them.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use super::*;
use crate::document::parse;
use crate::redact::Options;

const SOURCE: &str = "---\nid: INC-7\ntitle: Checkout down\nstatus: final\nseverity: SEV-1\nservices: [checkout]\nstarted_at: 2025-11-28T09:22:00Z\nresolved_at: 2025-11-28T09:55:00Z\ncommander: Maya Okafor\n---\n# Checkout down <script>alert(1)</script>\n\n> Draft.\n\n## Executive summary\n\nErrors lasted *33 minutes*.[^E1] Maya Okafor <b>led</b>, [run](javascript:alert(1)) and [wiki](https://wiki.example.com/a). ![pixel](https://evil.example/p.png) <!channel>\n\n## Impact\n\n- 12 tickets from Northwind; ask maya@example.com\n\n## Action items\n\n| ID | Action | Owner | Due | Status | Tracking |\n|---|---|---|---|---|---|\n| A-1 | Raise `limit` | Maya Okafor | 2025-12-15 | open | OPS-1 |\n\n## Fishbone\n\n```mermaid\ngraph ]]> x\n```\n\n## Evidence\n\n[^E1]: 2025-11-28 · slack · \"down\" (s.json#1)\n";

#[test]
fn html_is_self_contained_and_inert() {
    let page = export(&parse(SOURCE).postmortem, Target::Html);
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("javascript:"), "{page}");
    assert!(page.contains("<sup><a href=\"#E1\">E1</a></sup>") && page.contains("id=\"E1\""));
    insta::assert_snapshot!(page[page.find("<body>").unwrap()..]);
}

#[test]
fn confluence_gets_well_formed_storage() {
    let storage = export(&parse(SOURCE).postmortem, Target::Confluence);
    assert!(storage.contains("<![CDATA[graph ]]]]><![CDATA[> x"), "{storage}");
    insta::assert_snapshot!(storage);
}

#[test]
fn slack_mentions_nobody() {
    let message = export(&parse(SOURCE).postmortem, Target::Slack);
    assert!(!message.contains("<!channel>"));
    insta::assert_snapshot!(message);
}

#[test]
fn json_holds_every_section() {
    let value: serde_json::Value =
        serde_json::from_str(&export(&parse(SOURCE).postmortem, Target::Json)).unwrap();
    assert_eq!(value["sections"].as_array().unwrap().len(), 5);
    assert_eq!(value["actions"][0]["due"], "2025-12-15");
}

#[test]
fn outsiders_see_neither_names_nor_evidence() {
    let options = Options { customers: vec!["Northwind".to_owned()], ..Options::default() };
    let sanitized = sanitize(&parse(SOURCE).postmortem, &options, &[]);
    assert_eq!(sanitized.left_out, ["Evidence", "Fishbone"]);
    let text = export(&sanitized.postmortem, Target::Markdown);
    for secret in ["Maya", "example.com>", "Northwind", "OPS-1", "[^E1]", "maya@"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    insta::assert_snapshot!(text);
}
