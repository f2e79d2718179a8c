//! Drafting through a scripted OpenAI-compatible server: the whole way from evidence over HTTP to a checked document.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)] // a failing unwrap is a failing test

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use unblame::document::{SectionKind, render};
use unblame::domain::{Event, Incident, PhaseMark, Phases, Timeline, Verdict};
use unblame::drafting::{Arrangement, Draft, DraftInput, Limits, ModelRun, Prompts, draft_with_model};
use unblame::llm::{Endpoint, OpenAiCompatible};
use unblame::redact::Redactor;

/// What the server answers to one request body.
type Script = dyn Fn(&Value) -> Response + Send + Sync;

async fn serve(script: Box<Script>) -> (String, Arc<Mutex<Vec<Value>>>) {
    let seen: Arc<Mutex<Vec<Value>>> = Arc::default();
    let log = seen.clone();
    let script: Arc<Script> = script.into();
    let handler = move |body: String| {
        let request: Value = serde_json::from_str(&body).unwrap();
        let answer = script(&request);
        log.lock().unwrap().push(request);
        async move { answer }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        axum::serve(listener, Router::new().route("/v1/chat/completions", post(handler))).await
    });
    (format!("http://{address}/v1"), seen)
}

fn answer(content: &str) -> Response {
    let body = json!({"choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 500, "completion_tokens": 50}});
    body.to_string().into_response()
}

fn sentences(list: &[(&str, &[&str])]) -> String {
    let list: Vec<Value> = list
        .iter()
        .map(|(text, evidence)| json!({"text": text, "evidence": evidence, "kind": "fact", "label": null}))
        .collect();
    json!({"sentences": list, "questions": []}).to_string()
}

/// Events as `HH:MM:SS source class kind actor|text`.
fn timeline(lines: &[&str]) -> Timeline {
    let events: Vec<Event> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let parts: Vec<&str> = line.splitn(5, ' ').collect();
            let (actor, text) = parts[4].split_once('|').unwrap();
            serde_json::from_value(json!({
                "id": format!("E{}", at + 1), "at": format!("2025-11-28T{}Z", parts[0]), "precision": "second", "source": parts[1], "class": parts[2], "kind": parts[3],
                "actor": (actor != "-").then_some(actor), "bot": actor == "-", "text": text, "count": 1, "key": true,
                "origin": {"file": format!("{}.json", parts[1]), "line": at + 1}, "fingerprint": format!("{at:016x}"),
            }))
            .unwrap()
        })
        .collect();
    let mark =
        |at: usize| Some(PhaseMark { at: events[at].at, evidence: vec![events[at].id], confidence: 0.9 });
    let phases = Phases {
        started: mark(1),
        detected: mark(3),
        acknowledged: mark(4),
        mitigated: mark(9),
        resolved: mark(9),
    };
    let incident = Incident {
        id: "INC-9".into(),
        title: "Search returned no results".into(),
        services: vec!["search-api".into()],
        ..Incident::default()
    };
    Timeline { incident, durations: phases.durations(), phases, events, ..Timeline::default() }
}

fn search_incident() -> Timeline {
    timeline(&[
        "08:40:10 github deploy change_merged Ines Albrecht|PR #311 merged: rename the index alias to products-v2 in search-api and in the nightly importer of the catalogue",
        "08:52:00 kubernetes automated deploy -|Scaled up replica set search-api-5b7c to 4, image search-api 2.9.0, namespace shop-production",
        "08:53:31 search-api automated log -|error: index alias products-v2 not found, returning an empty list to the caller for every query of the shop",
        "08:59:00 alertmanager alerting alert_fired -|SearchEmptyResults: 88 % of the searches return no result, threshold 20 %",
        "09:01:20 pagerduty alerting alert_acknowledged Tomas Reyes|acknowledged on the phone",
        "09:06:45 slack chat observation Tomas Reyes|search-api answers quickly but every list is empty, the alias products-v2 does not exist on the cluster",
        "09:11:02 slack chat hypothesis Ines Albrecht|maybe the importer did not finish last night, that would leave the alias unset until the next run",
        "09:15:30 slack chat decision Tomas Reyes|we roll back search-api to 2.8.4, the old alias products is still there and complete",
        "09:18:00 kubernetes automated rollback -|Scaled up replica set search-api-4a11 to 4, image search-api 2.8.4, namespace shop-production",
        "09:21:00 alertmanager alerting alert_resolved -|SearchEmptyResults resolved, 3 % of the searches return no result",
        "09:40:12 slack chat message Ines Albrecht|the importer creates the alias only after the nightly run, and nothing checks the alias before a rollout of search-api",
    ])
}

async fn drafted(timeline: &Timeline, script: Box<Script>) -> (Draft, Vec<Value>) {
    let (url, seen) = serve(script).await;
    let endpoint = Endpoint {
        pause: Duration::from_millis(1),
        retries: 2,
        silence: Duration::from_secs(3),
        ..Endpoint::new("scripted", Some(&url), Some("key-not-real"))
    };
    let model = OpenAiCompatible::new(endpoint).unwrap();
    let prompts = Prompts::new(&BTreeMap::new()).unwrap();
    let input =
        DraftInput { timeline, matches: &[], warnings: &[], tool: "unblame test", lint: &|_| Vec::new() };
    let run = ModelRun {
        completion: &model,
        cache: None,
        prompts: &prompts,
        limits: Limits { arrangement: Arrangement::Apart, ..Limits::default() },
        concurrency: 4,
        price: None,
        budget_usd: None,
        progress: &|_| {},
        egress: &|_| {},
    };
    let draft = draft_with_model(&input, &mut Redactor::default(), &run).await;
    let seen = seen.lock().unwrap().clone();
    (draft, seen)
}

