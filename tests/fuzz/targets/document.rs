//! Any text as a postmortem: parsing, and reading again what was rendered, give the same document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unblame::document::{action_items, factors, parse, render};

fuzz_target!(|text: &str| {
    let parsed = parse(text);
    let postmortem = &parsed.postmortem;
    let found = action_items(postmortem).len() + factors(postmortem).len();
    assert!(found <= text.len(), "nothing is found that was not written");
    let rendered = render(postmortem);
    let once = render(&parse(&rendered).postmortem);
    let twice = render(&parse(&once).postmortem);
    assert_eq!(once, twice, "rendering settles");
});
