//! Likeness by meaning: redacted texts, embedded by a configured endpoint, cached by content.

use std::sync::{Mutex, PoisonError};

use super::Error;
use super::model::endpoint;
use crate::config::{ModelSettings, Settings};
use crate::domain::{PastIncident, Warning};
use crate::llm::OpenAiCompatible;
use crate::memory::similar::Meaning;
use crate::redact::{Options, Redacted, Redactor};
use crate::store::EmbeddingFolder;

/// Characters of an incident that are embedded; models cut longer texts themselves, each elsewhere.
const LONGEST: usize = 6_000;
/// Texts in one request.
const BATCH: usize = 16;

/// An endpoint that compares incidents with others.
pub(super) struct Embedder {
    server: OpenAiCompatible,
    cache: EmbeddingFolder,
    redaction: Options,
    /// What went wrong, once.
    failure: Mutex<Option<String>>,
}

impl Embedder {
    /// `None` when the settings name no model for embeddings or the person wants to stay offline.
    ///
    /// # Errors
    /// An address that is none.
    pub(super) fn connect(offline: bool, settings: &Settings) -> Result<Option<Self>, Error> {
        let Some(name) = settings.similar.embeddings.as_deref().filter(|_| !offline) else { return Ok(None) };
        let profile = match &settings.similar.profile {
            Some(profile) if !settings.profiles.contains_key(profile) => {
                return Err(Error::usage(
                    format!("[similar] names the profile `{profile}`, which is not among [profiles]"),
                    "mend `profile` of [similar] in unblame.toml",
                ));
            }
            profile => settings.model_named(profile.as_deref()).unwrap_or_else(|| settings.model.clone()),
        };
        let model = ModelSettings {
            name: Some(name.to_owned()),
            deployment: None,
            base_url: settings.similar.base_url.clone().or(profile.base_url.clone()),
            ..profile
        };
        let endpoint = endpoint(&model)?;
        let server = OpenAiCompatible::new(endpoint).map_err(|error| {
            Error::usage(error.to_string(), "mend `base_url` of [similar] or [model] in unblame.toml")
        })?;
        Ok(Some(Self {
            server,
            cache: EmbeddingFolder::below(&settings.root, name),
            redaction: settings.redact.options(),
            failure: Mutex::default(),
        }))
    }

    /// Why the order rests on words alone, if it does.
    pub(super) fn warning(&self) -> Option<Warning> {
        let message = format!("no embeddings, the order rests on words alone: {}", self.failure()?);
        Some(Warning::new("[similar] embeddings", None, message))
    }

    fn failure(&self) -> Option<String> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn vectors(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, String> {
        // A fresh redactor for each text: its placeholders must not depend on what was read before, the cache does not.
        let redacted: Vec<Redacted> =
            texts.iter().map(|text| Redactor::new(self.redaction.clone()).redact(text)).collect();
        let mut known: Vec<Option<Vec<f32>>> =
            redacted.iter().map(|text| self.cache.get(text.as_str())).collect();
        let unknown: Vec<usize> = (0..known.len()).filter(|&at| known[at].is_none()).collect();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        for batch in unknown.chunks(BATCH) {
            let asked: Vec<Redacted> = batch.iter().map(|&at| redacted[at].clone()).collect();
            let answered = runtime.block_on(self.server.embed(&asked)).map_err(|error| error.to_string())?;
            for (&at, vector) in batch.iter().zip(answered) {
                self.cache.put(redacted[at].as_str(), &vector);
                known[at] = Some(vector);
            }
        }
        Ok(known.into_iter().flatten().collect())
    }
}

impl Meaning for Embedder {
    fn likeness(&self, query: &PastIncident, candidates: &[PastIncident]) -> Option<Vec<f32>> {
        // An endpoint that failed once is not asked again for each of ten thousand incidents.
        if self.failure().is_some() {
            return None;
        }
        let texts: Vec<String> = std::iter::once(query).chain(candidates).map(spoken).collect();
        match self.vectors(&texts) {
            Ok(vectors) => {
                let (query, others) = vectors.split_first()?;
                Some(others.iter().map(|other| cosine(query, other)).collect())
            }
            Err(reason) => {
                self.failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(reason);
                None
            }
        }
    }
}

fn spoken(incident: &PastIncident) -> String {
    let body: String = incident.text.chars().take(LONGEST).collect();
    format!("{}\n\n{body}", incident.title)
}

/// Vectors of different lengths, as after a change of the model behind a name, have nothing in common.
fn cosine(a: &[f32], b: &[f32]) -> f32 {
    if a.len() != b.len() {
        return 0.0;
    }
    let dot: f32 = a.iter().zip(b).map(|(a, b)| a * b).sum();
    let norm = |of: &[f32]| of.iter().map(|value| value * value).sum::<f32>().sqrt();
    let norms = norm(a) * norm(b);
    if norms > 0.0 { dot / norms } else { 0.0 }
}
