//! Changes of the document, and what is typed before it becomes one.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::Failure;
use crate::app::review::{Edit, HeadProblem, Place, Saved, head_problems};
use crate::document::parse;
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
    /// `written`, `merged`, `conflict`, `gone`, `invalid` or `not_ready`.
    outcome: &'static str,
    places: Vec<Place>,
    /// What is wrong with the fields of the front matter.
    problems: Vec<HeadProblem>,
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
        Ok(Self { outcome, places, problems: Vec::new(), view: fragments(desk, &version)? })
    }

    pub(super) fn not_ready(desk: &Desk) -> Result<Self, Failure> {
        Self::refused(desk, "not_ready", Vec::new())
    }

    fn refused(desk: &Desk, outcome: &'static str, problems: Vec<HeadProblem>) -> Result<Self, Failure> {
        let view = fragments(desk, &desk.review.current()?)?;
        Ok(Self { outcome, places: Vec::new(), problems, view })
    }
}

/// `POST /api/edit`.
pub(in crate::web) async fn edit(
    State(desk): State<Shared>,
    Json(request): Json<Request>,
) -> Result<Json<Answer>, Failure> {
    let answer = desk.off_thread(move |desk| {
        let base = desk.review.version(&request.base).ok_or(Failure::Stale)?;
        if let Edit::Head { fields } = &request.edit {
            let problems = head_problems(&parse(&base.text).postmortem.front, fields);
            if !problems.is_empty() {
                return Answer::refused(desk, "invalid", problems);
            }
        }
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