/// The summary behind the sentences that code writes.
fn written(draft: &Draft) -> &str {
    summary(draft).split_once("later.[^E2][^E4][^E5] ").unwrap().1
}

fn summary(draft: &Draft) -> &str {
    &draft.postmortem.section(SectionKind::ExecutiveSummary).unwrap().body
}

fn asks_for_summary(request: &Value) -> bool {
    request["messages"][2]["content"].as_str().is_some_and(|asked| asked.contains("executive_summary:"))
}

#[tokio::test]
async fn the_summary_comes_from_the_model_with_times_from_code() {
    let (draft, seen) = drafted(
        &search_incident(),
        Box::new(|request| {
            answer(&if asks_for_summary(request) {
                sentences(&[
                    ("Searches of the shop returned empty lists for {span:E2:E10}, from {at:E2} to {at:E10}.", &["E2", "E3", "E10"]),
                    ("88 % of the searches returned no result.", &["E4"]),
                    ("The index alias products-v2 was not found.", &["E3"]),
                    ("search-api was rolled back to 2.8.4 at {at:E9}.", &["E8", "E9"]),
                ])
            } else {
                sentences(&[])
            })
        }),
    )
    .await;
    assert_eq!(
        written(&draft),
        "Searches of the shop returned empty lists for 29 minutes, from 08:52 UTC to 09:21 UTC.[^E2][^E3][^E10] 88 % of the searches returned no result.[^E4] \
         The index alias products-v2 was not found.[^E3] search-api was rolled back to 2.8.4 at 09:18 UTC.[^E8][^E9]"
    );
    assert_eq!(seen.len(), 9);
    for name in ["Ines", "Tomas", "key-not-real"] {
        assert!(seen.iter().all(|request| !request.to_string().contains(name)), "{name}");
    }
    let prefixes: Vec<&Value> = seen.iter().map(|request| &request["messages"][1]).collect();
    assert!(
        prefixes.windows(2).all(|pair| pair[0] == pair[1]),
        "the evidence stands first and is the same for all sections"
    );
}

#[tokio::test]
async fn a_lying_model_supports_nothing() {
    let lies: &[(&str, &[&str])] = &[
        ("99 % of the searches returned no result.", &["E4"]),
        ("The search was down for 3 hours.", &["E2", "E10"]),
        ("The incident was caused by a failed import.", &["E7"]),
        ("pricing-api returned empty lists.", &["E3"]),
        ("The alias products-v2 exists on the cluster.", &["E6"]),
        ("Revenue fell by 20,000 dollars.", &["E4"]),
        ("All is well.", &["E404"]),
    ];
    let text = sentences(lies);
    let (draft, _) = drafted(&search_incident(), Box::new(move |_| answer(&text))).await;
    for (lie, _) in lies {
        let lie = lie.trim_end_matches('.');
        assert!(
            draft.claims.iter().all(|claim| claim.verdict != Verdict::Supported || !claim.text.contains(lie)),
            "{lie}"
        );
        assert!(!summary(&draft).contains(lie), "{lie}");
    }
    assert_eq!(draft.fallbacks.len(), 9);
}

#[tokio::test]
async fn servers_that_misbehave_leave_an_extractive_draft() {
    let scripts: Vec<(&str, Box<Script>)> = vec![
        ("busy", Box::new(|_| StatusCode::TOO_MANY_REQUESTS.into_response())),
        ("broken", Box::new(|_| (StatusCode::INTERNAL_SERVER_ERROR, "<html>oops</html>").into_response())),
        ("no json", Box::new(|_| "not json at all".into_response())),
        ("wrong shape", Box::new(|_| answer("{\"poem\": \"pods\"}"))),
        ("empty", Box::new(|_| answer(""))),
        ("cut", Box::new(|_| answer("{\"sentences\": [{\"text\": \"The al"))),
        (
            "no such model",
            Box::new(|_| (StatusCode::NOT_FOUND, "{\"error\":\"model not found\"}").into_response()),
        ),
    ];
    for (name, script) in scripts {
        let (draft, _) = drafted(&search_incident(), script).await;
        assert_eq!(draft.fallbacks.len(), 9, "{name}");
        assert!(
            summary(&draft).contains("29 minutes") && summary(&draft).contains("without the model"),
            "{name}: {}",
            summary(&draft)
        );
        assert_eq!(draft.postmortem.sections.len(), 14, "{name}");
        assert!(!render(&draft.postmortem).contains("<html>"), "{name}");
    }
}

#[tokio::test]
async fn one_failing_section_does_not_spoil_the_others() {
    let (draft, _) = drafted(
        &search_incident(),
        Box::new(|request| {
            if asks_for_summary(request) {
                answer(&sentences(&[("The index alias products-v2 was not found.", &["E3"])]))
            } else {
                StatusCode::BAD_REQUEST.into_response()
            }
        }),
    )
    .await;
    assert_eq!(written(&draft), "The index alias products-v2 was not found.[^E3]");
    assert_eq!(draft.fallbacks.len(), 8);
}
