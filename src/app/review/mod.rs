//! The review of one draft: what the page shows and what it may change, without a word about HTML.

mod chart;
mod edit;
mod evidence;
mod head;
mod part;
mod past;
mod question;
mod save;
mod table;
mod unsaved;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;

pub use chart::{Chart, Mark, Silence};
pub use edit::Edit;
pub use evidence::{Evidence, Item, Shown};
pub use head::{HEAD_FIELDS, HeadKind, HeadProblem, head_problems, head_value};
pub use part::{HEAD, Part, parts, replaced};
pub use past::{Card, Past};
pub use question::{Question, questions};
pub use save::{Place, Saved};
pub use table::Table;
pub use unsaved::Unsaved;

use super::Error;
use super::verify::{Examined, examine};
use crate::config::Settings;
use crate::desk::readiness::{Obstacle, Situation, Stage, obstacles, promote, reminders};
use crate::document::parse;
use crate::domain::{Decision, DecisionVerdict, Finding};
use crate::lint::Linter;
use crate::store;

/// One state of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Of the content, 16 hex digits.
    pub hash: String,
    pub text: Arc<str>,
}

impl Version {
    fn of(text: Arc<str>) -> Self {
        let hash = blake3::hash(text.as_bytes()).to_hex()[..16].to_owned();
        Self { hash, text }
    }

    fn read(path: &Path) -> Result<Self, Error> {
        Ok(Self::of(Arc::from(store::read_text(path)?)))
    }
}

/// What a review is done with.
#[derive(Clone, Debug)]
pub struct ReviewOptions {
    /// Past incidents given for this review, else those of the settings.
    pub history: Vec<PathBuf>,
    pub settings: Settings,
    /// Who decides on matches.
    pub by: String,
    /// The clock.
    pub now: fn() -> Timestamp,
}

/// An open review; safe to use from many threads.
#[derive(Debug)]
pub struct Review {
    path: PathBuf,
    options: ReviewOptions,
    /// Versions that a page may have been built from, by hash.
    known: Mutex<BTreeMap<String, Arc<str>>>,
    unsaved: Mutex<Unsaved>,
    linter: Linter,
    /// Findings of the last source that was checked, by its hash.
    checked: Mutex<Option<(String, Arc<[Finding]>)>>,
    /// What was found of the citations of the last source that was checked, by its hash.
    examined: Mutex<Option<(String, Arc<Examined>)>>,
    past: OnceLock<Past>,
    /// Held while the file or the decisions are written.
    writing: Mutex<()>,
}

impl Review {
    /// Opens a draft; it is an error when the file cannot be read.
    pub fn open(path: &Path, options: ReviewOptions) -> Result<Self, Error> {
        let review = Self {
            path: path.to_owned(),
            known: Mutex::default(),
            unsaved: Mutex::new(Unsaved::load(path)?),
            linter: Linter::new(options.settings.lint.clone()),
            options,
            checked: Mutex::default(),
            examined: Mutex::default(),
            past: OnceLock::new(),
            writing: Mutex::new(()),
        };
        // Rules and detectors are made on first use; the page shall not wait for them.
        review.readiness(&review.current()?, Stage::Final)?;
        Ok(review)
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn history(&self) -> &[PathBuf] {
        let ReviewOptions { history, settings, .. } = &self.options;
        if history.is_empty() { &settings.history } else { history }
    }

    /// Whether there are past incidents to compare with.
    #[must_use]
    pub fn has_history(&self) -> bool {
        !self.history().is_empty()
    }

    /// The file as it is now.
    pub fn current(&self) -> Result<Version, Error> {
        let version = Version::read(&self.path)?;
        self.remember(&version);
        Ok(version)
    }

    /// A version that this review has seen.
    #[must_use]
    pub fn version(&self, hash: &str) -> Option<Version> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(hash).map(|text| Version { hash: hash.to_owned(), text: Arc::clone(text) })
    }

