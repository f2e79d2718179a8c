//! Every incident as a dot on log time, quarter by quarter, with the median and its interval.

use super::svg::{Anchor, Drawing, WIDTH};
use crate::domain::Period;
use crate::trends::record::{Duration, Record, Span};
use crate::trends::scope::POOLED;
use crate::trends::statistics::{median, median_interval};
use crate::trends::wording::{duration, plural};
use crate::trends::{Chart, Scope};

const HEIGHT: f64 = 250.0;
const LEFT: f64 = 52.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 206.0;
/// Dots drawn in one quarter; of more, evenly chosen ones.
const MOST: usize = 400;

/// Labels of the axis in seconds.
const TICKS: [(f64, &str); 12] = [
    (1.0, "1 s"),
    (10.0, "10 s"),
    (60.0, "1 min"),
    (300.0, "5 min"),
    (900.0, "15 min"),
    (3600.0, "1 h"),
    (14_400.0, "4 h"),
    (86_400.0, "1 day"),
    (604_800.0, "1 week"),
    (2_592_000.0, "30 days"),
    (31_536_000.0, "1 year"),
    (315_360_000.0, "10 years"),
];

/// `None` when no quarter shown has a known time.
pub(crate) fn dot_plot(span: Span, scope: &Scope<'_>) -> Option<Chart> {
    let quarters = scope.quarters(POOLED + 1);
    let columns: Vec<Column<'_>> = quarters.iter().map(|&quarter| Column::of(quarter, span, scope)).collect();
    let values = || {
        columns.iter().flat_map(|column| column.known.iter().chain(&column.open).map(|(_, seconds)| *seconds))
    };
    let axis = Axis::around(values())?;
    if columns.iter().all(|column| column.known.is_empty()) {
        return None;
    }
    let mut drawing = Drawing::default();
    for (seconds, label) in axis.ticks() {
        let y = axis.y(seconds);
        drawing.line("grid", (LEFT, y), (WIDTH - 4.0, y));
        drawing.text("label", (LEFT - 6.0, y + 4.0), Anchor::End, label);
    }
    let width = (WIDTH - LEFT - 4.0) / columns.len() as f64;
    for (at, column) in columns.iter().enumerate() {
        let centre = LEFT + width * (at as f64 + 0.5);
        column.draw(&mut drawing, &axis, centre, width, at + 1 == columns.len());
    }
    let title = format!("Time to {} of every incident, log scale", span.name());
    Some(drawing.finish(&format!("dots-{}", span.name()), HEIGHT, title, describe(span, &columns)))
}

struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    /// From the tick at or below the least value to the tick at or above the greatest.
    fn around(values: impl Iterator<Item = f64>) -> Option<Self> {
        let (mut least, mut greatest) = (f64::MAX, 0.0_f64);
        for value in values {
            least = least.min(value.max(1.0));
            greatest = greatest.max(value.max(1.0));
        }
        if least > greatest {
            return None;
        }
        let below = TICKS.iter().rev().map(|tick| tick.0).find(|&tick| tick <= least).unwrap_or(1.0);
        let above = TICKS.iter().map(|tick| tick.0).find(|&tick| tick > greatest).unwrap_or(greatest * 1.1);
        Some(Self { low: below, high: above })
    }

    fn y(&self, seconds: f64) -> f64 {
        let share = (seconds.max(1.0) / self.low).ln() / (self.high / self.low).ln();
        BOTTOM - share * (BOTTOM - TOP)
    }

    fn ticks(&self) -> impl Iterator<Item = (f64, &'static str)> + '_ {
        TICKS.into_iter().filter(|(seconds, _)| (self.low..=self.high).contains(seconds))
    }
}

struct Column<'a> {
    quarter: Period,
    known: Vec<(&'a Record, f64)>,
    /// With their ages so far.
    open: Vec<(&'a Record, f64)>,
}

impl<'a> Column<'a> {
    fn of(quarter: Period, span: Span, scope: &Scope<'a>) -> Self {
        let inside: Vec<&'a Record> = scope
            .past
            .iter()
            .copied()
            .filter(|record| record.started.is_some_and(|at| quarter.contains(at)))
            .collect();
        let end = scope.as_of_end().as_second();
        let age = |record: &Record| record.started.map(|at| (end - at.as_second()).max(0) as f64);
        Self {
            quarter,
            known: inside.iter().filter_map(|&record| Some((record, record.seconds(span)?))).collect(),
            open: inside
                .iter()
                .filter(|record| record.span(span) == Duration::Open)
                .filter_map(|&record| Some((record, age(record)?)))
                .collect(),
        }
    }

    fn seconds(&self) -> Vec<f64> {
        self.known.iter().map(|(_, seconds)| *seconds).collect()
    }

    fn draw(&self, drawing: &mut Drawing, axis: &Axis, centre: f64, width: f64, current: bool) {
        let tone = if current { "dot now" } else { "dot" };
        let step = (self.known.len() / MOST).max(1);
        for (at, (record, seconds)) in self.known.iter().step_by(step).enumerate() {
            let x = centre + spread(at) * width * 0.32;
            drawing.circle(
                tone,
                (x, axis.y(*seconds)),
                2.9,
                &format!("{}: {}", record.id, duration(*seconds)),
            );
        }
        for (at, (record, age)) in self.open.iter().enumerate() {
            let x = centre + spread(at) * width * 0.32;
            drawing.circle(
                "dot open",
                (x, axis.y(*age)),
                3.2,
                &format!("{}: open for {}", record.id, duration(*age)),
            );
        }
        let seconds = self.seconds();
        if let Some((low, high)) = median_interval(&seconds) {
            let half = 5.0;
            drawing.line("interval", (centre, axis.y(low)), (centre, axis.y(high)));
            for end in [low, high] {
                drawing.line("interval", (centre - half, axis.y(end)), (centre + half, axis.y(end)));
            }
        }
        if let Some(middle) = median(&seconds) {
            let y = axis.y(middle);
            drawing.line("median", (centre - width * 0.36, y), (centre + width * 0.36, y));
            drawing.text("value halo", (centre + width * 0.36, y - 4.0), Anchor::End, &duration(middle));
        }
        let class = if current { "label strong" } else { "label" };
        drawing.text(class, (centre, BOTTOM + 17.0), Anchor::Middle, &self.quarter.to_string());
        let mut below = format!("n = {}", self.known.len());
        if !self.open.is_empty() {
            below.push_str(&format!(", {} open", self.open.len()));
        }
        drawing.text("label", (centre, BOTTOM + 32.0), Anchor::Middle, &below);
    }
}

/// Places of dots beside each other, −1 to 1, the same on every run: the golden-ratio sequence.
fn spread(at: usize) -> f64 {
    2.0 * ((at as f64 + 0.5) * 0.618_033_988_75).fract() - 1.0
}

fn describe(span: Span, columns: &[Column<'_>]) -> String {
    let parts: Vec<String> = columns
        .iter()
        .map(|column| {
            let seconds = column.seconds();
            let middle =
                median(&seconds).map_or("no known time".to_owned(), |m| format!("median {}", duration(m)));
            let interval = median_interval(&seconds).map_or(String::new(), |(low, high)| {
                format!(" (95 % interval {} to {})", duration(low), duration(high))
            });
            format!("{}: {}, {middle}{interval}", column.quarter, plural(seconds.len(), "incident"))
        })
        .collect();
    format!("Time to {} by quarter. {}.", span.name(), parts.join("; "))
}
