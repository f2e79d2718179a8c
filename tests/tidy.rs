//! Keeps the house in order: floors, registers, headers, lengths.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)] // a failing unwrap is a failing test

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Lines above which a file needs a reason in its first comment.
const LONG: usize = 400;

fn source_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new("src")
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    files.sort();
    files
}

/// Module name to floor, from the comments of `lib.rs`.
fn floors() -> BTreeMap<String, usize> {
    let lib = std::fs::read_to_string("src/lib.rs").unwrap();
    let mut floor = None;
    let mut floors = BTreeMap::new();
    for line in lib.lines() {
        if let Some(rest) = line.strip_prefix("// floor ") {
            floor = rest.split(':').next().and_then(|number| number.parse().ok());
        }
        if let (Some(name), Some(floor)) = (line.strip_prefix("pub mod "), floor) {
            floors.insert(name.trim_end_matches(';').to_owned(), floor);
        }
    }
    assert!(floors.len() >= 16, "lib.rs lists the modules by floor");
    floors
}

/// Modules that a file mentions as `crate::name` or inside `crate::{…}`, outside comments.
fn imports(source: &str) -> Vec<String> {
    let code: String = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect();
    let mut names = Vec::new();
    for piece in code.split("crate::").skip(1) {
        if let Some(group) = piece.strip_prefix('{') {
            let mut depth = 0;
            let mut name = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => names.push(std::mem::take(&mut name)),
                    c if depth == 0 => name.push(c),
                    _ => {}
                }
            }
            names.push(name);
        } else {
            names.push(piece.to_owned());
        }
    }
    names
        .iter()
        .map(|name| name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>())
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn modules_import_only_from_floors_below() {
    let floors = floors();
    let mut wrong = Vec::new();
    for path in source_files() {
        let mut parts = path.components().skip(1);
        let module = parts.next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        let Some(&own) = floors.get(&module) else { continue };
        let source = std::fs::read_to_string(&path).unwrap();
        for name in imports(&source) {
            let Some(&other) = floors.get(&name) else { continue };
            if name != module && other >= own {
                wrong.push(format!(
                    "{}: {module} (floor {own}) imports {name} (floor {other})",
                    path.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "imports go down only:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_opens_with_a_sentence_and_long_ones_say_why() {
    let mut wrong = Vec::new();
    for path in source_files() {
        let source = std::fs::read_to_string(&path).unwrap();
        let first = source.lines().next().unwrap_or_default();
        if !first.starts_with("//! ") {
            wrong.push(format!("{}: opens with one `//!` sentence", path.display()));
        }
        let lines = source.lines().count();
        let head: String = source.lines().take_while(|line| line.starts_with("//!")).collect();
        if lines > LONG && !head.contains("Long because") {
            wrong.push(format!(
                "{}: {lines} lines and no `Long because …` in its first comment",
                path.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_left_lying_about() {
    let forbidden = ["todo!(", "unimplemented!(", "dbg!("];
    let mut wrong = Vec::new();
    for path in source_files() {
        let source = std::fs::read_to_string(&path).unwrap();
        for (at, line) in source.lines().enumerate() {
            let marks = forbidden.iter().any(|mark| line.contains(mark));
            let notes = line.contains(concat!("TO", "DO:")) || line.contains(concat!("FIX", "ME"));
            let dead = line.contains("allow(dead_code");
            if marks || notes || dead {
                wrong.push(format!("{}:{}: {}", path.display(), at + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_beside_a_register_is_in_it() {
    let mut wrong = Vec::new();
    for path in source_files() {
        let source = std::fs::read_to_string(&path).unwrap();
        let Some((_, list)) = source.split_once("\nregister! {") else { continue };
        let list = list.split("\n}").next().unwrap_or_default();
        let folder = path.parent().unwrap_or(Path::new("src"));
        for entry in std::fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().path();
            let stem = name.file_stem().unwrap().to_string_lossy().into_owned();
            let declared_elsewhere =
                source.contains(&format!("\nmod {stem};")) || source.contains(&format!(" mod {stem};"));
            let listed = list.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == stem);
            if stem != "mod" && stem != "tests" && !declared_elsewhere && !listed {
                wrong.push(format!("{} is not in the register of {}", name.display(), path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
