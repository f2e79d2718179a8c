//! Zero bytes lost: random documents, random hands, random new evidence, and every byte that a person put in is found.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use ndarray_rand::rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;

use super::{merge, unresolved};

/// Runs of the loss test; `UNBLAME_MERGE_RUNS` sets another number.
const RUNS: u64 = 10_000;

/// What people type: several scripts, marks that mean something in Markdown, marks that mean nothing.
const WORDS: [&str; 16] = [
    "Ausfall",
    "naïve",
    "障害",
    "сбой",
    "e\u{301}tude",
    "🙂",
    "50 %",
    "`code`",
    "**bold**",
    "[link](x)",
    "a|b",
    "\"quoted\"",
    "it's",
    "3.5",
    "e.g. this",
    "—",
];
const SECTIONS: [&str; 8] = [
    "Executive summary",
    "Impact",
    "Timeline",
    "Root cause analysis",
    "Lessons learned",
    "Action items",
    "Open questions",
    "Evidence",
];

/// A document as the drafter writes them, from the events with these numbers.
fn page(random: &mut Xoshiro256Plus, events: usize) -> String {
    let mut page = format!(
        "---\nid: INC-1\ntitle: Checkout down\nstatus: draft\nseverity: SEV-{}\nservices: [a, b]\n---\n# Checkout down\n\n> Draft from evidence.\n\n",
        random.gen_range(1..4)
    );
    for heading in SECTIONS {
        page.push_str(&format!("## {heading}\n\n"));
        match heading {
            "Timeline" => {
                page.push_str("| Time (UTC) | Source | Event |\n|---|---|---|\n");
                for event in (0..events).filter(|event| event % 2 == 0) {
                    page.push_str(&format!(
                        "| 09:{event:02} | k8s | event w{event} happened [^E{event}] |\n"
                    ));
                }
            }
            "Action items" => {
                page.push_str("| ID | Action | Owner |\n|---|---|---|\n");
                for at in 0..random.gen_range(0..4) {
                    page.push_str(&format!("| A-{at} | mend part w{at} | – |\n"));
                }
            }
            "Open questions" => {
                (0..random.gen_range(0..4))
                    .for_each(|at| page.push_str(&format!("- Who saw w{at}? *Ask: support.*\n")));
            }
            "Evidence" => (0..events).for_each(|event| {
                page.push_str(&format!(
                    "[^E{event}]: 2025-11-28 09:{event:02}:00 UTC · k8s · \"w{event}\" (k.json#{event})\n"
                ));
            }),
            "Root cause analysis" => {
                page.push_str("```mermaid\ngraph LR\n  a --> b\n```\n\n1. Why? Because of w1.[^E1]\n   - Why that? w2.[^E2]\n\n### Fishbone\n\n");
                page.push_str(&format!("The service failed {} times.[^E1][^E2]\n", random.gen_range(1..9)));
            }
            _ => {
                for at in 0..random.gen_range(1..5) {
                    let value = random.gen_range(1..60);
                    page.push_str(&format!("The w{at} service failed for {value} minutes.[^E{at}] "));
                }
                page.push('\n');
            }
        }
        page.push('\n');
    }
    page
}

/// Words of a person, each text different from every other.
fn said(random: &mut Xoshiro256Plus, number: usize) -> String {
    let words: Vec<&str> =
        (0..random.gen_range(1..6)).map(|_| WORDS[random.gen_range(0..WORDS.len())]).collect();
    format!("⟦{number}⟧ {} ⟦/{number}⟧", words.join(" "))
}

fn place(text: &str, random: &mut Xoshiro256Plus) -> usize {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    places.get(random.gen_range(0..places.len().max(1))).copied().unwrap_or(0)
}

/// The line around a place, its line break included.
fn line_at(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    start..text[at..].find('\n').map_or(text.len(), |line| at + line + 1)
}

/// One edit of a person.
fn touch(text: &mut String, random: &mut Xoshiro256Plus, number: usize) {
    let words = said(random, number);
    let at = place(text, random);
    let line = line_at(text, at);
    match random.gen_range(0..13) {
        // In the middle of whatever stands there, table cells, code and front matter included.
        0 => text.insert_str(at, &format!(" {words} ")),
        1 => text.insert_str(at, &words),
        2 => {
            text.insert_str(line.start, &format!("\n{words} is a paragraph.\nIt has two lines {words}.\n\n"))
        }
        3 => text.insert_str(line.start, &format!("| {words} | row |\n")),
        4 => text.insert_str(line.start, &format!("- {words}\n  - {words} below\n")),
        5 => text.replace_range(line, ""),
        6 => text.replace_range(line, &format!("{words}\n")),
        // A cell, a word, a number.
        7 => {
            let end = line.end - usize::from(text[line.clone()].ends_with('\n'));
            let from = text[line.start..end].rfind(' ').map_or(line.start, |space| line.start + space + 1);
            text.replace_range(from..end, &words);
        }
        8 => {
            let end = text.find("\n---\n").map_or(0, |end| end + 1);
            text.insert_str(end, &format!("note_{number}: \"{}\"\n", words.replace('"', "'")));
        }
        9 => *text = text.replacen("severity: SEV-", &format!("severity: {words} SEV-"), 1),
        // Sections: renamed, moved to the end, a new one.
        10 => {
            let heading = SECTIONS[random.gen_range(0..SECTIONS.len())];
            *text = text.replacen(&format!("\n## {heading}\n"), &format!("\n## {heading} {words}\n"), 1);
        }
        11 => {
            let heading = SECTIONS[random.gen_range(0..SECTIONS.len())];
            if let Some(start) = text.find(&format!("\n## {heading}")) {
                let end = text[start + 1..].find("\n## ").map_or(text.len(), |end| start + 1 + end);
                let section: String = text.drain(start..end).collect();
                text.push_str(&section);
            }
        }
        _ => text.push_str(&format!("\n## {words}\n\n```\n{words} in code\n```\n\n<!-- {words} -->\n")),
    }
}

