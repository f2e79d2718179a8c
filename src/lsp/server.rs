//! What the server does with each message.

use std::collections::BTreeMap;
use std::path::PathBuf;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, LogMessage, Notification as _, PublishDiagnostics, ShowMessage,
};
use lsp_types::request::{CodeActionRequest, HoverRequest, Request as _};
use lsp_types::{
    CodeActionOrCommand, CodeActionParams, Diagnostic, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, Hover, HoverContents,
    HoverParams, LogMessageParams, MarkupContent, MarkupKind, MessageType, PublishDiagnosticsParams,
    ShowMessageParams, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::Finding;
use crate::lint::{Linter, rules};

use super::convert::{self, Encoding};
use super::documents::Open;
use super::{ServeError, Settle, actions};

/// Settings that the server reads again when they are saved.
const SETTINGS: &str = "/unblame.toml";

pub(super) struct Server<'a> {
    connection: &'a Connection,
    settle: Settle<'a>,
    root: Option<PathBuf>,
    linter: Linter,
    encoding: Encoding,
    /// By URI.
    documents: BTreeMap<String, Open>,
}

impl<'a> Server<'a> {
    /// A broken settings file is told to the person and leaves the linter as it comes.
    pub(super) fn new(
        connection: &'a Connection,
        settle: Settle<'a>,
        root: Option<PathBuf>,
        encoding: Encoding,
    ) -> Result<Self, ServeError> {
        let mut server = Self {
            connection,
            settle,
            root,
            linter: Linter::default(),
            encoding,
            documents: BTreeMap::new(),
        };
        server.read_settings()?;
        Ok(server)
    }

    /// No document waits for its diagnostics.
    pub(super) fn is_idle(&self) -> bool {
        self.documents.values().all(|open| !open.stale)
    }

    /// A notification cannot be answered: one that cannot be read is logged and the session goes on.
    pub(super) fn note(&mut self, notification: Notification) -> Result<(), ServeError> {
        let Notification { method, params } = notification;
        let result = match method.as_str() {
            DidOpenTextDocument::METHOD => self.take(params, Self::open),
            DidChangeTextDocument::METHOD => self.take(params, Self::change),
            DidCloseTextDocument::METHOD => self.take(params, Self::close),
            DidSaveTextDocument::METHOD => self.take(params, |server, params: DidSaveTextDocumentParams| {
                if params.text_document.uri.as_str().ends_with(SETTINGS) {
                    return server.read_settings();
                }
                Ok(())
            }),
            DidChangeWatchedFiles::METHOD => self.read_settings().map(|()| None),
            _ => Ok(None),
        };
        match result? {
            Some(unread) => self.tell::<LogMessage>(LogMessageParams {
                typ: MessageType::WARNING,
                message: format!("unblame could not read {method}: {unread}"),
            }),
            None => Ok(()),
        }
    }

    /// Why the parameters could not be read, if so.
    fn take<P: DeserializeOwned>(
        &mut self,
        params: serde_json::Value,
        act: impl FnOnce(&mut Self, P) -> Result<(), ServeError>,
    ) -> Result<Option<String>, ServeError> {
        match serde_json::from_value(params) {
            Ok(params) => act(self, params).map(|()| None),
            Err(error) => Ok(Some(error.to_string())),
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) -> Result<(), ServeError> {
        let document = params.text_document;
        self.documents.insert(document.uri.as_str().to_owned(), Open::new(document.text, document.version));
        Ok(())
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) -> Result<(), ServeError> {
        if let Some(open) = self.documents.get_mut(params.text_document.uri.as_str())
            && params.text_document.version >= open.version
        {
            open.edit(params.content_changes, params.text_document.version, self.encoding);
        }
        Ok(())
    }

    fn close(&mut self, params: DidCloseTextDocumentParams) -> Result<(), ServeError> {
        self.documents.remove(params.text_document.uri.as_str());
        self.publish(params.text_document.uri, None, Vec::new())
    }

    fn read_settings(&mut self) -> Result<(), ServeError> {
        match (self.settle)(self.root.as_deref()) {
            Ok(linter) => {
                self.linter = linter;
                self.documents.values_mut().for_each(|open| open.stale = true);
                Ok(())
            }
            Err(message) => self.tell::<ShowMessage>(ShowMessageParams { typ: MessageType::ERROR, message }),
        }
    }

    /// Lints what changed and sends what was found.
    pub(super) fn publish_pending(&mut self) -> Result<(), ServeError> {
        let mut sheets: Vec<(Uri, i32, Vec<Diagnostic>)> = Vec::new();
        for (name, open) in self.documents.iter_mut().filter(|(_, open)| open.stale) {
            open.stale = false;
            open.findings = self.linter.check(name, &open.text).findings;
            let found = open.findings.iter();
            let diagnostics =
                found.map(|finding| convert::diagnostic(&open.text, finding, self.encoding)).collect();
            sheets.push((name.parse()?, open.version, diagnostics));
        }
        sheets.into_iter().try_for_each(|(uri, version, found)| self.publish(uri, Some(version), found))
    }

    fn publish(
        &self,
        uri: Uri,
        version: Option<i32>,
        diagnostics: Vec<Diagnostic>,
    ) -> Result<(), ServeError> {
        self.tell::<PublishDiagnostics>(PublishDiagnosticsParams { uri, diagnostics, version })
    }

    fn tell<N: lsp_types::notification::Notification>(&self, params: N::Params) -> Result<(), ServeError> {
        let notification = Notification::new(N::METHOD.to_owned(), params);
        Ok(self.connection.sender.send(Message::Notification(notification))?)
    }

    pub(super) fn answer(&mut self, request: Request) -> Result<(), ServeError> {
        self.publish_pending()?;
        let Request { id, method, params } = request;
        let response = match method.as_str() {
            HoverRequest::METHOD => reply(id, params, |params: HoverParams| self.hover(&params)),
            CodeActionRequest::METHOD => {
                reply(id, params, |params: CodeActionParams| Some(self.code_actions(&params)))
            }
            _ => Response::new_err(
                id,
                ErrorCode::MethodNotFound as i32,
                format!("unblame does not serve {method}"),
            ),
        };
        Ok(self.connection.sender.send(Message::Response(response))?)
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

    fn code_actions(&self, params: &CodeActionParams) -> Vec<CodeActionOrCommand> {
        let Some(open) = self.documents.get(params.text_document.uri.as_str()) else { return Vec::new() };
        let start = convert::offset(&open.text, params.range.start, self.encoding);
        let end = convert::offset(&open.text, params.range.end, self.encoding);
        let desk = actions::Desk::new(&params.text_document.uri, &open.text, self.encoding);
        open.findings
            .iter()
            .filter(|finding| finding.span.0 <= end && start <= finding.span.1)
            .flat_map(|finding| desk.actions(finding))
            .collect()
    }
}

fn reply<P: DeserializeOwned, R: Serialize>(
    id: RequestId,
    params: serde_json::Value,
    act: impl FnOnce(P) -> Option<R>,
) -> Response {
    match serde_json::from_value(params) {
        Ok(params) => Response::new_ok(id, act(params)),
        Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
    }
}
