//! AWS CloudTrail: who changed what. Log files, `lookup-events`, and the records inside EventBridge events.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::entry::{Entry, machine, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct CloudTrail;
pub(super) static ENTRY: Json<CloudTrail> = Json(CloudTrail);

/// Calls that change nothing.
const LOOKS: [&str; 16] = [
    "Get",
    "List",
    "Describe",
    "Lookup",
    "Head",
    "Assume",
    "ConsoleLogin",
    "Check",
    "BatchGet",
    "Decrypt",
    "Search",
    "Query",
    "UserAuthentication",
    "Federate",
    "CredentialVerification",
    "GenerateDataKey",
];

fn actor(identity: &Value, invoked_by: Option<&str>) -> Option<Actor> {
    let session = identity.str("arn").and_then(|arn| arn.rsplit_once('/')).map(|(_, name)| name);
    let role = identity.str("sessionContext/sessionIssuer/userName");
    // The session of a role that a person took on is named after the person.
    let names = [identity.str("userName"), session, role, identity.str("principalId")];
    let service = identity.str("type") == Some("AWSService") || identity.str("invokedBy").is_some();
    if service { machine(invoked_by.or(names[0]).or(session)) } else { person(names) }
}

/// What was asked for, in a few words: the names and ids among the parameters.
fn parameters(item: &Value) -> String {
    fn gather(name: &str, value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => members.iter().for_each(|(name, inner)| gather(name, inner, found)),
            Value::Array(items) => items.iter().for_each(|inner| gather(name, inner, found)),
            Value::String(text) if text.len() <= 80 => found.push(format!("{name} {text}")),
            Value::Number(number) => found.push(format!("{name} {number}")),
            _ => {}
        }
    }
    let mut found = Vec::new();
    if let Some(asked) = item.at("requestParameters") {
        gather("", asked, &mut found);
    }
    found.truncate(4);
    found.join(", ")
}

/// Hands out one call of an API.
pub(super) fn call(item: &Value, out: &mut Output<'_>) {
    let name = item.str("eventName").unwrap_or("call");
    let service = item.str("eventSource").map(|host| host.split('.').next().unwrap_or(host));
    let empty = Value::Null;
    let identity = item.at("userIdentity").unwrap_or(&empty);
    let error = item.first(&["errorCode", "errorMessage"]);
    let looks = item.flag("readOnly") || LOOKS.iter().any(|mark| name.starts_with(mark));
    let kind = if looks || error.is_some() { EventKind::Log } else { EventKind::ConfigChange };
    let class = if looks { SourceClass::Automated } else { SourceClass::Deploy };
    let mut text = name.to_owned();
    if let Some(service) = service {
        text = format!("{text} on {service}");
    }
    let asked = parameters(item);
    if !asked.is_empty() {
        text = format!("{text}: {asked}");
    }
    if let Some(error) = error {
        text = format!("{text} failed: {error}");
    }
    out.emit(
        Entry::new("cloudtrail", class, kind, item.moment("eventTime"))
            .text(text)
            .actor(actor(identity, identity.str("invokedBy")))
            .key(item.str("eventID").map(|id| format!("cloudtrail:{id}")))
            .service(service)
            .label("region", item.str("awsRegion"))
            .label("error", item.str("errorMessage"))
            .label("subtype", Some(name)),
    );
}

impl JsonSource for CloudTrail {
    fn id(&self) -> &'static str {
        "cloudtrail"
    }

    fn title(&self) -> &'static str {
        "AWS CloudTrail"
    }

    fn describe(&self) -> &'static str {
        "aws cloudtrail lookup-events or the log files of a trail; calls that change something are changes."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["Records", "Events", "events"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let record = item.has_all(&["eventName", "eventSource", "eventTime"]);
        Confidence::Certain.when(record || item.str("CloudTrailEvent").is_some())
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        match item.str("CloudTrailEvent").map(serde_json::from_str::<Value>) {
            Some(Ok(record)) => call(&record, out),
            Some(Err(_)) => out.tally("the record inside is no JSON", out.position()),
            None => call(item, out),
        }
    }
}
