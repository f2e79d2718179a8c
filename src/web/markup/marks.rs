//! Underlines findings in the rendered text.

use super::escaped;
use crate::domain::Finding;
use crate::text::Span;

/// Findings by their place in the source.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Span, number and severity, in the order of the findings.
    places: Vec<(Span, usize, &'static str)>,
    /// Findings whose mark has been written; only the first piece of one can be reached with the keyboard.
    begun: Vec<bool>,
}

impl Marks {
    pub(super) fn new(findings: &[Finding]) -> Self {
        let places = findings.iter().enumerate().filter(|(_, finding)| finding.span.0 < finding.span.1);
        Self {
            places: places
                .map(|(number, finding)| {
                    (Span::new(finding.span.0, finding.span.1), number, finding.severity.name())
                })
                .collect(),
            begun: vec![false; findings.len()],
        }
    }

    /// The text with marks, or `None` when no finding touches it.
    pub(super) fn html(&mut self, text: &str, span: Span) -> Option<String> {
        let touching: Vec<_> = self
            .places
            .iter()
            .copied()
            .filter(|(place, ..)| place.start < span.end && span.start < place.end)
            .collect();
        if touching.is_empty() {
            return None;
        }
        // Entities and escapes make text and source differ in length; then the whole piece is marked.
        let exact = span.end - span.start == text.len();
        let mut cuts = vec![0, text.len()];
        if exact {
            for (place, ..) in &touching {
                cuts.extend([place.start, place.end].map(|at| at.clamp(span.start, span.end) - span.start));
            }
        }
        cuts.retain(|&at| text.is_char_boundary(at));
        cuts.sort_unstable();
        cuts.dedup();
        let mut out = String::new();
        for piece in cuts.windows(2) {
            let place = Span::new(span.start + piece[0], span.start + piece[1]);
            let inside = touching
                .iter()
                .filter(|(mark, ..)| !exact || (mark.start < place.end && place.start < mark.end));
            let inside: Vec<_> = inside.copied().collect();
            let text = escaped(&text[piece[0]..piece[1]]);
            out.push_str(&self.piece(&text, &inside));
        }
        Some(out)
    }

    fn piece(&mut self, html: &str, inside: &[(Span, usize, &'static str)]) -> String {
        let Some(&(_, first, severity)) = inside.first() else { return html.to_owned() };
        let numbers: Vec<String> = inside.iter().map(|(_, number, _)| number.to_string()).collect();
        let again = std::mem::replace(&mut self.begun[first], true);
        let reach = if again { "" } else { " tabindex=\"0\" role=\"button\"" };
        let numbers = numbers.join(" ");
        format!("<mark class=\"finding {severity}\" data-finding=\"{numbers}\"{reach}>{html}</mark>")
    }
}
