//! The front matter as a form.

use serde::Serialize;

use crate::app::review::{HEAD_FIELDS, HeadKind, head_value};
use crate::document::FrontMatter;

/// One field.
#[derive(Debug, Serialize)]
pub(in crate::web) struct HeadField {
    key: &'static str,
    label: &'static str,
    value: String,
    hint: &'static str,
    is_time: bool,
    is_wide: bool,
}

/// Every field, in the order of the form.
pub(super) fn head_fields(front: &FrontMatter) -> Vec<HeadField> {
    HEAD_FIELDS
        .into_iter()
        .map(|(key, label, kind)| HeadField {
            key,
            label,
            value: head_value(front, key),
            hint: match kind {
                HeadKind::Text => "",
                HeadKind::List => "with commas between",
                HeadKind::Time => "UTC, such as 2025-11-28 09:22",
                HeadKind::Roles => "such as commander: Maya Okafor, scribe: Jo Brandt",
            },
            is_time: kind == HeadKind::Time,
            is_wide: matches!(kind, HeadKind::Roles) || key == "title",
        })
        .collect()
}
