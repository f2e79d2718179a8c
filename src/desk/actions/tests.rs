//! Action items of two incidents, exported, read back and judged as of a day.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use jiff::civil::date;

use super::*;
use crate::document::parse;
use crate::domain::ActionStatus;

const ONE: &str = "---\nid: INC-7\nstarted_at: 2025-01-10T09:00:00Z\nservices: [checkout]\n---\n# Checkout down\n\n## Action items\n\n| ID | Action | Type | Priority | Owner | Due | Status | Tracking |\n|---|---|---|---|---|---|---|---|\n| A-1 | Don't \"trust\" limits | prevent | P1 | sre | 2025-02-01 | open | #12 |\n| A-2 | =cmd()\\|x | detect | P2 |  | 2025-09-01 | open | OPS-9 |\n| A-3 | Done thing | detect | P3 | sre | 2025-02-01 | done | #123 |\n";
const TWO: &str = "# INC-8: Queue stuck\n\n- **Date**: 2025-08-01\n\n## Action items\n\n- [ ] Drain the queue (owner: mq, due: 2025-08-10)\n- [x] Page on depth (owner: mq, closed: 2025-09-15)\n";

fn history() -> Vec<Tracked> {
    let incidents: Vec<PastIncident> = [ONE, TWO]
        .iter()
        .enumerate()
        .map(|(order, source)| PastIncident {
            path: format!("{order}.md"),
            order,
            ..parse(source).postmortem.past_incident()
        })
        .collect();
    let teams = BTreeMap::from([("INC-7".to_owned(), vec!["payments".to_owned()])]);
    tracked(&incidents, &teams)
}

#[test]
fn items_are_judged_as_of_a_day() {
    let items = history();
    let keys: Vec<&str> = items.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["INC-7/A-1", "INC-7/A-2", "INC-7/A-3", "INC-8/1", "INC-8/2"]);
    let on = |day| summary(&items, day);
    let september = on(date(2025, 9, 1));
    assert_eq!((september.open, september.overdue, september.open_over_6_months), (4, 2, 2));
    assert_eq!(september.not_followable, 2, "A-2 has no owner, INC-8/2 no due date");
    assert_eq!(september.open_by_team["payments"], 2);
    assert_eq!(on(date(2025, 10, 1)).open, 3, "INC-8/2 was closed on 15 September");
}

#[test]
fn exports_are_inert_in_shells_and_spreadsheets() {
    let items = history();
    insta::assert_snapshot!(export(&items[..2], Format::GithubScript));
    let csv = export(&items[..2], Format::JiraCsv);
    assert!(csv.contains("\n'=cmd()|x,"), "{csv}");
    assert_eq!(csv::Reader::from_reader(csv.as_bytes()).records().count(), 2);
    let first = export(&items, Format::GithubJson).lines().next().unwrap().to_owned();
    let issue: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_eq!(issue["labels"], serde_json::json!(["postmortem", "prevent", "P1"]));
    assert!(export(&items, Format::Markdown).contains("=cmd()\\|x"));
}

#[test]
fn trackers_propose_and_people_apply() {
    let items = history();
    let github = r#"[{"number": 12, "title": "limits", "state": "CLOSED", "stateReason": "COMPLETED", "closedAt": "2025-03-01T10:00:00Z"},
        {"number": 123, "title": "x", "state": "OPEN"},
        {"number": 40, "title": "Drain the queue", "state": "closed", "state_reason": "not_planned", "closed_at": "2025-08-20T00:00:00Z"}]"#;
    let proposals = propose(&items, &read_tickets(github).unwrap());
    let told: Vec<_> = proposals.iter().map(|one| (one.key.as_str(), one.from, one.to)).collect();
    assert_eq!(
        told,
        [
            ("INC-7/A-1", ActionStatus::Open, ActionStatus::Done),
            ("INC-7/A-3", ActionStatus::Done, ActionStatus::Open),
            ("INC-8/1", ActionStatus::Open, ActionStatus::Dropped),
        ]
    );
    let jira = r#"{"issues": [{"key": "OPS-9", "fields": {"summary": "s", "status": {"name": "In Progress", "statusCategory": {"key": "indeterminate"}}}}]}"#;
    assert_eq!(propose(&items, &read_tickets(jira).unwrap())[0].to, ActionStatus::InProgress);
    let csv = "Issue key,Summary,Status,Resolution,Resolved\nOPS-9,s,Done,Won't Do,01/Jul/25 10:00\n";
    let from_csv = propose(&items, &read_tickets(csv).unwrap());
    assert_eq!((from_csv[0].to, from_csv[0].closed), (ActionStatus::Dropped, Some(date(2025, 7, 1))));
    assert_eq!(read_tickets("hello"), Err(TicketError::Unknown));
}

#[test]
fn a_status_is_written_and_nothing_else_changes() {
    let items = history();
    let done = set_status(ONE, &items[0].item, ActionStatus::Done, None).unwrap();
    assert_eq!(done, ONE.replacen("| open | #12 |", "| done | #12 |", 1));
    let ticked = set_status(TWO, &items[3].item, ActionStatus::Done, None).unwrap();
    assert_eq!(ticked, TWO.replacen("[ ]", "[x]", 1));
    assert_eq!(set_status("# nothing\n", &items[0].item, ActionStatus::Done, None), None);
    let empty = ONE.replace("| open | #12 |", "|  | #12 |");
    assert!(set_status(&empty, &items[0].item, ActionStatus::Done, None).unwrap().contains("| done | #12 |"));
}
