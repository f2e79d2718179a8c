//! All sections in one answer: placing, mending over few lines, actions, suggestions, questions.

use serde_json::json;

use super::tests::{Scripted, drafted, section};
use super::*;
use crate::document::SectionKind;
use crate::drafting::testing::checkout_incident;

/// Everything in one answer, two sentences of it unsound, one of them in no section.
#[test]
fn one_request_can_bring_all_sections() {
    let timeline = checkout_incident();
    let said = |section: &str, text: &str, evidence: &str, kind: &str, label: &str| json!({"section": section, "text": text, "evidence": [evidence], "kind": kind, "label": label, "check": "A test PR with 64Mi goes red."});
    let model = Scripted::new(move |request| {
        if request.purpose == "All sections, once more" {
            let asked = request.messages[1].content.as_str();
            assert!(
                asked.contains("9,999") && asked.contains("1,846") && !asked.contains("09:14:00"),
                "{asked}"
            );
            return Ok(json!({"sentences": [said("impact", "1,846 checkouts failed.", "E19", "fact", "")]})
                .to_string());
        }
        Ok(json!({"sentences": [
            said("executive_summary", "Pods of checkout were OOMKilled.", "E3", "fact", ""),
            said("impact", "9,999 checkouts failed.", "E19", "fact", ""),
            said("impact", "Support received 63 tickets about the payment step.", "E18", "fact", ""),
            said("contributing_factors", "The pipeline had no check of resource limits.", "E21", "fact", "process"),
            said("actions", "Add a policy check to the pipeline that refuses limit changes below observed usage.", "E32", "fact", "prevent"),
            said("actions", "Add an alert on memory below 90 % of the limit.", "E23", "hypothesis", "detect"),
            said("elsewhere", "The alert CheckoutErrorRate resolved.", "E15", "fact", ""),
        ], "questions": [
            {"text": "Why was there no alert on memory below 90 % of the limit?", "evidence": ["E23"], "ask": "the owners of the alerts"},
            {"text": "Why were 77,000 pods lost?", "evidence": ["E23"], "ask": "nobody"},
        ]}).to_string())
    });
    let draft = drafted(&timeline, &model, |run| run.limits = Limits::default());
    assert_eq!(model.calls(), 2);
    let summary = section(&draft, SectionKind::ExecutiveSummary);
    assert!(
        summary.contains("The alert CheckoutErrorRate resolved."),
        "nothing is lost for a wrong name: {summary}"
    );
    let impact = section(&draft, SectionKind::Impact);
    assert!(impact.contains("1,846 checkouts failed.[^E19]") && !impact.contains("9,999"), "{impact}");
    assert!(!impact.contains("\"Support"), "the model says what the line would be quoted for: {impact}");
    let actions = section(&draft, SectionKind::Actions);
    let row = actions.lines().find(|row| row.contains("policy check")).unwrap();
    assert!(
        row.contains("prevent") && row.contains("2025-12-12"),
        "date and owner stay those of the line: {row}"
    );
    assert!(
        actions.contains("*Suggestion:* Add an alert on memory below 90 % of the limit.[^E23]"),
        "{actions}"
    );
    let questions = section(&draft, SectionKind::OpenQuestions);
    assert!(questions.contains("below 90 % of the limit? *Ask: the owners of the alerts.*"), "{questions}");
    assert!(!questions.contains("77,000"));
    assert!(draft.fallbacks.iter().any(|fallback| fallback.section == "Lessons learned"));
}
