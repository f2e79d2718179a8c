//! Listens on the loopback interface until the person presses Ctrl-C.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use minijinja::Environment;

use super::gate::Gate;
use super::{api, assets, gate, page, templates};
use crate::app::review::Review;

/// Largest request, far above any postmortem.
const LARGEST: usize = 8 << 20;

/// Why the page cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    #[error("port {port} on 127.0.0.1 cannot be used: {source}")]
    Bind { port: u16, source: std::io::Error },
    #[error("the page could not be served: {0}")]
    Serve(#[from] std::io::Error),
    #[error("the system gives no random numbers: {0}")]
    Random(getrandom::Error),
}

/// What every request can reach.
pub(super) struct Desk {
    pub(super) review: Review,
    pub(super) gate: Gate,
    pub(super) templates: Environment<'static>,
}

pub(super) type Shared = Arc<Desk>;

/// A bound server that has not answered anything yet.
pub struct Server {
    listener: TcpListener,
    desk: Shared,
}

impl Server {
    /// Takes a port of 127.0.0.1 (0: any free one) and makes the token of this run.
    pub fn bind(review: Review, port: u16) -> Result<Self, ServerError> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = TcpListener::bind(address).map_err(|source| ServerError::Bind { port, source })?;
        listener.set_nonblocking(true)?;
        let gate = Gate::new(listener.local_addr()?.port()).map_err(ServerError::Random)?;
        let desk = Desk { review, gate, templates: templates::environment() };
        Ok(Self { listener, desk: Arc::new(desk) })
    }

    /// The address to open, with the token that lets its reader in.
    #[must_use]
    pub fn url(&self) -> String {
        self.desk.gate.url()
    }

    /// Like [`Server::url`], but good for one visit: safe to hand to another program, whose arguments others can read.
    #[must_use]
    pub fn ticket_url(&self) -> String {
        self.desk.gate.ticket_url()
    }

    /// Answers until Ctrl-C or the signal to terminate.
    pub fn run(self) -> Result<(), ServerError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            axum::serve(listener, router(self.desk)).with_graceful_shutdown(asked_to_stop()).await
        });
        // A browser may hold connections open; nothing is written after this point, so there is nothing to wait for.
        runtime.shutdown_background();
        Ok(served?)
    }
}

fn router(desk: Shared) -> Router {
    Router::new()
        .route("/", get(page::page))
        .route("/assets/{name}", get(assets::asset))
        .route("/api/view", get(page::view))
        .route("/api/part/{key}", get(api::part))
        .route("/api/evidence/{label}", get(api::evidence))
        .route("/api/matches", get(api::matches))
        .route("/api/changes", get(api::changes))
        .route("/api/preview", post(api::preview))
        .route("/api/edit", post(api::edit))
        .route("/api/unsaved", post(api::unsaved))
        .route("/api/decide", post(api::decide))
        .route("/api/stage", post(api::stage))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(from_fn_with_state(Arc::clone(&desk), gate::guard))
        .with_state(desk)
}

async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a signal handler the system's own way of ending a program is left.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
