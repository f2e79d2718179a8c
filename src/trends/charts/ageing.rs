//! How old the open actions are, as horizontal bars.

use jiff::civil::Date;

use super::svg::{Anchor, Drawing, WIDTH};
use crate::trends::Chart;

const LEFT: f64 = 104.0;
const ROW: f64 = 26.0;

/// Bars in the order given; `None` without an open action.
pub(crate) fn ageing_bars(bands: &[(&str, usize)], day: Date) -> Option<Chart> {
    let most = bands.iter().map(|(_, count)| *count).max().filter(|&most| most > 0)?;
    let mut drawing = Drawing::default();
    for (at, (name, count)) in bands.iter().enumerate() {
        let top = 6.0 + ROW * at as f64;
        let length = *count as f64 / most as f64 * (WIDTH - LEFT - 40.0);
        drawing.text("label", (LEFT - 8.0, top + 14.0), Anchor::End, name);
        let class = if at >= 3 { "bar late" } else { "bar" };
        drawing.rect(class, (LEFT, top), (length, ROW - 8.0), &format!("{name}: {count} open"));
        drawing.text("value", (LEFT + length + 5.0, top + 14.0), Anchor::Start, &count.to_string());
    }
    let height = 10.0 + ROW * bands.len() as f64;
    drawing.line("axis", (LEFT, 2.0), (LEFT, height - 4.0));
    let parts: Vec<String> = bands.iter().map(|(name, count)| format!("{name}: {count}")).collect();
    let title = format!("Age of the open actions on {day}, since the incident");
    Some(drawing.finish("ageing", height, title, format!("{}.", parts.join("; "))))
}
