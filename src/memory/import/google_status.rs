//! Google Cloud and Workspace status: `incidents.json`, whose last update often is the whole report in Markdown.

use serde_json::Value;

use super::Export;
use super::record::{Record, at, list, names, text, time};

pub(super) struct GoogleStatus;
pub(super) const ENTRY: GoogleStatus = GoogleStatus;

impl Export for GoogleStatus {
    fn name(&self) -> &'static str {
        "google-status"
    }

    fn recognises(&self, item: &Value) -> bool {
        item.get("external_desc").is_some() && item.get("begin").is_some()
    }

    fn read(&self, item: &Value, _: &[Value]) -> Record {
        let mut report = "";
        let mut updates = Vec::new();
        for update in list(item, "updates") {
            let raw = update.get("text").and_then(Value::as_str).unwrap_or_default();
            if is_report(raw) && raw.len() > report.len() {
                report = raw;
            } else if let (Some(when), Some(said)) =
                (time(update, &["when", "created"]), text(update, &["text"]))
            {
                updates.push((when, said));
            }
        }
        let mut services = names(item, "affected_products", &["title"]);
        services.extend(
            text(item, &["service_name"]).filter(|name| services.is_empty() && !name.contains("Multiple")),
        );
        Record {
            reference: text(item, &["id", "number"]).unwrap_or_default(),
            title: first_line(&text(item, &["external_desc"]).unwrap_or_default()),
            severity: text(item, &["severity"]),
            services,
            started: time(item, &["begin"]),
            resolved: at(item, "end").and_then(|_| time(item, &["end"])),
            link: text(item, &["uri"]),
            updates,
            report: demoted(report),
            ..Record::default()
        }
    }
}

/// An update with headings is the report; the short ones are the timeline.
fn is_report(text: &str) -> bool {
    text.lines().filter(|line| line.starts_with('#') || is_bold_heading(line)).count() >= 2
}

/// `**ROOT CAUSE:**` on a line of its own.
fn is_bold_heading(line: &str) -> bool {
    let line = line.trim();
    line.len() > 6 && line.starts_with("**") && line.ends_with("**") && line.len() < 60
}

fn demoted(report: &str) -> String {
    report
        .lines()
        .map(|line| {
            let line = line.trim_end();
            if is_bold_heading(line) {
                format!("## {}", line.trim().trim_matches('*').trim_end_matches(':'))
            } else if line.starts_with('#') {
                format!("#{line}")
            } else {
                line.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn first_line(text: &str) -> String {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned()
}
