//! What the verbs about the past share: a loaded, indexed history and the decisions on it.

use std::path::PathBuf;

use super::Error;
use crate::config::Settings;
use crate::domain::{PastIncident, Warning};
use crate::memory::decisions::Standing;
use crate::memory::similar::{Analysed, Calibration, Corpus, Index, analyse, cosine};
use crate::store::{self, History};

/// Decisions that calibration looks at, the latest by pair order; more change nothing but the time it takes.
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
/// name; the latter not where later documents must stay unknown.
pub(super) fn calibration(index: &Index, standing: &Standing, with_named: bool) -> Calibration {
    let named: &[PastIncident] = if with_named { index.incidents() } else { &[] };
    let analysed =
        |id: &str| -> Option<Analysed> { index.position(id).map(|at| analyse(&index.incidents()[at])) };
    let judged: Vec<(f64, bool)> = standing
        .pairs(named)
        .iter()
        .rev()
        .take(CALIBRATED_ON)
        .filter_map(|(a, b, same)| {
            let Ok(cosine) = cosine(&analysed(a)?, &analysed(b)?, index);
            Some((f64::from(cosine), *same))
        })
        .collect();
    Calibration::from_background(index.background()).fit(&judged)
}
