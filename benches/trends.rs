//! The quarterly report over ten thousand postmortems: reading, measuring and writing.
#![allow(clippy::expect_used)] // a bench that cannot run says why

#[path = "synthetic/history.rs"]
mod history;

use std::path::Path;
use std::sync::LazyLock;

use unblame::app::trends::{Request, trends};
use unblame::config::Settings;

const POSTMORTEMS: usize = 10_000;

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    history::history(folder.path(), POSTMORTEMS, 7);
    folder
});

fn request(history: &Path) -> Request {
    Request {
        history: vec![history.to_owned()],
        period: "2026-Q3".parse().expect("a quarter"),
        as_of: None,
        team: None,
        service: None,
        show_mean: false,
        timezone: None,
        folder: None,
    }
}

#[divan::bench(sample_count = 5)]
fn page_of_ten_thousand_postmortems(bencher: divan::Bencher) {
    let request = request(FOLDER.path());
    bencher.bench(|| {
        trends(&request, &Settings::default()).expect("a report").report.to_html().expect("a page")
    });
}

fn main() {
    divan::main();
}
