//! The client: one request in, one answer out, whatever dialect the server speaks.

use std::pin::Pin;

use async_openai::Client;
use async_openai::config::{AzureConfig, Config, OpenAIConfig};
use async_openai::error::OpenAIError;
use async_openai::middleware::HttpRequestFactory;
use futures::{Stream, StreamExt};
use serde_json::Value;

use super::endpoint::Endpoint;
use super::profile::Profile;
use super::reply::{self, Assembled};
use super::transport::{self, HttpError};
use crate::drafting::{Answer, Completion, CompletionError, Pending, Request};

/// Ways of asking that are tried when a server does not know a part of the request.
const DIALECTS: usize = 4;

/// A model at an OpenAI-compatible endpoint.
pub struct OpenAiCompatible {
    pub(super) endpoint: Endpoint,
    pub(super) client: Client<Box<dyn Config>>,
    profile: Profile,
}

impl OpenAiCompatible {
    /// Connects lazily; nothing is sent before the first request.
    ///
    /// # Errors
    /// When the address is none, the key cannot stand in a header, or the TLS set-up of the machine is unusable.
    pub fn new(endpoint: Endpoint) -> Result<Self, CompletionError> {
        let unusable = |reason: String| CompletionError::Unreachable { endpoint: endpoint.shown(), reason };
        if !endpoint.base_url.starts_with("http://") && !endpoint.base_url.starts_with("https://") {
            return Err(unusable("the address must begin with http:// or https://".to_owned()));
        }
        let http = reqwest::Client::builder()
            .connect_timeout(endpoint.silence.min(std::time::Duration::from_secs(15)))
            .read_timeout(endpoint.silence)
            .build()
            .map_err(|error| unusable(error.without_url().to_string()))?;
        let key = endpoint.key.clone().unwrap_or_default();
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(unusable(
                "the key has characters that no key has; was it cut or copied badly?".to_owned(),
            ));
        }
        let config: Box<dyn Config> = match &endpoint.azure {
            Some(azure) => Box::new(
                AzureConfig::new()
                    .with_api_base(&endpoint.base_url)
                    .with_deployment_id(&azure.deployment)
                    .with_api_version(&azure.api_version)
                    .with_api_key(key),
            ),
            None => Box::new(OpenAIConfig::new().with_api_base(&endpoint.base_url).with_api_key(key)),
        };
        let under = endpoint.clone();
        let service = tower::service_fn(move |factory: HttpRequestFactory| {
            transport::send(http.clone(), under.clone(), factory)
        });
        let client = Client::with_config(config).with_http_service(service);
        let profile = Profile::of(&endpoint);
        Ok(Self { endpoint, client, profile })
    }

    async fn ask(&self, request: &Request) -> Result<Answer, CompletionError> {
        let mut tried = 0;
        loop {
            tried += 1;
            let body = self.profile.body(&self.endpoint, request);
            let result =
                if self.endpoint.stream { self.streamed(body).await } else { self.whole(body).await };
            match result {
                Err(CompletionError::Refused { status, message })
                    if tried < DIALECTS && self.profile.learn(status, &message) => {}
                other => return other,
            }
        }
    }

    async fn whole(&self, body: Value) -> Result<Answer, CompletionError> {
        let value: Value = self.client.chat().create_byot(body).await.map_err(|error| self.failure(error))?;
        reply::answer(&value)
    }

    async fn streamed(&self, body: Value) -> Result<Answer, CompletionError> {
        type Pieces = Pin<Box<dyn Stream<Item = Result<Value, OpenAIError>> + Send>>;
        let mut pieces: Pieces =
            self.client.chat().create_stream_byot(body).await.map_err(|error| self.failure(error))?;
        let mut assembled = Assembled::default();
        while let Some(piece) = pieces.next().await {
            match piece {
                Ok(piece) => assembled.take(&piece)?,
                // One odd piece does not spoil the rest; a broken transport ends the stream by itself.
                Err(OpenAIError::JSONDeserialize(..)) => {}
                Err(error) => return Err(self.failure(error)),
            }
        }
        assembled.finished()
    }

    /// Tells apart what a person would do about it.
    pub(super) fn failure(&self, error: OpenAIError) -> CompletionError {
        let unreachable =
            |reason: String| CompletionError::Unreachable { endpoint: self.endpoint.shown(), reason };
        match error {
            OpenAIError::Boxed(inner) => match inner.downcast::<HttpError>() {
                Ok(refused) => CompletionError::Refused {
                    status: refused.status,
                    message: reply::refusal(&refused.body),
                },
                Err(other) => unreachable(other.to_string()),
            },
            OpenAIError::Reqwest(error) if error.is_timeout() => {
                CompletionError::TimedOut { seconds: self.endpoint.silence.as_secs() }
            }
            OpenAIError::Reqwest(error) if error.is_decode() || error.is_body() => {
                CompletionError::Unreadable("the connection broke off in the middle".to_owned())
            }
            OpenAIError::Reqwest(error) => unreachable(root(&error.without_url())),
            OpenAIError::JSONDeserialize(error, _) => {
                CompletionError::Unreadable(format!("it is no JSON ({error})"))
            }
            other => CompletionError::Unreadable(other.to_string()),
        }
    }
}

/// The innermost reason, which is the telling one.
fn root(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(inner) = last.source() {
        last = inner;
    }
    last.to_string()
}

impl Completion for OpenAiCompatible {
    fn model(&self) -> &str {
        &self.endpoint.model
    }

    fn repeats(&self) -> u32 {
        self.endpoint.retries
    }

    fn complete<'a>(&'a self, request: &'a Request) -> Pending<'a> {
        Box::pin(self.ask(request))
    }
}

impl std::fmt::Debug for OpenAiCompatible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenAiCompatible").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}
