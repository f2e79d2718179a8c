//! Any text as `incident.toml`: an incident, or an error with advice.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use unblame::config::read_incident;

fuzz_target!(|text: &str| {
    if let Err(error) = read_incident(text, Path::new("incident.toml"), "folder") {
        assert!(!error.to_string().is_empty());
    }
});
