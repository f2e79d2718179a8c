//! Structured logs: one JSON object a line with a time, a level and a message under any of their usual names.

use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::json::{Field, each_raw};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source, moment};

pub(super) struct JsonLogs;
pub(super) static ENTRY: JsonLogs = JsonLogs;

/// What a member of a log line holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Time,
    Level,
    Text,
    Service,
    Host,
    Error,
    Trace,
    Status,
}

fn part(name: &str) -> Option<Part> {
    Some(match name {
        "time"
        | "ts"
        | "timestamp"
        | "@timestamp"
        | "datetime"
        | "t"
        | "date"
        | "eventTime"
        | "asctime"
        | "timeMillis"
        | "__REALTIME_TIMESTAMP"
        | "@t"
        | "time_local"
        | "time_iso8601"
        | "_time"
        | "instant" => Part::Time,
        "level" | "severity" | "lvl" | "levelname" | "loglevel" | "log_level" | "log.level" | "@l"
        | "severity_text" | "severityText" | "PRIORITY" | "s" => Part::Level,
        "msg" | "message" | "log" | "body" | "@m" | "@mt" | "event" | "text" | "short_message"
        | "textPayload" | "jsonPayload" | "protoPayload" | "MESSAGE" | "_raw" => Part::Text,
        "c" | "service" | "service.name" | "app" | "application" | "logger" | "component" | "container"
        | "container_name" | "service_name" | "program" | "SYSLOG_IDENTIFIER" => Part::Service,
        "host" | "hostname" | "_HOSTNAME" | "pod" | "pod_name" | "node" | "instance" => Part::Host,
        "error" | "err" | "exception" | "stack" | "exc_info" | "@x" => Part::Error,
        "trace_id" | "traceId" | "trace" | "request_id" | "requestId" | "trace.id" => Part::Trace,
        "status" | "status_code" | "http.status_code" => Part::Status,
        _ => return None,
    })
}

/// The members of a line that matter; the rest is not even allocated.
#[derive(Default)]
struct Parts<'a> {
    time: Option<Cow<'a, str>>,
    level: Option<Cow<'a, str>>,
    text: Option<Cow<'a, str>>,
    service: Option<Cow<'a, str>>,
    host: Option<Cow<'a, str>>,
    error: Option<Cow<'a, str>>,
    trace: Option<Cow<'a, str>>,
    status: Option<Cow<'a, str>>,
}

impl<'de> serde::Deserialize<'de> for Parts<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PartsVisitor)
    }
}

struct PartsVisitor;

impl<'de> Visitor<'de> for PartsVisitor {
    type Value = Parts<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a log line")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parts<'de>, A::Error> {
        let mut parts = Parts::default();
        while let Some(Key(key)) = map.next_key::<Key<'de>>()? {
            let slot = match part(&key) {
                Some(Part::Time) => &mut parts.time,
                Some(Part::Level) => &mut parts.level,
                Some(Part::Text) => &mut parts.text,
                Some(Part::Service) => &mut parts.service,
                Some(Part::Host) => &mut parts.host,
                Some(Part::Error) => &mut parts.error,
                Some(Part::Trace) => &mut parts.trace,
                Some(Part::Status) => &mut parts.status,
                None => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            let Scalar(value) = map.next_value()?;
            if slot.is_none() {
                *slot = value;
            }
        }
        Ok(parts)
    }
}

struct Key<'a>(Cow<'a, str>);

impl<'de> serde::Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// Text or number as text; objects give their message, if they have one.
struct Scalar<'a>(Option<Cow<'a, str>>);

impl<'de> serde::Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar(Some(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Scalar(Some(Cow::Owned(text.to_owned()))))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Scalar(Some(Cow::Owned(number.to_string()))))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Scalar(Some(Cow::Owned(number.to_string()))))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Scalar(Some(Cow::Owned(number.to_string()))))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Scalar(Some(Cow::Borrowed(if flag { "true" } else { "false" }))))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar(None))
    }

    /// journald writes what is no plain text as an array of bytes.
    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut bytes = Some(Vec::new());
        while let Some(Scalar(element)) = seq.next_element::<Scalar<'de>>()? {
            let byte = element.and_then(|text| text.parse::<u8>().ok());
            bytes = bytes.zip(byte).map(|(mut bytes, byte)| {
                bytes.push(byte);
                bytes
            });
        }
        let bytes = bytes.filter(|bytes| !bytes.is_empty());
        Ok(Scalar(bytes.map(|bytes| Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()))))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(Key(key)) = map.next_key::<Key<'de>>()? {
            let wanted = matches!(
                &*key,
                "message" | "msg" | "name" | "$date" | "id" | "text" | "epochSecond" | "methodName"
            );
            if wanted && found.is_none() {
                let Scalar(value) = map.next_value()?;
                found = value.map(|text| Cow::Owned(text.into_owned()));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Scalar(found))
    }
}