    fn remember(&self, version: &Version) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(version.hash.clone()).or_insert_with(|| Arc::clone(&version.text));
    }

    /// Writes an edit that was made on `base`; see [`Saved`].
    pub fn save(&self, base: &Version, edit: &Edit) -> Result<Saved, Error> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let saved = self.write(base, &|text| edit.apply(text))?;
        if let (Saved::Written { .. }, Edit::Part { key, .. }) = (&saved, edit) {
            self.keep_unsaved(key, None)?;
        }
        Ok(saved)
    }

    fn write(&self, base: &Version, edit: &dyn Fn(&str) -> Option<String>) -> Result<Saved, Error> {
        let saved = save::save(&self.path, base, edit)?;
        let (Saved::Written { version, .. }
        | Saved::Conflict { theirs: version, .. }
        | Saved::Gone { theirs: version }) = &saved;
        self.remember(version);
        Ok(saved)
    }

    /// Texts that were typed and not saved.
    #[must_use]
    pub fn unsaved(&self) -> Unsaved {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps a text that is being typed, or forgets it.
    pub fn keep_unsaved(&self, key: &str, text: Option<String>) -> Result<(), Error> {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner).keep(&self.path, key, text)
    }

    /// The lines that the draft rests on.
    pub fn evidence(&self, source: &str) -> Result<Evidence, Error> {
        Evidence::load(&self.path, parse(source).postmortem.id(), source)
    }

    /// What was generated, before any person touched it.
    pub fn generated(&self, source: &str) -> Result<Option<String>, Error> {
        let kept = store::recall(&self.path, parse(source).postmortem.id())?;
        Ok(kept.map(|kept| kept.base))
    }

    /// What the linter says of a version.
    pub fn findings(&self, version: &Version) -> Arc<[Finding]> {
        let mut checked = self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        match &*checked {
            Some((hash, findings)) if *hash == version.hash => Arc::clone(findings),
            _ => {
                let findings: Arc<[Finding]> = self.lint(&version.text).into();
                *checked = Some((version.hash.clone(), Arc::clone(&findings)));
                findings
            }
        }
    }

    /// What the linter says of a text that is being typed.
    #[must_use]
    pub fn lint(&self, source: &str) -> Vec<Finding> {
        self.linter.check(&self.path.display().to_string(), source).findings
    }

    /// What is wrong with the citations of a version.
    fn examined(&self, version: &Version) -> Result<Arc<Examined>, Error> {
        let mut last = self.examined.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((hash, examined)) if *hash == version.hash => Ok(Arc::clone(examined)),
            _ => {
                let examined = Arc::new(examine(&self.path, &version.text)?);
                *last = Some((version.hash.clone(), Arc::clone(&examined)));
                Ok(examined)
            }
        }
    }

    /// What stands between a version and a stage, and what is only told.
    pub fn readiness(
        &self,
        version: &Version,
        stage: Stage,
    ) -> Result<(Vec<Obstacle>, Vec<Obstacle>), Error> {
        let (decisions, _) = store::load_decisions(&self.options.settings.root)?;
        let examined = self.examined(version)?;
        let situation = Situation {
            source: &version.text,
            stage,
            findings: &self.findings(version),
            faults: &examined.faults,
            unfounded: &examined.unfounded,
            doubts: &examined.doubts,
            decisions: &decisions,
            reviewers: &self.options.settings.review.reviewers,
        };
        Ok((obstacles(&situation), reminders(&situation)))
    }

    /// Moves the document to a stage; `None` when something stands in the way.
    pub fn promote(&self, base: &Version, stage: Stage) -> Result<Option<Saved>, Error> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let current = self.current()?;
        if !self.readiness(&current, stage)?.0.is_empty() {
            return Ok(None);
        }
        let now = (self.options.now)();
        self.write(base, &|text| Some(promote(text, stage, now))).map(Some)
    }

    /// How many past incidents there are to compare with; `None` without a history.
    pub fn past(&self) -> Result<Option<&Past>, Error> {
        if !self.has_history() {
            return Ok(None);
        }
        if let Some(past) = self.past.get() {
            return Ok(Some(past));
        }
        let past = Past::load(self.history())?;
        Ok(Some(self.past.get_or_init(|| past)))
    }

    /// The matches of a source with the decisions on them.
    pub fn cards(&self, source: &str) -> Result<Vec<Card>, Error> {
        let Some(past) = self.past()? else { return Ok(Vec::new()) };
        let (decisions, _) = store::load_decisions(&self.options.settings.root)?;
        Ok(past.cards(&past::query(source), &decisions))
    }

    /// Writes down what a person says of the match between the draft and `other`.
    pub fn decide(&self, source: &str, other: &str, verdict: DecisionVerdict) -> Result<(), Error> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let cards = self.cards(source)?;
        let Some(card) = cards.into_iter().find(|card| card.found.id == other) else {
            return Err(Error::input(
                format!("{other} is no match of this draft"),
                "reload the page; the history may have changed",
            ));
        };
        let decision = Decision {
            a: parse(source).postmortem.id().to_owned(),
            b: other.to_owned(),
            verdict,
            by: self.options.by.clone(),
            at: (self.options.now)(),
            why: None,
            probability: (verdict != DecisionVerdict::Undo).then_some(card.found.probability),
            likeness: (verdict != DecisionVerdict::Undo).then_some(card.found.likeness),
        };
        store::append_decision(&self.options.settings.root, &decision)?;
        Ok(())
    }

    /// The timeline as a picture needs it.
    pub fn chart(&self, source: &str) -> Result<Chart, Error> {
        Ok(Chart::of(source, &self.evidence(source)?))
    }
}
