//! Style and script of the page, compiled in.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";
const JS: &str = "text/javascript; charset=utf-8";

/// The style sheets in one piece: the first paint waits for one answer, not for six.
const STYLE: &str = concat!(
    include_str!("assets/base.css"),
    include_str!("assets/layout.css"),
    include_str!("assets/document.css"),
    include_str!("assets/forms.css"),
    include_str!("assets/pictures.css"),
    include_str!("assets/sheet.css"),
);

macro_rules! scripts {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("assets/", $name)))),*]
    };
}

/// The script's modules by their names.
const SCRIPTS: &[(&str, &str)] = scripts![
    "main.js",
    "server.js",
    "refresh.js",
    "sheet.js",
    "evidence.js",
    "findings.js",
    "editor.js",
    "conflict.js",
    "forms.js",
    "details.js",
    "matches.js",
    "timeline.js",
    "keys.js",
];

/// Names of the modules, for the page to ask for all of them at once.
pub(super) fn scripts() -> impl Iterator<Item = &'static str> {
    SCRIPTS.iter().map(|(name, _)| *name)
}

pub(super) async fn asset(Path(name): Path<String>) -> Response {
    let script = SCRIPTS.iter().find(|(known, _)| *known == name).map(|(_, text)| (JS, *text));
    let found = match name.as_str() {
        "page.css" => Some((CSS, STYLE)),
        "icon.svg" => Some((SVG, include_str!("assets/icon.svg"))),
        _ => script,
    };
    match found {
        Some((kind, text)) => ([(header::CONTENT_TYPE, kind)], text).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
