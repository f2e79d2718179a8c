//! The part that is being typed, as it will look, with what the linter would say of it.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::Failure;
use crate::app::review::{parts, replaced};
use crate::domain::Finding;
use crate::web::markup::render;
use crate::web::server::Shared;
use crate::web::view::{FindingView, findings};

#[derive(Deserialize)]
pub(in crate::web) struct Request {
    base: String,
    key: String,
    text: String,
    /// Asked for when the person pauses; a preview must not wait for it.
    lint: bool,
}

#[derive(Serialize)]
pub(in crate::web) struct Preview {
    html: String,
    findings: Vec<FindingView>,
}

/// `POST /api/preview`.
pub(in crate::web) async fn preview(
    State(desk): State<Shared>,
    Json(request): Json<Request>,
) -> Result<Json<Preview>, Failure> {
    let preview = desk.off_thread(move |desk| {
        let base = desk.review.version(&request.base).ok_or(Failure::Stale)?;
        let source = replaced(&base.text, &request.key, &request.text).ok_or(Failure::Missing)?;
        let parts = parts(&source);
        let at = parts.iter().position(|part| part.key == request.key);
        // A heading that is being renamed changes the key; the part keeps its place.
        let at = at.or_else(|| {
            crate::app::review::parts(&base.text).iter().position(|part| part.key == request.key)
        });
        let Some(part) = at.and_then(|at| parts.get(at)) else { return Err(Failure::Missing) };
        let found: Vec<Finding> = if request.lint { desk.review.lint(&source) } else { Vec::new() };
        let found: Vec<Finding> =
            found.into_iter().filter(|finding| part.span.contains(finding.span.0)).collect();
        let html = render(&source, std::slice::from_ref(part), &found, &[]).pop().unwrap_or_default();
        Ok(Preview { html: html.body, findings: findings(&source, &found, &parts) })
    });
    Ok(Json(preview.await?))
}
