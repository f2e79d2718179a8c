//! What the verbs about the past share: a loaded, indexed history and the decisions on it.

use std::path::PathBuf;

use super::Error;
use crate::config::Settings;
use crate::domain::Warning;
use crate::memory::decisions::{Standing, named_repeats};
use crate::memory::similar::{Calibration, Corpus, Index, analyse, cosine};
use crate::store::{self, History};

/// Decisions that calibration looks at, the last by id; more change nothing but the time it takes.
const CALIBRATED_ON: usize = 500;

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
    let mut judged = Vec::new();
    for (a, b, same) in standing.pairs(named).iter().rev().take(CALIBRATED_ON) {
        if let (Some(a), Some(b)) = (position(a), position(b)) {
            let (a, b) = (analyse(&*corpus.incident(a)?), analyse(&*corpus.incident(b)?));
            judged.push((f64::from(cosine(&a, &b, corpus)?), *same));
        }
    }
    Ok(Calibration::from_background(corpus.background()).fit(&judged))
}

/// The same over an index in memory, with the repeats that its documents name.
pub(super) fn calibration_of(index: &Index, standing: &Standing) -> Calibration {
    let named = named_repeats(index.incidents());
    let Ok(calibration) = calibration(index, |id| index.position(id), standing, &named);
    calibration
}
