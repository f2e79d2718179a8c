//! WhatsApp's export of a chat, and other chats written as `date, time - name: text`; the order of day and month is
//! found in the whole file.

use std::io::BufRead;

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::day_order::{DayOrder, numeric_day};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Clock, Moment};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct WhatsApp;
pub(super) static ENTRY: WhatsApp = WhatsApp;

/// The beginning of a message.
struct Start<'a> {
    date: &'a str,
    clock: Clock,
    rest: &'a str,
}

/// `[05/04/2023, 10:21:00] name: text`, `4/25/23, 10:21 AM - name: text`, `25.04.23, 10:21 - name: text`.
fn start(line: &str) -> Option<Start<'_>> {
    let line = line.trim_start_matches(['\u{200e}', '\u{200f}', '\u{feff}', '\u{202a}']);
    let bracketed = line.strip_prefix('[');
    let (date, rest) = bracketed.unwrap_or(line).split_once([',', ' '])?;
    numeric_day(date)?;
    let (clock, rest) = moment::clock(rest.trim_start())?;
    let rest = match bracketed {
        Some(_) => rest.strip_prefix(']')?,
        None => rest.strip_prefix(" - ")?,
    };
    Some(Start { date, clock, rest: rest.trim_start_matches([' ', '\u{200e}', '\u{200f}']) })
}

/// `name: text`; a line without a name is the app's own.
fn speaker(rest: &str) -> (Option<&str>, &str) {
    match rest.split_once(": ").or_else(|| rest.strip_suffix(':').map(|name| (name, ""))) {
        Some((name, text)) if name.chars().count() <= 60 && !name.contains(". ") => {
            (Some(name.trim_start_matches('~').trim()), text.trim_start_matches('\u{200e}'))
        }
        _ => (None, rest),
    }
}

/// What stands in the export for what it does not hold.
fn is_omitted(text: &str) -> bool {
    let text = text.trim();
    text == "<Media omitted>" || text.ends_with(" omitted") && text.split(' ').count() == 2
}

struct Message {
    line: usize,
    date: String,
    clock: Clock,
    author: Option<String>,
    text: String,
}

impl Message {
    fn emit(self, order: DayOrder, out: &mut Output<'_>) {
        let Some(date) = order.date(&self.date) else {
            return out.tally(
                "the date leaves open which number is the day; give one message of a day after the 12th",
                self.line,
            );
        };
        let when = When::Local(date.to_datetime(self.clock.time));
        let precision = if self.clock.seconds { Precision::Second } else { Precision::Minute };
        let Some(author) = self.author.as_deref() else {
            return out.aside("a notice of the app, said by nobody", self.line);
        };
        let text = if is_omitted(&self.text) { "[file]" } else { self.text.trim() };
        out.emit(
            Entry::new(
                "whatsapp",
                SourceClass::Chat,
                EventKind::Message,
                Some(Moment { when, precision, zone: None }),
            )
            .line(self.line)
            .text(text)
            .actor(person([Some(author)]))
            .key(chat_key(author, text, &when)),
        );
    }
}

impl Source for WhatsApp {
    fn id(&self) -> &'static str {
        "whatsapp"
    }

    fn title(&self) -> &'static str {
        "WhatsApp"
    }

    fn describe(&self) -> &'static str {
        "Export chat without media, from Android or iOS; its times are local and carry no zone."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        if head.is_json() {
            return Confidence::None;
        }
        let lines: Vec<&str> = head.lines().take(60).collect();
        let starts: Vec<Start<'_>> = lines.iter().filter_map(|line| start(line)).collect();
        let named = starts.iter().filter(|start| speaker(start.rest).0.is_some()).count();
        let most = !starts.is_empty() && starts.len() * 4 >= lines.len() && named * 2 >= starts.len();
        Confidence::Strong.when(most && named > 0)
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut messages: Vec<Message> = Vec::new();
        let mut lines = Lines::new(input);
        while let Some((number, line)) = lines.next_text(out) {
            match start(&line) {
                Some(found) => {
                    let (author, text) = speaker(found.rest);
                    messages.push(Message {
                        line: number,
                        date: found.date.to_owned(),
                        clock: found.clock,
                        author: author.map(str::to_owned),
                        text: text.to_owned(),
                    });
                }
                // A message goes on over several lines.
                None => match messages.last_mut() {
                    Some(message) if message.text.len() < 64 << 10 => {
                        message.text.push('\n');
                        message.text.push_str(line.trim_end());
                    }
                    Some(_) => {}
                    None if line.trim().is_empty() => {}
                    None => out.tally("no time at the beginning of the line", number),
                },
            }
        }
        let order = DayOrder::of(messages.iter().map(|message| message.date.as_str()));
        for message in messages {
            message.emit(order, out);
        }
    }
}
