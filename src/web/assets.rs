//! Style and script of the page, compiled in.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";
const JS: &str = "text/javascript; charset=utf-8";

macro_rules! assets {
    ($($kind:ident $name:literal),* $(,)?) => {
        &[$(($name, $kind, include_str!(concat!("assets/", $name)))),*]
    };
}

/// Every file by its name.
const ASSETS: &[(&str, &str, &str)] = assets![
    SVG "icon.svg",
    CSS "base.css",
    CSS "layout.css",
    CSS "document.css",
    CSS "forms.css",
    CSS "pictures.css",
    CSS "sheet.css",
    JS "main.js",
    JS "server.js",
    JS "refresh.js",
    JS "sheet.js",
    JS "evidence.js",
    JS "findings.js",
    JS "editor.js",
    JS "conflict.js",
    JS "forms.js",
    JS "matches.js",
    JS "timeline.js",
    JS "keys.js",
];

pub(super) async fn asset(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|(known, ..)| *known == name) {
        Some((_, kind, text)) => ([(header::CONTENT_TYPE, *kind)], *text).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
