//! Did the fix work: a pattern's rate before and after its preventive actions were closed.

use jiff::Unit;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::domain::{ActionItem, ActionKind, ActionStatus, PatternView};
use crate::trends::groups::{Group, groups};
use crate::trends::record::Record;
use crate::trends::scope::{ids, start_day};
use crate::trends::statistics::{garwood, rate_test};
use crate::trends::wording::{decimals, p_value, plural, shortened};
use crate::trends::{Cell, Metric, Row, Scope, Section, Table, Verdict};

pub(super) struct FixWorked;
pub(super) const ENTRY: FixWorked = FixWorked;

const DAYS_A_YEAR: f64 = 365.25;

impl Metric for FixWorked {
    fn name(&self) -> &'static str {
        "fix_worked"
    }

    fn title(&self) -> &'static str {
        "Did the fix work?"
    }

    fn definition(&self) -> &'static str {
        "For patterns of two incidents and more: the fix counts as done on the first day on which every preventive \
         action of the incidents so far was closed (all actions, where none is typed as preventive). Incidents before \
         and after that day are compared as Poisson rates with the exact conditional binomial test; exposure runs \
         from the first incident of the history to that day, and from there to the day of judgement. The first \
         incident of a pattern always lies before its fix, so the comparison flatters the fix a little."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let mut seen: Vec<Vec<String>> = Vec::new();
        let mut judged = Vec::new();
        for group in groups(scope) {
            let members = ids(group.members.iter().copied());
            if members.len() < 2 || seen.contains(&members) {
                continue;
            }
            seen.push(members);
            judged.push(Judged::of(group, scope));
        }
        let mut json = Map::new();
        json.insert("fix_worked".to_owned(), judged.iter().map(Judged::json).collect());
        let mut table = Table::new(
            "fix_worked",
            "Incidents a year before and after the fix",
            &["Pattern", "Fixed on", "Before", "After", "p", "Verdict"],
        );
        table.rows = judged.iter().map(Judged::row).collect();
        let fixed = judged.iter().filter(|judged| judged.fixed.is_some()).count();
        let came_back = judged.iter().filter(|judged| !judged.after.is_empty()).count();
        let findings = if judged.is_empty() {
            vec!["No pattern has two incidents yet.".to_owned()]
        } else {
            vec![format!(
                "{fixed} of {} with two incidents and more had every preventive action closed at some point; {came_back} came back after it.",
                plural(judged.len(), "pattern")
            )]
        };
        let tables = if judged.is_empty() { Vec::new() } else { vec![table] };
        Section { findings, tables, json, ..Section::default() }
    }
}

struct Judged<'a> {
    group: Group<'a>,
    fixed: Option<Date>,
    before: Vec<&'a Record>,
    after: Vec<&'a Record>,
    days_before: f64,
    days_after: f64,
    p_value: Option<f64>,
    verdict: Verdict,
}

impl<'a> Judged<'a> {
    fn of(group: Group<'a>, scope: &Scope<'a>) -> Self {
        let as_of = scope.as_of();
        let members: Vec<&Record> =
            group.members.iter().copied().filter(|r| start_day(r).is_some_and(|day| day <= as_of)).collect();
        let fixed = fixed_on(&members, as_of);
        let begins = scope.history.records.first().and_then(start_day).unwrap_or(as_of);
        let first = match (group.view, scope.question.patterns_since) {
            (PatternView::Repeats, _) | (_, None) => begins,
            (_, Some(since)) => begins.max(since),
        };
        let days = |from: Date, to: Date| {
            from.until((Unit::Day, to)).map_or(0.0, |span| f64::from(span.get_days())).max(0.0)
        };
        let cut = fixed.unwrap_or(as_of);
        let (after, before): (Vec<&Record>, Vec<&Record>) = members
            .into_iter()
            .partition(|record| fixed.is_some() && start_day(record).is_some_and(|day| day > cut));
        let (days_before, days_after) = (days(first, cut).max(1.0), days(cut, as_of));
        let p_value = (fixed.is_some() && days_after > 0.0)
            .then(|| rate_test(after.len() as u64, days_after, before.len() as u64, days_before));
        let fell = (after.len() as f64) * days_before < (before.len() as f64) * days_after;
        let verdict = Verdict::of(p_value, fell);
        Self { group, fixed, before, after, days_before, days_after, p_value, verdict }
    }

    fn json(&self) -> Value {
        json!({
            "pattern": self.group.id,
            "label": self.group.label,
            "view": self.group.view,
            "fixed_on": self.fixed,
            "before": rate_json(&self.before, self.days_before),
            "after": self.fixed.map(|_| rate_json(&self.after, self.days_after)),
            "p_value": self.p_value,
            "verdict": self.verdict,
        })
    }

    fn row(&self) -> Row {
        let after =
            self.fixed.map_or_else(Cell::none, |_| rate_words(self.after.len(), self.days_after).into());
        Row::new(
            vec![
                shortened(&self.group.label, 80).into(),
                self.fixed.map_or_else(|| "not yet".to_owned(), |day| day.to_string()).into(),
                rate_words(self.before.len(), self.days_before).into(),
                after,
                self.p_value.map_or_else(Cell::none, |p| Cell::number(p, p_value(p))),
                if self.fixed.is_some() { self.verdict.words() } else { "actions still open" }.into(),
            ],
            ids(self.before.iter().chain(&self.after).copied()),
        )
    }
}

/// The first day on which every preventive action of the members that had started by then was closed.
fn fixed_on(members: &[&Record], as_of: Date) -> Option<Date> {
    let wanted = |record: &&Record| -> Vec<ActionItem> {
        let live = record.actions.iter().filter(|action| action.status != ActionStatus::Dropped);
        let preventive: Vec<ActionItem> =
            live.clone().filter(|action| action.kind == Some(ActionKind::Prevent)).cloned().collect();
        if preventive.is_empty() { live.cloned().collect() } else { preventive }
    };
    let actions: Vec<(Date, Vec<ActionItem>)> =
        members.iter().filter_map(|record| Some((start_day(record)?, wanted(record)))).collect();
    let mut days: Vec<Date> =
        actions.iter().flat_map(|(_, items)| items.iter().filter_map(|item| item.closed)).collect();
    days.retain(|day| *day <= as_of);
    days.sort();
    days.into_iter().find(|day| {
        let mut due =
            actions.iter().filter(|(start, _)| start <= day).flat_map(|(_, items)| items).peekable();
        due.peek().is_some() && due.all(|item| item.closed.is_some_and(|closed| closed <= *day))
    })
}

fn rate_json(records: &[&Record], days: f64) -> Value {
    let scale = if days > 0.0 { DAYS_A_YEAR / days } else { 0.0 };
    let (low, high) = garwood(records.len() as u64);
    json!({
        "n": records.len(),
        "days": days,
        "per_year": records.len() as f64 * scale,
        "interval": [low * scale, high * scale],
        "incidents": ids(records.iter().copied()),
    })
}

fn rate_words(n: usize, days: f64) -> String {
    if days <= 0.0 {
        return "no time yet".to_owned();
    }
    let scale = DAYS_A_YEAR / days;
    let (low, high) = garwood(n as u64);
    format!(
        "{} a year ({}–{}; {n} in {days:.0} days)",
        decimals(n as f64 * scale, 1),
        decimals(low * scale, 1),
        decimals(high * scale, 1)
    )
}
