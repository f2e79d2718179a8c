//! Every state of the page under axe-core, at both widths and in both colour schemes: no violation.
//!
//! `UNBLAME_AXE` names `axe.min.js`, which `.ci/run` installs outside of the repository; `UNBLAME_SHOTS` names a folder
//! for a picture of each state.

use std::path::PathBuf;

use serde_json::Value;

use crate::chromium::Browser;
use crate::started::{DRAFT, Started};

/// Name, what brings the page into the state, when it is there, and what leaves it.
const STATES: [(&str, &str, &str, &str); 9] = [
    ("page", "null", "document.querySelector('.match')", "null"),
    (
        "evidence",
        "document.querySelector(\"#part-timeline a.cite[data-cite='E4']\").click()",
        "document.querySelector('#sheet[open] .lines .this')",
        "document.querySelector('#sheet [data-close]').click()",
    ),
    (
        "finding",
        "document.querySelector('#desk [data-finding]').click()",
        "document.querySelector('#sheet[open] .question-text')",
        "document.querySelector('#sheet [data-close]').click()",
    ),
    (
        "editor",
        "document.querySelector(\"[data-edit='impact']\").click()",
        "document.querySelector('#part-impact .preview p, #part-impact .preview li')",
        "document.querySelector('#part-impact .editor textarea').focus()",
    ),
    (
        "conflict",
        "(() => { const f = document.querySelector('#part-impact .editor textarea'); f.value = '## Impact\\n\\n- Mine, other words.'; f.dispatchEvent(new Event('input', { bubbles: true })); [...document.querySelectorAll('#part-impact .editor button')].find((b) => b.textContent.startsWith('Save')).click(); })()",
        "document.querySelector('#conflict[open] textarea')",
        "document.querySelector('#conflict .primary').click()",
    ),
    (
        "details",
        "document.getElementById('edit-details').click()",
        "document.querySelector('#details[open]')",
        "document.querySelector('#details [data-close]').click()",
    ),
    (
        "details-refused",
        "(() => { document.getElementById('edit-details').click(); document.getElementById('head-detected_at').value = 'soon'; document.getElementById('head-form').requestSubmit(); })()",
        "document.querySelector('#details [aria-invalid]')",
        "document.querySelector('#details [data-close]').click()",
    ),
    (
        "changes",
        "document.getElementById('show-changes').click()",
        "document.querySelector('#changes[open] .diff')",
        "document.querySelector('#changes [data-close]').click()",
    ),
    (
        "help",
        "document.getElementById('show-help').click()",
        "document.querySelector('#help[open]')",
        "document.querySelector('#help [data-close]').click()",
    ),
];

const CHECK: &str = "axe.run(document).then((found) => found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`))";

#[test]
fn no_state_of_the_page_shuts_anybody_out() {
    let Some(script) = std::env::var_os("UNBLAME_AXE").map(PathBuf::from).filter(|path| path.is_file())
    else {
        eprintln!("skipped: UNBLAME_AXE names no axe.min.js; .ci/run installs it");
        return;
    };
    let script = std::fs::read_to_string(script).unwrap();
    let shots = std::env::var_os("UNBLAME_SHOTS").map(PathBuf::from);
    for (width, scheme) in [(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")] {
        let Some(mut browser) = Browser::start(width, scheme) else { return };
        let review = with_generated();
        browser.open(&review.url);
        browser.eval(&script);
        for (state, enter, entered, leave) in STATES {
            if state == "conflict" {
                let beside = review.text().replace("14,200 searches", "14,300 searches");
                std::fs::write(review.draft(), beside).unwrap();
            }
            browser.eval(enter);
            browser.wait(entered);
            if let Some(folder) = &shots {
                browser.shoot(&folder.join(format!("{state}-{width}-{scheme}.png")), state == "page");
            }
            let violations = browser.eval(CHECK);
            assert_eq!(violations, Value::Array(Vec::new()), "{state} at {width} px, {scheme}");
            let sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
            assert_eq!(browser.eval(sideways), 0, "{state} at {width} px scrolls sideways");
            browser.eval(leave);
            browser.wait("!document.querySelector('dialog[open]')");
        }
        // The last state: nothing is left to do.
        std::fs::write(review.draft(), DRAFT.replace("status: draft", "status: final")).unwrap();
        browser.wait("document.querySelector('.status.final')");
        assert_eq!(browser.eval(CHECK), Value::Array(Vec::new()), "final at {width} px, {scheme}");
        assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
    }
}

/// A review whose generated text is known and differs, so that there are changes to show.
fn with_generated() -> Started {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join(".unblame/base");
    std::fs::create_dir_all(&base).unwrap();
    std::fs::write(
        base.join("PI-2025-041.md"),
        DRAFT.replace("Product pages stayed up.", "Pages stayed up."),
    )
    .unwrap();
    std::fs::write(
        folder.path().join("draft.md"),
        DRAFT.replace(
            "The runbook has no step",
            "The engineer should have known better; the runbook has no step",
        ),
    )
    .unwrap();
    Started::on(folder)
}
