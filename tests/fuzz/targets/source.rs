//! Any bytes as any format: the first byte picks the format that is forced, or lets the content decide.
#![no_main]

use std::collections::BTreeMap;
use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use unblame::evidence::ingest::{ALL, Collector, Intake};

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, content)) = bytes.split_first() else { return };
    let forced = ALL.get(usize::from(choice)).map(|source| source.id().to_owned());
    let formats: BTreeMap<String, String> = forced.map(|id| ("a/file".to_owned(), id)).into_iter().collect();
    let mut intake = Intake::new(formats);
    let survey = intake.survey("a/file", Box::new(Cursor::new(content))).expect("memory can be read");
    let mut sink = Collector::default();
    let told = intake
        .read("a/file", &survey, Box::new(Cursor::new(content)), &mut sink)
        .expect("memory can be read");
    assert_eq!(told, sink.records.len(), "the count that is told is the count that was handed out");
    for record in &sink.records {
        assert!(
            !record.text.is_empty() && record.origin.line > 0,
            "a record says something and names its place"
        );
    }
});
