//! The transport under the client: retries on transient failures, with the status and body of the last one kept.
//!
//! A request that was read and whose answer was lost is not repeated here: it may have cost something.
//!
//! The client's own retry layer loses the status when a server words its error differently; this one reads the status
//! before anything is parsed.

use std::time::Duration;

use async_openai::error::OpenAIError;
use async_openai::middleware::HttpRequestFactory;
use reqwest::{Client, Response};

use super::Endpoint;

/// Longest pause that a server may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Bytes of an error body that are kept.
const BODY: usize = 2_000;

/// A refusal with what the server said.
#[derive(Debug, thiserror::Error)]
#[error("status {status}: {body}")]
pub(super) struct HttpError {
    pub(super) status: u16,
    pub(super) body: String,
}

/// Sends a request until it succeeds, is refused for good, or the attempts are used up.
pub(super) async fn send(
    http: Client,
    endpoint: Endpoint,
    factory: HttpRequestFactory,
) -> Result<Response, OpenAIError> {
    let mut attempt = 0;
    loop {
        let result = http.execute(factory.build().await?).await;
        let transient = match &result {
            Ok(response) => is_transient(response.status().as_u16()),
            // After a silence the server may have worked on the request, which whoever keeps the account has to know.
            Err(error) => error.is_connect() || !error.is_timeout() && error.is_request(),
        };
        let asked = result.as_ref().ok().and_then(retry_after);
        let response = match result {
            Ok(response) if response.status().is_success() => return Ok(response),
            other => other,
        };
        let refusal = match response {
            Ok(response) => {
                let status = response.status().as_u16();
                let body: String = response.text().await.unwrap_or_default().chars().take(BODY).collect();
                // A used-up quota looks like a rate limit and does not pass by waiting.
                if !transient || body.contains("insufficient_quota") || attempt >= endpoint.retries {
                    return Err(OpenAIError::Boxed(Box::new(HttpError { status, body })));
                }
                None
            }
            Err(error) => Some(error),
        };
        if let Some(error) = refusal
            && (!transient || attempt >= endpoint.retries)
        {
            return Err(OpenAIError::Reqwest(error.without_url()));
        }
        attempt += 1;
        tokio::time::sleep(asked.unwrap_or_else(|| backoff(&endpoint, attempt)).min(LONGEST_PAUSE)).await;
    }
}

fn is_transient(status: u16) -> bool {
    matches!(status, 409 | 425 | 429 | 500..=503 | 505..=523 | 525..=599)
}

/// `Retry-After` in seconds, or in milliseconds as some providers send it.
fn retry_after(response: &Response) -> Option<Duration> {
    let header = |name: &str| {
        response
            .headers()
            .get(name)?
            .to_str()
            .ok()?
            .trim()
            .parse::<f64>()
            .ok()
            .filter(|value| value.is_finite() && *value >= 0.0)
    };
    header("retry-after-ms")
        .map(|ms| ms / 1_000.0)
        .or_else(|| header("retry-after"))
        .map(|seconds| Duration::from_secs_f64(seconds.min(3_600.0)))
}

/// Doubling pauses with a jitter of half their length that depends on the seed alone.
fn backoff(endpoint: &Endpoint, attempt: u32) -> Duration {
    let base = endpoint.pause.saturating_mul(1 << attempt.saturating_sub(1).min(6));
    // SplitMix64 of seed and attempt.
    let mut mixed = endpoint.seed.wrapping_add(u64::from(attempt).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let share = ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64;
    base.mul_f64(0.75 + 0.5 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_repeat_with_the_seed() {
        let endpoint =
            Endpoint { pause: Duration::from_millis(100), seed: 7, ..Endpoint::new("m", None, None) };
        let first = backoff(&endpoint, 1);
        assert_eq!(first, backoff(&endpoint, 1));
        assert!(first >= Duration::from_millis(75) && first <= Duration::from_millis(125));
        assert!(backoff(&endpoint, 3) >= Duration::from_millis(300));
        assert_ne!(backoff(&Endpoint { seed: 8, ..endpoint.clone() }, 1), first);
    }
}
