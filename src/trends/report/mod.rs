//! The report: every metric measured once, then written as JSON, Markdown, HTML or CSV.

mod csv;
mod html;
mod json;
mod markdown;
mod opening;

use super::metric::{Metric, Section};
use super::record::Fault;
use super::scope::{Question, Scope};
use super::{History, metrics};

/// One postmortem as the appendix lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) path: String,
    /// Address of the file.
    pub(super) link: String,
    pub(super) day: String,
    pub(super) severity: String,
}

/// A measured metric with what describes it.
pub(super) struct Part {
    pub(super) metric: &'static dyn Metric,
    pub(super) section: Section,
}

/// Everything that was found, ready to be written.
pub struct Report {
    pub(super) period: String,
    pub(super) as_of: String,
    /// What narrows the report, such as `team platform`; empty when nothing does.
    pub(super) filter: Vec<String>,
    pub(super) sentences: Vec<String>,
    pub(super) cautions: Vec<String>,
    pub(super) parts: Vec<Part>,
    pub(super) faults: Vec<Fault>,
    /// Postmortems that stand behind a number, by start.
    pub(super) listed: Vec<Listed>,
}

impl Report {
    /// Measures everything.
    #[must_use]
    pub fn new(question: &Question, history: &History) -> Self {
        let scope = Scope::new(question, history);
        let parts: Vec<Part> = metrics::ALL
            .iter()
            .map(|metric| Part { metric: *metric, section: metric.measure(&scope) })
            .collect();
        let filter = [("team", &question.team), ("service", &question.service)]
            .into_iter()
            .filter_map(|(kind, name)| name.as_ref().map(|name| format!("{kind} {name}")))
            .collect();
        Self {
            period: scope.period().to_string(),
            as_of: scope.as_of().to_string(),
            filter,
            sentences: opening::sentences(&parts),
            cautions: parts.iter().flat_map(|part| part.section.cautions.clone()).collect(),
            listed: listed(&scope, &parts),
            faults: history.faults.clone(),
            parts,
        }
    }

    /// Names of the metrics, in the order of the report.
    pub fn metric_names() -> impl Iterator<Item = &'static str> {
        metrics::ALL.iter().map(|metric| metric.name())
    }
}

fn listed(scope: &Scope<'_>, parts: &[Part]) -> Vec<Listed> {
    let named: std::collections::BTreeSet<&str> = parts
        .iter()
        .flat_map(|part| &part.section.tables)
        .flat_map(|table| &table.rows)
        .flat_map(|row| row.incidents.iter().map(String::as_str))
        .collect();
    let shown = scope.history.records.iter().filter(|record| named.contains(record.id.as_str()));
    shown
        .map(|record| Listed {
            id: record.id.clone(),
            title: record.title.clone(),
            path: record.path.clone(),
            link: link(&record.link),
            day: super::scope::start_day(record).map(|day| day.to_string()).unwrap_or_default(),
            severity: record.severity.clone().unwrap_or_else(|| "–".to_owned()),
        })
        .collect()
}

/// A file path as a relative address: what a browser would read as more than a path is percent-encoded.
fn link(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                address.push(char::from(byte))
            }
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address
}