/// The name of a level that may be a number (pino, bunyan: 30 info, 50 error).
fn level(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(match text {
        "10" => "trace",
        "20" => "debug",
        "30" => "info",
        "40" => "warn",
        "50" => "error",
        "60" => "fatal",
        // MongoDB's letters.
        "F" => "fatal",
        "E" => "error",
        "W" => "warn",
        "I" => "info",
        // Syslog's own numbers.
        "0" | "1" | "2" => "fatal",
        "3" => "error",
        "4" => "warn",
        "5" | "6" => "info",
        "7" => "debug",
        other if other.bytes().all(|byte| byte.is_ascii_lowercase()) => other,
        other => return Cow::Owned(other.to_lowercase()),
    })
}

/// The innermost message of a log collector's line: `{"log": "{\"level\":…}\n", "stream": "stdout"}`.
fn take(parts: Parts<'_>, out: &mut Output<'_>) {
    let moment = parts.time.as_deref().and_then(moment::parse);
    let text = parts.text.as_deref().unwrap_or_default().trim_end();
    let inner = text.starts_with('{').then(|| serde_json::from_str::<Parts<'_>>(text).ok()).flatten();
    let inner = inner.filter(|inner| inner.text.is_some());
    let text = inner.as_ref().and_then(|inner| inner.text.as_deref()).unwrap_or(text);
    let level_written = inner.as_ref().and_then(|inner| inner.level.as_deref()).or(parts.level.as_deref());
    let severity = level_written.map(level);
    if let Some(moment) = &moment
        && !out.keeps(&moment.when, severity.as_deref())
    {
        return;
    }
    let service = inner.as_ref().and_then(|inner| inner.service.as_deref()).or(parts.service.as_deref());
    let error = parts.error.as_deref().filter(|error| !error.is_empty() && !text.contains(error));
    let text = match (text.is_empty(), error) {
        (false, Some(error)) => Cow::Owned(format!("{text}: {error}")),
        (true, Some(error)) => Cow::Borrowed(error),
        _ => Cow::Borrowed(text),
    };
    out.emit(
        Entry::new("log", SourceClass::Automated, EventKind::Log, moment)
            .text(text)
            .service(service)
            .label("severity", severity)
            .label("host", parts.host)
            .label("trace", parts.trace)
            .label("status", parts.status),
    );
}

impl Source for JsonLogs {
    fn id(&self) -> &'static str {
        "json_logs"
    }

    fn title(&self) -> &'static str {
        "JSON-lines logs"
    }

    fn describe(&self) -> &'static str {
        "Structured logs of any size, one object a line; only what lies in the incident's window is kept."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let samples = head.samples(&[]);
        let fits = |item: &&&Value| {
            let members = item.as_object();
            let has = |wanted: Part| {
                members.is_some_and(|members| {
                    members.iter().any(|(name, value)| part(name) == Some(wanted) && !value.is_null())
                })
            };
            let time = members.is_some_and(|members| {
                members.iter().any(|(name, value)| {
                    // MongoDB and log4j wrap the time.
                    let written =
                        item.text(name).or_else(|| value.text("$date")).or_else(|| value.text("epochSecond"));
                    part(name) == Some(Part::Time)
                        && written.is_some_and(|text| moment::parse(&text).is_some())
                })
            });
            time && has(Part::Text)
                && (has(Part::Level)
                    || item.names("stream")
                    || item.names("logger")
                    || item.names("caller")
                    || item.names("@timestamp")
                    || item.names("_raw"))
        };
        let known = samples.iter().filter(fits).count();
        Confidence::Likely.when(known > 0 && known * 2 >= samples.len())
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        each_raw(input, &[], out, |raw, out| {
            take(serde_json::from_slice(raw)?, out);
            Ok(())
        });
    }

    fn is_bulk(&self) -> bool {
        true
    }
}
