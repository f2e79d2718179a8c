//! A drawing under construction: coordinates in units of a 420-wide canvas, colours by class.

use std::fmt::Write;

use crate::trends::Chart;

/// Width of every drawing; text of 11 units stays readable on a phone and in print.
pub(super) const WIDTH: f64 = 420.0;

/// Where a text is anchored.
#[derive(Clone, Copy, Debug)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Elements drawn so far.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    body: String,
}

impl Drawing {
    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let _ = write!(
            self.body,
            r#"<line class="{class}" x1="{}" y1="{}" x2="{}" y2="{}"/>"#,
            n(from.0),
            n(from.1),
            n(to.0),
            n(to.1)
        );
    }

    /// A rectangle with an optional hover text.
    pub(super) fn rect(&mut self, class: &str, at: (f64, f64), size: (f64, f64), title: &str) {
        let _ = write!(
            self.body,
            r#"<rect class="{class}" x="{}" y="{}" width="{}" height="{}">{}</rect>"#,
            n(at.0),
            n(at.1),
            n(size.0),
            n(size.1),
            hover(title)
        );
    }

    pub(super) fn circle(&mut self, class: &str, at: (f64, f64), radius: f64, title: &str) {
        let _ = write!(
            self.body,
            r#"<circle class="{class}" cx="{}" cy="{}" r="{}">{}</circle>"#,
            n(at.0),
            n(at.1),
            n(radius),
            hover(title)
        );
    }

    pub(super) fn text(&mut self, class: &str, at: (f64, f64), anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = write!(
            self.body,
            r#"<text class="{class}" x="{}" y="{}" text-anchor="{anchor}">{}</text>"#,
            n(at.0),
            n(at.1),
            escape(text)
        );
    }

    /// Closes the drawing; `name` makes its ids unique in the page.
    pub(super) fn finish(self, name: &str, height: f64, title: String, description: String) -> Chart {
        let svg = format!(
            r#"<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{name}-title {name}-desc" xmlns="http://www.w3.org/2000/svg"><title id="{name}-title">{}</title><desc id="{name}-desc">{}</desc>{}</svg>"#,
            n(WIDTH),
            n(height),
            escape(&title),
            escape(&description),
            self.body
        );
        Chart { title, description, svg }
    }
}

fn hover(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!("<title>{}</title>", escape(title)) }
}

/// One decimal is finer than a pixel and keeps files small.
fn n(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// About as many characters of the page's type as fit into `width` units at 11 units.
pub(super) fn fitting(text: &str, width: f64) -> String {
    crate::trends::wording::shortened(text, (width / 6.3).max(4.0) as usize)
}
