//! How fast evidence is read and redacted, and in how much memory; sizes by UNBLAME_BENCH_MB and UNBLAME_BENCH_MESSAGES.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)] // a program for developers speaks and stops plainly

mod synthetic;

use std::fmt::Write as _;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::BytesCount;
use unblame::redact::Redactor;
use unblame::store::{IntakeOptions, collect};

/// Megabytes of the log when nothing else is asked for.
const LOG_MB: usize = 16;
/// Messages of the Slack export when nothing else is asked for.
const MESSAGES: usize = 5_000;

fn main() {
    divan::main();
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        println!("peak memory of all benches: {}", peak.trim_start_matches("VmHWM:").trim());
    }
}

fn size(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// A log of a day: four lines a second, one in thirty a warning or worse.
fn log(path: &Path, bytes: usize) {
    let start: jiff::Timestamp = "2025-06-10T00:00:00Z".parse().expect("a time");
    let mut out = BufWriter::new(std::fs::File::create(path).expect("the log can be made"));
    let (mut written, mut number) = (0, 0_u64);
    let mut line = String::new();
    while written < bytes {
        line.clear();
        let at =
            start + jiff::SignedDuration::from_millis(i64::try_from(number).expect("a small number") * 250);
        let level = match number % 30 {
            7 => "error",
            3 => "warn",
            _ => "info",
        };
        let service =
            ["checkout", "shop", "search", "login"][usize::try_from(number % 4).expect("a small number")];
        writeln!(
            line,
            "{{\"time\":\"{at}\",\"level\":\"{level}\",\"service\":\"{service}\",\"host\":\"node-{}\",\"trace_id\":\"{:016x}\",\
             \"duration_ms\":{},\"http\":{{\"method\":\"GET\",\"path\":\"/orders/{number}\",\"status\":200}},\
             \"msg\":\"request {number} waited for a connection of the pool\"}}",
            number % 40,
            number.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            number % 900,
        )
        .expect("memory takes text");
        out.write_all(line.as_bytes()).expect("the disk has room");
        written += line.len();
        number += 1;
    }
    out.flush().expect("the disk has room");
}

fn bytes_in(folder: &Path) -> usize {
    let sizes = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len()));
    usize::try_from(sizes.sum::<u64>()).expect("a size in memory")
}

fn records(folder: &Path) -> usize {
    collect(folder, &IntakeOptions::default()).expect("what was generated can be read").records.len()
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn json_lines_log(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    log(&folder.path().join("app.jsonl"), size("UNBLAME_BENCH_MB", LOG_MB) << 20);
    bencher.counter(BytesCount::new(bytes_in(folder.path()))).bench_local(|| records(folder.path()));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn slack_export(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    synthetic::slack_export(folder.path(), size("UNBLAME_BENCH_MESSAGES", MESSAGES), 7);
    bencher.counter(BytesCount::new(bytes_in(folder.path()))).bench_local(|| records(folder.path()));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn redaction(bencher: Bencher<'_, '_>) {
    let mut texts: Vec<PathBuf> = walkdir::WalkDir::new("evals/redaction/documents")
        .into_iter()
        .filter_map(|entry| Some(entry.ok()?.into_path()))
        .filter(|path| path.is_file())
        .collect();
    texts.sort();
    let text: String = texts
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a document of the evaluation"))
        .collect();
    let text = text.repeat((1 << 20) / text.len().max(1) + 1);
    bencher
        .counter(BytesCount::of_str(text.as_str()))
        .bench_local(|| Redactor::default().redact(divan::black_box(&text)));
}
