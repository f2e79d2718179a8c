//! slackdump's text: `> Name [U123] @ 28/11/2025 09:21:00 Z:`, then the message; replies are set in behind a bar.

use std::io::BufRead;

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::day_order::DayOrder;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::slack::markup;
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source, zone};

pub(super) struct SlackdumpText;
pub(super) static ENTRY: SlackdumpText = SlackdumpText;

struct Message {
    line: usize,
    name: String,
    id: String,
    moment: Option<Moment>,
    lines: Vec<String>,
}

/// slackdump writes the day first; older versions the year.
fn time(text: &str) -> Option<Moment> {
    moment::parse(text).filter(|_| !moment::is_ambiguous(text)).or_else(|| {
        let (date, rest) = text.split_once(' ')?;
        let day = DayOrder::DayFirst.date(date)?;
        let (clock, label) = moment::clock(rest)?;
        let zone = zone::resolve(label.trim());
        Some(Moment::civil(day.to_datetime(clock.time), Precision::Second, zone))
    })
}

/// A line without the bar and the spaces that set in the replies of a thread.
fn set_in(line: &str) -> &str {
    line.strip_prefix('|').map_or(line, str::trim_start)
}

fn header(line: &str) -> Option<(&str, &str, &str)> {
    let (who, when) = set_in(line).strip_prefix("> ")?.strip_suffix(':')?.rsplit_once(" @ ")?;
    let (name, id) = who.strip_suffix(']')?.rsplit_once(" [")?;
    let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (plain && when.starts_with(|c: char| c.is_ascii_digit())).then_some((name, id, when))
}

impl Source for SlackdumpText {
    fn id(&self) -> &'static str {
        "slackdump_text"
    }

    fn title(&self) -> &'static str {
        "slackdump, as text"
    }

    fn describe(&self) -> &'static str {
        "What slackdump writes with -r text; its JSON holds more."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        Confidence::Certain.when(!head.is_json() && head.lines().take(80).any(|line| header(line).is_some()))
    }

    fn read(&self, input: &mut dyn BufRead, file: &FileContext<'_>, out: &mut Output<'_>) {
        let mut messages: Vec<Message> = Vec::new();
        let mut lines = Lines::new(input);
        while let Some((number, line)) = lines.next_text(out) {
            if let Some((name, id, when)) = header(line.trim_end()) {
                messages.push(Message {
                    line: number,
                    name: name.to_owned(),
                    id: id.to_owned(),
                    moment: time(when),
                    lines: Vec::new(),
                });
            } else if let Some(message) = messages.last_mut() {
                message.lines.push(set_in(line.trim_end()).to_owned());
            }
        }
        for message in messages {
            let text = markup::plain(message.lines.join("\n").trim(), file.directory);
            let key = message.moment.as_ref().and_then(|moment| chat_key(&message.name, &text, &moment.when));
            out.emit(
                Entry::new("slack", SourceClass::Chat, EventKind::Message, message.moment)
                    .line(message.line)
                    .text(text)
                    .actor(person([Some(message.name.as_str()), Some(message.id.as_str())]))
                    .key(key)
                    .label("transport", Some("slackdump")),
            );
        }
    }
}
