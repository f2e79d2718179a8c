//! Annotations of GitHub Actions, one line each.

use crate::domain::{Finding, Severity};

/// `::error file=…,line=…,col=…,title=…::message`
#[must_use]
pub fn github(findings: &[Finding]) -> String {
    findings.iter().map(line).collect()
}

fn line(finding: &Finding) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    format!(
        "::{command} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
        property(&finding.path),
        finding.line,
        finding.end_line,
        finding.column,
        finding.end_column,
        property(&finding.rule),
        data(&format!("{}. {}", finding.message, finding.help)),
    )
}

/// Characters that would end the message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Characters that would end a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_in_values_are_escaped() {
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
    }
}