/// The texts of people in a document, each from its first to its last byte.
fn statements(text: &str) -> Vec<&str> {
    text.match_indices('⟦')
        .filter(|(at, _)| !text[*at..].starts_with("⟦/"))
        .map(|(at, _)| {
            let rest = &text[at..];
            // Another edit may have cut the end off.
            let number = rest["⟦".len()..].split('⟧').next().unwrap_or_default();
            let close = format!("⟦/{number}⟧");
            let end = rest
                .find(&close)
                .map_or_else(|| rest.find('\n').unwrap_or(rest.len()), |end| end + close.len());
            &rest[..end]
        })
        .collect()
}

/// Bytes without those that are white space: how a gap is filled is layout, everything else is somebody's.
fn ink(text: &str) -> String {
    text.split_whitespace().collect()
}

fn runs() -> u64 {
    std::env::var("UNBLAME_MERGE_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(RUNS)
}

#[test]
fn no_byte_of_a_person_is_lost_in_ten_thousand_redrafts() {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as u64;
    let checked: usize = std::thread::scope(|scope| {
        let part = |first| {
            scope.spawn(move || (first..runs()).step_by(threads as usize).map(redraft).sum::<usize>())
        };
        let parts: Vec<_> = (0..threads).map(part).collect();
        parts.into_iter().map(|part| part.join().unwrap()).sum()
    });
    assert!(checked as u64 > runs(), "the hands wrote nothing");
}

/// One draft, one person, one redraft; gives the number of bytes of the person that were looked for and found.
fn redraft(seed: u64) -> usize {
    let mut random = Xoshiro256Plus::seed_from_u64(seed);
    let events = random.gen_range(2..12);
    let base = page(&mut random, events);
    let mut ours = base.clone();
    for number in 0..random.gen_range(0..9) {
        touch(&mut ours, &mut random, number);
    }
    if random.gen_bool(0.2) {
        ours = ours.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    // The same evidence in other words, late evidence, or another draft altogether.
    let late = if random.gen_bool(0.5) { random.gen_range(0..9) } else { 0 };
    let mut again = Xoshiro256Plus::seed_from_u64(if random.gen_bool(0.5) { seed } else { seed + 7_000_000 });
    let seeded = again.gen_range(2..12);
    let theirs = page(&mut again, seeded.max(events) + late);
    let merged = merge(&base, &ours, &theirs);
    let shown = || {
        format!(
            "seed {seed}\n--- base\n{base}\n--- ours\n{ours}\n--- theirs\n{theirs}\n--- merged\n{}",
            merged.text
        )
    };
    let kept = ink(&merged.text);
    let mut checked = 0;
    for statement in statements(&ours) {
        checked += statement.len();
        let whole =
            merged.text.contains(statement) || !statement.contains('\n') && kept.contains(&ink(statement));
        // A text that another edit cut through or that runs over several units is looked for line by line.
        let in_lines = || statement.lines().all(|line| kept.contains(&ink(line)));
        assert!(whole || in_lines(), "lost {statement:?}\n{}", shown());
    }
    // Words that no document but ours holds: every one is there as often as it was.
    for number in 0..9 {
        for mark in [format!("⟦{number}⟧"), format!("⟦/{number}⟧")] {
            let (had, has) = (ours.matches(&mark).count(), merged.text.matches(&mark).count());
            assert!(has >= had, "{mark}: {had} before, {has} now\n{}", shown());
        }
    }
    let open: Vec<usize> = unresolved(&merged.text).iter().map(|one| one.number).collect();
    for conflict in &merged.conflicts {
        assert!(open.contains(&conflict.number), "conflict {} is not shown\n{}", conflict.number, shown());
    }
    let once_more = merge(&theirs, &merged.text, &theirs);
    assert_eq!(once_more.text, merged.text, "the same evidence again changes something\n{}", shown());
    checked
}
