//! What can go wrong between the page and the file, said to the person at the page.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::app;

/// A request that could not be done.
#[derive(Debug)]
pub(in crate::web) enum Failure {
    App(app::Error),
    Template(minijinja::Error),
    /// The page was built from a version that this run has never seen.
    Stale,
    Missing,
    Broken,
}

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Self {
        Self::App(error)
    }
}

impl From<minijinja::Error> for Failure {
    fn from(error: minijinja::Error) -> Self {
        Self::Template(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, error, help) = match self {
            Self::App(error) => {
                let help = match &error {
                    app::Error::Store(error) => error.help(),
                    app::Error::Usage { help, .. } | app::Error::Input { help, .. } => Some(help.clone()),
                    _ => None,
                };
                (StatusCode::INTERNAL_SERVER_ERROR, error.to_string(), help)
            }
            Self::Template(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string(), None),
            Self::Stale => {
                let help = "reload the page; what you typed is kept";
                (StatusCode::GONE, "this page is older than the server".to_owned(), Some(help.to_owned()))
            }
            Self::Missing => (StatusCode::NOT_FOUND, "there is no such thing here".to_owned(), None),
            Self::Broken => {
                (StatusCode::INTERNAL_SERVER_ERROR, "the server lost its thread".to_owned(), None)
            }
        };
        (status, Json(json!({ "error": error, "help": help }))).into_response()
    }
}
