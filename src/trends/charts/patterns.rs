//! Patterns by quarter: one row each, circles whose area is the number of incidents.

use super::counts::split;
use super::svg::{Anchor, Drawing, WIDTH, fitting};
use crate::domain::Period;
use crate::trends::Chart;
use crate::trends::wording::shortened;

const ROW: f64 = 40.0;
const LEFT: f64 = 8.0;
/// Patterns drawn.
const SHOWN: usize = 12;
const LARGEST: f64 = 9.0;

/// Rows of label and counts for each of `quarters`; `None` when empty.
pub(crate) fn pattern_rows(quarters: &[Period], rows: &[(String, Vec<usize>)]) -> Option<Chart> {
    let mut rows: Vec<&(String, Vec<usize>)> = rows.iter().collect();
    rows.sort_by(|a, b| b.1.iter().sum::<usize>().cmp(&a.1.iter().sum()).then_with(|| a.0.cmp(&b.0)));
    rows.truncate(SHOWN);
    let most = rows.iter().flat_map(|row| &row.1).copied().max().filter(|&most| most > 0)?;
    let mut drawing = Drawing::default();
    let width = (WIDTH - LEFT - 8.0) / quarters.len() as f64;
    let x = |at: usize| LEFT + width * (at as f64 + 0.5);
    for (at, quarter) in quarters.iter().enumerate() {
        let (year, name) = split(*quarter);
        let class = if at + 1 == quarters.len() { "label strong" } else { "label" };
        drawing.text(class, (x(at), 24.0), Anchor::Middle, &name);
        if at == 0 || name == "Q1" {
            drawing.text("label", (x(at), 11.0), Anchor::Middle, &year);
        }
    }
    for (row, (label, counts)) in rows.iter().enumerate() {
        let top = 30.0 + ROW * row as f64;
        drawing.line("grid", (LEFT, top), (WIDTH - 8.0, top));
        drawing.text("label", (LEFT, top + 13.0), Anchor::Start, &fitting(label, WIDTH - LEFT - 8.0));
        for (at, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let radius = LARGEST * (count as f64 / most as f64).sqrt();
            let class = if at + 1 == counts.len() { "dot now solid" } else { "dot solid" };
            let hover = format!("{}: {count} in {}", shortened(label, 60), quarters[at]);
            drawing.circle(class, (x(at), top + 27.0), radius.max(3.0), &hover);
            drawing.text(
                "value",
                (x(at) + radius.max(3.0) + 3.0, top + 31.0),
                Anchor::Start,
                &count.to_string(),
            );
        }
    }
    let parts: Vec<String> = rows
        .iter()
        .map(|(label, counts)| {
            let numbers: Vec<String> = quarters
                .iter()
                .zip(counts)
                .filter(|(_, count)| **count > 0)
                .map(|(quarter, count)| format!("{count} in {quarter}"))
                .collect();
            format!("{label}: {}", numbers.join(", "))
        })
        .collect();
    let height = 34.0 + ROW * rows.len() as f64;
    let title = "Incidents of each pattern by quarter".to_owned();
    Some(drawing.finish("patterns", height, title, format!("{}.", parts.join("; "))))
}
