//! The main job: the fixture incident, and a synthetic channel of 20,000 messages; prints the peak memory at the end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)] // a program for developers speaks and stops plainly

mod synthetic;

use std::path::{Path, PathBuf};

use unblame::app::{DraftRequest, IntakeRequest, draft};
use unblame::config::Settings;

/// Messages of the synthetic channel.
const MESSAGES: usize = 20_000;

fn main() {
    divan::main();
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        println!("peak memory of all benches: {}", peak.trim_start_matches("VmHWM:").trim());
    }
}

fn drafted(incident: &Path, history: &[PathBuf]) -> String {
    let request = DraftRequest {
        intake: IntakeRequest { incident: incident.to_owned(), ..IntakeRequest::default() },
        history: history.to_vec(),
        output: Some(PathBuf::from("-")),
        ..DraftRequest::default()
    };
    let report = draft(&request, &Settings::default(), &|_| ()).expect("the incident can be drafted");
    report.document
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn fixture_with_history() -> String {
    drafted(Path::new("fixtures/incidents/payment-frontend-2025-11-28"), &[PathBuf::from("fixtures/history")])
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn channel_of_20_000_messages(bencher: divan::Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    synthetic::slack_export(folder.path(), MESSAGES, 7);
    bencher.bench_local(|| drafted(folder.path(), &[]));
}
