//! Conversations copied out of Teams: `[25/11/2025 09:21] Name`, then the lines of that author.

use std::io::BufRead;

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::day_order::{DayOrder, numeric_day};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Clock, Moment};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct TeamsPaste;
pub(super) static ENTRY: TeamsPaste = TeamsPaste;

struct Message {
    line: usize,
    date: String,
    clock: Clock,
    author: String,
    lines: Vec<String>,
}

/// `[4/25/2025 10:21 AM] Name (Company)`, `[25/04 10:21] Name` is none: it has no year.
fn header(line: &str) -> Option<(&str, Clock, &str)> {
    let (inside, author) = line.trim().strip_prefix('[')?.split_once(']')?;
    let (date, clock) = inside.split_once([' ', ','])?;
    numeric_day(date)?;
    let (clock, rest) = moment::clock(clock.trim_start())?;
    let author = author.trim();
    let author = author.split_once(" (").map_or(author, |(name, _)| name);
    let named = !author.is_empty() && author.chars().count() <= 60 && !author.contains(": ");
    (rest.trim().is_empty() && named).then_some((date, clock, author))
}

impl Source for TeamsPaste {
    fn id(&self) -> &'static str {
        "teams_paste"
    }

    fn title(&self) -> &'static str {
        "Teams conversation, pasted"
    }

    fn describe(&self) -> &'static str {
        "Messages copied out of the Teams window into a text file; the order of day and month is found in the whole file."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        if head.is_json() {
            return Confidence::None;
        }
        let lines: Vec<&str> = head.lines().take(80).collect();
        let headers = lines.iter().filter(|line| header(line).is_some()).count();
        Confidence::Likely.when(headers >= 1 && headers * 8 >= lines.len())
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut messages: Vec<Message> = Vec::new();
        let mut lines = Lines::new(input);
        while let Some((number, line)) = lines.next_text(out) {
            if let Some((date, clock, author)) = header(&line) {
                let (date, author) = (date.to_owned(), author.to_owned());
                messages.push(Message { line: number, date, clock, author, lines: Vec::new() });
            } else if let Some(message) = messages.last_mut()
                && !line.trim().is_empty()
            {
                message.lines.push(line.trim().to_owned());
            }
        }
        let order = DayOrder::of(messages.iter().map(|message| message.date.as_str()));
        for message in messages {
            let Some(date) = order.date(&message.date) else {
                out.tally(
                    "the date leaves open which number is the day; give one message of a day after the 12th",
                    message.line,
                );
                continue;
            };
            let when = When::Local(date.to_datetime(message.clock.time));
            let precision = if message.clock.seconds { Precision::Second } else { Precision::Minute };
            let text = message.lines.join("\n");
            out.emit(
                Entry::new(
                    "teams",
                    SourceClass::Chat,
                    EventKind::Message,
                    Some(Moment { when, precision, zone: None }),
                )
                .line(message.line)
                .text(&text)
                .actor(person([Some(message.author.as_str())]))
                .key(chat_key(&message.author, &text, &when)),
            );
        }
    }
}
