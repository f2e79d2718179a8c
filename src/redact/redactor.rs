//! Replaces what must not leave and remembers the pseudonyms of one run.

use std::collections::BTreeMap;
use std::fmt;

use super::detect::{detect_with, overlaps};
use super::people::People;
use super::{Detection, Options};
use crate::text::Span;

/// Rounds after which text that still changes is taken as it is; two are the rule.
const MOST_ROUNDS: usize = 6;

/// Text without secrets and personal data; the only text a model ever sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted(String);

impl Redacted {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Replaces secrets and personal data.
///
/// By default the text is meant for a document: people keep their names. [`Redactor::with_people`] makes it fit for a
/// model: people and addresses become `responder-1`, `contact-1`, and [`Redactor::restore`] turns them back.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    options: Options,
    people: Option<People>,
    counts: BTreeMap<&'static str, usize>,
}

impl Redactor {
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// Text for a model: these people, numbered in this order, and every e-mail address get pseudonyms.
    #[must_use]
    pub fn with_people<I>(mut self, names: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let people = self.people.get_or_insert_default();
        for name in names {
            people.add(name.as_ref());
        }
        self
    }

    /// A further way of writing one of the people: a login, a handle, a short form.
    #[must_use]
    pub fn with_alias(mut self, name: &str, alias: &str) -> Self {
        self.people.get_or_insert_default().add_alias(name, alias);
        self
    }

    /// Replaces secrets and personal data; redacting redacted text changes nothing.
    pub fn redact(&mut self, text: &str) -> Redacted {
        let mut text = text.to_owned();
        for _ in 0..MOST_ROUNDS {
            let replacements = self.replacements(&text);
            if replacements.is_empty() {
                break;
            }
            text = replace(&text, &replacements);
        }
        Redacted(text)
    }

    /// Names in place of the pseudonyms of this run; what was secret stays a mark.
    #[must_use]
    pub fn restore(&self, text: &str) -> String {
        self.people.as_ref().map_or_else(|| text.to_owned(), |people| people.restore(text))
    }

    /// Detector id to the number of places replaced so far; `person` counts names.
    #[must_use]
    pub fn counts(&self) -> &BTreeMap<&'static str, usize> {
        &self.counts
    }

    fn replacements(&mut self, text: &str) -> Vec<(Span, String)> {
        let detections = detect_with(text, &self.options);
        let mut replacements = Vec::new();
        for Detection { span, id, .. } in detections {
            *self.counts.entry(id).or_default() += 1;
            let stand_in = match &mut self.people {
                Some(people) if id == "email" => people.contact(span.of(text)),
                _ => format!("[redacted:{id}]"),
            };
            replacements.push((span, stand_in));
        }
        let named = self.people.as_ref().map(|people| people.find(text)).unwrap_or_default();
        let taken: Vec<Span> = replacements.iter().map(|(span, _)| *span).collect();
        for (span, stand_in) in named {
            if !overlaps(&taken, span) {
                *self.counts.entry("person").or_default() += 1;
                replacements.push((span, stand_in));
            }
        }
        replacements.sort_by_key(|(span, _)| span.start);
        replacements
    }
}

fn replace(text: &str, replacements: &[(Span, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (span, stand_in) in replacements {
        out.push_str(text.get(from..span.start).unwrap_or_default());
        out.push_str(stand_in);
        from = span.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}
