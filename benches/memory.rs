//! How fast the past answers: indexing, a question to a warm index, patterns; histories are generated.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run has nothing to say")]

use divan::Bencher;
use divan::counter::ItemsCount;
use jiff::Timestamp;
use unblame::domain::{PastIncident, PatternView};
use unblame::memory::pattern::{FailureModes, PatternOptions, patterns};
use unblame::memory::similar::{Calibration, Index, Scope, matches};

fn main() {
    divan::main();
}

/// A small generator of reproducible numbers (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    /// Small numbers often, large ones seldom, as words are used.
    fn zipf(&mut self, sides: u64) -> u64 {
        let share = (self.below(1 << 30) + 1) as f64 / (1u64 << 30) as f64;
        ((sides as f64).powf(share) - 1.0) as u64
    }
}

/// A word that no stemmer knows, the same for the same number.
fn word(number: u64) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "xa", "zu", "pe", "go", "di", "fu", "ho"];
    let mut rest = number + 17;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES[(rest % 16) as usize]);
        rest /= 16;
    }
    word
}

/// Incidents of about 130 words, one in ten a retelling of an earlier one.
fn history(count: usize) -> Vec<PastIncident> {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut past: Vec<PastIncident> = Vec::with_capacity(count);
    for n in 0..count {
        let mut words: Vec<String> = (0..120).map(|_| word(dice.zipf(60_000))).collect();
        if n > 10 && dice.below(10) == 0 {
            let told = past[dice.below(n as u64) as usize].text.clone();
            words.extend(told.split_whitespace().take(90).map(str::to_owned));
        }
        let title = words.iter().rev().take(8).cloned().collect::<Vec<_>>().join(" ");
        past.push(PastIncident {
            id: format!("I-{n:06}"),
            title,
            text: words.chunks(12).map(|line| line.join(" ") + ".\n").collect(),
            date: Timestamp::from_second(1_500_000_000 + n as i64 * 3_600).ok(),
            order: n,
            ..PastIncident::default()
        });
    }
    past
}

#[divan::bench(args = [1_000, 10_000], max_time = 20)]
fn index(bencher: Bencher<'_, '_>, count: usize) {
    bencher.counter(ItemsCount::new(count)).with_inputs(|| history(count)).bench_values(Index::build);
}

#[divan::bench(args = [10_000, 100_000], max_time = 10)]
fn ask(bencher: Bencher<'_, '_>, count: usize) {
    let index = Index::build(history(count));
    let at = count / 2;
    let query = index.incidents()[at].clone();
    let scope = Scope { before: None, except: Some(at) };
    bencher.bench(|| matches(&query, &index, &Calibration::default(), scope, 5));
}

/// By `VIEW`: 0 failure modes, 1 components, 2 repeats.
#[divan::bench(args = [1_000, 10_000, 100_000], consts = [0, 1, 2], sample_count = 1)]
fn group<const VIEW: usize>(bencher: Bencher<'_, '_>, incidents: usize) {
    let view = [PatternView::FailureMode, PatternView::Component, PatternView::Repeats][VIEW];
    let index = Index::build(history(incidents));
    let options = PatternOptions { modes: FailureModes::shipped(), seed: 1, ..PatternOptions::default() };
    bencher.bench(|| patterns(&index, view, &options));
}
