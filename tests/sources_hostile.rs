//! No bytes make a reader panic: arbitrary ones, and fixtures that were cut off, mutated or given to the wrong format.
#![allow(clippy::unwrap_used)] // a failing test may panic

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use unblame::evidence::ingest::{ALL, Collector, Intake};

static FIXTURES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sources");
    let mut found = Vec::new();
    gather(&root, &mut found);
    found.sort();
    found.into_iter().map(|path| fs::read(path).unwrap()).collect()
});

fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, found);
        } else if path.file_name().is_some_and(|name| name != "expected.json") {
            found.push(path);
        }
    }
}

/// Reads the bytes as one format, or as whatever they look like.
fn read(bytes: &[u8], format: Option<&str>) -> Collector {
    let formats: BTreeMap<String, String> =
        format.map(|id| ("a/file".to_owned(), id.to_owned())).into_iter().collect();
    let mut intake = Intake::new(formats);
    let survey = intake.survey("a/file", Box::new(Cursor::new(bytes))).unwrap();
    let mut sink = Collector::default();
    intake.read("a/file", &survey, Box::new(Cursor::new(bytes)), &mut sink).unwrap();
    sink
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600), source in 0..ALL.len()) {
        read(&bytes, Some(ALL[source].id()));
        read(&bytes, None);
    }

    #[test]
    fn arbitrary_text(text in "[-0-9:\\[\\]<>{}\"',|#*\\\\a-zA-Z T\t\n.éü–/]{0,300}", source in 0..ALL.len()) {
        read(text.as_bytes(), Some(ALL[source].id()));
        read(text.as_bytes(), None);
    }

    #[test]
    fn cut_and_mutated_fixtures(
        file in any::<prop::sample::Index>(),
        cut in 0.0..1.0_f64,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        source in 0..ALL.len(),
    ) {
        let original = &FIXTURES[file.index(FIXTURES.len())];
        let mut bytes = original.clone();
        bytes.truncate((original.len() as f64 * (0.2 + cut)) as usize);
        for (at, byte) in changes {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        read(&bytes, Some(ALL[source].id()));
        read(&bytes, None);
    }

    #[test]
    fn a_cut_array_gives_its_complete_elements(count in 1..30_usize, cut in 0.0..1.0_f64) {
        let items: Vec<String> = (0..count)
            .map(|n| format!("{{\"type\":\"message\",\"user\":\"U1\",\"text\":\"m{n}\",\"ts\":\"17495496{n:02}.000100\"}}"))
            .collect();
        let whole = format!("[{}]", items.join(","));
        let end = (whole.len() as f64 * cut) as usize;
        let complete = whole[..end].matches('}').count();
        let sink = read(&whole.as_bytes()[..end], Some("slack_export"));
        prop_assert_eq!(sink.records.len(), complete);
        prop_assert!(end < 2 || !sink.warnings.is_empty());
    }
}
