//! How long detection, acknowledgement, mitigation and resolution took.

use serde_json::{Map, Value, json};

use crate::trends::charts::dot_plot;
use crate::trends::record::{Duration, Record, Span};
use crate::trends::scope::ids;
use crate::trends::statistics::{
    holm, kaplan_meier_median, mann_whitney, mean, median, median_interval, quantile,
};
use crate::trends::verdict::FEWEST;
use crate::trends::wording::{duration, list, p_value, plural};
use crate::trends::{Cell, Headline, Metric, Row, Scope, Section, Table, Verdict};

pub(super) struct Times;
pub(super) const ENTRY: Times = Times;

/// Fewest incidents for a 90 % quantile.
const FEWEST_FOR_P90: usize = 20;

impl Metric for Times {
    fn name(&self) -> &'static str {
        "times"
    }

    fn title(&self) -> &'static str {
        "Time to detect, acknowledge, mitigate, resolve"
    }

    fn definition(&self) -> &'static str {
        "Detect = detected − started; acknowledge = acknowledged − detected; mitigate = mitigated − started; resolve = \
         resolved − started. The median comes with the exact 95 % order-statistic interval (none below 6 incidents), \
         p90 (linear interpolation) from 20 incidents on. Compared with the previous four quarters pooled by a \
         two-sided Mann–Whitney test, Holm-corrected over the four times; a difference is called one only if the \
         corrected p is below 0.05 and both sides have at least 10 incidents. Missing milestones and contradictory \
         ones are counted, not guessed; incidents that were open enter the Kaplan–Meier median as censored."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let mut all: Vec<Measured> = Span::ALL.into_iter().map(|span| Measured::of(span, scope)).collect();
        judge(&mut all);
        let times: Map<String, Value> =
            all.iter().map(|measured| (measured.span.name().to_owned(), measured.json(scope))).collect();
        let mut json = Map::new();
        json.insert("times".to_owned(), Value::Object(times));
        Section {
            headline: Some(headline(&all)),
            cautions: cautions(&all, scope),
            findings: findings(&all, scope),
            tables: vec![table(&all, scope)],
            charts: Span::ALL.into_iter().filter_map(|span| dot_plot(span, scope)).collect(),
            json,
        }
    }
}

/// One span in the period and before it.
struct Measured<'a> {
    span: Span,
    known: Vec<&'a Record>,
    seconds: Vec<f64>,
    missing: Vec<&'a Record>,
    open: Vec<&'a Record>,
    excluded: Vec<&'a Record>,
    /// Ages of the open ones at the day of judgement, in seconds.
    ages: Vec<f64>,
    before: Vec<f64>,
    before_ids: Vec<String>,
    p_value: Option<f64>,
    p_holm: Option<f64>,
    verdict: Verdict,
}

impl<'a> Measured<'a> {
    fn of(span: Span, scope: &Scope<'a>) -> Self {
        let with = |wanted: fn(&Duration) -> bool| -> Vec<&'a Record> {
            scope.current.iter().copied().filter(|record| wanted(&record.span(span))).collect()
        };
        let known = with(|duration| matches!(duration, Duration::Known(_)));
        let open = with(|duration| *duration == Duration::Open);
        let end = scope.as_of_end();
        let age = |record: &&Record| {
            record.started.map(|start| (end.as_second() - start.as_second()).max(0) as f64)
        };
        let earlier: Vec<&Record> =
            scope.previous.iter().copied().filter(|record| record.seconds(span).is_some()).collect();
        let mut measured = Self {
            span,
            seconds: known.iter().filter_map(|record| record.seconds(span)).collect(),
            missing: with(|duration| *duration == Duration::Missing),
            excluded: with(|duration| *duration == Duration::Excluded),
            ages: open.iter().filter_map(age).collect(),
            before: earlier.iter().filter_map(|record| record.seconds(span)).collect(),
            before_ids: ids(earlier),
            known,
            open,
            p_value: None,
            p_holm: None,
            verdict: Verdict::Insufficient,
        };
        measured.p_value = mann_whitney(&measured.seconds, &measured.before);
        measured
    }

    fn enough(&self) -> bool {
        self.seconds.len() >= FEWEST && self.before.len() >= FEWEST
    }

    fn median(&self) -> Option<f64> {
        median(&self.seconds)
    }

    fn p90(&self) -> Option<f64> {
        quantile(&self.seconds, 0.9).filter(|_| self.seconds.len() >= FEWEST_FOR_P90)
    }

    fn json(&self, scope: &Scope<'_>) -> Value {
        let mut value = json!({
            "n": self.seconds.len(),
            "missing": self.missing.len(),
            "open": self.open.len(),
            "excluded": self.excluded.len(),
            "median_s": self.median(),
            "interval_s": median_interval(&self.seconds).map(|(low, high)| [low, high]),
            "p90_s": self.p90(),
            "censored_median_s": (!self.open.is_empty())
                .then(|| kaplan_meier_median(&self.seconds, &self.ages))
                .flatten(),
            "previous": {"n": self.before.len(), "median_s": median(&self.before), "incidents": self.before_ids},
            "p_value": self.p_value,
            "p_holm": self.p_holm,
            "verdict": self.verdict,
            "incidents": ids(self.known.iter().copied()),
            "missing_incidents": ids(self.missing.iter().copied()),
            "open_incidents": ids(self.open.iter().copied()),
            "excluded_incidents": ids(self.excluded.iter().copied()),
        });
        if scope.question.show_mean {
            value["mean_s"] = json!(mean(&self.seconds));
        }
        value
    }

    /// `42 min at the median (95 % interval 30 min to 1 h, n = 12)`.
    fn words(&self) -> Option<String> {
        let middle = duration(self.median()?);
        let n = self.seconds.len();
        Some(match median_interval(&self.seconds) {
            Some((low, high)) => {
                format!(
                    "{middle} at the median (95 % interval {} to {}, n = {n})",
                    duration(low),
                    duration(high)
                )
            }
            None => format!("{middle} at the median (n = {n}, too few for an interval)"),
        })
    }
}

