//! Measures timelines against facts read by hand from the same incidents.

use std::path::{Path, PathBuf};

use super::Error;
use super::intake::{self, IntakeRequest};
use crate::config::Settings;
use crate::evidence::timeline::{Facts, Measure, evaluate};
use crate::store;

/// Measures each case: a folder with `raw/` and `facts.json`, or an incident folder with `<folder>.facts.json` in `facts`.
///
/// # Errors
/// Facts that are missing or cannot be read, and what reading an incident reports.
pub fn evaluate_timelines(
    cases: &[PathBuf],
    facts: Option<&Path>,
    settings: &Settings,
) -> Result<Vec<Measure>, Error> {
    cases.iter().map(|case| score(case, facts, settings)).collect()
}

fn score(case: &Path, facts: Option<&Path>, settings: &Settings) -> Result<Measure, Error> {
    let name = case.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (incident, facts) = match facts {
        Some(folder) => (case.to_owned(), folder.join(format!("{name}.facts.json"))),
        None => (case.join("raw"), case.join("facts.json")),
    };
    let unusable = |reason: String| {
        Error::input(format!("{}: {reason}", facts.display()), "evals/timeline/README.md describes the file")
    };
    let truth = Facts::parse(&store::read_text(&facts)?).map_err(|error| unusable(error.to_string()))?;
    let request = IntakeRequest { incident, timezone: truth.tz.clone(), ..IntakeRequest::default() };
    let timeline = intake::read(&request, settings)?;
    evaluate(&truth, &timeline).map_err(|error| unusable(error.to_string()))
}
