//! What the verbs about the past share: a loaded, indexed history and the decisions on it.

use std::path::PathBuf;

use super::Error;
use crate::config::Settings;
use crate::domain::Warning;
use crate::memory::decisions::{Standing, named_repeats};
use crate::memory::similar::{Calibration, Corpus, Index, Scope, analyse, standout};
use crate::store::{self, History};

/// Decisions that calibration looks at, the last by id; more change nothing but the time it takes.
const CALIBRATED_ON: usize = 500;
/// Comparisons that pairs without a kept likeness may cost.
const COMPARISONS: usize = 2_000_000;

/// The histories given on the command line, else those of the settings.
pub(super) fn history_paths<'a>(
    given: &'a [PathBuf],
    settings: &'a Settings,
) -> Result<&'a [PathBuf], Error> {
    let paths = if given.is_empty() { &settings.history } else { given };
    if paths.is_empty() {
        return Err(Error::usage(
            "no history was given",
            "pass --history with a folder of Markdown postmortems or a .jsonl file, or set `history` in unblame.toml",
        ));
    }
    Ok(paths)
}

/// Loads the histories given, else those of the settings.
pub(super) fn load(given: &[PathBuf], settings: &Settings) -> Result<History, Error> {
    Ok(store::load_history(history_paths(given, settings)?)?)
}

/// The decisions that stand, and what was odd about their file.
pub(super) fn standing(settings: &Settings) -> Result<(Standing, Vec<Warning>), Error> {
    let (decisions, warnings) = store::load_decisions(&settings.root)?;
    Ok((Standing::new(&decisions), warnings))
}

/// The curve from cosine to probability: the history's background, moved by decisions and by the repeats that documents
/// name; pass none of the latter where later documents must stay unknown.
pub(super) fn calibration<C: Corpus>(
    corpus: &C,
    position: impl Fn(&str) -> Option<usize>,
    standing: &Standing,
    named: &[(String, String)],
) -> Result<Calibration, C::Error> {
    let documents = corpus.docs().len();
    let start = Calibration::from_background(corpus.background(), documents);
    let mut judged = Vec::new();
    let mut left = (COMPARISONS / documents.max(1)).clamp(10, CALIBRATED_ON);
    for (a, b, same, kept) in standing.pairs(named).into_iter().rev().take(CALIBRATED_ON) {
        if let Some(likeness) = kept {
            judged.push((likeness, same));
        } else if let (Some(a), Some(b), 1..) = (position(&a), position(&b), left) {
            left -= 1;
            judged.push((start.likeness(standout_in(corpus, a.max(b), a.min(b))?), same));
        }
    }
    Ok(start.fit(&judged))
}

/// How far the earlier of two incidents stands out for the later one; 0 where it does not.
fn standout_in<C: Corpus>(corpus: &C, later: usize, earlier: usize) -> Result<f64, C::Error> {
    let query = analyse(&*corpus.incident(later)?);
    let scope = Scope { before: None, except: Some(later) };
    Ok(standout(&query, corpus, scope, earlier)?.map_or(0.0, f64::from))
}

/// The same over an index in memory.
pub(super) fn standout_of(index: &Index, later: usize, earlier: usize) -> f64 {
    let Ok(standout) = standout_in(index, later, earlier);
    standout
}

/// The same over an index in memory, with the repeats that its documents name.
pub(super) fn calibration_of(index: &Index, standing: &Standing) -> Calibration {
    let named = named_repeats(index.incidents());
    let Ok(calibration) = calibration(index, |id| index.position(id), standing, &named);
    calibration
}
