//! Excerpts in the manner of rustc.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::domain::{Finding, Severity};
use crate::text::plural;

/// A document with its findings.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    pub path: &'a str,
    pub text: &'a str,
    pub findings: &'a [Finding],
}

/// Excerpts with the finding under the line and the question below, then one line of counts.
#[must_use]
pub fn text(sources: &[Source<'_>], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for source in sources {
        for finding in source.findings {
            out.push_str(&renderer.render(&[group(source, finding)]));
            out.push_str("\n\n");
        }
    }
    out.push_str(&summary(sources));
    out
}

fn group<'a>(source: &Source<'a>, finding: &'a Finding) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let (start, end) = finding.span;
    let end = end.min(source.text.len()).max(start.min(source.text.len()));
    let snippet = Snippet::source(source.text)
        .path(source.path)
        .annotation(AnnotationKind::Primary.span(start.min(end)..end));
    let group = level.primary_title(finding.message.as_str()).id(finding.rule.as_str()).element(snippet);
    if finding.help.is_empty() { group } else { group.element(Level::HELP.message(finding.help.as_str())) }
}

fn summary(sources: &[Source<'_>]) -> String {
    let count = |severity| {
        sources
            .iter()
            .flat_map(|source| source.findings)
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    if errors + warnings + infos == 0 {
        return format!("{}: nothing to report\n", plural(sources.len(), "file"));
    }
    format!(
        "{}, {}, {} in {}\n",
        plural(errors, "error"),
        plural(warnings, "warning"),
        plural(infos, "note"),
        plural(sources.len(), "file")
    )
}
