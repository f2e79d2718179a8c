//! The model that writes prose: where it is, what it costs, how patient to be.

use std::path::PathBuf;

use serde::{Deserialize, Deserializer};

const NO_KEY: &str = "a key never stands in this file; name the environment variable that holds it with `key_env`, or a program that prints it with `key_command`";

/// One model, as `[model]` or under `[profiles]`. Its key comes from the environment or a command.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModelSettings {
    /// Whose interface it is; sets the address, the variable of the key and the JSON mode where they are not given.
    pub provider: Provider,
    /// Name of the model; without one no request is made.
    pub name: Option<String>,
    /// Address of an OpenAI-compatible endpoint, such as `http://localhost:11434/v1`; of Azure that of the resource.
    pub base_url: Option<String>,
    /// Azure: name of the deployment, when it is not that of the model.
    pub deployment: Option<String>,
    /// Azure: version of the interface.
    pub api_version: Option<String>,
    /// Environment variable that holds the key.
    #[serde(deserialize_with = "variable_name")]
    pub key_env: Option<String>,
    /// Program with its arguments that prints the key; run without a shell, only when a request is about to be made.
    pub key_command: Option<Vec<String>>,
    /// Tokens that a request and its answer may have together.
    pub window: Option<usize>,
    /// Most tokens that one answer may have.
    #[serde(alias = "max_tokens")]
    pub answer: Option<u32>,
    /// How answers are held to their form; without it the best that the server understands.
    pub json: Option<JsonMode>,
    /// `together`: one request brings all sections; `apart`: one request for each, quicker and dearer; `condensed`: facts
    /// from parts of the evidence first, as happens by itself where the evidence does not fit.
    pub sections: SectionRequests,
    /// Requests under way at one time.
    pub concurrency: Option<usize>,
    /// US dollars for a million tokens sent and received.
    pub price: Option<[f64; 2]>,
    /// US dollars that one draft may cost; a request that could exceed them is not begun. Needs the price.
    pub budget_usd: Option<f64>,
    /// Seconds of silence after which a request is given up.
    pub timeout_seconds: Option<u32>,
    /// Attempts after the first one, on transient failures.
    pub retries: Option<u32>,
    /// Ask for answers in pieces, for slow local models.
    pub stream: bool,
    /// Folder with prompts that replace those of the same name.
    pub prompts: Option<PathBuf>,
    /// Filled from the environment; a value in a file is an error.
    #[serde(deserialize_with = "refused", alias = "api_key", alias = "api-key", alias = "token")]
    pub key: Option<String>,
}

/// Whose interface a model is behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    #[default]
    OpenAi,
    Azure,
    Ollama,
    Vllm,
    #[serde(rename = "llama.cpp", alias = "llamacpp")]
    LlamaCpp,
}

/// How the form of an answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JsonMode {
    Schema,
    Object,
    Plain,
}

/// How sections are spread over requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SectionRequests {
    #[default]
    Together,
    Apart,
    Condensed,
}

impl ModelSettings {
    /// The address given or that of a fresh installation of the provider; `None` leaves it to the client.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        self.base_url.as_deref().or(match self.provider {
            Provider::OpenAi | Provider::Azure => None,
            Provider::Ollama => Some("http://localhost:11434/v1"),
            Provider::Vllm => Some("http://localhost:8000/v1"),
            Provider::LlamaCpp => Some("http://localhost:8080/v1"),
        })
    }

    /// The JSON mode given, or the one that the provider is known for.
    #[must_use]
    pub fn json_mode(&self) -> JsonMode {
        self.json.unwrap_or(match self.provider {
            Provider::LlamaCpp => JsonMode::Plain,
            _ => JsonMode::Schema,
        })
    }

    /// Servers on one's own machine get no key unless one is named: that of another provider is none of their business.
    pub(super) fn key_variable(&self) -> Option<&str> {
        self.key_env.as_deref().or(match self.provider {
            Provider::OpenAi => Some("OPENAI_API_KEY"),
            Provider::Azure => Some("AZURE_OPENAI_API_KEY"),
            Provider::Ollama | Provider::Vllm | Provider::LlamaCpp => None,
        })
    }
}

impl std::fmt::Debug for ModelSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ModelSettings")
            .field("provider", &self.provider)
            .field("name", &self.name)
            .field("base_url", &self.base_url)
            .field("key_env", &self.key_env)
            .field("window", &self.window)
            .field("key", &self.key.as_ref().map(|_| "set"))
            .finish_non_exhaustive()
    }
}

fn refused<'de, D: Deserializer<'de>>(_: D) -> Result<Option<String>, D::Error> {
    Err(serde::de::Error::custom(NO_KEY))
}

/// A key that stands where its variable's name should stand is as much in the file as under `key`.
fn variable_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let name = String::deserialize(deserializer)?;
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain && name.starts_with(|first: char| !first.is_ascii_digit()) {
        Ok(Some(name))
    } else {
        Err(serde::de::Error::custom(format!("`key_env` is no name of an environment variable: {NO_KEY}")))
    }
}
