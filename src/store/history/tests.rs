//! Loading histories as people have them.
#![allow(clippy::unwrap_used, reason = "a failing unwrap fails the test")]

use super::*;

fn history(name: &str, content: &[u8]) -> History {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    load(&[path]).unwrap()
}

#[test]
fn broken_lines_are_warnings_and_the_rest_is_kept() {
    let history = history(
        "h.jsonl",
        b"\xef\xbb\xbf{\"id\":\"A\",\"title\":\"one\",\"text\":\"x\",\"date\":\"01/Jan/20 02:52\"}\r\n\
          not json\r\n[1]\r\n\r\n{\"id\":\"A\",\"title\":\"again\"}\r\n{\"title\":\"nameless \xff\"}\r\n{\"id\":\"E\"}\r\n\
          {\"id\":\"D\",\"title\":\"d\",\"date\":\"03/04/2025\",\"services\":\"cart, payments\",\"dup_of\":\"A\",\"label\":\"net\"}",
    );
    let ids: Vec<&str> = history.incidents.iter().map(|incident| incident.id.as_str()).collect();
    assert_eq!(ids, ["A", "h.jsonl:6", "D"]);
    assert_eq!(history.incidents[0].date.unwrap().to_string(), "2020-01-01T02:52:00Z");
    assert_eq!(history.incidents[2].services, ["cart", "payments"]);
    assert_eq!(history.duplicates["D"], "A");
    assert_eq!(history.incidents[2].repeat_of, None, "an evaluation label is no decision");
    assert_eq!(history.labels["D"], "net");
    let told: Vec<String> = history.warnings.iter().map(ToString::to_string).collect();
    for expected in [
        "h.jsonl:2: skipped",
        "h.jsonl:3: skipped",
        "h.jsonl:5: skipped: the id `A` was already used at h.jsonl:1",
        "h.jsonl:6: has no `id`",
        "h.jsonl:7: skipped",
        "h.jsonl:8: the date \"03/04/2025\"",
        "h.jsonl: is not UTF-8",
    ] {
        assert!(told.iter().any(|line| line.starts_with(expected)), "{expected} in {told:#?}");
    }
}

#[test]
fn a_missing_history_says_what_to_give() {
    let error = load(&[PathBuf::from("no/such/place")]).unwrap_err();
    assert!(matches!(error, Error::Missing(_)), "{error}");
}

#[test]
fn a_folder_is_read_in_name_order_and_hidden_files_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".unblame")).unwrap();
    for (name, id) in [("b.jsonl", "B"), ("a.jsonl", "A"), (".unblame/decisions.jsonl", "X")] {
        std::fs::write(folder.path().join(name), format!("{{\"id\":\"{id}\",\"title\":\"t\"}}\n")).unwrap();
    }
    let history = load(&[folder.path().to_owned()]).unwrap();
    let ids: Vec<(&str, usize)> = history.incidents.iter().map(|one| (one.id.as_str(), one.order)).collect();
    assert_eq!(ids, [("A", 0), ("B", 1)]);
}

#[test]
fn markdown_of_any_layout_is_read_and_a_readme_is_not() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("README.md", "# How we write postmortems\n"),
        (
            "INC-7.md",
            "# Checkout down\n\nDate: 2025-03-01\n\n## Action items\n\n- [ ] Add an alert\n- [x] Revert\n",
        ),
        (
            "b.md",
            "---\nid: PI-1\ntitle: T\nservices: [cart]\nstarted_at: 2025-02-01T10:00:00Z\nrepeat_of: [INC-7]\n---\n# T\n\ntext\n",
        ),
        ("c.md", "---\n: [broken\n---\n# Broken front matter\n\nstill text\n"),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let history = load(&[folder.path().to_owned()]).unwrap();
    let ids: Vec<&str> = history.incidents.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["INC-7", "PI-1", "c"]);
    assert_eq!(history.incidents[0].actions.iter().filter(|action| action.status.is_open()).count(), 1);
    assert_eq!(history.incidents[1].repeat_of.as_deref(), Some("INC-7"));
    assert!(history.warnings.iter().any(|warning| warning.file == "c.md"), "{:?}", history.warnings);
}