fn judge(all: &mut [Measured]) {
    let tested: Vec<f64> = all.iter().filter_map(|measured| measured.p_value).collect();
    let mut corrected = holm(&tested).into_iter();
    for measured in all.iter_mut() {
        if measured.p_value.is_some() {
            measured.p_holm = corrected.next();
        }
        let fell = rank_fell(&measured.seconds, &measured.before);
        measured.verdict = if measured.enough() {
            // All values equal: nothing differs, whatever the test cannot say.
            Verdict::of(measured.p_holm.or(Some(1.0)), fell)
        } else {
            Verdict::Insufficient
        };
    }
}

/// Whether a value of the period is likelier below one of the quarters before than above it: the direction that the
/// test is about, which the medians need not share.
fn rank_fell(now: &[f64], before: &[f64]) -> bool {
    let mut sorted = before.to_vec();
    sorted.sort_by(f64::total_cmp);
    let balance: i64 = now
        .iter()
        .map(|value| {
            let below = sorted.partition_point(|other| other < value);
            let not_above = sorted.partition_point(|other| other <= value);
            (sorted.len() - not_above) as i64 - below as i64
        })
        .sum();
    balance > 0
}

fn headline(all: &[Measured]) -> Headline {
    let changed: Vec<String> = all
        .iter()
        .filter(|measured| matches!(measured.verdict, Verdict::Improved | Verdict::Worse))
        .map(|measured| {
            let was = median(&measured.before).map(duration).unwrap_or_default();
            let now = measured.median().map(duration).unwrap_or_default();
            let p = measured.p_holm.map(p_value).unwrap_or_default();
            format!(
                "time to {} {} from a median of {was} to {now} ({p})",
                measured.span.name(),
                moved(measured.verdict)
            )
        })
        .collect();
    let resolve = all.iter().find(|measured| measured.span == Span::Resolve);
    let text = if !changed.is_empty() {
        format!(
            "Against the previous four quarters {}; the other times cannot be told apart from noise, so look for what changed in the first and leave the rest alone.",
            list(&changed)
        )
    } else if let Some((measured, words)) = resolve.and_then(|measured| Some((measured, measured.words()?))) {
        let before = median(&measured.before).map_or_else(
            || "there is nothing earlier to compare with".to_owned(),
            |was| match measured.verdict {
                Verdict::Insufficient => format!("{} before, too few to compare", duration(was)),
                _ => format!("{} before, which cannot be told apart from noise", duration(was)),
            },
        );
        format!("Resolving an incident took {words}; {before}, so nobody has to explain or celebrate it.")
    } else {
        "No incident of the quarter has the times to say how long resolution took; writing started and resolved into \
         every postmortem comes first."
            .to_owned()
    };
    Headline { rank: 2, text }
}

fn moved(verdict: Verdict) -> &'static str {
    if verdict == Verdict::Improved { "fell" } else { "rose" }
}

