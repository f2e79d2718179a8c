//! Throughput of the linter on a document of ordinary length, many times over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)] // a program for developers speaks and stops plainly
#![allow(missing_docs, reason = "a benchmark")]

use divan::counter::BytesCount;
use unblame::lint::{Config, Linter, SectionKind, document_of};

fn main() {
    divan::main();
}

/// A document of mixed sections, mostly clean.
fn document() -> String {
    let mut text = String::from("---\nid: PM-1\nauthor: Mara Lind\n---\n# Shop down\n\n");
    for (section, sentence) in [
        (
            SectionKind::ExecutiveSummary,
            "The shop answered 503 to 4% of requests from 10:12 to 10:40 UTC after a rollout of `web` 4.2.",
        ),
        (
            SectionKind::Impact,
            "About 8,100 users saw an error page, and 310 orders were delayed by up to nine minutes.",
        ),
        (
            SectionKind::Timeline,
            "10:12 UTC Mara acknowledges the page and opens a bridge with the network team.",
        ),
        (
            SectionKind::RootCause,
            "The connection pool kept its old limit because the new key is read only after a restart of the pod.",
        ),
        (
            SectionKind::ContributingFactors,
            "The alert for the pool had been moved to a channel without subscribers when the service changed owners.",
        ),
        (
            SectionKind::Actions,
            "Reject a pool limit under 80 in the admission webhook (owner: web, due 2027-01-22, WEB-55).",
        ),
    ] {
        for _ in 0..12 {
            text.push_str(&document_of(Some(section), sentence));
            text.push('\n');
        }
    }
    text
}

#[divan::bench]
fn one_document(bencher: divan::Bencher<'_, '_>) {
    let text = document();
    let linter = Linter::new(Config::default());
    bencher
        .counter(BytesCount::of_str(text.as_str()))
        .bench(|| linter.check("pm.md", divan::black_box(&text)));
}

/// Whole postmortems one after the other on one core, without a pause for start-up.
#[divan::bench]
fn documents_of_the_evaluation(bencher: divan::Bencher<'_, '_>) {
    let texts: Vec<String> = std::fs::read_dir("evals/blame/documents")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let linter = Linter::new(Config::default());
    bencher
        .counter(BytesCount::new(texts.iter().map(String::len).sum::<usize>()))
        .bench(|| texts.iter().map(|text| linter.check("pm.md", text).findings.len()).sum::<usize>());
}
