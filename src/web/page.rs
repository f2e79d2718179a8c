//! The page as a whole, and its pieces after a change.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;

use super::api::Failure;
use super::server::{Desk, Shared};
use super::templates::render;
use super::view::PageView;
use crate::app::review::Version;

/// What changes on the page from one version to the next: element ids with their HTML.
#[derive(Debug, Serialize)]
pub(super) struct Fragments {
    version: String,
    /// Parts in their order, each with its HTML.
    parts: Vec<(String, String)>,
    others: BTreeMap<&'static str, String>,
}

/// `GET /`.
pub(super) async fn page(State(desk): State<Shared>) -> Result<Html<String>, Failure> {
    let html = desk.off_thread(|desk| {
        let view = PageView::of(&desk.review, &desk.review.current()?)?;
        Ok(render(&desk.templates, "page.html", view)?)
    });
    Ok(Html(html.await?))
}

/// `GET /api/view`: the pieces of the file as it is now.
pub(super) async fn view(State(desk): State<Shared>) -> Result<Response, Failure> {
    let fragments = desk.off_thread(|desk| fragments(desk, &desk.review.current()?));
    Ok(Json(fragments.await?).into_response())
}

/// Renders the pieces of a version.
pub(super) fn fragments(desk: &Desk, version: &Version) -> Result<Fragments, Failure> {
    let view = PageView::of(&desk.review, version)?;
    let part = desk.templates.get_template("part.html")?;
    let mut parts = Vec::new();
    for one in &view.parts {
        parts.push((
            one.key.clone(),
            part.render(context! { part => Serde(one), has_history => view.has_history })?,
        ));
    }
    let mut others = BTreeMap::new();
    for (id, template) in [
        ("masthead", "masthead.html"),
        ("details", "head.html"),
        ("outline", "outline.html"),
        ("desk", "desk.html"),
    ] {
        others.insert(id, render(&desk.templates, template, &view)?);
    }
    Ok(Fragments { version: view.version, parts, others })
}

impl Desk {
    /// Runs work that reads files or takes its time where it does not hold up other requests.
    pub(super) async fn off_thread<T: Send + 'static>(
        self: &std::sync::Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let desk = std::sync::Arc::clone(self);
        tokio::task::spawn_blocking(move || work(&desk)).await.map_err(|_| Failure::Broken)?
    }
}
