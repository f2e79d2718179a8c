//! Every case below `fixtures/sources/<format>/<case>/` is read and compared with its `expected.json`.
//!
//! A case is `input.*` or a folder `input/`. `UNBLAME_BLESS=1 cargo test --test sources` writes the expectations anew;
//! read the difference before committing it.
#![allow(clippy::unwrap_used, clippy::panic)] // a failing test may panic

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use unblame::evidence::{Record, When, ingest};
use unblame::store::{Collected, IntakeOptions, collect};

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.is_dir());
    found.sort();
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sources")
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn input(case: &Path) -> PathBuf {
    let mut found: Vec<PathBuf> = fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| name(path) == "input" || name(path).starts_with("input."));
    assert_eq!(found.len(), 1, "{} needs one input", case.display());
    found.remove(0)
}

fn when(when: &When) -> String {
    match when {
        When::Instant(at) => at.to_string(),
        When::Local(at) => format!("{at} local"),
        When::Clock { time, day } => format!("{time} day {day}"),
    }
}

fn record(record: &Record) -> Value {
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| {
        if !matches!(&value, Value::Null | Value::Bool(false)) && value != json!([]) && value != json!({}) {
            shown.insert(name.to_owned(), value);
        }
    };
    put("at", json!(when(&record.when)));
    put("until", json!(record.until.as_ref().map(when)));
    put("precision", json!(record.precision));
    put("zone", json!(record.zone));
    put("source", json!(record.source));
    put("class", json!(record.class));
    put("kind", json!(record.kind));
    put("actor", json!(record.actor.as_ref().map(|actor| &actor.name)));
    put("aliases", json!(record.actor.as_ref().map_or(&[][..], |actor| &actor.aliases)));
    put("bot", json!(record.actor.as_ref().is_some_and(|actor| actor.bot)));
    put("text", json!(record.text));
    put("count", if record.count > 1 { json!(record.count) } else { Value::Null });
    put("thread", json!(record.thread));
    put("services", json!(record.services));
    put("keys", json!(record.keys));
    put("labels", json!(record.labels));
    put("origin", json!(record.origin.to_string()));
    put("permalink", json!(record.origin.permalink));
    Value::Object(shown)
}

fn shown(collected: &Collected) -> Value {
    json!({
        "files": collected.files.iter().map(|file| json!([file.file, file.format, file.records])).collect::<Vec<_>>(),
        "warnings": collected.warnings.iter().chain(&collected.notes).map(ToString::to_string).collect::<Vec<_>>(),
        "records": collected.records.iter().map(record).collect::<Vec<_>>(),
    })
}

