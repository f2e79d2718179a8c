//! What is fetched when it is asked for: evidence, sources of parts, matches, changes.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use serde_json::json;

use super::Failure;
use crate::web::server::Shared;
use crate::web::templates::render;
use crate::web::view;

/// `GET /api/part/{key}`: its Markdown, and the version that it stands in.
pub(in crate::web) async fn part(
    State(desk): State<Shared>,
    Path(key): Path<String>,
) -> Result<Response, Failure> {
    let answer = desk.off_thread(move |desk| {
        let version = desk.review.current()?;
        let parts = crate::app::review::parts(&version.text);
        let part = parts.iter().find(|part| part.key == key).ok_or(Failure::Missing)?;
        let unsaved = desk.review.unsaved().parts.remove(&key);
        Ok(json!({ "version": version.hash, "text": part.text(&version.text), "unsaved": unsaved }))
    });
    Ok(Json(answer.await?).into_response())
}

/// `GET /api/evidence/{label}`: one line of evidence with its neighbours.
pub(in crate::web) async fn evidence(
    State(desk): State<Shared>,
    Path(label): Path<String>,
) -> Result<Response, Failure> {
    let answer = desk.off_thread(move |desk| {
        let evidence = desk.review.evidence(&desk.review.current()?.text)?;
        let shown = evidence.show(&label).ok_or(Failure::Missing)?;
        Ok(json!(shown))
    });
    Ok(Json(answer.await?).into_response())
}

/// `GET /api/matches`: the cards, as HTML.
pub(in crate::web) async fn matches(State(desk): State<Shared>) -> Result<Html<String>, Failure> {
    let html = desk.off_thread(|desk| {
        let view = view::matches(&desk.review, &desk.review.current()?.text)?;
        Ok(render(&desk.templates, "matches.html", view)?)
    });
    Ok(Html(html.await?))
}

/// `GET /api/changes`: the difference from what was generated, as HTML.
pub(in crate::web) async fn changes(State(desk): State<Shared>) -> Result<Html<String>, Failure> {
    let html = desk.off_thread(|desk| {
        let version = desk.review.current()?;
        let view = view::changes(desk.review.generated(&version.text)?.as_deref(), &version.text);
        Ok(render(&desk.templates, "changes.html", view)?)
    });
    Ok(Html(html.await?))
}
