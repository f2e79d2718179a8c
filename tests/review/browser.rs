//! A reviewer's afternoon in a real browser: read, edit, decide, answer, finish.

use crate::chromium::Browser;
use crate::started::{DRAFT, Started};

#[test]
fn a_draft_is_opened_edited_decided_and_finished() {
    let Some(mut browser) = Browser::start(1440, "light") else { return };
    let review = Started::new();
    browser.open(&review.url);
    assert_eq!(browser.eval("location.search"), "", "the token is gone from the address");
    assert_eq!(
        browser.eval("document.title"),
        "PI-2025-041 · Search unavailable after a memory limit change · review"
    );

    // Evidence of a sentence, with the lines around it.
    browser.click("#part-timeline a.cite[data-cite='E4']");
    browser.wait("document.querySelector('#sheet[open] .lines .this')");
    let said = browser.eval("document.querySelector('#sheet .this').textContent");
    assert!(said.as_str().unwrap().contains("<script>"), "shown as it was said: {said}");
    assert_ne!(browser.eval("document.title"), "owned");
    browser.press("Escape", 0);
    browser.wait("!document.getElementById('sheet').open && document.activeElement.dataset.cite === 'E4'");

    // Edit a section with the keyboard, see the preview, save.
    browser.eval("document.getElementById('part-impact').focus()");
    browser.press("e", 0);
    browser.wait("document.activeElement.matches('#part-impact textarea')");
    browser.eval("document.activeElement.setSelectionRange(1e6, 1e6)");
    browser.type_text("\n- Support counted **61** calls.");
    browser.wait("document.querySelector('#part-impact .preview strong')?.textContent === '61'");
    browser.press("s", 2);
    browser.wait("document.querySelector('#part-impact .prose strong')?.textContent === '61' && !document.querySelector('.editor')");
    assert!(review.text().contains("- Support counted **61** calls.\n\n## Timeline"), "{}", review.text());

    // What an editor beside it writes shows up.
    let beside = review.text().replace("Product pages stayed up.", "Product pages and carts stayed up.");
    std::fs::write(review.draft(), beside).unwrap();
    browser.wait("document.getElementById('part-what-went-well').textContent.includes('carts')");

    // Accept a match.
    browser.click("[data-decide='same'][data-other='PI-2025-032']");
    browser.wait(
        "document.querySelector(\"[data-decide='same'][data-other='PI-2025-032'][aria-pressed='true']\")",
    );
    assert!(review.decisions().contains("\"verdict\":\"same\""), "{}", review.decisions());

    // Answer the question, fill in the action.
    browser.click("#answer-1");
    browser.type_text("About 9,000.");
    browser.press("Enter", 2);
    browser.wait("document.querySelector('.question.answered')");
    browser.click("#action-0-verification");
    browser.type_text("a pull request with a lower limit is refused");
    browser.press("Enter", 0);
    browser.eval("document.activeElement.blur()");
    browser.wait("!document.querySelector('.field.missing')");

    // To review, then final.
    browser.click("#promote[data-stage='review']:not(:disabled)");
    browser.wait("document.querySelector('.status.review')");
    browser.click("#promote[data-stage='final']:not(:disabled)");
    browser.wait("document.querySelector('.status.final')");
    let text = review.text();
    for piece in [
        "status: final",
        "- **Answer:** About 9,000.",
        "a pull request with a lower limit is refused",
        "carts stayed up",
    ] {
        assert!(text.contains(piece), "{piece} in {text}");
    }
    assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
}

