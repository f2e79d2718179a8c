//! What other programs read: SARIF, checkstyle, annotations, JSON; places in texts of every kind.
#![allow(clippy::unwrap_used, reason = "a test")]

use serde_json::Value;
use unblame::domain::Finding;
use unblame::lint::render::{checkstyle, github, json, sarif};
use unblame::lint::{Config, Linter};

fn check(path: &str, source: &str) -> Vec<Finding> {
    Linter::new(Config::default()).check(path, source).findings
}

/// Line and column of the label "manual error", its end, and the text between them.
fn place_of_label(source: &str) -> (usize, usize, usize, usize, &str) {
    let findings = check("a.md", source);
    let label = findings.iter().find(|finding| finding.rule == "BLM009").unwrap();
    let (start, end) = label.span;
    (label.line, label.column, label.end_line, label.end_column, &source[start..end])
}

#[test]
fn lines_and_columns_count_characters_in_every_kind_of_text() {
    let label = "manual error";
    for (source, line, column) in [
        ("## Root cause\n\nReason: manual error.\n", 3, 9),
        ("## Root cause\r\n\r\nReason: manual error.\r\n", 3, 9),
        ("\u{feff}## Root cause\n\nReason: manual error.\n", 3, 9),
        ("\u{feff}---\nid: x\n---\n## Root cause\n\nReason: manual error.\n", 6, 9),
        ("## Root cause\n\n🙂🇩🇪 é Reason: manual error.\n", 3, 15),
        ("## Root cause\n\n-\tReason: manual error.\n", 3, 11),
        ("## Root cause\n\n日本 Reason: **manual error**.\n", 3, 14),
        ("## Root cause\n\n| What |\n|---|\n| Reason: manual error. |\n", 5, 11),
    ] {
        let found = place_of_label(source);
        assert_eq!((found.0, found.1), (line, column), "{source:?}");
        assert_eq!((found.2, found.3), (line, column + label.chars().count()), "{source:?}");
        assert_eq!(found.4, label);
    }
    let marked = format!("\u{feff}the job used {}\n", ["AKIA", "EXAMPLEEXAMPLE00"].concat());
    assert_eq!(check("a.md", &marked)[0].column, 14, "a byte order mark is no column");
}

/// What the SARIF 2.1.0 schema asks of the parts that we write.
#[test]
fn sarif_has_the_shape_that_code_scanning_asks_for() {
    let mut findings =
        check("docs/what went wrong #1.md", "## Root cause\n\nReason: manual error. Ludo forgot the flag.\n");
    findings.extend(check("/abs/ä.md", "The job used mysql://app:hunter2pass@db.internal.example/x\n"));
    for url in [None, Some("https://docs.example/rules/")] {
        let log: Value = serde_json::from_str(&sarif(&findings, url)).unwrap();
        assert_eq!(log["version"], "2.1.0");
        assert!(log["$schema"].as_str().unwrap().starts_with("https://"));
        let run = &log["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        for rule in rules {
            for text in ["shortDescription", "fullDescription", "help"] {
                assert!(!rule[text]["text"].as_str().unwrap().is_empty());
            }
            let level = rule["defaultConfiguration"]["level"].as_str().unwrap();
            assert!(["error", "warning", "note", "none"].contains(&level));
            let page = format!("https://docs.example/rules/{}.md", rule["id"].as_str().unwrap());
            assert_eq!(rule.get("helpUri").and_then(Value::as_str), url.map(|_| page.as_str()));
        }
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), findings.len());
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(["docs/what%20went%20wrong%20%231.md", "file:///abs/%C3%A4.md"].contains(&uri), "{uri}");
            let number = |key: &str| place["region"][key].as_u64().unwrap();
            assert!(number("startLine") >= 1 && number("startColumn") >= 1);
            assert!((number("endLine"), number("endColumn")) >= (number("startLine"), number("startColumn")));
            assert_eq!(result["partialFingerprints"]["unblameContext/v1"].as_str().unwrap().len(), 16);
        }
    }
}

/// Strings that other formats could take for their own signs.
fn hostile() -> Vec<Finding> {
    let mut findings = check("a.md", "## Root cause\n\nReason: manual error.\n");
    for finding in &mut findings {
        finding.path = "a, b:c%\n]]>&\"<.md".to_owned();
        finding.message = "100% \r\n::error::x & <b> \"q\" \u{1}\u{8} \u{fffe}".to_owned();
    }
    findings
}

#[test]
fn annotations_stay_on_one_line_with_escaped_separators() {
    for line in github(&hostile()).lines() {
        let (head, message) = line[2..].split_once("::").unwrap();
        assert!(head.contains("file=a%2C b%3Ac%25%0A]]>&\"<.md,line="), "{head}");
        assert!(message.starts_with("100%25 %0D%0A::error::x"), "{message}");
    }
    assert_eq!(github(&hostile()).lines().count(), hostile().len());
}

#[test]
fn checkstyle_is_well_formed_whatever_the_text_says() {
    let xml = checkstyle(&hostile());
    let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").unwrap();
    assert!(!body.contains(['\u{1}', '\u{8}', '\u{fffe}']), "characters that XML forbids");
    let mut open = Vec::new();
    for tag in body.split('<').skip(1) {
        let (tag, between) = tag.split_once('>').unwrap();
        assert!(between.trim().is_empty(), "{between:?}");
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None => {
                assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
                if !tag.ends_with('/') {
                    open.push(tag.split(' ').next().unwrap());
                }
            }
        }
        for entity in tag.split('&').skip(1) {
            let name = entity.split(';').next().unwrap();
            assert!(["amp", "lt", "gt", "quot", "#10", "#13"].contains(&name), "{entity}");
        }
    }
    assert!(open.is_empty());
}

#[test]
fn json_survives_hostile_text() {
    let parsed: Value = serde_json::from_str(&json(&hostile(), 2)).unwrap();
    assert_eq!(parsed["suppressed"], 2);
    assert_eq!(parsed["findings"][0]["path"], "a, b:c%\n]]>&\"<.md");
}
