//! Whole documents with planted findings, and clean ones: the figures may not fall.
//!
//! `cargo test --test lint_planted -- --nocapture` prints what is missed and what is too much.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that prints its figures")]

use std::collections::BTreeMap;

use serde::Deserialize;
use unblame::domain::{Finding, Severity};
use unblame::lint::{Config, Linter};

#[derive(Deserialize)]
struct Planted {
    file: String,
    line: usize,
    family: String,
    text: String,
    or_line: Option<usize>,
}

/// What one folder of documents gave.
#[derive(Debug, Default)]
struct Figures {
    planted: usize,
    found: usize,
    /// Documents without a planted finding.
    clean: usize,
    /// Errors in them.
    errors: usize,
    /// Warnings in them.
    warnings: usize,
}

fn measure(folder: &str) -> Figures {
    let expected: Vec<Planted> = std::fs::read_to_string(format!("{folder}/expected.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let linter = Linter::new(Config::default());
    let mut found: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".md") && name != "README.md" {
            // the sign keeps push scanners quiet about planted secrets
            let text = std::fs::read_to_string(format!("{folder}/{name}")).unwrap().replace('\u{241f}', "");
            found.insert(name.clone(), linter.check(&name, &text).findings);
        }
    }
    let mut figures = Figures { planted: expected.len(), ..Figures::default() };
    for one in &expected {
        let hit = found[&one.file].iter().any(|finding| {
            finding.category == one.family && (finding.line == one.line || Some(finding.line) == one.or_line)
        });
        figures.found += usize::from(hit);
        if !hit {
            println!("MISS {}:{} {}: {}", one.file, one.line, one.family, one.text);
        }
    }
    for (file, findings) in found.iter().filter(|(file, _)| expected.iter().all(|one| one.file != **file)) {
        figures.clean += 1;
        for finding in findings.iter().filter(|finding| finding.severity != Severity::Info) {
            let error = finding.severity == Severity::Error;
            figures.errors += usize::from(error);
            figures.warnings += usize::from(!error);
            println!(
                "{} {file}:{} {} {}",
                finding.severity.name(),
                finding.line,
                finding.rule,
                finding.message
            );
        }
    }
    println!("{folder}: {figures:?}");
    figures
}

#[test]
fn planted_findings_are_on_the_right_line_and_clean_documents_hold_no_error() {
    let figures = measure("evals/blame/documents");
    assert_eq!((figures.planted, figures.clean), (138, 12));
    assert!(figures.found * 100 >= figures.planted * 95, "{figures:?}");
    assert_eq!(figures.errors, 0);
    assert!(figures.warnings <= 24, "{figures:?}");
}

#[test]
fn other_layouts_fare_no_worse() {
    let figures = measure("evals/blame/layouts");
    assert_eq!(figures.clean, 4);
    assert!(figures.found * 100 >= figures.planted * 90, "{figures:?}");
    assert_eq!(figures.errors, 0);
}
