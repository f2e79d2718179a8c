//! What a rule is: its name, its reasons, its examples and its checks.

use crate::domain::{Fix, Severity};
use crate::text::Span;

use super::language::Sentence;
use super::page::Page;
use super::section::{SectionKind, Sections};

/// One rule of the register.
pub struct Rule {
    /// Such as `BLM001`; never reused.
    pub id: &'static str,
    pub name: &'static str,
    /// What findings carry as category.
    pub family: &'static str,
    pub level: Severity,
    /// Off until a configuration names a level for it.
    pub on: bool,
    pub rationale: &'static str,
    /// What to ask or write instead.
    pub question: &'static str,
    pub bad: &'static [Example],
    pub good: &'static [Example],
    pub(crate) phrases: &'static [Phrases],
    pub(crate) sentence: Option<fn(&Sentence) -> Option<Hit>>,
    pub(crate) page: Option<fn(&Page<'_>, &mut Vec<Placed>)>,
}

impl Rule {
    /// Everything that most rules leave as it is.
    pub(crate) const BLANK: Self = Self {
        id: "",
        name: "",
        family: "",
        level: Severity::Warning,
        on: true,
        rationale: "",
        question: "",
        bad: &[],
        good: &[],
        phrases: &[],
        sentence: None,
        page: None,
    };
}

/// Phrases that break a rule in some sections.
pub(crate) struct Phrases {
    pub(crate) sections: Sections,
    /// See [`super::language::Pattern`].
    pub(crate) patterns: &'static [&'static str],
    /// Patterns that excuse the sentence.
    pub(crate) unless: &'static [&'static str],
    /// A negation or rejection before the phrase excuses it.
    pub(crate) negatable: bool,
    /// Looked at last: `false` drops the match, tokens `.1...2`.
    pub(crate) guard: Option<fn(&Sentence, usize, usize) -> bool>,
    /// Instead of the rule's own level.
    pub(crate) level: Option<Severity>,
}

impl Phrases {
    pub(crate) const BLANK: Self = Self {
        sections: Sections::ALL,
        patterns: &[],
        unless: &[],
        negatable: true,
        guard: None,
        level: None,
    };
}

/// A finding inside a sentence, tokens `start..end`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Instead of the rule's own level.
    pub(crate) level: Option<Severity>,
    pub(crate) message: String,
}

impl Hit {
    pub(crate) fn new(start: usize, end: usize, message: impl Into<String>) -> Self {
        Self { start, end, level: None, message: message.into() }
    }

    pub(crate) fn at_level(self, level: Severity) -> Self {
        Self { level: Some(level), ..self }
    }
}

/// A finding anywhere in the source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) fix: Option<Fix>,
    pub(crate) level: Option<Severity>,
}

impl Placed {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), fix: None, level: None }
    }

    pub(crate) fn with_fix(self, replacement: impl Into<String>) -> Self {
        Self { fix: Some(Fix { replacement: replacement.into() }), ..self }
    }
}

/// An example that the manual shows and the tests run.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// `None`: a whole document.
    pub section: Option<SectionKind>,
    pub text: &'static str,
    /// People known from the rest of the document.
    pub names: &'static [&'static str],
}

impl Example {
    const fn of(section: SectionKind, text: &'static str) -> Self {
        Self { section: Some(section), text, names: &[] }
    }

    pub(crate) const fn naming(self, names: &'static [&'static str]) -> Self {
        Self { section: self.section, text: self.text, names }
    }

    /// The example as a document of one sentence.
    #[must_use]
    pub fn document(&self) -> String {
        match self.section {
            Some(section) => document_of(Some(section), self.text),
            None => self.text.to_owned(),
        }
    }
}

/// A document that holds one sentence in a section.
#[must_use]
pub fn document_of(section: Option<SectionKind>, sentence: &str) -> String {
    let (heading, item) = match section {
        Some(SectionKind::ExecutiveSummary) => ("Summary", false),
        Some(SectionKind::Impact) => ("Impact", false),
        Some(SectionKind::Timeline) => ("Timeline", true),
        Some(SectionKind::RootCause) => ("Root cause", false),
        Some(SectionKind::ContributingFactors) => ("Contributing factors", true),
        Some(SectionKind::Actions) => ("Action items", true),
        Some(SectionKind::Lessons) => ("Lessons learned", true),
        Some(SectionKind::Improve) => ("What could be improved", true),
        Some(SectionKind::WentWell) => ("What went well", true),
        _ => ("Notes", false),
    };
    let marker = if item { "- " } else { "" };
    format!("## {heading}\n\n{marker}{sentence}\n")
}

pub(crate) const fn cause(text: &'static str) -> Example {
    Example::of(SectionKind::RootCause, text)
}
pub(crate) const fn factor(text: &'static str) -> Example {
    Example::of(SectionKind::ContributingFactors, text)
}
pub(crate) const fn timeline(text: &'static str) -> Example {
    Example::of(SectionKind::Timeline, text)
}
pub(crate) const fn action(text: &'static str) -> Example {
    Example::of(SectionKind::Actions, text)
}
pub(crate) const fn lesson(text: &'static str) -> Example {
    Example::of(SectionKind::Lessons, text)
}
pub(crate) const fn summary(text: &'static str) -> Example {
    Example::of(SectionKind::ExecutiveSummary, text)
}
pub(crate) const fn document(text: &'static str) -> Example {
    Example { section: None, text, names: &[] }
}
