//! The client against a local server that answers as real ones do.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};

use super::{Endpoint, OpenAiCompatible};
use crate::drafting::{Completion, CompletionError, Finish, Message, Request, Schema, Speaker};
use crate::redact::Redactor;

type Script = Arc<Mutex<Vec<(u16, &'static str, &'static str)>>>;
type Seen = Arc<Mutex<Vec<Value>>>;

/// Serves the answers in order, the last one for ever; `header` is `name: value` or empty.
async fn serve(answers: Vec<(u16, &'static str, &'static str)>) -> (Endpoint, Seen) {
    let script: Script = Arc::new(Mutex::new(answers));
    let seen: Seen = Arc::default();
    let log = seen.clone();
    let handler = move |body: String| {
        log.lock().unwrap().push(serde_json::from_str(&body).unwrap());
        let mut script = script.lock().unwrap();
        let (status, header, body) = if script.len() > 1 { script.remove(0) } else { script[0] };
        let mut response: Response = (StatusCode::from_u16(status).unwrap(), body).into_response();
        if let Some((name, value)) = header.split_once(": ") {
            response.headers_mut().insert(name, value.parse().unwrap());
        }
        async move { response }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        axum::serve(listener, Router::new().route("/v1/chat/completions", post(handler))).await
    });
    let endpoint = Endpoint {
        pause: Duration::from_millis(1),
        silence: Duration::from_secs(5),
        ..Endpoint::new("test-model", Some(&format!("http://{address}/v1/")), Some("key-not-real"))
    };
    (endpoint, seen)
}

fn request() -> Request {
    let mut redactor = Redactor::default();
    Request {
        purpose: "test".into(),
        messages: vec![Message { role: Speaker::User, content: redactor.redact("hello") }],
        schema: Some(Schema { name: "answer".into(), schema: json!({"type": "object"}) }),
        max_tokens: 100,
    }
}

const GOOD: &str = r#"{"choices":[{"message":{"content":"fine"},"finish_reason":"eos"}],"usage":{"prompt_tokens":7,"completion_tokens":2},"service_tier":"on_demand","timings":{}}"#;

async fn ask(
    answers: Vec<(u16, &'static str, &'static str)>,
) -> (Result<crate::drafting::Answer, CompletionError>, Vec<Value>) {
    let (endpoint, seen) = serve(answers).await;
    let result = OpenAiCompatible::new(endpoint).unwrap().complete(&request()).await;
    let seen = seen.lock().unwrap().clone();
    (result, seen)
}

#[tokio::test]
async fn odd_but_usable_answers_are_read() {
    let (answer, seen) = ask(vec![(200, "content-type: application/json", GOOD)]).await;
    let answer = answer.unwrap();
    assert_eq!((answer.text.as_str(), answer.finish, answer.prompt_tokens), ("fine", Finish::Stop, 7));
    assert_eq!(seen[0]["messages"][0], json!({"role": "user", "content": "hello"}));
    assert_eq!(seen[0]["response_format"]["type"], "json_schema");
}

