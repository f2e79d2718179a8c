//! Measures the page on a large draft; ignored, because a busy machine is no bug.
//!
//! `UNBLAME_BIN=target/release/unblame cargo test --test review speed -- --ignored --nocapture`

use std::fmt::Write as _;

use serde_json::json;

use crate::chromium::Browser;
use crate::started::Started;

/// A draft of 5,000 words that cites 500 events kept beside it.
fn large() -> tempfile::TempDir {
    const SECTIONS: [&str; 8] = [
        "Executive summary",
        "Impact",
        "Contributing factors",
        "Root cause analysis",
        "Recovery assessment",
        "What went well",
        "What could be improved",
        "Lessons learned",
    ];
    let mut page = "---\nid: INC-1\ntitle: A long day\nstatus: draft\nseverity: SEV-2\nservices: [search]\nstarted_at: 2025-12-09T10:00:00Z\ndetected_at: 2025-12-09T10:09:00Z\nresolved_at: 2025-12-09T18:00:00Z\n---\n# A long day\n\n".to_owned();
    let mut event = 0;
    let mut cite = || {
        event = event % 500 + 1;
        event
    };
    for section in SECTIONS {
        let _ = write!(page, "## {section}\n\n");
        for _ in 0..52 {
            let id = cite();
            let _ = write!(page, "The search service refused request number {id} of the day.[^E{id}] ");
            if id % 4 == 0 {
                page.push_str("\n\n");
            }
        }
        page.push_str("\n\n");
    }
    page.push_str("## Timeline\n\n| Time (UTC) | Source | Event |\n|---|---|---|\n");
    for _ in 0..84 {
        let id = cite();
        let _ = writeln!(
            page,
            "| {:02}:{:02} | kubernetes | search refused request number {id} of the day [^E{id}] |",
            10 + id / 60,
            id % 60
        );
    }
    page.push_str("\n## Evidence\n\n");
    let mut kept = String::new();
    for id in 1..=500 {
        let (hour, minute) = (10 + id / 60, id % 60);
        let text = format!("search refused request number {id} of the day");
        let _ = writeln!(
            page,
            "[^E{id}]: 2025-12-09 {hour:02}:{minute:02}:00 UTC · kubernetes · \"{text}\" (events.json#{id})"
        );
        let event = json!({
            "id": format!("E{id}"), "at": format!("2025-12-09T{hour:02}:{minute:02}:00Z"), "precision": "second", "source": "kubernetes",
            "class": "automated", "kind": "log", "actor": null, "text": text, "count": 1, "key": id % 6 == 0,
            "origin": { "file": "events.json", "line": id }, "fingerprint": format!("{id:016x}"),
        });
        let _ = writeln!(kept, "{event}");
    }
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join(".unblame/evidence");
    std::fs::create_dir_all(&evidence).unwrap();
    std::fs::write(evidence.join("INC-1.jsonl"), kept).unwrap();
    std::fs::write(folder.path().join("draft.md"), page).unwrap();
    folder
}

#[test]
#[ignore = "measures, asserts nothing"]
fn first_paint_and_preview_of_a_large_draft() {
    let folder = large();
    if let Some(place) = std::env::var_os("UNBLAME_LARGE") {
        // For timing `verify` and `check` from a shell.
        let place = std::path::PathBuf::from(place);
        std::fs::create_dir_all(place.join(".unblame/evidence")).unwrap();
        for name in ["draft.md", ".unblame/evidence/INC-1.jsonl"] {
            std::fs::copy(folder.path().join(name), place.join(name)).unwrap();
        }
    }
    let review = Started::on(folder);
    let words = review.text().split("## Evidence").next().unwrap().split_whitespace().count();
    let paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
    let (mut fresh, mut warm) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let Some(mut browser) = Browser::start(1440, "light") else { return };
        browser.open(&review.url);
        browser.wait(paint);
        fresh.push(browser.eval(paint).as_f64().unwrap());
        let home = review.url.split("?token").next().unwrap().to_owned();
        for _ in 0..4 {
            browser.open(&home);
            browser.wait(paint);
            warm.push(browser.eval(paint).as_f64().unwrap());
        }
    }
    let Some(mut browser) = Browser::start(1440, "light") else { return };
    browser.open(&review.url);
    browser.click("[data-edit='impact']");
    browser.wait("document.activeElement.matches('#part-impact textarea') && document.querySelector('#part-impact .preview p')");
    browser.eval("document.activeElement.setSelectionRange(1e6, 1e6)");
    let mut keys = Vec::new();
    for at in 0..40 {
        browser.eval("performance.clearMarks()");
        browser.type_text(&format!(" key{at}"));
        let drawn = format!(
            "performance.getEntriesByName('drawn').length && document.querySelector('#part-impact .preview').textContent.includes('key{at}')"
        );
        browser.wait(&drawn);
        let took = browser.eval("performance.getEntriesByName('drawn')[0].startTime - performance.getEntriesByName('typed')[0].startTime");
        keys.push(took.as_f64().unwrap());
    }
    eprintln!("draft of {words} words, 500 events");
    for (what, mut times) in
        [("first paint, fresh profile", fresh), ("first paint, warm", warm), ("keystroke to preview", keys)]
    {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        eprintln!(
            "{what}: least {:.0} ms, median {:.0} ms, 9 of 10 within {:.0} ms, n = {}",
            at(0.0),
            at(0.5),
            at(0.9),
            times.len()
        );
    }
}
