//! Incidents a quarter as bars from zero, with the Poisson interval of each.

use super::svg::{Anchor, Drawing, WIDTH};
use crate::domain::Period;
use crate::trends::statistics::garwood;
use crate::trends::wording::decimals;
use crate::trends::{Chart, Scope};

const HEIGHT: f64 = 200.0;
const LEFT: f64 = 30.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 160.0;
/// Quarters shown.
const SHOWN: usize = 9;

/// `None` when the quarters shown are empty.
pub(crate) fn count_bars(scope: &Scope<'_>) -> Option<Chart> {
    let quarters = scope.quarters(SHOWN);
    let counts: Vec<(Period, usize, usize)> = quarters
        .iter()
        .map(|&quarter| {
            let inside =
                || scope.past.iter().filter(|record| record.started.is_some_and(|at| quarter.contains(at)));
            let severe = inside().filter(|record| record.severity.as_deref() == Some("SEV-1")).count();
            (quarter, inside().count(), severe)
        })
        .collect();
    let top = counts.iter().map(|(_, count, _)| garwood(*count as u64).1).fold(0.0, f64::max);
    if counts.iter().all(|(_, count, _)| *count == 0) {
        return None;
    }
    let step = nice_step(top);
    let highest = (top / step).ceil() * step;
    let y = |value: f64| BOTTOM - value / highest * (BOTTOM - TOP);
    let mut drawing = Drawing::default();
    let mut tick = 0.0;
    while tick <= highest {
        drawing.line(if tick == 0.0 { "axis" } else { "grid" }, (LEFT, y(tick)), (WIDTH - 4.0, y(tick)));
        drawing.text("label", (LEFT - 6.0, y(tick) + 4.0), Anchor::End, &decimals(tick, 0));
        tick += step;
    }
    let width = (WIDTH - LEFT - 4.0) / counts.len() as f64;
    for (at, (quarter, count, severe)) in counts.iter().enumerate() {
        let centre = LEFT + width * (at as f64 + 0.5);
        let half = (width * 0.3).min(16.0);
        let now = at + 1 == counts.len();
        let (low, high) = garwood(*count as u64);
        let value = *count as f64;
        let hover = format!(
            "{quarter}: {count} incidents, {severe} of them SEV-1; interval {} to {}",
            decimals(low, 1),
            decimals(high, 1)
        );
        drawing.rect(
            if now { "bar now" } else { "bar" },
            (centre - half, y(value)),
            (half * 2.0, BOTTOM - y(value)),
            &hover,
        );
        drawing.line("interval", (centre, y(low)), (centre, y(high)));
        for end in [low, high] {
            drawing.line("interval", (centre - 4.0, y(end)), (centre + 4.0, y(end)));
        }
        drawing.text("value halo", (centre + 5.0, y(value) - 4.0), Anchor::Start, &count.to_string());
        let (year, name) = split(*quarter);
        drawing.text(
            if now { "label strong" } else { "label" },
            (centre, BOTTOM + 16.0),
            Anchor::Middle,
            &name,
        );
        if at == 0 || name == "Q1" {
            drawing.text("label", (centre, BOTTOM + 30.0), Anchor::Middle, &year);
        }
    }
    let parts: Vec<String> = counts.iter().map(|(quarter, count, _)| format!("{quarter}: {count}")).collect();
    let description =
        format!("Bars from zero with the 95 % Poisson interval of each count. {}.", parts.join("; "));
    Some(drawing.finish("counts", HEIGHT, "Incidents a quarter".to_owned(), description))
}

/// `2026-Q3` as year and quarter.
pub(super) fn split(quarter: Period) -> (String, String) {
    let text = quarter.to_string();
    text.split_once('-')
        .map_or((text.clone(), text.clone()), |(year, name)| (year.to_owned(), name.to_owned()))
}

/// 1, 2 or 5 times a power of ten, for at most five ticks.
fn nice_step(top: f64) -> f64 {
    let mut step = 1.0;
    for factor in [2.0, 2.5, 2.0].iter().cycle() {
        if top / step <= 5.0 {
            break;
        }
        step *= factor;
    }
    step
}
