//! Hostile Markdown stays text.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use super::*;
use crate::app::review::parts;
use crate::domain::Severity;

fn page(source: &str) -> String {
    let parts = parts(source);
    render(source, &parts, &[], &[]).into_iter().map(|html| html.heading + &html.body).collect()
}

#[test]
fn nothing_that_runs_or_loads_survives() {
    let html = page(
        "# <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\nA <b onclick=x>word</b> and [go](javascript:alert(1)), [tab](java&#9;script:alert(1)), <javascript:alert(1)>, ![pic](https://example.com/t.gif \"x\")\n\n| a |\n|--:|\n| <iframe src=x> |\n\n```html\n</pre><script>1</script>\n```\n\n```mermaid\n</pre><script>2</script>\n```\n\n[^E1\"><script>]: x\n",
    );
    for forbidden in ["<script", "<img", "<b ", "<iframe", "href=\"java", "style="] {
        assert!(!html.contains(forbidden), "{forbidden} in {html}");
    }
    assert!(html.contains("&lt;script&gt;"), "{html}");
    assert!(html.contains("Image not loaded: pic"), "{html}");
}

#[test]
fn footnotes_of_other_parts_are_citations_and_findings_are_marked() {
    let source = "# T\n\n## Impact\n\nThe *careless change* broke it.[^E1]\n\n## Evidence\n\n[^E1]: 2025-11-28 · slack · \"x\"\n";
    let at = source.find("careless").unwrap();
    let finding = Finding {
        path: String::new(),
        line: 5,
        column: 1,
        end_line: 5,
        end_column: 2,
        span: (at, at + "careless".len()),
        rule: "BLM001".to_owned(),
        severity: Severity::Warning,
        category: String::new(),
        message: String::new(),
        help: String::new(),
        fix: None,
    };
    let html = &render(source, &parts(source), &[finding], &[])[1];
    assert_eq!(html.heading, "Impact");
    assert_eq!(
        html.body.trim(),
        "<p>The <em><mark class=\"finding warning\" data-finding=\"0\" tabindex=\"0\" role=\"button\">careless</mark> change</em> broke it.<a class=\"cite\" href=\"#ev-E1\" data-cite=\"E1\" aria-label=\"Evidence E1\">E1</a></p>"
    );
    assert!(inline("Add `a\\|b` [^E7]").ends_with("aria-label=\"Evidence E7\">E7</a>"));
}
