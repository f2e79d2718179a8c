//! Where a model is and how patient to be with it.

use std::fmt;
use std::time::Duration;

/// The default address, that of the first provider of this interface.
const OPENAI: &str = "https://api.openai.com/v1";

/// An endpoint with its credentials; its `Debug` never shows them.
#[derive(Clone)]
pub struct Endpoint {
    /// Such as `http://localhost:11434/v1`.
    pub base_url: String,
    pub key: Option<String>,
    pub model: String,
    /// Longest silence of the server, from sending to the first byte and between bytes.
    pub silence: Duration,
    /// Attempts after the first one, on transient failures.
    pub retries: u32,
    /// First pause between attempts; it doubles.
    pub pause: Duration,
    /// Seeds the jitter of the pauses.
    pub seed: u64,
    /// Ask for the answer in pieces: keeps slow local models from running into the limit of silence.
    pub stream: bool,
    /// How the form of answers is asked for at first; refusals lead to plainer forms.
    pub form: Form,
    /// Deployment and version, where the endpoint is a resource of Azure.
    pub azure: Option<Azure>,
}

/// How the form of an answer is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    #[default]
    Schema,
    Object,
    /// By the prompt alone.
    Plain,
}

/// What an address at Azure has besides that of the resource.
#[derive(Clone, Debug)]
pub struct Azure {
    pub deployment: String,
    pub api_version: String,
}

impl Endpoint {
    #[must_use]
    pub fn new(model: impl Into<String>, base_url: Option<&str>, key: Option<&str>) -> Self {
        let base_url = base_url
            .map(|url| url.trim().trim_end_matches('/'))
            .filter(|url| !url.is_empty())
            .unwrap_or(OPENAI);
        Self {
            base_url: base_url.to_owned(),
            key: key.map(str::to_owned),
            model: model.into(),
            silence: Duration::from_secs(120),
            retries: 4,
            pause: Duration::from_millis(500),
            seed: 0,
            stream: false,
            form: Form::Schema,
            azure: None,
        }
    }

    /// The address without credentials that somebody wrote into it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.base_url.split_once("://") {
            Some((scheme, rest)) => format!(
                "{scheme}://{}",
                rest.rsplit_once('@').map_or(rest, |(_, host)| host).split('?').next().unwrap_or_default()
            ),
            None => "an address without a scheme".to_owned(),
        }
    }

    pub(super) fn is_openai(&self) -> bool {
        self.base_url.contains("api.openai.com")
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("base_url", &self.shown())
            .field("key", &self.key.as_ref().map(|_| "set"))
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}