#[test]
fn a_conflict_shows_both_sides_and_a_person_decides() {
    let Some(mut browser) = Browser::start(1440, "dark") else { return };
    let review = Started::new();
    browser.open(&review.url);
    browser.click("[data-edit='what-went-well']");
    browser.wait("document.activeElement.matches('#part-what-went-well textarea')");
    browser.eval("document.activeElement.select()");
    browser.type_text("## What went well\n\n- Everything that I say here.");
    std::fs::write(review.draft(), DRAFT.replace("- Product pages stayed up.", "- Carts stayed up."))
        .unwrap();
    browser.press("s", 2);
    browser.wait("document.querySelector('#conflict[open]')");
    let sides = browser.eval("document.querySelector('#conflict .two').textContent");
    assert!(
        sides.as_str().unwrap().contains("Everything") && sides.as_str().unwrap().contains("Carts"),
        "{sides}"
    );
    assert!(!review.text().contains("Everything"), "nothing is written before the person decides");
    browser.eval("document.getElementById('conflict-text').select()");
    browser.eval("document.getElementById('conflict-text').focus()");
    browser.type_text("## What went well\n\n- Carts stayed up, and everything that I say here.");
    browser.click("#conflict .primary");
    browser.wait("!document.querySelector('#conflict[open]') && !document.querySelector('.editor')");
    assert!(
        review.text().contains("- Carts stayed up, and everything that I say here."),
        "{}",
        review.text()
    );
}

#[test]
fn a_narrow_screen_has_no_sideways_scrolling_and_the_keyboard_reaches_everything() {
    let Some(mut browser) = Browser::start(360, "dark") else { return };
    let review = Started::new();
    browser.open(&review.url);
    browser.wait("document.querySelector('.match')");
    assert_eq!(
        browser.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
        0
    );
    browser.press("?", 0);
    browser.wait("document.querySelector('#help[open]')");
    browser.press("Escape", 0);
    browser.wait("!document.querySelector('#help[open]')");
    browser.press("j", 0);
    browser.press("j", 0);
    browser.wait("document.activeElement.id === 'part-executive-summary'");
    browser.press("t", 0);
    browser.wait("document.activeElement.matches('.event')");
    let label = browser.eval("document.activeElement.dataset.cite");
    browser.press("+", 0);
    browser.press("Enter", 0);
    browser.wait(&format!("document.querySelector('#sheet[open] h2').textContent === 'Evidence ' + {label}"));
    browser.press("Escape", 0);
    browser.press("d", 0);
    browser.wait("document.querySelector('#changes[open]')");
    assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
}

#[test]
fn the_head_of_the_file_is_a_form_that_refuses_what_makes_no_sense() {
    let Some(mut browser) = Browser::start(1440, "light") else { return };
    let review = Started::new();
    browser.open(&review.url);
    browser.press("h", 0);
    browser.wait("document.activeElement.id === 'head-title'");
    let set = |browser: &mut Browser, key: &str, value: &str| {
        browser.eval(&format!(
            "(() => {{ const f = document.getElementById('head-{key}'); f.focus(); f.select(); }})()"
        ));
        browser.type_text(value);
    };
    set(&mut browser, "severity", "SEV-1");
    set(&mut browser, "detected_at", "2025-12-09 10:02");
    browser.press("Enter", 0);
    browser.wait("document.activeElement.id === 'head-detected_at' && document.activeElement.matches('[aria-invalid]')");
    let note = browser.eval("document.getElementById('head-detected_at-note').textContent");
    assert!(note.as_str().unwrap().contains("lies before started"), "{note}");
    assert_eq!(review.text(), DRAFT, "nothing is written while something is wrong");
    // Another program writes meanwhile; what is typed stays, and both are in the file in the end.
    std::fs::write(review.draft(), DRAFT.replace("Product pages stayed up.", "Carts stayed up.")).unwrap();
    browser.wait("document.getElementById('part-what-went-well').textContent.includes('Carts')");
    set(&mut browser, "detected_at", "2025-12-09 10:20");
    set(&mut browser, "roles", "commander: Maya Okafor");
    browser.press("Enter", 0);
    browser.wait("!document.querySelector('#details[open]') && document.getElementById('masthead').textContent.includes('SEV-1')");
    browser.wait("document.activeElement.id === 'edit-details'");
    let text = review.text();
    for line in [
        "severity: SEV-1",
        "detected_at: 2025-12-09T10:20:00Z",
        "roles: {commander: Maya Okafor}",
        "status: draft",
    ] {
        assert!(text.lines().any(|known| known == line), "{line} in {text}");
    }
    assert!(text.contains("Carts stayed up."));
    assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
}
