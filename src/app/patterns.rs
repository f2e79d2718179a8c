//! Groups of incidents that belong together, and their pages in the library.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{Error, memory};
use crate::config::Settings;
use crate::document::{Postmortem, parse};
use crate::domain::{PastIncident, PatternView, Patterns, Warning};
use crate::memory::pattern::{FailureModes, PatternOptions, page, patterns as group, proposed_mode};
use crate::memory::similar::Index;
use crate::store::{self, Overwrite};

/// Start of all random numbers, so that the same history gives the same bytes.
const SEED: u64 = 20_190_205;

/// Which view of which history.
#[derive(Clone, Debug)]
pub struct PatternsRequest {
    pub history: Vec<PathBuf>,
    pub view: PatternView,
    /// Number of components.
    pub components: Option<usize>,
    /// The day from which new and fading are judged.
    pub as_of: Option<Timestamp>,
    /// A file of failure modes beside those that come with the tool.
    pub modes: Option<PathBuf>,
    /// Folder that takes a page for each pattern.
    pub library: Option<PathBuf>,
    /// Id of a pattern from which a failure-mode rule is proposed.
    pub promote: Option<String>,
}

/// The view, where its pages are, and what was odd about the files.
#[derive(Clone, Debug)]
pub struct PatternsReport {
    pub patterns: Patterns,
    pub pages: Vec<PathBuf>,
    /// The proposed rule, in TOML.
    pub proposal: Option<String>,
    pub warnings: Vec<Warning>,
}

/// Groups a history.
pub fn patterns(request: &PatternsRequest, settings: &Settings) -> Result<PatternsReport, Error> {
    let mut history = memory::load(&request.history, settings)?;
    // The order of files and lines is no fact about the incidents.
    history.incidents.iter_mut().for_each(|incident| incident.order = 0);
    let index = store::build_index(history.incidents, &settings.root);
    let (standing, odd) = memory::standing(settings)?;
    let modes = modes(request.modes.as_deref(), settings)?;
    let options = PatternOptions {
        components: request.components,
        seed: SEED,
        as_of: request.as_of,
        known: store::load_pattern_ids(&settings.root, request.view),
        constraints: standing.constraints(index.incidents()),
        modes,
    };
    let found = group(&index, request.view, &options);
    let pages = match &request.library {
        Some(folder) => {
            store::save_pattern_ids(&settings.root, &found)?;
            write_pages(folder, &found, &index, &options.modes, &documents(request, settings)?)?
        }
        None => Vec::new(),
    };
    let warnings = history.warnings.into_iter().chain(odd).collect();
    let proposal = match &request.promote {
        Some(id) => Some(proposal(id, &found, &index)?),
        None => None,
    };
    Ok(PatternsReport { patterns: found, pages, proposal, warnings })
}

/// The shipped modes, then those of the settings, then those of the command line: the later replaces the earlier.
fn modes(own: Option<&Path>, settings: &Settings) -> Result<FailureModes, Error> {
    let configured = settings.patterns.modes.as_ref().map(|path| settings.root.join(path));
    let mut modes = FailureModes::shipped();
    for place in configured.as_deref().into_iter().chain(own) {
        let files = if place.is_dir() { store::files_in(place)? } else { vec![place.to_owned()] };
        let is_rule =
            |path: &&PathBuf| place.is_file() || path.extension().is_some_and(|ending| ending == "toml");
        for path in files.iter().filter(is_rule) {
            modes = modes.with(&store::read_text(path)?).map_err(|error| {
                Error::input(
                    format!("{}: {error}", path.display()),
                    "a failure mode is a [[mode]] with id, name and phrases, as in models/failure-modes.toml",
                )
            })?;
        }
    }
    Ok(modes)
}

fn proposal(id: &str, found: &Patterns, index: &Index) -> Result<String, Error> {
    let Some(pattern) = found.patterns.iter().find(|pattern| pattern.id == id) else {
        return Err(Error::usage(
            format!("this view has no pattern `{id}`"),
            "`unblame patterns` lists the ids; name the --view that shows it",
        ));
    };
    let (members, others): (Vec<&PastIncident>, Vec<&PastIncident>) =
        index.incidents().iter().partition(|one| pattern.members.contains(&one.id));
    Ok(proposed_mode(pattern, &members, &others))
}

/// The postmortems of the history by id.
fn documents(request: &PatternsRequest, settings: &Settings) -> Result<BTreeMap<String, Postmortem>, Error> {
    let (read, _) = store::documents(memory::history_paths(&request.history, settings)?)?;
    let parsed = read.iter().map(|document| {
        let postmortem = parse(&document.text).postmortem;
        let stem = document.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        (postmortem.front.id.clone().unwrap_or(stem), postmortem)
    });
    Ok(parsed.collect())
}

fn write_pages(
    folder: &Path,
    found: &Patterns,
    index: &Index,
    modes: &FailureModes,
    documents: &BTreeMap<String, Postmortem>,
) -> Result<Vec<PathBuf>, Error> {
    let mut pages = Vec::new();
    for pattern in &found.patterns {
        let members: Vec<&PastIncident> = pattern
            .members
            .iter()
            .filter_map(|id| index.position(id).map(|at| &index.incidents()[at]))
            .collect();
        let path = folder.join(format!("{}.md", pattern.id));
        let text = page(pattern, found.view, &members, modes, documents);
        store::write_atomically(&path, text.as_bytes(), Overwrite::Yes)?;
        pages.push(path);
    }
    Ok(pages)
}
