//! How often an incident repeated an earlier one, and what was still to do from the earlier one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, json};

use crate::domain::ActionItem;
use crate::trends::record::Record;
use crate::trends::scope::{ids, start_day};
use crate::trends::statistics::wilson;
use crate::trends::wording::{decimals, list, percent, percent_range, plural, shortened};
use crate::trends::{Cell, Headline, Metric, Row, Scope, Section, Table};

pub(super) struct Repeats;
pub(super) const ENTRY: Repeats = Repeats;

/// Goal: fewer than one incident in twenty repeats an earlier one.
const GOAL: f64 = 0.05;

impl Metric for Repeats {
    fn name(&self) -> &'static str {
        "repeats"
    }

    fn title(&self) -> &'static str {
        "Repeats"
    }

    fn definition(&self) -> &'static str {
        "A repeat is an incident of which a person said so: `repeat_of` in the document, or the latest decision on \
         the pair. The rate is repeats divided by incidents of the quarter, with the 95 % Wilson interval (goal: \
         below 5 %). Shown with each: what was still open among the earlier incident's actions on the day of the \
         repeat. Time between similar incidents is the mean over all pairs up to the end of the quarter."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let in_period: BTreeMap<&str, &Record> =
            scope.current.iter().map(|record| (record.id.as_str(), *record)).collect();
        let all = scope.repeats();
        let pairs: Vec<&(String, String)> =
            all.iter().filter(|(later, _)| in_period.contains_key(later.as_str())).collect();
        let mut repeated: Vec<String> = pairs.iter().map(|(later, _)| later.clone()).collect();
        repeated.dedup();
        let (k, n) = (repeated.len(), scope.current.len());
        let interval = wilson(k as u64, n as u64);
        let rate = (n > 0).then(|| k as f64 / n as f64);
        let distances: Vec<i64> =
            all.iter().filter_map(|(later, earlier)| days_between(scope, later, earlier)).collect();
        let mean_days =
            (!distances.is_empty()).then(|| distances.iter().sum::<i64>() as f64 / distances.len() as f64);
        let mut table = Table::new(
            "repeats",
            "Each repeat with the earlier incident and what was still open of it",
            &["Repeat", "Earlier incident", "Days between", "Open then"],
        );
        let mut unmet = BTreeSet::new();
        let mut details = Vec::new();
        for (later, earlier) in &pairs {
            let open = open_then(scope, later, earlier);
            if !open.is_empty() {
                unmet.insert(later.as_str());
            }
            let days = days_between(scope, later, earlier);
            let open_ids: Vec<&str> = open.iter().map(|action| action.id.as_str()).collect();
            details.push(json!({"later": later, "earlier": earlier, "days": days, "open_then": open_ids}));
            table.rows.push(Row::new(
                vec![
                    titled(scope, later).into(),
                    titled(scope, earlier).into(),
                    days.map_or_else(Cell::none, |days| Cell::number(days as f64, days.to_string())),
                    quoted(&open).into(),
                ],
                vec![later.clone(), earlier.clone()],
            ));
        }
        let mut json = Map::new();
        json.insert(
            "repeats".to_owned(),
            json!({
                "k": k, "n": n, "rate": rate,
                "interval": interval.map(|(low, high)| [low, high]),
                "pairs": pairs.iter().map(|(later, earlier)| [later, earlier]).collect::<Vec<_>>(),
                "details": details,
                "mean_days_between": mean_days,
                "incidents": ids(scope.current.iter().copied()),
            }),
        );
        Section {
            headline: headline(k, n, interval, unmet.len()),
            findings: findings(rate, interval, mean_days, distances.len()),
            cautions: caution(k, n, interval),
            tables: if table.rows.is_empty() { Vec::new() } else { vec![table] },
            charts: Vec::new(),
            json,
        }
    }
}

fn days_between(scope: &Scope<'_>, later: &str, earlier: &str) -> Option<i64> {
    let day = |id: &str| scope.history.get(id).and_then(start_day);
    day(earlier)?.until(day(later)?).ok().map(|span| i64::from(span.get_days()))
}

/// Actions of the earlier incident that were not closed when the later one started.
fn open_then<'a>(scope: &Scope<'a>, later: &str, earlier: &str) -> Vec<&'a ActionItem> {
    let Some(day) = scope.history.get(later).and_then(start_day) else { return Vec::new() };
    let Some(earlier) = scope.history.get(earlier) else { return Vec::new() };
    earlier.actions.iter().filter(|action| super::actions::is_open_on(action, day)).collect()
}

fn titled(scope: &Scope<'_>, id: &str) -> String {
    match scope.history.get(id) {
        Some(record) => format!("{id}: {}", shortened(&record.title, 70)),
        None => format!("{id} (not in this history)"),
    }
}

fn quoted(open: &[&ActionItem]) -> String {
    if open.is_empty() {
        return "nothing".to_owned();
    }
    let items: Vec<String> =
        open.iter().map(|action| format!("{} “{}”", action.id, shortened(&action.action, 60))).collect();
    items.join("; ")
}

fn headline(k: usize, n: usize, interval: Option<(f64, f64)>, unmet: usize) -> Option<Headline> {
    let range = percent_range(interval?);
    let so = match (k, unmet) {
        (0, _) => "nobody marked a repeat, which is only good news if somebody looked".to_owned(),
        (_, 0) => {
            "the earlier incidents had nothing left open, so ask whether their actions were the right ones"
                .to_owned()
        }
        _ => format!(
            "before {} an earlier incident still had open actions, and finishing those is the cheapest reliability work there is",
            if unmet == k { "each of them".to_owned() } else { format!("{unmet} of them") }
        ),
    };
    let text = format!("{k} of {} repeated an earlier one ({range}): {so}.", plural(n, "incident"));
    Some(Headline { rank: 3, text })
}

fn findings(
    rate: Option<f64>,
    interval: Option<(f64, f64)>,
    mean_days: Option<f64>,
    pairs: usize,
) -> Vec<String> {
    let mut findings = Vec::new();
    if let (Some(rate), Some((low, high))) = (rate, interval) {
        let goal = if high < GOAL {
            "below the goal of 5 %"
        } else if low > GOAL {
            "above the goal of 5 %"
        } else {
            "neither above nor below the goal of 5 % with certainty"
        };
        findings.push(format!("Repeat rate {} ({}), {goal}.", percent(rate), percent_range((low, high))));
    }
    if let Some(days) = mean_days {
        findings.push(format!(
            "Mean time between similar incidents: {} days over {}.",
            decimals(days, 0),
            plural(pairs, "pair")
        ));
    }
    findings
}

fn caution(k: usize, n: usize, interval: Option<(f64, f64)>) -> Vec<String> {
    interval
        .map(|interval| {
            format!(
                "A repeat rate of {k} in {n} fits anything from {}; compare years, not quarters.",
                list(&[percent_range(interval)])
            )
        })
        .into_iter()
        .collect()
}
