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
/// Height of a row of phase names above the lanes.
const NAME_ROW: i64 = 15;
/// Room that a letter of a phase name takes; an upper bound for the fonts of the page.
const LETTER: f64 = 6.6;
/// Longest text of a mark's title.
const TITLE: usize = 160;

/// The picture, or nothing when no event has a time.
#[must_use]
pub fn timeline(chart: &Chart) -> Option<String> {
    let lanes = lanes(chart);
    let (from, to) = window(chart)?;
    let scale = Scale { from, seconds: (to - from).max(60) };
    let names = names(chart, scale);
    let rows = names.iter().map(|name| name.row + 1).max().unwrap_or(1);
    let top = 10 + NAME_ROW * rows;
    let height = top + LANE * i64::try_from(lanes.len()).ok()? + 28;
    let bottom = height - 24;
    let mut svg = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        svg,
        "<svg class=\"timeline\" viewBox=\"0 0 {WIDTH} {height}\" data-from=\"{from}\" data-seconds=\"{}\" data-left=\"{NAMES}\" data-width=\"{}\" data-letter=\"{LETTER}\" data-rows=\"{rows}\" data-row=\"{NAME_ROW}\" role=\"group\" aria-label=\"Timeline of {} events in {} sources\">",
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
        let y = top + LANE * at as i64 + LANE / 2;
        let _ = write!(
            svg,
            "<text class=\"lane-name\" x=\"{}\" y=\"{}\">{}</text><line class=\"lane\" x1=\"{NAMES}\" x2=\"{WIDTH}\" y1=\"{y}\" y2=\"{y}\"/>",
            NAMES - 12,
            y + 4,
            escaped(lane)
        );
    }
    svg.push_str("<g clip-path=\"url(#plot)\">");
    svg.push_str(&silences(chart, scale, top, bottom));
    svg.push_str(&phases(&names, bottom));
    svg.push_str(&marks(chart, scale, &lanes, top));
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

fn silences(chart: &Chart, scale: Scale, top: i64, bottom: i64) -> String {
    let mut out = String::new();
    for silence in &chart.silences {
        let (from, to) = (scale.t(silence.from), scale.t(silence.to));
        let (x, end) = (scale.x(from), scale.x(to));
        let minutes = (to - from) / 60;
        let _ = write!(
            out,
            "<rect class=\"silence\" data-t=\"{from}\" data-u=\"{to}\" x=\"{x}\" y=\"{top}\" width=\"{:.1}\" height=\"{}\" fill=\"url(#hatch)\"><title>No recorded activity for {minutes} minutes</title></rect>",
            end - x,
            bottom - top
        );
    }
    out
}

/// The name of a phase beside its line.
struct Name {
    phase: &'static str,
    label: String,
    t: i64,
    x: f64,
    /// Near the right edge the name stands on the other side of its line.
    left: bool,
    /// From the top; no line runs through the name of another phase.
    row: i64,
}

impl Name {
    fn room(&self) -> (f64, f64) {
        let length = LETTER * self.label.chars().count() as f64 + 8.0;
        if self.left { (self.x - length, self.x) } else { (self.x, self.x + length) }
    }

    fn meets(&self, other: &Self) -> bool {
        let ((from, to), (start, end)) = (self.room(), other.room());
        from <= end && start <= to
    }
}

/// Names in rows: one that meets another stands below it, and so its line begins below it too.
fn names(chart: &Chart, scale: Scale) -> Vec<Name> {
    let mut names: Vec<Name> = chart
        .phases
        .iter()
        .map(|(phase, time)| {
            let (t, x) = (scale.t(*time), scale.x(scale.t(*time)));
            let label = format!("{} {}", phase.name(), time.strftime("%H:%M"));
            Name { phase: phase.name(), label, t, x, left: x > (WIDTH - 120) as f64, row: 0 }
        })
        .collect();
    let (left, right): (Vec<usize>, Vec<usize>) = (0..names.len()).partition(|&at| names[at].left);
    let order: Vec<usize> = right.into_iter().chain(left.into_iter().rev()).collect();
    for (place, &at) in order.iter().enumerate() {
        let above = order[..place].iter().filter(|&&other| names[other].meets(&names[at]));
        names[at].row = above.map(|&other| names[other].row + 1).max().unwrap_or(0);
    }
    names
}

fn phases(names: &[Name], bottom: i64) -> String {
    let mut out = String::new();
    for Name { phase, label, t, x, left, row } in names {
        let y = NAME_ROW * row + 14;
        let (side, dx) = if *left { ("left", -4) } else { ("right", 4) };
        let _ = write!(
            out,
            "<g class=\"phase {phase}\" data-t=\"{t}\" transform=\"translate({x} 0)\"><line y1=\"{}\" y2=\"{bottom}\"/><text class=\"{side}\" x=\"{dx}\" y=\"{y}\">{label}</text></g>",
            y - 9,
        );
    }
    out
}

fn marks(chart: &Chart, scale: Scale, lanes: &[String], top: i64) -> String {
    let mut out = String::new();
    let first = chart.marks.iter().position(|mark| mark.cited || mark.key).unwrap_or(0);
    // What the document cites is drawn last, so that nothing hides it; the page walks in the order of time.
    let (cited, other): (Vec<_>, Vec<_>) = chart.marks.iter().enumerate().partition(|(_, mark)| mark.cited);
    for (number, mark) in other.into_iter().chain(cited) {
        let lane = lanes.iter().position(|lane| *lane == mark.source).unwrap_or_default();
        let (t, y) = (scale.t(mark.at), top + LANE * lane as i64 + LANE / 2);
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
            "<circle class=\"{class}\" data-t=\"{t}\" data-cite=\"{cite}\" cx=\"{}\" cy=\"{y}\" r=\"{radius}\" tabindex=\"{reach}\" role=\"button\" aria-label=\"{label}\"/>",
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
