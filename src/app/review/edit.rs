//! What a person can do to a document on the review page, as changes of its source.

use serde::Deserialize;

use super::head::with_head;
use super::part::{Part, parts, replaced};
use super::question::answered;
use super::table::{Table, started};
use crate::document::{SectionKind, parse};

/// One change.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Edit {
    /// Another text for a part.
    Part {
        key: String,
        text: String,
    },
    /// Cells of one row of the action table; the row after the last one is a new action.
    Action {
        row: usize,
        fields: Vec<(String, String)>,
    },
    Answer {
        question: String,
        answer: String,
    },
    /// Fields of the front matter.
    Head {
        fields: Vec<(String, String)>,
    },
    /// What a lint rule offers, at bytes `start..end`.
    Fix {
        start: usize,
        end: usize,
        replacement: String,
    },
}

impl Edit {
    /// The changed source; `None` when the place that it means is not there, or when it would change the status: that
    /// moves only through the checks.
    #[must_use]
    pub fn apply(&self, source: &str) -> Option<String> {
        let changed = self.changed(source)?;
        let status = |text: &str| parse(text).postmortem.front.status;
        (status(&changed) == status(source)).then_some(changed)
    }

    fn changed(&self, source: &str) -> Option<String> {
        match self {
            Self::Part { key, text } => replaced(source, key, text),
            Self::Action { row, fields } => set_action(source, *row, fields),
            Self::Answer { question, answer } => answered(source, question, answer),
            Self::Head { fields } => with_head(source, fields),
            Self::Fix { start, end, replacement } => {
                let (before, after) = (source.get(..*start)?, source.get(*end..)?);
                (start <= end).then(|| format!("{before}{replacement}{after}"))
            }
        }
    }
}

fn set_action(source: &str, row: usize, fields: &[(String, String)]) -> Option<String> {
    if let Some(table) = Table::find(source) {
        return (row <= table.rows.len()).then(|| table.with(source, row, fields));
    }
    let section = parts(source).into_iter().find(|part| part.kind == Some(SectionKind::Actions));
    let begun = match section {
        Some(Part { key, span, .. }) => replaced(source, &key, &started(span.of(source)))?,
        None => format!("{}\n\n{}\n", source.trim_end(), started("## Action items")),
    };
    Some(Table::find(&begun)?.with(&begun, 0, fields))
}