fn findings(all: &[Measured], scope: &Scope<'_>) -> Vec<String> {
    let mut findings = Vec::new();
    for measured in all {
        let Some(words) = measured.words() else { continue };
        let tail =
            measured.p90().map_or(String::new(), |p90| format!(", nine in ten within {}", duration(p90)));
        findings.push(format!(
            "Time to {}: {words}{tail}; {}.",
            measured.span.name(),
            measured.verdict.words()
        ));
        if scope.question.show_mean
            && let Some(mean) = mean(&measured.seconds)
        {
            findings.push(format!(
                "Mean time to {}: {}. A mean of so skewed durations is moved by one long incident: in simulations with no change at all it still \"improves\" by a fifth in about a third of quarters with 20 incidents. Do not set targets on it.",
                measured.span.name(),
                duration(mean)
            ));
        }
    }
    findings
}

fn cautions(all: &[Measured], scope: &Scope<'_>) -> Vec<String> {
    let n = scope.current.len();
    let mut cautions = vec![match n {
        0 => "Nothing happened in the quarter, so there is nothing to conclude from it.".to_owned(),
        1..=5 => format!(
            "With {} each one can be read and none can be averaged: no interval, no comparison, no trend.",
            plural(n, "incident")
        ),
        6..=9 => format!(
            "With {n} incidents a median and a wide interval can be given; no change of the times can be told from noise."
        ),
        _ => format!(
            "With {n} incidents a test finds a halving of the times in about {} of quarters; smaller changes mostly go unseen, and their absence here is no proof.",
            power(n)
        ),
    }];
    for measured in all {
        let mut lost = Vec::new();
        for (count, why) in [
            (measured.missing.len(), "without the milestones"),
            (measured.open.len(), "still open"),
            (measured.excluded.len(), "with contradictory times"),
        ] {
            if count > 0 {
                lost.push(format!("{count} {why}"));
            }
        }
        if !lost.is_empty() {
            cautions.push(format!(
                "Time to {} rests on {} of {n}: {}.",
                measured.span.name(),
                measured.seconds.len(),
                list(&lost)
            ));
        }
    }
    cautions
}

/// Share of quarters in which a Mann–Whitney test at 5 % sees a halving of lognormal times with σ = 1.25, simulated.
fn power(n: usize) -> &'static str {
    match n {
        0..=14 => "one fifth",
        15..=24 => "two fifths",
        25..=39 => "half",
        40..=74 => "three quarters",
        _ => "nine tenths",
    }
}

fn table(all: &[Measured], scope: &Scope<'_>) -> Table {
    let mut columns = vec![
        "Time to",
        "n",
        "Missing",
        "Open",
        "Left out",
        "Median",
        "95 % interval",
        "p90",
        "Before (n)",
        "p (Holm)",
        "Verdict",
    ];
    if scope.question.show_mean {
        columns.insert(6, "Mean");
    }
    let mut table =
        Table::new("times", "Times of the quarter against the previous four quarters pooled", &columns);
    let span = |value: Option<f64>| {
        value.map_or_else(Cell::none, |seconds| Cell::number(seconds, duration(seconds)))
    };
    for measured in all {
        let interval = median_interval(&measured.seconds);
        let before = median(&measured.before).map_or_else(Cell::none, |was| {
            Cell::number(was, format!("{} ({})", duration(was), measured.before.len()))
        });
        let mut cells = vec![
            format!("{} ({})", measured.span.name(), measured.span.definition()).into(),
            Cell::count(measured.seconds.len()),
            Cell::count(measured.missing.len()),
            Cell::count(measured.open.len()),
            Cell::count(measured.excluded.len()),
            span(measured.median()),
            interval.map_or_else(Cell::none, |(low, high)| {
                format!("{} – {}", duration(low), duration(high)).into()
            }),
            span(measured.p90()),
            before,
            measured.p_holm.map_or_else(Cell::none, |p| Cell::number(p, p_value(p))),
            measured.verdict.words().into(),
        ];
        if scope.question.show_mean {
            cells.insert(6, span(mean(&measured.seconds)));
        }
        table.rows.push(Row::new(cells, ids(measured.known.iter().copied())));
        let censored =
            kaplan_meier_median(&measured.seconds, &measured.ages).filter(|_| !measured.open.is_empty());
        if let Some(median) = censored {
            let words = format!(
                "Counting the {} as censored at {}, the Kaplan–Meier median of time to {} is {}. ",
                plural(measured.open.len(), "open incident"),
                scope.as_of(),
                measured.span.name(),
                duration(median)
            );
            table.note.push_str(&words);
        }
    }
    table
}
