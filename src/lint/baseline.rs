//! A baseline of known findings: keyed by rule, file and words, so that it survives edits above a finding.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::Finding;

use super::linter::Report;

/// Findings that were there when the baseline was made, with how often each occurs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    pub version: u32,
    pub findings: BTreeMap<String, usize>,
}

/// Version 1: rule, path and message, by BLAKE3; the message quotes the words of the document.
#[must_use]
pub fn fingerprint_of(finding: &Finding) -> String {
    let mut hash = blake3::Hasher::new();
    for part in [finding.rule.as_str(), finding.path.as_str(), finding.message.as_str()] {
        hash.update(part.as_bytes()).update(&[0]);
    }
    hash.finalize().to_hex()[..16].to_owned()
}

impl Baseline {
    /// A baseline that silences exactly these findings.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        let mut baseline = Self { version: 1, findings: BTreeMap::new() };
        for finding in findings {
            *baseline.findings.entry(fingerprint_of(finding)).or_default() += 1;
        }
        baseline
    }

    /// Takes known findings out of reports, each as often as the baseline holds it, and counts them as suppressed.
    pub fn apply<'a>(&self, reports: impl IntoIterator<Item = &'a mut Report>) {
        let mut left = self.findings.clone();
        for report in reports {
            let before = report.findings.len();
            report.findings.retain(|finding| match left.get_mut(&fingerprint_of(finding)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            });
            report.suppressed += before - report.findings.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::{Config, Linter};

    use super::*;

    #[test]
    fn known_findings_stay_silent_when_lines_move_and_new_ones_speak() {
        let linter = Linter::new(Config::default());
        let old = linter.check("a.md", "## Root cause\n\nReason: manual error.\n");
        let baseline = Baseline::of(&old.findings);
        let mut new = linter.check(
            "a.md",
            "## Root cause\n\nA new line.\n\nReason: manual error.\n\nThe operator forgot the flag.\n",
        );
        baseline.apply([&mut new]);
        assert_eq!(new.suppressed, 1, "the label; that the section holds one statement is no longer true");
        assert!(
            new.findings.iter().any(|finding| finding.rule == "BLM011")
                && new.findings.iter().all(|finding| finding.rule != "BLM009")
        );
    }
}
