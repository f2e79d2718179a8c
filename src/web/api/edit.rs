//! Changes of the document, and what is typed before it becomes one.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::Failure;
use crate::app::review::{Edit, Place, Saved};
use crate::web::page::{Fragments, fragments};
use crate::web::server::{Desk, Shared};

/// A change made on the version `base`.
#[derive(Deserialize)]
pub(in crate::web) struct Request {
    base: String,
    edit: Edit,
}

/// What became of it, with the page as it is now.
#[derive(Serialize)]
pub(in crate::web) struct Answer {
    /// `written`, `merged`, `conflict`, `gone` or `not_ready`.
    outcome: &'static str,
    places: Vec<Place>,
    view: Fragments,
}

impl Answer {
    pub(super) fn of(desk: &Desk, saved: Saved) -> Result<Self, Failure> {
        let (outcome, version, places) = match saved {
            Saved::Written { version, merged: false } => ("written", version, Vec::new()),
            Saved::Written { version, merged: true } => ("merged", version, Vec::new()),
            Saved::Conflict { theirs, places } => ("conflict", theirs, places),
            Saved::Gone { theirs } => ("gone", theirs, Vec::new()),
        };
        Ok(Self { outcome, places, view: fragments(desk, &version)? })
    }

    pub(super) fn not_ready(desk: &Desk) -> Result<Self, Failure> {
        let view = fragments(desk, &desk.review.current()?)?;
        Ok(Self { outcome: "not_ready", places: Vec::new(), view })
    }
}

/// `POST /api/edit`.
pub(in crate::web) async fn edit(
    State(desk): State<Shared>,
    Json(request): Json<Request>,
) -> Result<Json<Answer>, Failure> {
    let answer = desk.off_thread(move |desk| {
        let base = desk.review.version(&request.base).ok_or(Failure::Stale)?;
        Answer::of(desk, desk.review.save(&base, &request.edit)?)
    });
    Ok(Json(answer.await?))
}

/// A text that is being typed; none when it is given up.
#[derive(Deserialize)]
pub(in crate::web) struct Typed {
    key: String,
    text: Option<String>,
}

/// `POST /api/unsaved`.
pub(in crate::web) async fn unsaved(
    State(desk): State<Shared>,
    Json(typed): Json<Typed>,
) -> Result<(), Failure> {
    desk.off_thread(move |desk| Ok(desk.review.keep_unsaved(&typed.key, typed.text)?)).await
}
