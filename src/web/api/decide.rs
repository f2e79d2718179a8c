//! What a person says of a match.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::Failure;
use crate::domain::DecisionVerdict;
use crate::web::page::fragments;
use crate::web::server::Shared;
use crate::web::templates::render;
use crate::web::view;

#[derive(Deserialize)]
pub(in crate::web) struct Request {
    /// Id of the past incident.
    other: String,
    verdict: DecisionVerdict,
}

/// `POST /api/decide`.
pub(in crate::web) async fn decide(
    State(desk): State<Shared>,
    Json(request): Json<Request>,
) -> Result<Response, Failure> {
    let answer = desk.off_thread(move |desk| {
        let version = desk.review.current()?;
        desk.review.decide(&version.text, &request.other, request.verdict)?;
        let cards = render(&desk.templates, "matches.html", view::matches(&desk.review, &version.text)?)?;
        Ok(json!({ "matches": cards, "view": fragments(desk, &version)? }))
    });
    Ok(Json(answer.await?).into_response())
}
