//! Mattermost: bulk exports (JSON lines) and posts of its API.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Mattermost;
pub(super) static ENTRY: Json<Mattermost> = Json(Mattermost);

/// One post or reply. There are no ids: channel, user and time stand for them.
fn post(post: &Value, channel: &str, thread: Option<&str>, out: &mut Output<'_>) {
    let user = post.first(&["user", "username", "user_id"]).unwrap_or_default();
    let created = post.text("create_at").unwrap_or_default();
    let own = format!("mattermost:{channel}/{user}/{created}");
    let replies = post.list("replies");
    let root = thread.map(str::to_owned).or_else(|| (!replies.is_empty()).then(|| own.clone()));
    let mut parts: Vec<String> = post.str("message").map(str::to_owned).into_iter().collect();
    for attachment in post.list("props/attachments") {
        parts.extend(
            ["pretext", "title", "text"].iter().filter_map(|name| attachment.str(name)).map(str::to_owned),
        );
    }
    let files = post
        .list("attachments")
        .iter()
        .filter_map(|file| file.str("path"))
        .filter_map(|path| path.rsplit('/').next());
    parts.extend(files.map(|name| format!("[file: {name}]")));
    let text = parts.join("\n");
    let moment = post.moment("create_at");
    let chat = moment.as_ref().and_then(|moment| chat_key(user, &text, &moment.when));
    // Joins are plain posts in older exports.
    let joined = text.ends_with("joined the channel.")
        || text.ends_with("left the channel.")
        || text.contains("added to the channel");
    let kind = post.str("type").or(joined.then_some("system_join_channel"));
    let webhook = post.str("props/from_webhook") == Some("true")
        || post.flag("props/from_webhook")
        || post.str("props/from_bot") == Some("true");
    let shown = post.str("props/override_username").filter(|_| webhook);
    out.emit(
        Entry::new("mattermost", SourceClass::Chat, EventKind::Message, moment)
            .text(&text)
            .actor(person([shown, Some(user)]).map(|actor| crate::evidence::Actor { bot: webhook, ..actor }))
            .thread(root.clone())
            .key(Some(own))
            .key(chat)
            .label("channel", Some(channel))
            .label("edited", post.moment("edit_at").map(|_| "true"))
            .label("subtype", kind),
    );
    for reply in replies {
        self::post(reply, channel, root.as_deref(), out);
    }
}

/// The posts of an answer: a list, or objects by id.
fn posts(item: &Value) -> impl Iterator<Item = &Value> {
    let by_id = item.at("posts").and_then(Value::as_object).into_iter().flat_map(serde_json::Map::values);
    item.list("posts").iter().chain(by_id)
}

impl JsonSource for Mattermost {
    fn id(&self) -> &'static str {
        "mattermost"
    }

    fn title(&self) -> &'static str {
        "Mattermost"
    }

    fn describe(&self) -> &'static str {
        "mattermost export bulk (JSON lines, also inside its zip), or posts from the API."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let line = item.str("type").unwrap_or_default();
        let bulk = (line == "post" && item.has("post/create_at"))
            || (line == "direct_post" && item.has("direct_post/create_at"));
        let structure = (["team", "channel", "user", "emoji", "role", "scheme", "bot", "direct_channel"]
            .contains(&line)
            && item.has(line))
            || (line == "version" && item.names("version"));
        let api = item.has_all(&["create_at", "message", "channel_id"]);
        // GET /channels/{id}/posts: posts by id, and their order.
        let listing = posts(item).any(|post| post.has_all(&["create_at", "message"]));
        if bulk || listing { Confidence::Certain } else { Confidence::Strong.when(structure || api) }
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if item.has("posts") {
            posts(item).for_each(|one| self.item(one, out));
        } else if let Some(one) = item.at("post").filter(|one| one.is_object()) {
            post(one, one.str("channel").unwrap_or("channel"), None, out);
        } else if let Some(one) = item.at("direct_post") {
            let members: Vec<&str> = one.list("channel_members").iter().filter_map(Value::as_str).collect();
            post(one, &members.join("+"), None, out);
        } else if item.has("create_at") {
            let root = item.str("root_id").map(|root| format!("mattermost:{root}"));
            post(item, item.str("channel_id").unwrap_or("channel"), root.as_deref(), out);
        }
    }
}
