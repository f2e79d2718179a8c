//! Importing what other tools export, through the front door.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a failing unwrap is a failing test

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn unblame(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("unblame").unwrap();
    command.current_dir(folder).env_remove("UNBLAME_MODEL").env("USER", "lin");
    command
}

fn import(folder: &Path) -> Value {
    let exports = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/imports");
    let output = unblame(folder)
        .args(["history", "import", exports, "--into", "postmortems", "--format", "json", "--quiet"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn fates(report: &Value) -> Vec<(String, String)> {
    let text = |page: &Value, key: &str| page[key].as_str().unwrap().to_owned();
    report["pages"].as_array().unwrap().iter().map(|page| (text(page, "id"), text(page, "fate"))).collect()
}

#[test]
fn every_export_becomes_a_page_that_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let report = import(folder.path());
    let rows: Vec<String> = report["pages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|page| format!("{} from {}, missing {}", page["id"], page["source"], page["missing"]))
        .collect();
    insta::assert_snapshot!("import_report", rows.join("\n"));
    for id in ["k7x2m9", "INC-88", "OPS-17"] {
        let page = std::fs::read_to_string(folder.path().join(format!("postmortems/{id}.md"))).unwrap();
        insta::assert_snapshot!(format!("import_{id}"), page);
    }
    let checked = unblame(folder.path())
        .args(["history", "check", "--history", "postmortems", "--format", "json", "--quiet"])
        .output()
        .unwrap();
    let checked: Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!(checked["incidents"].as_u64().unwrap() as usize, report["pages"].as_array().unwrap().len());
}

#[test]
fn a_second_run_changes_nothing_and_a_persons_edit_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    assert!(fates(&import(folder.path())).iter().all(|(_, fate)| fate == "created"));
    assert!(fates(&import(folder.path())).iter().all(|(_, fate)| fate == "unchanged"));
    let page = folder.path().join("postmortems/PD-913.md");
    let edited = std::fs::read_to_string(&page).unwrap() + "\nA person added this.\n";
    std::fs::write(&page, &edited).unwrap();
    let again = fates(&import(folder.path()));
    assert!(again.contains(&("PD-913".to_owned(), "kept".to_owned())), "{again:?}");
    assert_eq!(std::fs::read_to_string(&page).unwrap(), edited);
}

#[test]
fn a_changed_export_updates_an_untouched_page() {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export.json");
    let run = |title: &str| {
        std::fs::write(&export, format!("[{{\"id\":\"A-1\",\"title\":\"{title}\"}}]")).unwrap();
        let output = unblame(folder.path())
            .args(["history", "import", "export.json", "--into", "pages", "--format", "json"])
            .output()
            .unwrap();
        fates(&serde_json::from_slice(&output.stdout).unwrap())[0].1.clone()
    };
    assert_eq!(
        (run("Slow").as_str(), run("Slow").as_str(), run("Slower").as_str()),
        ("created", "unchanged", "updated")
    );
    assert!(std::fs::read_to_string(folder.path().join("pages/A-1.md")).unwrap().contains("# Slower"));
}

#[test]
fn what_holds_no_incident_is_an_error_with_a_way_out() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("x.json"), "{\"a\": 1}").unwrap();
    let output =
        unblame(folder.path()).args(["history", "import", "x.json", "--into", "pages"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("no incident was found") && said.contains("Statuspage"), "{said}");
    assert!(!folder.path().join("pages").exists());
}
