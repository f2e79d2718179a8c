//! Who may come in: only a browser that was given this run's address, and only from the page itself.
//!
//! A page elsewhere can point its own name at 127.0.0.1 (so `Host` is checked), can post forms here (so `Origin` is
//! checked), and another server of this machine shares our cookies (so its requests are told by `Sec-Fetch-Site`).

use std::sync::Mutex;
use std::sync::PoisonError;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::server::Shared;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// The keys of one run.
pub(super) struct Gate {
    port: u16,
    token: String,
    /// Spent by its first use.
    ticket: Mutex<Option<String>>,
}

impl Gate {
    pub(super) fn new(port: u16) -> Result<Self, getrandom::Error> {
        Ok(Self { port, token: random()?, ticket: Mutex::new(Some(random()?)) })
    }

    pub(super) fn url(&self) -> String {
        self.url_with(&self.token)
    }

    pub(super) fn ticket_url(&self) -> String {
        let ticket = self.ticket.lock().unwrap_or_else(PoisonError::into_inner);
        self.url_with(ticket.as_deref().unwrap_or(&self.token))
    }

    fn url_with(&self, token: &str) -> String {
        format!("http://127.0.0.1:{}/?token={token}", self.port)
    }

    /// Whether this is one of the page's own addresses.
    fn is_own_host(&self, host: &str) -> bool {
        ["127.0.0.1", "localhost"].iter().any(|name| host == format!("{name}:{}", self.port))
    }

    fn is_own_origin(&self, origin: &str) -> bool {
        origin.strip_prefix("http://").is_some_and(|host| self.is_own_host(host))
    }

    /// Cookies know no ports, so the port is in the name: two reviews can be open at once.
    fn cookie_name(&self) -> String {
        format!("unblame-{}", self.port)
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie_name();
        let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(key, value)| key == name && same(value, &self.token))
    }

    /// Whether the address carries the token, or the ticket that has not been used.
    fn admits(&self, query: &str) -> bool {
        let given = query.split('&').find_map(|pair| pair.strip_prefix("token="));
        let Some(given) = given else { return false };
        let mut ticket = self.ticket.lock().unwrap_or_else(PoisonError::into_inner);
        let by_ticket = ticket.as_deref().is_some_and(|ticket| same(given, ticket));
        if by_ticket {
            *ticket = None;
        }
        by_ticket || same(given, &self.token)
    }

    /// Why a request is turned away, or nothing.
    fn objection(&self, request: &Request) -> Option<(StatusCode, &'static str)> {
        let headers = request.headers();
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text(header::HOST).unwrap_or_default();
        let authority = request.uri().authority().map_or(host, |authority| authority.as_str());
        if !self.is_own_host(host) || !self.is_own_host(authority) {
            return Some((StatusCode::FORBIDDEN, "This server answers to 127.0.0.1 and localhost only."));
        }
        let origin = headers.get(header::ORIGIN).map(|value| value.to_str().unwrap_or_default());
        if origin.is_some_and(|origin| !self.is_own_origin(origin)) {
            return Some((StatusCode::FORBIDDEN, "Requests from other pages are not answered."));
        }
        let site = text(HeaderName::from_static("sec-fetch-site")).unwrap_or("none");
        let is_visit = request.method() == Method::GET && request.uri().path() == "/";
        if !matches!(site, "same-origin" | "none") && !is_visit {
            return Some((StatusCode::FORBIDDEN, "Requests from other pages are not answered."));
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let is_json = text(header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("application/json"));
            if origin.is_none() || !is_json {
                return Some((StatusCode::FORBIDDEN, "Changes are taken from the page itself only."));
            }
        }
        if !self.has_cookie(headers) {
            return Some((
                StatusCode::UNAUTHORIZED,
                "Open the address that `unblame review` printed; it carries the token of this run.",
            ));
        }
        None
    }
}

/// Lets a request through, exchanges the token of the address for a cookie, or refuses.
pub(super) async fn guard(State(desk): State<Shared>, request: Request, next: Next) -> Response {
    let mut response = match desk.gate.objection(&request) {
        Some((StatusCode::UNAUTHORIZED, why)) => {
            enter(&desk.gate, &request).unwrap_or_else(|| (StatusCode::UNAUTHORIZED, why).into_response())
        }
        Some(refusal) => refusal.into_response(),
        // Also for a second visit with the printed address: the token shall not stay in the address bar.
        None => match enter(&desk.gate, &request) {
            Some(response) => response,
            None => next.run(request).await,
        },
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The answer to a first visit: a cookie, and the same page without the token in its address.
fn enter(gate: &Gate, request: &Request) -> Option<Response> {
    let query = request.uri().query().unwrap_or_default();
    if request.method() != Method::GET || request.uri().path() != "/" || !gate.admits(query) {
        return None;
    }
    let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", gate.cookie_name(), gate.token);
    let headers = [(header::SET_COOKIE, cookie), (header::LOCATION, "/".to_owned())];
    Some((StatusCode::SEE_OTHER, headers).into_response())
}

/// 256 bits from the system, as hex.
fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(blake3::Hash::from_bytes(bytes).to_hex().to_string())
}

/// Compares in a time that does not tell how much is right.
fn same(given: &str, wanted: &str) -> bool {
    blake3::hash(given.as_bytes()) == blake3::hash(wanted.as_bytes())
}
