//! Prometheus query results: when a value changed, its extremes, and when `ALERTS` fired.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct PrometheusRange;
pub(super) static ENTRY: Json<PrometheusRange> = Json(PrometheusRange);

/// A series of at most so many values is told change by change, a longer one by its extremes.
const FEW_VALUES: usize = 3;
const MOST_CHANGES: usize = 40;

struct Sample<'a> {
    moment: Moment,
    value: &'a str,
    number: f64,
}

fn sample(pair: &Value) -> Option<Sample<'_>> {
    let moment = moment::parse(&pair.text("0")?)?;
    let value = pair.str("1")?;
    Some(Sample { moment, value, number: value.parse().ok()? })
}

/// `up{instance="a", job="b"}`.
fn series(metric: &Value) -> String {
    let members = metric.as_object().into_iter().flatten();
    let labels: Vec<String> = members
        .filter(|(name, _)| *name != "__name__")
        .filter_map(|(name, value)| Some(format!("{name}=\"{}\"", value.as_str()?)))
        .collect();
    let name = metric.str("__name__").unwrap_or_default();
    if labels.is_empty() { name.to_owned() } else { format!("{name}{{{}}}", labels.join(", ")) }
}

/// The samples at which a reader sees something: the changes, or first, highest, lowest and last.
fn telling<'a, 'b>(samples: &'b [Sample<'a>]) -> Vec<(&'b Sample<'a>, &'static str)> {
    let mut values: Vec<&str> = samples.iter().map(|sample| sample.value).collect();
    values.sort_unstable();
    values.dedup();
    if values.len() <= FEW_VALUES {
        let changes =
            samples.iter().enumerate().filter(|(at, one)| *at == 0 || samples[at - 1].value != one.value);
        return changes.map(|(_, one)| (one, "")).take(MOST_CHANGES).collect();
    }
    let mut found: Vec<(usize, &'static str)> =
        vec![(0, " (first value)"), (samples.len() - 1, " (last value)")];
    let by_number = |a: &usize, b: &usize| samples[*a].number.total_cmp(&samples[*b].number);
    let finite: Vec<usize> = (0..samples.len()).filter(|at| samples[*at].number.is_finite()).collect();
    // Of equal extremes the first.
    let highest = finite.iter().copied().rev().max_by(by_number);
    let lowest = finite.iter().copied().min_by(by_number);
    for (extreme, note) in [(highest, " (highest value)"), (lowest, " (lowest value)")] {
        if let Some(at) = extreme {
            match found.iter_mut().find(|(known, _)| *known == at) {
                Some(known) => known.1 = note,
                None => found.push((at, note)),
            }
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(at, note)| (&samples[at], note)).collect()
}

/// `ALERTS{alertname, alertstate="firing"}` has a sample at every step at which the alert fired.
fn alert(metric: &Value, samples: &[Sample<'_>], out: &mut Output<'_>) {
    let (Some(first), Some(last)) = (samples.first(), samples.last()) else { return };
    if metric.str("alertstate") == Some("pending") {
        return out.aside("a pending alert", out.position());
    }
    let name = metric.str("alertname").unwrap_or("alert");
    let place = metric.first(&["instance", "pod", "job", "namespace"]);
    let text = place.map_or_else(|| name.to_owned(), |place| format!("{name} on {place}"));
    out.emit(
        Entry::new("prometheus", SourceClass::Alerting, EventKind::AlertFired, Some(first.moment.clone()))
            .text(text)
            .until(Some(last.moment.clone()))
            .service(metric.first(&["service", "job"]))
            .label("severity", metric.str("severity"))
            .label("alertname", Some(name))
            .label("approximate", Some("true")),
    );
}

impl JsonSource for PrometheusRange {
    fn id(&self) -> &'static str {
        "prometheus_range"
    }

    fn title(&self) -> &'static str {
        "Prometheus query results"
    }

    fn describe(&self) -> &'static str {
        "GET /api/v1/query_range: changes or extremes of each series; ALERTS tells when alerts fired, to the step."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["data", "result"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let series = item.at("metric").is_some_and(Value::is_object);
        Confidence::Certain
            .when(series && (item.at("values").is_some_and(Value::is_array) || item.has("value/1")))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let metric = item.at("metric").unwrap_or(&Value::Null);
        let pairs = item.list("values").iter().chain(item.at("value"));
        let samples: Vec<Sample<'_>> = pairs.filter_map(sample).collect();
        if samples.is_empty() {
            return out.tally("a series without values", out.position());
        }
        if metric.str("__name__") == Some("ALERTS") {
            return alert(metric, &samples, out);
        }
        let name = series(metric);
        for (one, note) in telling(&samples) {
            let name = if name.is_empty() { "value" } else { &name };
            out.emit(
                Entry::new("prometheus", SourceClass::Automated, EventKind::Metric, Some(one.moment.clone()))
                    .text(format!("{name} = {}{note}", one.value))
                    .service(metric.first(&["service", "job"]))
                    .label("host", metric.str("instance")),
            );
        }
    }
}
