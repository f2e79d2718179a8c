//! The language server: diagnostics while typing, reasons on hover, fixes and suppressions as code actions.

mod actions;
mod convert;

use std::collections::BTreeMap;
use std::error::Error;

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, Notification as _, PublishDiagnostics,
};
use lsp_types::request::{CodeActionRequest, HoverRequest, Request as _};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProviderCapability,
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, Hover, HoverContents,
    HoverParams, HoverProviderCapability, InitializeParams, MarkupContent, MarkupKind, PositionEncodingKind,
    PublishDiagnosticsParams, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind, Uri,
};

use crate::domain::Finding;
use crate::lint::{Linter, rules};

use convert::Encoding;

/// What ends a server before its client says good-bye.
pub type ServeError = Box<dyn Error + Sync + Send>;

/// Serves one client on standard input and output until it leaves.
///
/// # Errors
/// A client that breaks the protocol, or a broken pipe.
pub fn serve_stdio(linter: Linter) -> Result<(), ServeError> {
    let (connection, threads) = Connection::stdio();
    serve(&connection, linter)?;
    drop(connection);
    threads.join()?;
    Ok(())
}

/// Serves one client on a connection until it leaves.
///
/// # Errors
/// A client that breaks the protocol.
pub fn serve(connection: &Connection, linter: Linter) -> Result<(), ServeError> {
    let (id, params) = connection.initialize_start()?;
    let params: InitializeParams = serde_json::from_value(params)?;
    let encoding = Encoding::agreed(&params);
    let answer = serde_json::json!({
        "capabilities": capabilities(encoding),
        "serverInfo": {"name": "unblame", "version": env!("CARGO_PKG_VERSION")},
    });
    connection.initialize_finish(id, answer)?;
    let mut server = Server { connection, linter, encoding, documents: BTreeMap::new() };
    for message in &connection.receiver {
        match message {
            Message::Request(request) => {
                if connection.handle_shutdown(&request)? {
                    return Ok(());
                }
                server.answer(request)?;
            }
            Message::Notification(notification) => server.note(notification)?,
            Message::Response(_) => {}
        }
    }
    Ok(())
}

fn capabilities(encoding: Encoding) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(match encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::FULL)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    }
}

/// An open document with what was found in it.
struct Open {
    text: String,
    version: i32,
    findings: Vec<Finding>,
}

struct Server<'a> {
    connection: &'a Connection,
    linter: Linter,
    encoding: Encoding,
    /// By URI.
    documents: BTreeMap<String, Open>,
}

impl Server<'_> {
    fn note(&mut self, notification: Notification) -> Result<(), ServeError> {
        match notification.method.as_str() {
            DidOpenTextDocument::METHOD => {
                let params: DidOpenTextDocumentParams = serde_json::from_value(notification.params)?;
                let document = params.text_document;
                self.check(document.uri, document.version, document.text)
            }
            DidChangeTextDocument::METHOD => {
                let mut params: DidChangeTextDocumentParams = serde_json::from_value(notification.params)?;
                let newest = self
                    .documents
                    .get(params.text_document.uri.as_str())
                    .map_or(i32::MIN, |open| open.version);
                match params.content_changes.pop() {
                    Some(change) if params.text_document.version >= newest => {
                        self.check(params.text_document.uri, params.text_document.version, change.text)
                    }
                    _ => Ok(()),
                }
            }
            DidCloseTextDocument::METHOD => {
                let params: DidCloseTextDocumentParams = serde_json::from_value(notification.params)?;
                self.documents.remove(params.text_document.uri.as_str());
                self.publish(params.text_document.uri, None, Vec::new())
            }
            _ => Ok(()),
        }
    }

    fn check(&mut self, uri: Uri, version: i32, text: String) -> Result<(), ServeError> {
        let findings = self.linter.check(uri.as_str(), &text).findings;
        let diagnostics =
            findings.iter().map(|finding| convert::diagnostic(&text, finding, self.encoding)).collect();
        self.documents.insert(uri.as_str().to_owned(), Open { text, version, findings });
        self.publish(uri, Some(version), diagnostics)
    }

    fn publish(
        &self,
        uri: Uri,
        version: Option<i32>,
        diagnostics: Vec<lsp_types::Diagnostic>,
    ) -> Result<(), ServeError> {
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        let notification = Notification::new(PublishDiagnostics::METHOD.to_owned(), params);
        Ok(self.connection.sender.send(Message::Notification(notification))?)
    }

    fn answer(&self, request: Request) -> Result<(), ServeError> {
        let Request { id, method, params } = request;
        let response = match method.as_str() {
            HoverRequest::METHOD => self.reply(id, params, |params: HoverParams| self.hover(&params)),
            CodeActionRequest::METHOD => {
                self.reply(id, params, |params: CodeActionParams| Some(self.code_actions(&params)))
            }
            _ => Response::new_err(
                id,
                lsp_server::ErrorCode::MethodNotFound as i32,
                format!("unblame does not serve {method}"),
            ),
        };
        Ok(self.connection.sender.send(Message::Response(response))?)
    }

    fn reply<P: serde::de::DeserializeOwned, R: serde::Serialize>(
        &self,
        id: RequestId,
        params: serde_json::Value,
        act: impl FnOnce(P) -> Option<R>,
    ) -> Response {
        match serde_json::from_value(params) {
            Ok(params) => Response::new_ok(id, act(params)),
            Err(error) => {
                Response::new_err(id, lsp_server::ErrorCode::InvalidParams as i32, error.to_string())
            }
        }
    }

    fn hover(&self, params: &HoverParams) -> Option<Hover> {
        let place = &params.text_document_position_params;
        let open = self.documents.get(place.text_document.uri.as_str())?;
        let offset = convert::offset(&open.text, place.position, self.encoding);
        let under: Vec<&Finding> = open
            .findings
            .iter()
            .filter(|finding| finding.span.0 <= offset && offset < finding.span.1.max(finding.span.0 + 1))
            .collect();
        let finding = under.iter().min_by_key(|finding| finding.span.1 - finding.span.0)?;
        let rule = rules::find(&finding.rule)?;
        let value = format!(
            "**{} {}**\n\n{}\n\n{}\n\n*Ask instead:* {}",
            rule.id, rule.name, finding.message, rule.rationale, rule.question
        );
        Some(Hover {
            contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value }),
            range: Some(convert::range(&open.text, finding.span, self.encoding)),
        })
    }

    fn code_actions(&self, params: &CodeActionParams) -> Vec<lsp_types::CodeActionOrCommand> {
        let Some(open) = self.documents.get(params.text_document.uri.as_str()) else { return Vec::new() };
        let start = convert::offset(&open.text, params.range.start, self.encoding);
        let end = convert::offset(&open.text, params.range.end, self.encoding);
        open.findings
            .iter()
            .filter(|finding| finding.span.0 <= end && start <= finding.span.1)
            .flat_map(|finding| actions::of(&params.text_document.uri, &open.text, finding, self.encoding))
            .collect()
    }
}
