//! GitHub releases and commits from REST.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, change_kind, person, sha_key};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

use super::github_deployments::{account, repository};

pub(super) struct GithubReleases;
pub(super) static ENTRY: Json<GithubReleases> = Json(GithubReleases);

/// A release counts from its publication; `created_at` is the commit of its tag.
pub(super) fn release(item: &Value, out: &mut Output<'_>) {
    let tag = item.first(&["tag_name", "tagName"]).unwrap_or("untagged");
    let name = item.str("name").filter(|name| *name != tag);
    let text = name.map_or_else(
        || format!("Release {tag} published"),
        |name| format!("Release {tag} published: {name}"),
    );
    out.emit(
        Entry::new(
            "github",
            SourceClass::Deploy,
            change_kind(name.unwrap_or(tag), EventKind::ChangeMerged),
            item.first_moment(&["published_at", "publishedAt"]),
        )
        .text(text)
        .actor(account(item.at("author")))
        .key(item.text("id").map(|id| format!("release:{id}")))
        .service(repository(item).as_deref().and_then(|name| name.rsplit('/').next()))
        .permalink(item.first(&["html_url", "url"]))
        .label("subtype", Some("release")),
    );
}

fn commit(item: &Value, out: &mut Output<'_>) {
    let message = item.str("commit/message").unwrap_or_default();
    let subject = message.lines().next().unwrap_or_default();
    let author = account(item.at("author"))
        .or_else(|| person([item.str("commit/author/name"), item.str("commit/author/email")]));
    out.emit(
        Entry::new(
            "github",
            SourceClass::Deploy,
            change_kind(subject, EventKind::ChangeMerged),
            item.first_moment(&["commit/committer/date", "commit/author/date"]),
        )
        .text(subject)
        .actor(author)
        .key(sha_key(item.str("sha")))
        .permalink(item.str("html_url"))
        .label("sha", item.str("sha"))
        .label("subtype", Some("commit")),
    );
}

impl JsonSource for GithubReleases {
    fn id(&self) -> &'static str {
        "github_releases"
    }

    fn title(&self) -> &'static str {
        "GitHub releases and commits"
    }

    fn describe(&self) -> &'static str {
        "gh release list --json tagName,name,publishedAt or REST lists of releases and commits."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let release = (item.names("tag_name") || item.names("tagName"))
            && (item.names("published_at") || item.names("publishedAt"));
        let commit = item.has("commit/committer/date") && item.has("sha");
        Confidence::Strong.when((release || commit) && !item.names("action"))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if item.has("commit/message") {
            commit(item, out);
        } else {
            release(item, out);
        }
    }
}