#[tokio::test]
async fn transient_refusals_of_every_wording_are_retried() {
    let (answer, seen) = ask(vec![
        (429, "retry-after: 0", r#"{"error":{"code":429,"message":"slow down"}}"#),
        (503, "", "<html><body>busy</body></html>"),
        (500, "", ""),
        (200, "", GOOD),
    ])
    .await;
    assert_eq!(answer.unwrap().text, "fine");
    assert_eq!(seen.len(), 4);
}

#[tokio::test]
async fn a_server_that_stays_busy_is_reported_with_its_words() {
    let (answer, seen) = ask(vec![(503, "", "<h1>try  later</h1>")]).await;
    assert_eq!(answer.unwrap_err(), CompletionError::Refused { status: 503, message: "try later".into() });
    assert_eq!(seen.len(), 5);
}

#[tokio::test]
async fn what_waiting_does_not_cure_is_not_repeated() {
    for (status, body) in [
        (401, r#"{"error":"bad key"}"#),
        (404, r#"{"error":"model not found"}"#),
        (429, r#"{"error":{"code":"insufficient_quota","message":"pay first"}}"#),
    ] {
        let (answer, seen) = ask(vec![(status, "", body)]).await;
        assert!(matches!(answer.unwrap_err(), CompletionError::Refused { status: s, .. } if s == status));
        assert_eq!(seen.len(), 1, "{body}");
    }
}

#[tokio::test]
async fn a_server_without_schemas_is_asked_in_plainer_words() {
    let (answer, seen) = ask(vec![
        (400, "", r#"{"error":{"message":"response_format json_schema is not supported"}}"#),
        (400, "", r#"{"error":"unknown field max_tokens, use max_completion_tokens"}"#),
        (200, "", GOOD),
    ])
    .await;
    assert_eq!(answer.unwrap().text, "fine");
    assert_eq!(seen[1]["response_format"]["type"], "json_object");
    assert!(seen[2].get("max_completion_tokens").is_some() && seen[2].get("max_tokens").is_none());
}

#[tokio::test]
async fn the_limit_that_a_server_names_is_kept_to() {
    const REFUSAL: &str = r#"{"error":{"message":"max_tokens is too large: 9000. This model supports at most 4,096 completion tokens."}}"#;
    let long = Request { max_tokens: 9_000, ..request() };
    let (endpoint, seen) = serve(vec![(400, "", REFUSAL), (200, "", GOOD)]).await;
    let answer = OpenAiCompatible::new(endpoint).unwrap().complete(&long).await;
    assert_eq!(answer.unwrap().text, "fine");
    assert_eq!(seen.lock().unwrap()[1]["max_tokens"], 4_096);
}

#[tokio::test]
async fn broken_answers_are_errors_and_no_panic() {
    for body in [
        "",
        "{",
        "[]",
        r#"{"choices":[]}"#,
        r#"{"choices":[{"message":{"content":null}}]}"#,
        r#"{"error":{"message":"overloaded"}}"#,
        r#"{"choices":[{"message":{"content":"","refusal":"no"}}]}"#,
    ] {
        let (answer, _) = ask(vec![(200, "", body)]).await;
        assert!(matches!(answer, Err(CompletionError::Unreadable(_))), "{body}: {answer:?}");
    }
}

#[tokio::test]
async fn streams_are_joined_and_a_cut_one_says_so() {
    const PIECES: &str = "data: {\"choices\":[{\"delta\":{\"content\":\"fi\"}}]}\n\n: ping\n\ndata: {\"odd\":1}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"ne\"},\"finish_reason\":null}]}\n\n";
    let whole: &'static str = Box::leak(format!("{PIECES}data: {{\"choices\":[{{\"delta\":{{}},\"finish_reason\":\"stop\"}}],\"usage\":{{\"prompt_tokens\":3,\"completion_tokens\":2}}}}\n\ndata: [DONE]\n\n").into_boxed_str());
    for (body, finish) in [(whole, Finish::Stop), (PIECES, Finish::Length)] {
        let (mut endpoint, seen) = serve(vec![(200, "content-type: text/event-stream", body)]).await;
        endpoint.stream = true;
        let answer = OpenAiCompatible::new(endpoint).unwrap().complete(&request()).await.unwrap();
        assert_eq!((answer.text.as_str(), answer.finish), ("fine", finish));
        assert_eq!(seen.lock().unwrap()[0]["stream"], true);
    }
}

#[tokio::test]
async fn nobody_listening_is_told_without_the_key() {
    let endpoint = Endpoint {
        retries: 1,
        pause: Duration::from_millis(1),
        ..Endpoint::new("m", Some("http://user:hunter2-not-real@127.0.0.1:9/v1"), Some("key-not-real"))
    };
    let client = OpenAiCompatible::new(endpoint).unwrap();
    let error = client.complete(&request()).await.unwrap_err();
    let told = format!("{error} {error:?} {client:?}");
    assert!(matches!(error, CompletionError::Unreachable { .. }), "{error:?}");
    assert!(
        told.contains("127.0.0.1:9") && !told.contains("key-not-real") && !told.contains("hunter2"),
        "{told}"
    );
}
