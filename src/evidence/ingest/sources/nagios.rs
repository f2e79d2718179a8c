//! The log of Nagios and its relatives: `[epoch] SERVICE ALERT: host;service;CRITICAL;HARD;3;words`.

use std::io::BufRead;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct Nagios;
pub(super) static ENTRY: Nagios = Nagios;

/// Time, kind of entry and its fields.
fn entry(line: &str) -> Option<(Moment, &str, Vec<&str>)> {
    let (time, rest) = line.strip_prefix('[')?.split_once("] ")?;
    let (what, fields) = rest.split_once(": ")?;
    let named = what.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b' ');
    Some((moment::epoch_text(time)?, named.then_some(what)?, fields.split(';').collect()))
}

/// A change of state: soft states are still being checked again.
fn alert(what: &str, fields: &[&str], moment: Moment) -> Option<Entry> {
    let service = what.starts_with("SERVICE");
    let (host, name) = (fields.first()?, if service { *fields.get(1)? } else { "host" });
    let rest = fields.get(1 + usize::from(service)..)?;
    let (state, hardness, words) = (rest.first()?, rest.get(1)?, rest.get(3..)?.join(";"));
    let kind = match *state {
        "OK" | "UP" => EventKind::AlertResolved,
        _ if *hardness == "SOFT" => EventKind::Observation,
        _ => EventKind::AlertFired,
    };
    Some(
        Entry::new("nagios", SourceClass::Alerting, kind, Some(moment))
            .text(format!("{host} {name} {state}: {words}"))
            .service(Some(host))
            .label("alertname", Some(format!("{host} {name}")))
            .label("status", Some(*state)),
    )
}

/// What a person told the program: acknowledgements and comments.
fn command(fields: &[&str], moment: Moment) -> Option<Entry> {
    let name = fields.first()?;
    let acknowledges = name.starts_with("ACKNOWLEDGE_");
    let comments = name.starts_with("ADD_") && name.ends_with("_COMMENT");
    if !acknowledges && !comments {
        return None;
    }
    let [.., author, words] = fields else { return None };
    let kind = if acknowledges { EventKind::AlertAcknowledged } else { EventKind::Message };
    let place = fields.get(1..if name.contains("_SVC") { 3 } else { 2 })?.join(" ");
    Some(
        Entry::new("nagios", SourceClass::Alerting, kind, Some(moment))
            .text(format!("{place}: {words}"))
            .actor(person([Some(*author)])),
    )
}

impl Source for Nagios {
    fn id(&self) -> &'static str {
        "nagios"
    }

    fn title(&self) -> &'static str {
        "Nagios"
    }

    fn describe(&self) -> &'static str {
        "nagios.log, also of Icinga, Naemon and Checkmk: alerts, notifications, what people acknowledged."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let known = head.lines().take(60).filter(|line| {
            entry(line).is_some_and(|(_, what, _)| {
                what.ends_with(" ALERT") || what.ends_with(" NOTIFICATION") || what.ends_with(" STATE")
            })
        });
        Confidence::Certain.when(known.count() > 0)
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut lines = Lines::new(input);
        while let Some((number, line)) = lines.next_text(out) {
            let Some((moment, what, fields)) = entry(&line) else {
                if !line.trim().is_empty() {
                    out.aside("an entry about the program itself", number);
                }
                continue;
            };
            let found = match what {
                "SERVICE ALERT" | "HOST ALERT" => alert(what, &fields, moment),
                "EXTERNAL COMMAND" => command(&fields, moment),
                "SERVICE NOTIFICATION" | "HOST NOTIFICATION" => Some(
                    Entry::new("nagios", SourceClass::Alerting, EventKind::Log, Some(moment))
                        .text(format!("Notified {}", fields.join(" · "))),
                ),
                _ => None,
            };
            match found {
                Some(entry) => out.emit(entry.line(number)),
                None => out.aside("an entry about the program itself", number),
            }
        }
    }
}
