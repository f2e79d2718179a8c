//! The hook and the action call the linter with flags that exist, and their shell does what it says.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn yaml(path: &str) -> Value {
    serde_saphyr::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Long flags that `unblame lint` knows.
fn known_flags() -> BTreeSet<String> {
    let mut command = unblame::cli::command();
    command.build();
    let lint = command.find_subcommand("lint").unwrap();
    lint.get_arguments().filter_map(|argument| argument.get_long()).map(|long| format!("--{long}")).collect()
}

/// Words of a text that look like long flags.
fn flags_in(text: &str) -> BTreeSet<String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"'))
        .filter(|word| word.len() > 2 && word.starts_with("--"))
        .map(str::to_owned)
        .collect()
}

fn step(action: &Value, name: &str) -> Value {
    let steps = action["runs"]["steps"].as_array().unwrap();
    steps.iter().find(|step| step["name"] == name).unwrap().clone()
}

#[test]
fn the_hooks_call_lint_on_markdown() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    for hook in hooks.as_array().unwrap() {
        let entry = hook["entry"].as_str().unwrap();
        assert!(entry.starts_with("unblame lint"), "{entry}");
        assert!(flags_in(entry).is_subset(&known_flags()), "{entry}");
        assert_eq!(hook["types"], serde_json::json!(["markdown"]));
        regex::Regex::new(hook["files"].as_str().unwrap()).unwrap();
    }
}

#[test]
fn the_action_uses_flags_inputs_and_formats_that_exist() {
    let action = yaml("action.yml");
    let run = step(&action, "Lint")["run"].as_str().unwrap().to_owned();
    let unknown: Vec<String> = flags_in(&run).difference(&known_flags()).cloned().collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    for format in ["sarif", "github"] {
        assert!(run.contains(&format!("--format {format}")));
    }
    let whole = std::fs::read_to_string("action.yml").unwrap();
    for used in whole.split("inputs.").skip(1) {
        let name: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
        assert!(action["inputs"].get(&name).is_some(), "input {name}");
    }
}

/// Runs the action's own shell with the built binary.
fn lint_step(folder: &Path, fail_on: &str) -> std::process::Output {
    let run = step(&yaml("action.yml"), "Lint")["run"].as_str().unwrap().to_owned();
    Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &run])
        .current_dir(folder)
        .env("BINARY", env!("CARGO_BIN_EXE_unblame"))
        .env("PATHS", "reports one\nmore\n")
        .env("FAIL_ON", fail_on)
        .env("SARIF_FILE", "out.sarif")
        .envs([("CHANGED_SINCE", ""), ("BASELINE", ""), ("CONFIG", "")])
        .output()
        .unwrap()
}

#[test]
#[cfg(unix)]
fn the_action_annotates_writes_sarif_and_fails_at_the_level_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("reports one")).unwrap();
    std::fs::create_dir_all(folder.path().join("more")).unwrap();
    let text = "## Root cause\n\nReason: manual error.\n";
    std::fs::write(folder.path().join("reports one/a.md"), text).unwrap();
    let output = lint_step(folder.path(), "error");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains("::error file=reports one/a.md,line=3,"), "{printed}");
    assert_eq!(output.status.code(), Some(1));
    let log: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.path().join("out.sarif")).unwrap()).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(place["uri"], "reports%20one/a.md");
    std::fs::write(folder.path().join("reports one/a.md"), "Nothing here.\n").unwrap();
    assert_eq!(lint_step(folder.path(), "error").status.code(), Some(0));
}
