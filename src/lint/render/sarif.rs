//! SARIF 2.1.0 for code scanning.

use serde::Serialize;

use crate::domain::{Finding, Severity};
use crate::lint::baseline::fingerprint_of;
use crate::lint::rules;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: &'static str,
    short_description: Text<'static>,
    full_description: Text<'static>,
    help: Text<'static>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Text<'a>,
    locations: [Location; 1],
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "unblameContext/v1")]
    context: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// A whole log with the rules that the findings name; rules link to their pages when the folder of the pages has an address.
#[must_use]
pub fn sarif(findings: &[Finding], rules_url: Option<&str>) -> String {
    let used: Vec<_> =
        rules::ALL.iter().filter(|rule| findings.iter().any(|finding| finding.rule == rule.id)).collect();
    let descriptors = used
        .iter()
        .map(|rule| Descriptor {
            id: rule.id,
            name: rule.name,
            short_description: Text { text: rule.name },
            full_description: Text { text: rule.rationale },
            help: Text { text: rule.question },
            help_uri: rules_url.map(|url| format!("{}/{}.md", url.trim_end_matches('/'), rule.id)),
            default_configuration: Configuration { level: level(rule.level) },
        })
        .collect();
    let results = findings
        .iter()
        .map(|finding| Outcome {
            rule_id: &finding.rule,
            rule_index: used.iter().position(|rule| rule.id == finding.rule).unwrap_or_default(),
            level: level(finding.severity),
            message: Text { text: &finding.message },
            locations: [Location {
                physical_location: Physical {
                    artifact_location: Artifact { uri: uri_of(&finding.path) },
                    region: Region {
                        start_line: finding.line,
                        start_column: finding.column,
                        end_line: finding.end_line,
                        end_column: finding.end_column,
                    },
                },
            }],
            partial_fingerprints: Fingerprints { context: fingerprint_of(finding) },
        })
        .collect();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "unblame",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: descriptors,
                },
            },
            column_kind: "unicodeCodePoints",
            results,
        }],
    };
    let mut out = serde_json::to_string_pretty(&log).unwrap_or_default();
    out.push('\n');
    out
}

/// A path as a URI reference: what a URI reserves is written in percent signs, an absolute path is a `file:` address.
fn uri_of(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let mut uri = String::with_capacity(path.len() + 8);
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.strip_prefix("./").unwrap_or(path).bytes() {
        if plain(byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
