//! Whole documents through the linter: suppression, sections, names, renderers, ordinary text.
#![allow(clippy::unwrap_used, reason = "a test")]

use unblame::domain::{Finding, Severity};
use unblame::lint::render::{Source, checkstyle, github, json, sarif, text};
use unblame::lint::{Config, Level, Linter, rules};

fn check(source: &str) -> Vec<Finding> {
    Linter::new(Config::default()).check("pm.md", source).findings
}

fn ids(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.rule.as_str()).collect()
}

const BLAMEFUL: &str = "\
---
author: Mara Lind
---
# Shop down

## Root cause

Mara forgot to renew the lease. <!-- unblame allow BLM011 -- quoted in the hearing -->

Reason: manual error.

> Reason: human error, said the ticket.

```
human error
```
";

#[test]
fn suppressed_quoted_and_code_lines_stay_silent() {
    let report = Linter::new(Config::default()).check("pm.md", BLAMEFUL);
    assert_eq!(report.suppressed, 1);
    let label: Vec<&Finding> = report.findings.iter().filter(|finding| finding.rule == "BLM009").collect();
    assert_eq!(label.iter().map(|finding| (finding.line, finding.column)).collect::<Vec<_>>(), [(10, 9)]);
    assert!(!ids(&report.findings).contains(&"BLM011"));
}

#[test]
fn quotes_are_reported_as_notes_on_request() {
    let linter = Linter::new(Config { quotes: true, ..Config::default() });
    let report = linter.check("pm.md", BLAMEFUL);
    assert!(report.findings.iter().any(|finding| finding.line == 12 && finding.severity == Severity::Info));
}

#[test]
fn levels_follow_the_configuration_and_unknown_rules_are_named() {
    let mut config = Config::default();
    config.rules.insert("human-error-label".to_owned(), Level::Off);
    assert!(!ids(&Linter::new(config.clone()).check("pm.md", BLAMEFUL).findings).contains(&"BLM009"));
    config.rules.insert("BLM0009".to_owned(), Level::Off);
    let message = config.validate().unwrap_err().to_string();
    assert!(message.contains("BLM0009") && message.contains("did you mean `BLM009`"), "{message}");
    let unknown: Result<Config, _> = toml::from_str("peple = [\"Ada\"]");
    assert!(unknown.unwrap_err().to_string().contains("unknown field `peple`"));
}

#[test]
fn every_renderer_tells_place_rule_and_question() {
    let findings = check(BLAMEFUL);
    let label = rules::find("BLM009").unwrap();
    let plain = text(&[Source { path: "pm.md", text: BLAMEFUL, findings: &findings }], false);
    assert!(
        plain.contains("error[BLM009]") && plain.contains("pm.md:10:9") && plain.contains(label.question),
        "{plain}"
    );
    let parsed: serde_json::Value = serde_json::from_str(&json(&findings, 1)).unwrap();
    assert_eq!(parsed["findings"].as_array().unwrap().len(), findings.len());
    for key in [
        "path",
        "line",
        "column",
        "end_line",
        "end_column",
        "rule",
        "severity",
        "category",
        "message",
        "help",
        "fix",
    ] {
        assert!(parsed["findings"][0].get(key).is_some(), "{key}");
    }
    let log: serde_json::Value = serde_json::from_str(&sarif(&findings, None)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let first = &log["runs"][0]["results"][0];
    let index = usize::try_from(first["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], first["ruleId"]);
    assert!(github(&findings).contains("::error file=pm.md,line=10,"));
    assert!(checkstyle(&findings).contains("source=\"unblame.BLM009\""));
}

#[test]
fn the_same_document_gives_the_same_findings_from_any_thread() {
    let alone = check(BLAMEFUL);
    let together: Vec<Vec<Finding>> = std::thread::scope(|scope| {
        (0..4)
            .map(|_| scope.spawn(|| check(BLAMEFUL)))
            .collect::<Vec<_>>()
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(together.iter().all(|other| *other == alone));
}

#[test]
fn hostile_text_neither_panics_nor_hangs() {
    let long = "had ".repeat(20_000);
    for source in [
        "",
        "\u{feff}",
        "---\n",
        "---\na: [\n---\n",
        "# \n\n|\n|-|\n| |",
        "’s ’ ' \" “ @ @@ a’s",
        "<!-- unblame allow",
        "<!-- unblame off -->",
        "1. Why?\n",
        "ＦＵＬＬ width İ ẞ ǅ",
        long.as_str(),
        "a\0b\r\rc",
        "[x](http://[)",
    ] {
        check(source);
    }
}

/// At most one error in 1,000 words of the files that `UNBLAME_READ` lists.
#[test]
#[ignore = "needs documents from outside the repository"]
fn ordinary_documents_give_few_errors() {
    let list = std::env::var("UNBLAME_READ").unwrap();
    let (mut words, mut errors, mut warnings) = (0, 0, 0);
    for path in list.split_whitespace() {
        let source = std::fs::read_to_string(path).unwrap();
        let findings: Vec<Finding> =
            check(&source).into_iter().filter(unblame::lint::evaluate::is_blame).collect();
        words += source.split_whitespace().count();
        errors += findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        warnings += findings.iter().filter(|finding| finding.severity == Severity::Warning).count();
        #[allow(clippy::print_stdout, reason = "a measurement")]
        for finding in findings {
            println!(
                "{path}:{} {} {} {} | {}",
                finding.line,
                finding.rule,
                finding.severity.name(),
                finding.message,
                source
                    .get(finding.span.0.saturating_sub(60)..(finding.span.1 + 60).min(source.len()))
                    .unwrap_or_default()
                    .replace('\n', " ")
            );
        }
    }
    #[allow(clippy::print_stdout, reason = "a measurement")]
    {
        println!("words {words} errors {errors} warnings {warnings}");
    }
    assert!(errors * 1000 <= words, "{errors} errors in {words} words");
}