#[test]
fn every_case_reads_as_expected() {
    let bless = std::env::var_os("UNBLAME_BLESS").is_some();
    let mut wrong = Vec::new();
    for format in folders(&root()) {
        for case in folders(&format) {
            let collected = collect(&input(&case), &IntakeOptions::default()).unwrap();
            let formats: BTreeSet<&str> =
                collected.files.iter().filter_map(|file| file.format.as_deref()).collect();
            if !formats.contains(name(&format).as_str()) {
                wrong.push(format!("{} was read as {formats:?}", case.display()));
            }
            let text = serde_json::to_string_pretty(&shown(&collected)).unwrap() + "\n";
            let expected = case.join("expected.json");
            if bless {
                fs::write(&expected, &text).unwrap();
            } else if fs::read_to_string(&expected).unwrap_or_default() != text {
                wrong.push(format!("{}:\n{text}", case.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "read otherwise than expected.json says:\n{}", wrong.join("\n"));
}

#[test]
fn every_format_has_a_case() {
    let formats: BTreeSet<&str> = ingest::ALL.iter().map(|source| source.id()).collect();
    let cases: BTreeSet<String> = folders(&root()).iter().map(|path| name(path)).collect();
    assert_eq!(formats, cases.iter().map(String::as_str).collect());
}

#[test]
fn a_format_can_be_forced_and_an_unknown_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("strange.txt"), "2025-06-10T10:00:00Z <mira> hello\n").unwrap();
    let mut options = IntakeOptions::default();
    options.formats.insert("strange.txt".to_owned(), "notes".to_owned());
    let collected = collect(folder.path(), &options).unwrap();
    assert_eq!(collected.files[0].format.as_deref(), Some("notes"));
    options.formats.insert("strange.txt".to_owned(), "nonsense".to_owned());
    assert!(collect(folder.path(), &options).unwrap_err().to_string().contains("nonsense"));
}

#[test]
fn a_missing_and_an_empty_folder_are_errors_and_hidden_files_do_not_count() {
    let folder = tempfile::tempdir().unwrap();
    assert!(collect(&folder.path().join("nowhere"), &IntakeOptions::default()).is_err());
    fs::write(folder.path().join(".hidden"), "10:00 no").unwrap();
    fs::write(folder.path().join("incident.toml"), "id = \"X\"").unwrap();
    assert!(collect(folder.path(), &IntakeOptions::default()).is_err());
}

#[test]
fn logs_outside_of_the_window_are_counted_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..60)
        .map(|minute| {
            format!(
                "{{\"time\":\"2025-06-10T10:{minute:02}:00Z\",\"level\":\"info\",\"msg\":\"m{minute}\"}}\n"
            )
        })
        .collect();
    fs::write(folder.path().join("app.jsonl"), lines).unwrap();
    let window = Some(("2025-06-10T10:10:00Z".parse().unwrap(), "2025-06-10T10:19:00Z".parse().unwrap()));
    let collected = collect(folder.path(), &IntakeOptions { window, ..IntakeOptions::default() }).unwrap();
    assert_eq!(collected.records.len(), 10);
    assert!(collected.notes.iter().any(|note| note.message.starts_with("50 log records")));
    assert_eq!(collected.warnings, [], "leaving out what was asked to be left out is no problem of a file");
}

#[test]
fn the_window_of_the_manifest_spares_memory_and_gives_the_year() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("incident.toml"), "window").unwrap();
    fs::write(folder.path().join("messages.log"), "Jun 10 10:00:00 node-a broker[1]: lease expired\n")
        .unwrap();
    fs::write(
        folder.path().join("app.jsonl"),
        "{\"time\":\"2025-06-10T10:00:00Z\",\"level\":\"info\",\"msg\":\"in\"}\n\
         {\"time\":\"2025-06-11T10:00:00Z\",\"level\":\"info\",\"msg\":\"out\"}\n",
    )
    .unwrap();
    let window_of: fn(&str) -> Option<_> = |text| {
        (text == "window")
            .then(|| ("2025-06-10T00:00:00Z".parse().unwrap(), "2025-06-10T23:00:00Z".parse().unwrap()))
    };
    let options = IntakeOptions { window_of: Some(window_of), ..IntakeOptions::default() };
    let collected = collect(folder.path(), &options).unwrap();
    let texts: Vec<&str> = collected.records.iter().map(|record| record.text.as_str()).collect();
    assert_eq!(texts, ["in", "lease expired"]);
    assert_eq!(when(&collected.records[1].when), "2025-06-10T10:00:00 local");
}

#[test]
fn an_archive_inside_an_archive_is_read_and_very_deep_ones_are_told() {
    let zipped = |name: &str, bytes: &[u8]| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, bytes).unwrap();
        archive.finish().unwrap().into_inner()
    };
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = zipped("notes.txt", b"- 2025-06-10 10:00 UTC started\n");
    fs::write(folder.path().join("once.zip"), zipped("inner/export.zip", &bytes)).unwrap();
    for _ in 0..5 {
        bytes = zipped("deeper.zip", &bytes);
    }
    fs::write(folder.path().join("often.zip"), &bytes).unwrap();
    let collected = collect(folder.path(), &IntakeOptions::default()).unwrap();
    assert_eq!(collected.records[0].origin.file, "once.zip/inner/export.zip/notes.txt");
    assert_eq!(collected.records.len(), 1);
    assert!(collected.warnings.iter().any(|warning| warning.message.contains("too deep")));
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_is_told_and_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.txt"), "- 10:00 started\n").unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
    let collected = collect(folder.path(), &IntakeOptions::default()).unwrap();
    assert_eq!(collected.records.len(), 1);
    assert!(collected.warnings.iter().any(|warning| warning.message.contains("loop")));
}
