//! One JSON object: the contract of `lint --format json`.

use serde::Serialize;

use crate::domain::Finding;

#[derive(Serialize)]
struct Output<'a> {
    findings: &'a [Finding],
    suppressed: usize,
}

/// `{"findings": […], "suppressed": n}` on one line with a newline.
#[must_use]
pub fn json(findings: &[Finding], suppressed: usize) -> String {
    let mut out = serde_json::to_string_pretty(&Output { findings, suppressed }).unwrap_or_default();
    out.push('\n');
    out
}
