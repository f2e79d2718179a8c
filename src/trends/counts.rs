//! Counts of the quarter against those of the quarters before: intervals, exact tests, one table.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::record::Record;
use super::scope::ids;
use super::statistics::{garwood, holm, rate_test};
use super::wording::{decimals, p_value};
use super::{Cell, Row, Scope, Table, Verdict};

/// The incidents of one group, in the period and before it.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub(super) name: String,
    pub(super) now: Vec<String>,
    pub(super) before: Vec<String>,
    quarters: usize,
    /// Share of the quarter that had passed.
    elapsed: f64,
    p_value: Option<f64>,
    p_holm: Option<f64>,
    pub(super) verdict: Verdict,
}

impl Counted {
    fn new(name: String, now: Vec<String>, before: Vec<String>, scope: &Scope<'_>) -> Self {
        let (quarters, elapsed) = (scope.previous_quarters, scope.elapsed());
        let p_value = (quarters > 0)
            .then(|| rate_test(now.len() as u64, elapsed, before.len() as u64, quarters as f64));
        Self {
            name,
            now,
            before,
            quarters,
            elapsed,
            p_value,
            p_holm: p_value,
            verdict: Verdict::Insufficient,
        }
    }

    /// Incidents a quarter in the quarters before; `None` without any.
    pub(super) fn usual(&self) -> Option<f64> {
        (self.quarters > 0).then(|| self.before.len() as f64 / self.quarters as f64)
    }

    fn judge(&mut self) {
        let fell = self.usual().is_some_and(|usual| (self.now.len() as f64) < usual * self.elapsed);
        self.verdict = Verdict::of(self.p_holm, fell);
    }

    pub(super) fn interval(&self) -> (f64, f64) {
        garwood(self.now.len() as u64)
    }

    pub(super) fn p_words(&self) -> String {
        self.p_holm.map(p_value).unwrap_or_default()
    }

    pub(super) fn json(&self) -> Value {
        let (low, high) = self.interval();
        let usual = garwood(self.before.len() as u64);
        let quarters = self.quarters as f64;
        json!({
            "n": self.now.len(),
            "interval": [low, high],
            "previous": {
                "n": self.before.len(),
                "quarters": self.quarters,
                "per_quarter": self.usual(),
                "interval": self.usual().map(|_| [usual.0 / quarters, usual.1 / quarters]),
                "incidents": self.before,
            },
            "p_value": self.p_value,
            "p_holm": self.p_holm,
            "verdict": self.verdict,
            "incidents": self.now,
        })
    }

    fn row(&self) -> Row {
        let (low, high) = self.interval();
        let cells = vec![
            self.name.as_str().into(),
            Cell::count(self.now.len()),
            format!("{} – {}", decimals(low, 1), decimals(high, 1)).into(),
            self.usual().map_or_else(Cell::none, |usual| Cell::number(usual, decimals(usual, 2))),
            self.p_holm.map_or_else(Cell::none, |p| Cell::number(p, p_value(p))),
            self.verdict.words().into(),
        ];
        Row::new(cells, self.now.clone())
    }
}

/// The whole period as one group.
pub(super) fn total(scope: &Scope<'_>) -> Counted {
    let now = ids(scope.current.iter().copied());
    let before = ids(scope.previous.iter().copied());
    let mut counted = Counted::new("all".to_owned(), now, before, scope);
    counted.judge();
    counted
}

/// Groups by the names that `of` gives a record, by name; p-values Holm-corrected over the groups.
pub(super) fn grouped(scope: &Scope<'_>, of: impl Fn(&Record) -> Vec<String>) -> Vec<Counted> {
    let mut groups: BTreeMap<String, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for record in &scope.current {
        for name in of(record) {
            groups.entry(name).or_default().0.push(record.id.clone());
        }
    }
    for record in &scope.previous {
        for name in of(record) {
            groups.entry(name).or_default().1.push(record.id.clone());
        }
    }
    let mut counted: Vec<Counted> =
        groups.into_iter().map(|(name, (now, before))| Counted::new(name, now, before, scope)).collect();
    let raw: Vec<f64> = counted.iter().filter_map(|group| group.p_value).collect();
    for (group, corrected) in counted.iter_mut().zip(holm(&raw)) {
        group.p_holm = Some(corrected);
    }
    counted.iter_mut().for_each(Counted::judge);
    counted
}

/// One table of groups.
pub(super) fn table(name: &'static str, caption: &str, what: &'static str, groups: &[Counted]) -> Table {
    let columns = [what, "n", "95 % interval", "Before, a quarter", "p (Holm)", "Verdict"];
    let mut table = Table::new(name, caption, &columns);
    table.rows = groups.iter().map(Counted::row).collect();
    table
}
