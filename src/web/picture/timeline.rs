//! The timeline: a lane for each source, phases as bands, silences hatched, disagreements ringed.
//!
//! Times stand in `data-t` attributes (seconds since the picture's left edge), so that the page can zoom by moving
//! marks instead of stretching letters.

use std::fmt::Write as _;

use jiff::Timestamp;

use crate::app::review::Chart;
use crate::web::markup::escaped;

/// Width in units of the picture, lane names included.
const WIDTH: i64 = 920;
const NAMES: i64 = 118;
const LANE: i64 = 26;
const TOP: i64 = 40;
/// Longest text of a mark's title.
const TITLE: usize = 160;

/// The picture, or nothing when no event has a time.
#[must_use]
pub fn timeline(chart: &Chart) -> Option<String> {
    let lanes = lanes(chart);
    let (from, to) = window(chart)?;
    let scale = Scale { from, seconds: (to - from).max(60) };
    let height = TOP + LANE * i64::try_from(lanes.len()).ok()? + 28;
    let bottom = height - 24;
    let mut svg = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        svg,
        "<svg class=\"timeline\" viewBox=\"0 0 {WIDTH} {height}\" data-from=\"{from}\" data-seconds=\"{}\" data-left=\"{NAMES}\" data-width=\"{}\" role=\"group\" aria-label=\"Timeline of {} events in {} sources\">",
        scale.seconds,
        WIDTH - NAMES,
        chart.marks.len(),
        lanes.len()
    );
    let _ = write!(
        svg,
        "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" class=\"hatch\"/></pattern><clipPath id=\"plot\"><rect x=\"{NAMES}\" y=\"0\" width=\"{}\" height=\"{height}\"/></clipPath></defs>",
        WIDTH - NAMES
    );
    for (at, lane) in lanes.iter().enumerate() {
        let y = TOP + LANE * at as i64 + LANE / 2;
        let _ = write!(
            svg,
            "<text class=\"lane-name\" x=\"{}\" y=\"{}\">{}</text><line class=\"lane\" x1=\"{NAMES}\" x2=\"{WIDTH}\" y1=\"{y}\" y2=\"{y}\"/>",
            NAMES - 12,
            y + 4,
            escaped(lane)
        );
    }
    svg.push_str("<g clip-path=\"url(#plot)\">");
    svg.push_str(&silences(chart, scale, bottom));
    svg.push_str(&phases(chart, scale, bottom));
    svg.push_str(&marks(chart, scale, &lanes));
    let _ = write!(svg, "<g class=\"ticks\" data-y=\"{}\">{}</g>", bottom + 16, ticks(scale, bottom));
    svg.push_str("</g></svg>");
    Some(svg)
}

#[derive(Clone, Copy)]
struct Scale {
    from: i64,
    seconds: i64,
}

impl Scale {
    /// Seconds since the left edge.
    fn t(self, at: Timestamp) -> i64 {
        at.as_second() - self.from
    }

    /// Horizontal place with one decimal.
    fn x(self, t: i64) -> f64 {
        let share = t as f64 / self.seconds as f64;
        ((NAMES as f64 + share * (WIDTH - NAMES) as f64) * 10.0).round() / 10.0
    }
}

/// Sources, the one that speaks first on top.
fn lanes(chart: &Chart) -> Vec<String> {
    let mut lanes: Vec<String> = Vec::new();
    for mark in &chart.marks {
        if !lanes.contains(&mark.source) {
            lanes.push(mark.source.clone());
        }
    }
    lanes
}

/// What the picture shows at first: the incident with a tenth of its length on either side, else all events.
fn window(chart: &Chart) -> Option<(i64, i64)> {
    let times = || chart.marks.iter().map(|mark| mark.at.as_second());
    let (first, last) = (times().min()?, times().max()?);
    let phases = || chart.phases.iter().map(|(_, at)| at.as_second());
    let (from, to) = match (phases().min(), phases().max()) {
        (Some(from), Some(to)) if to > from => (from, to),
        _ => (first, last),
    };
    let margin = ((to - from) / 10).max(60);
    Some((from - margin, to + margin))
}

