//! Which groups of incidents are new, growing, steady or fading.

use serde_json::{Map, json};

use crate::domain::{PatternState, PatternView, Period};
use crate::trends::charts::pattern_rows;
use crate::trends::groups::{Group, groups, view_name};
use crate::trends::record::Record;
use crate::trends::scope::ids;
use crate::trends::statistics::rate_test;
use crate::trends::wording::{decimals, p_value, plural, shortened};
use crate::trends::{Cell, Metric, Row, Scope, Section, Table, Verdict};

pub(super) struct Patterns;
pub(super) const ENTRY: Patterns = Patterns;

/// Quarters shown beside each other.
const SHOWN: usize = 9;

impl Metric for Patterns {
    fn name(&self) -> &'static str {
        "patterns"
    }

    fn title(&self) -> &'static str {
        "Patterns"
    }

    fn definition(&self) -> &'static str {
        "A pattern is a group of incidents with a shared failure mode or component, or joined by confirmed repeats; \
         the views are never mixed. New = its first incident lies in the quarter; fading = none in the quarter though \
         the previous four had some; growing = more in the quarter than in an average one of the previous four; \
         steady = the rest. The p-value is the exact conditional binomial test of the quarter against the previous \
         four; without p below 0.05, growing and fading are descriptions and no findings."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let quarters = scope.quarters(SHOWN);
        let developed: Vec<Developed> =
            groups(scope).into_iter().filter_map(|group| Developed::of(group, &quarters, scope)).collect();
        let mut json = Map::new();
        json.insert("patterns".to_owned(), developed.iter().map(|found| found.json(&quarters)).collect());
        let mut tables = Vec::new();
        for view in [PatternView::FailureMode, PatternView::Component, PatternView::Repeats] {
            let of_view: Vec<&Developed> =
                developed.iter().filter(|found| found.group.view == view).collect();
            if !of_view.is_empty() {
                tables.push(table(view, &of_view));
            }
        }
        let mut preferred: Vec<&Developed> =
            developed.iter().filter(|found| found.group.view == PatternView::FailureMode).collect();
        if preferred.is_empty() {
            preferred = developed.iter().filter(|found| found.group.view == PatternView::Repeats).collect();
        }
        let rows: Vec<(String, Vec<usize>)> =
            preferred.iter().map(|found| (found.group.label.clone(), found.counts.clone())).collect();
        Section {
            headline: None,
            cautions: Vec::new(),
            findings: findings(&preferred, scope),
            charts: pattern_rows(&quarters, &rows).into_iter().collect(),
            tables,
            json,
        }
    }
}

struct Developed<'a> {
    group: Group<'a>,
    /// Incidents in each quarter shown.
    counts: Vec<usize>,
    now: Vec<&'a Record>,
    before: usize,
    usual: Option<f64>,
    p_value: Option<f64>,
    state: PatternState,
}

impl<'a> Developed<'a> {
    /// `None` for a group without an incident in the quarters compared.
    fn of(group: Group<'a>, quarters: &[Period], scope: &Scope<'a>) -> Option<Self> {
        let quarter = |record: &&'a Record| record.started.map(Period::containing);
        let counts: Vec<usize> = quarters
            .iter()
            .map(|wanted| group.members.iter().filter(|record| quarter(record) == Some(*wanted)).count())
            .collect();
        let last = scope.period();
        let pool = scope.pool();
        let now: Vec<&'a Record> =
            group.members.iter().copied().filter(|record| quarter(record) == Some(last)).collect();
        let before =
            group.members.iter().filter(|record| quarter(record).is_some_and(|q| pool.contains(&q))).count();
        if now.is_empty() && before == 0 {
            return None;
        }
        let pooled = scope.previous_quarters as f64;
        let usual = (scope.previous_quarters > 0).then(|| before as f64 / pooled);
        let state = if now.len() == group.members.len() {
            PatternState::New
        } else if now.is_empty() {
            PatternState::Fading
        } else if usual.is_some_and(|usual| now.len() as f64 > usual) {
            PatternState::Growing
        } else {
            PatternState::Steady
        };
        let p_value = (scope.previous_quarters > 0)
            .then(|| rate_test(now.len() as u64, scope.elapsed(), before as u64, pooled));
        Some(Self { group, counts, now, before, usual, p_value, state })
    }

    fn verdict(&self) -> Verdict {
        let fell = self.usual.is_some_and(|usual| (self.now.len() as f64) < usual);
        Verdict::of(self.p_value, fell)
    }

    fn json(&self, quarters: &[Period]) -> serde_json::Value {
        let counts: Map<String, serde_json::Value> = quarters
            .iter()
            .zip(&self.counts)
            .map(|(quarter, count)| (quarter.to_string(), json!(count)))
            .collect();
        json!({
            "id": self.group.id,
            "label": self.group.label,
            "view": self.group.view,
            "state": self.state,
            "n": self.now.len(),
            "incidents": ids(self.now.iter().copied()),
            "members": ids(self.group.members.iter().copied()),
            "previous": {"n": self.before, "per_quarter": self.usual},
            "p_value": self.p_value,
            "verdict": self.verdict(),
            "quarters": counts,
        })
    }
}

fn state_name(state: PatternState) -> &'static str {
    match state {
        PatternState::New => "new",
        PatternState::Growing => "growing",
        PatternState::Steady => "steady",
        PatternState::Fading => "fading",
    }
}

fn table(view: PatternView, found: &[&Developed]) -> Table {
    let columns = ["Pattern", "State", "This quarter", "Before, a quarter", "In all", "p", "Verdict"];
    let mut table = Table::new(
        match view {
            PatternView::FailureMode => "failure-mode",
            PatternView::Component => "component",
            PatternView::Repeats => "repeats",
        },
        format!("By {}", view_name(view)),
        &columns,
    );
    for developed in found {
        table.rows.push(Row::new(
            vec![
                shortened(&developed.group.label, 80).into(),
                state_name(developed.state).into(),
                Cell::count(developed.now.len()),
                developed.usual.map_or_else(Cell::none, |usual| Cell::number(usual, decimals(usual, 2))),
                Cell::count(developed.group.members.len()),
                developed.p_value.map_or_else(Cell::none, |p| Cell::number(p, p_value(p))),
                developed.verdict().words().into(),
            ],
            ids(developed.group.members.iter().copied()),
        ));
    }
    table
}

fn findings(found: &[&Developed], scope: &Scope<'_>) -> Vec<String> {
    let count = |state: PatternState| found.iter().filter(|developed| developed.state == state).count();
    if found.is_empty() {
        return vec!["No pattern has an incident in the quarters compared.".to_owned()];
    }
    let mut findings = vec![format!(
        "{} with incidents in the last five quarters: {} new, {} growing, {} steady, {} fading.",
        plural(found.len(), "pattern"),
        count(PatternState::New),
        count(PatternState::Growing),
        count(PatternState::Steady),
        count(PatternState::Fading)
    )];
    if let Some(since) = scope.question.patterns_since {
        findings.push(format!(
            "The history is long: failure modes and components were looked for in the incidents since {since} only."
        ));
    }
    findings
}
