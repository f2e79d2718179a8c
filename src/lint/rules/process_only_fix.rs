//! ACT010 All actions are documentation, training or reminders; nothing in software or hardware changes.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};

pub(super) static ENTRY: Rule = Rule {
    id: "ACT010",
    name: "process-only-fix",
    family: "process-only-fix",
    level: Severity::Info,
    rationale: "All actions are documentation, training or reminders; nothing in software or hardware changes.",
    question: "Which guard in the system would make the reminder unnecessary?",
    bad: &[document("## Action items\n\n- Update the wiki\n- Remind people of the freeze\n")],
    good: &[document(
        "## Action items\n\n- Update the wiki\n- Add a guard that rejects a deploy during the freeze\n",
    )],
    page: Some(check_page),
    ..Rule::BLANK
};

/// Words of changes that depend on people remembering.
const SOFT: &[&str] = &[
    "wiki",
    "document",
    "documentation",
    "docs",
    "runbook",
    "training",
    "train",
    "remind",
    "reminder",
    "communicate",
    "discuss",
    "meeting",
    "announce",
    "e-mail",
    "email",
    "checklist",
    "policy",
    "process",
    "educate",
    "teach",
    "coach",
    "review",
    "careful",
];
/// Words of changes in software or hardware.
const HARD: &[&str] = &[
    "add",
    "alert",
    "guard",
    "block",
    "reject",
    "test",
    "automate",
    "limit",
    "validate",
    "remove",
    "replace",
    "fix",
    "implement",
    "monitor",
    "enforce",
    "canary",
    "rollback",
    "timeout",
    "retry",
    "ci",
    "deploy",
    "patch",
    "upgrade",
    "alarm",
];

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    let tasks = page.tasks();
    let is_soft = |text: &str| {
        let lower = text.to_lowercase();
        let has = |list: &[&str]| {
            lower.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| list.contains(&word))
        };
        has(SOFT) && !has(HARD)
    };
    if let Some(first) = tasks.first().filter(|_| tasks.iter().all(|task| is_soft(&task.text))) {
        found.push(Placed::new(
            first.span,
            "every action here relies on people remembering; nothing in the system changes",
        ));
    }
}