fn silences(chart: &Chart, scale: Scale, bottom: i64) -> String {
    let mut out = String::new();
    for silence in &chart.silences {
        let (from, to) = (scale.t(silence.from), scale.t(silence.to));
        let (x, end) = (scale.x(from), scale.x(to));
        let minutes = (to - from) / 60;
        let _ = write!(
            out,
            "<rect class=\"silence\" data-t=\"{from}\" data-u=\"{to}\" x=\"{x}\" y=\"{TOP}\" width=\"{:.1}\" height=\"{}\" fill=\"url(#hatch)\"><title>No recorded activity for {minutes} minutes</title></rect>",
            end - x,
            bottom - TOP
        );
    }
    out
}

fn phases(chart: &Chart, scale: Scale, bottom: i64) -> String {
    let mut out = String::new();
    for (at, (phase, time)) in chart.phases.iter().enumerate() {
        let t = scale.t(*time);
        let x = scale.x(t);
        // Neighbouring names take turns in two rows, so that close phases stay readable.
        let y = if at % 2 == 0 { 14 } else { 29 };
        // Near the right edge the name stands on the other side of its line.
        let (side, dx) = if x > (WIDTH - 120) as f64 { ("left", -4) } else { ("right", 4) };
        let _ = write!(
            out,
            "<g class=\"phase {name}\" data-t=\"{t}\" transform=\"translate({x} 0)\"><line y1=\"{}\" y2=\"{bottom}\"/><text class=\"{side}\" x=\"{dx}\" y=\"{y}\">{name} {}</text></g>",
            y - 9,
            time.strftime("%H:%M"),
            name = phase.name()
        );
    }
    out
}

fn marks(chart: &Chart, scale: Scale, lanes: &[String]) -> String {
    let mut out = String::new();
    let first = chart.marks.iter().position(|mark| mark.cited || mark.key).unwrap_or(0);
    for (number, mark) in chart.marks.iter().enumerate() {
        let lane = lanes.iter().position(|lane| *lane == mark.source).unwrap_or_default();
        let (t, y) = (scale.t(mark.at), TOP + LANE * lane as i64 + LANE / 2);
        let mut class = "event".to_owned();
        for (set, name) in [(mark.cited, " cited"), (mark.key, " key"), (mark.disputed, " disputed")] {
            class.push_str(if set { name } else { "" });
        }
        let radius = if mark.cited { 5.5 } else { 3.5 };
        let text: String = mark.text.chars().take(TITLE).collect();
        let label = format!("{} {} {}: {text}", mark.label, mark.at.strftime("%H:%M:%S"), mark.source);
        let reach = if number == first { "0" } else { "-1" };
        let _ = write!(
            out,
            "<circle class=\"{class}\" data-t=\"{t}\" data-cite=\"{cite}\" cx=\"{}\" cy=\"{y}\" r=\"{radius}\" tabindex=\"{reach}\" role=\"button\" aria-label=\"{label}\"><title>{label}</title></circle>",
            scale.x(t),
            cite = escaped(&mark.label),
            label = escaped(&label)
        );
    }
    out
}

/// Clock times along the bottom; the page draws them anew when it zooms.
fn ticks(scale: Scale, bottom: i64) -> String {
    const STEPS: [i64; 12] = [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400];
    let step = STEPS.into_iter().find(|step| scale.seconds / step <= 9).unwrap_or(7 * 86_400);
    let mut out = String::new();
    let first = scale.from.div_euclid(step) * step + step;
    let mut at = first;
    while at < scale.from + scale.seconds {
        let x = scale.x(at - scale.from);
        let clock = Timestamp::from_second(at).map(|at| at.strftime("%H:%M").to_string());
        let _ = write!(out, "<text x=\"{x}\" y=\"{}\">{}</text>", bottom + 16, clock.unwrap_or_default());
        at += step;
    }
    out
}
