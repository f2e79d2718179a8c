//! The language server: diagnostics while typing, reasons on hover, fixes and suppressions as code actions.

mod actions;
mod convert;
mod documents;
mod server;

use std::error::Error;
use std::path::{Path, PathBuf};

use lsp_server::{Connection, ErrorCode, Message, Notification, Response};
use lsp_types::notification::{Exit, Notification as _};
use lsp_types::request::{Request as _, Shutdown};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, HoverProviderCapability,
    InitializeParams, PositionEncodingKind, SaveOptions, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
};

use crate::lint::Linter;

use convert::Encoding;
use server::Server;

/// What ends a server before its client says good-bye.
pub type ServeError = Box<dyn Error + Sync + Send>;

/// Makes the linter for a workspace folder, `None` for a client that names none; asked again when its settings are saved.
pub type Settle<'a> = &'a dyn Fn(Option<&Path>) -> Result<Linter, String>;

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// Shut down, then left.
    Orderly,
    /// The client left, or its end of the pipe closed, without asking for a shutdown.
    Abrupt,
}

/// Serves one client on standard input and output until it leaves.
///
/// # Errors
/// A client that breaks the protocol, or a broken pipe.
pub fn serve_stdio(settle: Settle<'_>) -> Result<Farewell, ServeError> {
    let (connection, threads) = Connection::stdio();
    let farewell = serve(&connection, settle);
    drop(connection);
    // the reader knows best why nothing came any more
    threads.join()?;
    farewell
}

/// Serves one client on a connection until it leaves.
///
/// # Errors
/// A client that breaks the protocol.
pub fn serve(connection: &Connection, settle: Settle<'_>) -> Result<Farewell, ServeError> {
    let Ok((id, params)) = connection.initialize_start() else { return Ok(Farewell::Abrupt) };
    let params: InitializeParams = serde_json::from_value(params)?;
    let encoding = Encoding::agreed(&params);
    let answer = serde_json::json!({
        "capabilities": capabilities(encoding),
        "serverInfo": {"name": "unblame", "version": env!("CARGO_PKG_VERSION")},
    });
    if connection.initialize_finish(id, answer).is_err() {
        return Ok(Farewell::Abrupt);
    }
    let mut server = Server::new(connection, settle, root_of(&params), encoding)?;
    let mut shut_down = false;
    loop {
        // Diagnostics of a document that is being typed in wait until nothing newer is in the pipe.
        let message = if server.is_idle() {
            connection.receiver.recv().ok()
        } else {
            match connection.receiver.try_recv() {
                Ok(message) => Some(message),
                Err(error) if error.is_empty() => {
                    server.publish_pending()?;
                    continue;
                }
                Err(_) => None,
            }
        };
        match message {
            None if shut_down => return Ok(Farewell::Orderly),
            None => return Ok(Farewell::Abrupt),
            Some(Message::Notification(Notification { method, .. })) if method == Exit::METHOD => {
                return Ok(if shut_down { Farewell::Orderly } else { Farewell::Abrupt });
            }
            Some(Message::Request(request)) if request.method == Shutdown::METHOD => {
                shut_down = true;
                connection.sender.send(Message::Response(Response::new_ok(request.id, ())))?;
            }
            Some(Message::Request(request)) if shut_down => {
                let code = ErrorCode::InvalidRequest as i32;
                let refusal = Response::new_err(request.id, code, "the server is shutting down".to_owned());
                connection.sender.send(Message::Response(refusal))?;
            }
            Some(Message::Request(request)) => server.answer(request)?,
            Some(Message::Notification(notification)) if !shut_down => server.note(notification)?,
            Some(Message::Notification(_) | Message::Response(_)) => {}
        }
    }
}

/// The first folder of the client's workspace.
#[allow(deprecated, reason = "older clients send the root alone")]
fn root_of(params: &InitializeParams) -> Option<PathBuf> {
    let folders = params.workspace_folders.as_deref().unwrap_or_default();
    let uri = folders.first().map(|folder| &folder.uri).or(params.root_uri.as_ref())?;
    convert::path_of(uri)
}

fn capabilities(encoding: Encoding) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(match encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: None })),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    }
}
