//! The merged settings: defaults, then `unblame.toml`, then environment.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Error, ModelSettings, RedactSettings, ReviewSettings, find};
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
    /// Further models by a name of the person's choice, to be named with `--model`.
    pub profiles: BTreeMap<String, ModelSettings>,
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
    /// Profile whose address, key and provider hold for it; without it those of the model that writes.
    pub profile: Option<String>,
    /// Its address, where it is another one.
    pub base_url: Option<String>,
}

/// What shapes patterns.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PatternSettings {
    /// Failure modes of your own: a TOML file or a folder of them, relative to the settings file.
    pub modes: Option<PathBuf>,
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
        for model in std::iter::once(&mut settings.model).chain(settings.profiles.values_mut()) {
            model.prompts = model.prompts.take().map(|folder| settings.root.join(folder));
        }
        settings.history = settings.history.iter().map(|history| settings.root.join(history)).collect();
        Ok(settings)
    }

    fn take_environment(&mut self, variable: impl Fn(&str) -> Option<String>) {
        self.model.name = variable("UNBLAME_MODEL").or(self.model.name.take());
        self.model.base_url = variable("OPENAI_BASE_URL").or(self.model.base_url.take());
        for model in std::iter::once(&mut self.model).chain(self.profiles.values_mut()) {
            model.key = model.key_variable().and_then(&variable);
        }
    }

    /// The model of that name, or the one that is configured: a profile stands for itself, except that the prompts and the
    /// budget of `[model]` hold where it has none. `None` when no model is named.
    #[must_use]
    pub fn model_named(&self, name: Option<&str>) -> Option<ModelSettings> {
        let name = name.or(self.model.name.as_deref())?;
        let Some(profile) = self.profiles.get(name) else {
            return Some(ModelSettings { name: Some(name.to_owned()), ..self.model.clone() });
        };
        let mut chosen = profile.clone();
        chosen.name.get_or_insert_with(|| name.to_owned());
        chosen.prompts = chosen.prompts.or_else(|| self.model.prompts.clone());
        chosen.budget_usd = chosen.budget_usd.or(self.model.budget_usd);
        Some(chosen)
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

    #[test]
    fn a_profile_brings_its_own_address_and_never_the_key_of_another() {
        let mut settings: Settings = toml::from_str(
            "[model]\nname = \"small\"\nbudget_usd = 2.0\n[profiles.small]\nprovider = \"ollama\"\nname = \"qwen2.5\"\n\
             [profiles.big]\nprovider = \"azure\"\nbase_url = \"https://drafts.example.com\"\nprice = [2.0, 8.0]",
        )
        .unwrap();
        settings.take_environment(|name| match name {
            "OPENAI_API_KEY" => Some("first-not-real".to_owned()),
            "AZURE_OPENAI_API_KEY" => Some("second-not-real".to_owned()),
            _ => None,
        });
        let small = settings.model_named(None).unwrap();
        assert_eq!(
            (small.name.as_deref(), small.address()),
            (Some("qwen2.5"), Some("http://localhost:11434/v1"))
        );
        assert_eq!((small.key, small.budget_usd), (None, Some(2.0)));
        let big = settings.model_named(Some("big")).unwrap();
        assert_eq!((big.name.as_deref(), big.key.as_deref()), (Some("big"), Some("second-not-real")));
        assert_eq!(settings.model_named(Some("other")).unwrap().key.as_deref(), Some("first-not-real"));
        assert!(Settings::default().model_named(None).is_none());
    }

    #[test]
    fn a_key_in_the_file_is_refused_without_repeating_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("unblame.toml");
        for line in ["key", "api_key", "api-key", "token", "key_env"]
            .map(|key| format!("{key} = \"sk-not-a-real-one\""))
        {
            for head in ["[model]", "[profiles.big]"] {
                std::fs::write(&path, format!("{head}\nname = \"m\"\n{line}\n")).unwrap();
                let error = Settings::load(Some(&path)).unwrap_err();
                assert!(matches!(error, Error::Invalid { line: 3, .. }), "{line}: {error}");
                let told = format!("{error} {error:?}");
                assert!(told.contains("key_command") && !told.contains("not-a-real"), "{told}");
            }
        }
    }
}
