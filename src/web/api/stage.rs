//! Moves the document on: to review, to final.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::Failure;
use super::edit::Answer;
use crate::desk::readiness::Stage;
use crate::web::server::Shared;

#[derive(Deserialize)]
pub(in crate::web) struct Request {
    base: String,
    stage: String,
}

/// `POST /api/stage`.
pub(in crate::web) async fn stage(
    State(desk): State<Shared>,
    Json(request): Json<Request>,
) -> Result<Json<Answer>, Failure> {
    let answer = desk.off_thread(move |desk| {
        let base = desk.review.version(&request.base).ok_or(Failure::Stale)?;
        let stage = [Stage::Review, Stage::Final].into_iter().find(|stage| stage.name() == request.stage);
        match desk.review.promote(&base, stage.ok_or(Failure::Missing)?)? {
            Some(saved) => Answer::of(desk, saved),
            None => Answer::not_ready(desk),
        }
    });
    Ok(Json(answer.await?))
}
