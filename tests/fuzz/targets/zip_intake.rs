//! Any bytes as an archive (or a gzipped or plain file) in an incident folder, read from disk as users do.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use unblame::store::{IntakeOptions, collect};

/// One folder for the whole run; each input replaces the file in it.
static FOLDER: LazyLock<tempfile::TempDir> =
    LazyLock::new(|| tempfile::tempdir().expect("a temporary folder"));

fuzz_target!(|bytes: &[u8]| {
    let path = FOLDER.path().join("collected.zip");
    std::fs::write(&path, bytes).expect("the temporary folder takes files");
    let first = collect(FOLDER.path(), &IntakeOptions::default());
    let entries = std::fs::read_dir(FOLDER.path()).expect("the folder is there").count();
    assert_eq!(entries, 1, "reading writes nothing beside the archive");
    if let Ok(collected) = first {
        for record in &collected.records {
            assert!(!record.origin.file.contains(".."), "no origin leads out of the archive");
        }
    }
});
