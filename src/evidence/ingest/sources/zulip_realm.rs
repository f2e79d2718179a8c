//! `realm.json` of a Zulip export: who the senders and where the recipients are.

use std::io::BufRead;

use serde_json::Value;

use crate::evidence::Actor;
use crate::evidence::ingest::entry::person;
use crate::evidence::ingest::json::{Field, parse_lenient, repair};
use crate::evidence::ingest::{Confidence, Directory, FileContext, Head, Output, Source};

pub(super) struct ZulipRealm;
pub(super) static ENTRY: ZulipRealm = ZulipRealm;

const PEOPLE: [&str; 3] =
    ["zerver_userprofile", "zerver_userprofile_mirrordummy", "zerver_userprofile_crossrealm"];
/// The type of recipients that are streams.
const STREAM: u64 = 2;

impl Source for ZulipRealm {
    fn id(&self) -> &'static str {
        "zulip_realm"
    }

    fn title(&self) -> &'static str {
        "Zulip users and streams"
    }

    fn describe(&self) -> &'static str {
        "realm.json of an export; it names the people and streams of messages-000001.json beside it."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        Confidence::Certain.when(head.documents.iter().any(|document| {
            document.names("zerver_realm")
                || document.names("zerver_userprofile")
                || document.names("zerver_stream")
        }))
    }

    fn read(&self, _: &mut dyn BufRead, _: &FileContext<'_>, _: &mut Output<'_>) {}

    fn is_directory(&self) -> bool {
        true
    }

    fn learn(&self, input: &mut dyn BufRead, directory: &mut Directory) {
        let mut raw = Vec::new();
        if input.read_to_end(&mut raw).is_err() {
            return;
        }
        let Some(realm) = parse_lenient(&raw).ok().or_else(|| repair(&raw)) else { return };
        for user in PEOPLE.iter().flat_map(|table| realm.list(table)) {
            let names = [user.str("full_name"), user.str("delivery_email"), user.str("email")];
            if let (Some(id), Some(actor)) = (user.text("id"), person(names)) {
                directory.name_user(id, Actor { bot: user.flag("is_bot"), ..actor });
            }
        }
        for recipient in
            realm.list("zerver_recipient").iter().filter(|one| one.integer("type") == Some(STREAM))
        {
            let stream = realm
                .list("zerver_stream")
                .iter()
                .find(|stream| stream.text("id") == recipient.text("type_id"));
            if let (Some(id), Some(name)) =
                (recipient.text("id"), stream.and_then(|stream: &Value| stream.text("name")))
            {
                directory.name_channel(id, name);
            }
        }
    }
}
