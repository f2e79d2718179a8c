//! The common half of all JSON formats: a source says how to know one item and what it tells.

use std::io::BufRead;

use serde_json::Value;

use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source, sources};

use super::{Field, each};

/// A format whose files are made of JSON objects.
pub trait JsonSource: Sync {
    fn id(&self) -> &'static str;
    fn title(&self) -> &'static str;
    fn describe(&self) -> &'static str;

    /// Members of an enveloping object whose arrays hold the items.
    fn arrays(&self) -> &'static [&'static str] {
        &[]
    }

    /// How sure it is that this is an item of the format.
    fn recognise(&self, item: &Value) -> Confidence;

    /// Turns one item into records.
    fn item(&self, item: &Value, out: &mut Output<'_>);
}

/// Makes a [`Source`] of a [`JsonSource`].
pub(crate) struct Json<T>(pub T);

impl<T: JsonSource> Source for Json<T> {
    fn id(&self) -> &'static str {
        self.0.id()
    }

    fn title(&self) -> &'static str {
        self.0.title()
    }

    fn describe(&self) -> &'static str {
        self.0.describe()
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let samples = head.samples_where(self.0.arrays(), |item| self.0.recognise(item) > Confidence::None);
        let marks: Vec<Confidence> = samples.iter().map(|sample| self.0.recognise(sample)).collect();
        let known = marks.iter().filter(|mark| **mark > Confidence::None).count();
        let best = marks.iter().copied().max().unwrap_or(Confidence::None);
        if known * 4 >= marks.len() { best } else { best.min(Confidence::Weak) }
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        each(input, self.0.arrays(), out, |item, out| {
            if self.0.recognise(item) > Confidence::None {
                self.0.item(item, out);
            } else if !page(&self.0, item, out, 3) && !dispatch(item, out, 2) {
                out.tally("a shape that this format does not have", out.position());
            }
        });
    }

    fn json(&self) -> Option<&dyn JsonSource> {
        Some(&self.0)
    }
}

/// Reads an item that is itself an envelope: one of several pages in an array, or an object around a single item.
/// Returns whether it held items.
fn page(source: &impl JsonSource, item: &Value, out: &mut Output<'_>, depth: usize) -> bool {
    let Some(members) = item.as_object().filter(|_| depth > 0) else { return false };
    let (inner, outer): (Vec<_>, Vec<_>) =
        members.iter().partition(|(name, _)| source.arrays().contains(&name.as_str()));
    let mut found = false;
    for (_, value) in &inner {
        let items = value.as_array().map_or(std::slice::from_ref(*value), Vec::as_slice);
        found |= items.is_empty();
        for one in items {
            if !found {
                out.envelope.extend(outer.iter().map(|(name, value)| ((*name).clone(), (*value).clone())));
            }
            if source.recognise(one) > Confidence::None {
                source.item(one, out);
                found = true;
            } else {
                found |= page(source, one, out, depth - 1);
            }
        }
    }
    found
}

/// Gives an item of an unknown wrapping to whichever format knows it: files of collected webhooks mix them, and wrap
/// the payload in `body`, `payload` and the like. Returns whether one did.
pub(crate) fn dispatch(item: &Value, out: &mut Output<'_>, depth: usize) -> bool {
    let best = sources::ALL
        .iter()
        .filter_map(|source| source.json())
        .map(|source| (source.recognise(item), source))
        .filter(|(confidence, _)| *confidence > Confidence::Weak)
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    if let Some((_, source)) = best {
        source.item(item, out);
        return true;
    }
    if depth == 0 {
        return false;
    }
    for wrapper in ["body", "payload", "detail", "data", "event", "message", "json", "_source"] {
        match item.at(wrapper) {
            Some(inner @ Value::Object(_)) if dispatch(inner, out, depth - 1) => return true,
            Some(Value::String(text))
                if text.trim_start().starts_with('{')
                    && serde_json::from_str(text)
                        .is_ok_and(|inner: Value| dispatch(&inner, out, depth - 1)) =>
            {
                return true;
            }
            _ => {}
        }
    }
    false
}
