//! The merged settings: defaults, then `unblame.toml`, then environment.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Error, RedactSettings, ReviewSettings, find};
use crate::domain::Warning;

/// Everything that can be configured.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Histories used when `--history` is not given, relative to the settings file.
    pub history: Vec<PathBuf>,
    /// Zone of times that carry none.
    pub timezone: Option<String>,
    pub model: ModelSettings,
    pub lint: crate::lint::Config,
    pub redact: RedactSettings,
    pub review: ReviewSettings,
    pub patterns: PatternSettings,
    pub similar: SimilarSettings,
    /// Folder of the settings file; relative paths start here.
    #[serde(skip)]
    pub root: PathBuf,
    #[serde(skip)]
    pub warnings: Vec<Warning>,
}

/// What shapes matching.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SimilarSettings {
    /// Model for embeddings, such as `text-embedding-3-small`; without one nothing is sent.
    pub embeddings: Option<String>,
    /// Its address, where it is not that of the model that writes.
    pub base_url: Option<String>,
}

/// What shapes patterns.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PatternSettings {
    /// Failure modes of your own: a TOML file or a folder of them, relative to the settings file.
    pub modes: Option<PathBuf>,
}

/// The model that writes prose. The key comes from the environment only.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModelSettings {
    /// Name of the model; without one no request is made.
    pub name: Option<String>,
    /// Address of an OpenAI-compatible endpoint, such as `http://localhost:11434/v1`.
    pub base_url: Option<String>,
    /// Environment variable that holds the key.
    pub key_env: Option<String>,
    /// Tokens that a request and its answer may have together.
    pub window: Option<usize>,
    /// Most tokens that one answer may have.
    pub answer: Option<u32>,
    /// `together`: one request brings all sections; `apart`: one request for each, quicker and dearer.
    pub sections: SectionRequests,
    /// Requests under way at one time.
    pub concurrency: Option<usize>,
    /// US dollars for a million tokens sent and received.
    pub price: Option<[f64; 2]>,
    /// US dollars that one draft may cost; a request that could exceed them is not begun. Needs the price.
    pub budget_usd: Option<f64>,
    /// Ask for answers in pieces, for slow local models.
    pub stream: bool,
    /// Folder with prompts that replace those of the same name.
    pub prompts: Option<PathBuf>,
    /// Filled from the environment, never read from a file.
    #[serde(skip)]
    pub key: Option<String>,
}

/// How sections are spread over requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SectionRequests {
    #[default]
    Together,
    Apart,
}

impl std::fmt::Debug for ModelSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ModelSettings")
            .field("name", &self.name)
            .field("base_url", &self.base_url)
            .field("key_env", &self.key_env)
            .field("window", &self.window)
            .field("key", &self.key.as_ref().map(|_| "set"))
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// Reads the file given, or the nearest `unblame.toml` upwards, and adds the environment.
    ///
    /// # Errors
    /// A file that was named but cannot be read, and any file with an unknown key or a wrong type.
    pub fn load(given: Option<&Path>) -> Result<Self, Error> {
        Self::load_for(&std::env::current_dir().unwrap_or_default(), given)
    }

    /// The same for work in another folder than the current one.
    ///
    /// # Errors
    /// As [`Settings::load`].
    pub fn load_for(folder: &Path, given: Option<&Path>) -> Result<Self, Error> {
        let here = folder.to_owned();
        let file = given.map(Path::to_owned).or_else(|| find::upwards(&here));
        let mut settings = match file {
            Some(path) => Self::read(&path)?,
            None => Self { root: here, ..Self::default() },
        };
        settings.take_environment(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        Ok(settings)
    }

    fn read(path: &Path) -> Result<Self, Error> {
        let source = std::fs::read_to_string(path)
            .map_err(|error| Error::Unreadable { path: path.to_owned(), reason: error.to_string() })?;
        let mut settings: Self =
            toml::from_str(&source).map_err(|error| Error::toml(path.to_owned(), &source, &error))?;
        settings.lint.validate().map_err(|error| {
            let key = error.key();
            let line = source.lines().position(|line| line.contains(key)).map_or(1, |at| at + 1);
            Error::Invalid { path: path.to_owned(), line, reason: error.to_string() }
        })?;
        settings.root = path.parent().map(Path::to_owned).unwrap_or_default();
        settings.model.prompts = settings.model.prompts.map(|folder| settings.root.join(folder));
        settings.history = settings.history.iter().map(|history| settings.root.join(history)).collect();
        Ok(settings)
    }

    fn take_environment(&mut self, variable: impl Fn(&str) -> Option<String>) {
        self.model.name = variable("UNBLAME_MODEL").or(self.model.name.take());
        self.model.base_url = variable("OPENAI_BASE_URL").or(self.model.base_url.take());
        self.model.key = variable(self.model.key_env.as_deref().unwrap_or("OPENAI_API_KEY"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn environment_wins_over_the_file_and_the_key_is_never_shown() {
        let mut settings: Settings =
            toml::from_str("[model]\nname = \"a\"\nbase_url = \"http://file\"").unwrap();
        settings.take_environment(|name| match name {
            "UNBLAME_MODEL" => Some("b".to_owned()),
            "OPENAI_API_KEY" => Some("very-secret".to_owned()),
            _ => None,
        });
        assert_eq!(settings.model.name.as_deref(), Some("b"));
        assert_eq!(settings.model.base_url.as_deref(), Some("http://file"));
        assert!(!format!("{settings:?}").contains("very-secret"));
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("unblame.toml");
        std::fs::write(&path, "timezone = \"UTC\"\nhistroy = []\n").unwrap();
        let error = Settings::load(Some(&path)).unwrap_err();
        assert!(matches!(error, Error::Invalid { line: 2, .. }), "{error}");
        assert!(error.to_string().ends_with("did you mean `history`?"), "{error}");
        std::fs::write(&path, "[lint.rules]\nBLM009 = \"off\"\nBLM0010 = \"off\"\n").unwrap();
        let error = Settings::load(Some(&path)).unwrap_err();
        assert!(matches!(error, Error::Invalid { line: 3, .. }), "{error}");
    }
}
