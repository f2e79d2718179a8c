//! The AWS health dashboard's JSON, whose updates carry a clock and a zone inside HTML alone.

use serde_json::Value;

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::html;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::{Confidence, Output, zone};

pub(super) struct AwsStatus;
pub(super) static ENTRY: Json<AwsStatus> = Json(AwsStatus);

/// The updates of a description: `<span class="yellowfg">11:40 AM PDT</span> text`.
fn updates(description: &str) -> Vec<(moment::Clock, Option<String>, String)> {
    let mut found = Vec::new();
    for part in description.split("<span").skip(1) {
        let Some((inside, text)) = part.split_once('>').and_then(|(_, rest)| rest.split_once("</span>"))
        else {
            continue;
        };
        let inside = html::plain(inside);
        // `Oct 20 11:40 AM PDT` names a day as well; the clock is what counts.
        let start = inside
            .char_indices()
            .find(|(at, c)| c.is_ascii_digit() && moment::clock(&inside[*at..]).is_some());
        let Some((clock, rest)) = start.and_then(|(at, _)| moment::clock(&inside[at..])) else { continue };
        found.push((clock, zone::resolve(rest.trim()), html::plain(text)));
    }
    found
}

impl JsonSource for AwsStatus {
    fn id(&self) -> &'static str {
        "aws_status"
    }

    fn title(&self) -> &'static str {
        "AWS health dashboard"
    }

    fn describe(&self) -> &'static str {
        "The dashboard's data.json (current and archive) or its event list."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["current", "archive"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let dated = item.text("date").is_some_and(|date| date.len() == 10);
        Confidence::Certain.when(
            dated
                && (item.names("service_name") || item.names("service"))
                && (item.names("description") || item.names("event_log"))
                && item.names("summary"),
        )
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let Some(start) = item.moment("date") else {
            return out.emit(Entry::new("aws_status", SourceClass::Chat, EventKind::StatusUpdate, None));
        };
        let summary = item.str("summary").unwrap_or_default();
        let service = item.first(&["service_name", "service"]);
        let entry = |at: Moment, text: String| {
            Entry::new("aws_status", SourceClass::Chat, EventKind::StatusUpdate, Some(at))
                .text(text)
                .service(service)
                .label("status", item.text("status"))
                .label("summary", Some(summary))
        };
        for log in item.list("event_log") {
            if let Some(at) = log.moment("timestamp") {
                out.emit(entry(at, html::plain(log.str("message").unwrap_or_default())));
            }
        }
        let updates = updates(item.str("description").unwrap_or_default());
        if updates.is_empty() && item.list("event_log").is_empty() {
            return out.emit(entry(
                start,
                format!("{summary} · {}", html::plain(item.str("description").unwrap_or_default())),
            ));
        }
        // The date of the event is an instant; updates follow it, in their own zone, past midnight perhaps.
        let Some(first) = start.at() else { return };
        let mut last: Option<moment::Clock> = None;
        let mut day = 0;
        for (clock, zone, text) in updates {
            if last.is_some_and(|last| clock.time < last.time) {
                day += 1;
            }
            last = Some(clock);
            let local = local_day(first, zone.as_deref()).saturating_add(jiff::Span::new().days(day));
            let when = When::Local(local.to_datetime(clock.time));
            out.emit(entry(
                Moment {
                    when,
                    precision: Precision::Minute,
                    zone: zone.or_else(|| Some("America/Los_Angeles".to_owned())),
                },
                text,
            ));
        }
    }
}

/// The day that it was in the dashboard's zone; its offset is taken as eight hours, the border cases lie at night.
fn local_day(at: jiff::Timestamp, zone: Option<&str>) -> jiff::civil::Date {
    let offset = match zone {
        Some("America/Los_Angeles") | None => jiff::tz::Offset::constant(-8),
        Some(name) => zone::fixed_offset(name).unwrap_or(jiff::tz::Offset::UTC),
    };
    offset.to_datetime(at).date()
}
