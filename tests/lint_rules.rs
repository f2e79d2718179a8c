//! Every rule's own examples run: the bad ones are found by it, the good ones are not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)] // a failing unwrap is a failing test

use unblame::lint::{Config, Example, Level, Linter, Rule, rules};

fn finds(rule: &Rule, example: &Example) -> bool {
    let mut config =
        Config { people: example.names.iter().map(|&name| name.to_owned()).collect(), ..Config::default() };
    if !rule.on {
        config.rules.insert(rule.id.to_owned(), Level::Warning);
    }
    let report = Linter::new(config).check("example.md", &example.document());
    report.findings.iter().any(|finding| finding.rule == rule.id || finding.category == rule.family)
}

#[test]
fn bad_examples_are_found_and_good_ones_are_not() {
    let mut wrong = Vec::new();
    for rule in rules::ALL {
        assert!(!rule.bad.is_empty() && !rule.good.is_empty(), "{} has no examples", rule.id);
        wrong.extend(
            rule.bad
                .iter()
                .filter(|example| !finds(rule, example))
                .map(|example| format!("{} misses: {}", rule.id, example.text)),
        );
        wrong.extend(
            rule.good
                .iter()
                .filter(|example| finds(rule, example))
                .map(|example| format!("{} flags: {}", rule.id, example.text)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The manual in `docs/rules` says what the rules say; `unblame lint --write-rule-pages docs/rules` mends it.
#[test]
fn the_pages_of_the_manual_are_those_of_the_rules() {
    let mut expected: Vec<(String, String)> =
        rules::ALL.iter().map(|rule| (format!("{}.md", rule.id), rule.page_markdown())).collect();
    expected.push(("README.md".to_owned(), unblame::lint::catalogue_markdown()));
    let stale: Vec<&str> = expected
        .iter()
        .filter(|(name, text)| {
            std::fs::read_to_string(format!("docs/rules/{name}")).ok().as_ref() != Some(text)
        })
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(stale.is_empty(), "run `unblame lint --write-rule-pages docs/rules`: {stale:?}");
    assert_eq!(std::fs::read_dir("docs/rules").unwrap().count(), expected.len(), "a page without a rule");
}
