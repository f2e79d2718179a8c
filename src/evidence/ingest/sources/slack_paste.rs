//! A conversation copied out of Slack: `name [8:27 AM]` or `name  8:27 AM`, then the lines of that author.

use std::io::BufRead;

use jiff::civil::Date;

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::clock_run::{Tick, settle};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Clock, Moment};
use crate::evidence::ingest::prose::{divider, find_date, header_zone, pasted_instant};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct SlackPaste;
pub(super) static ENTRY: SlackPaste = SlackPaste;

/// A header line: who, when, and whether a bot.
#[derive(Debug, PartialEq)]
struct Header<'a> {
    name: &'a str,
    clock: Clock,
    bot: bool,
}

/// A paste out of Markdown carries quote marks, though not on every line.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches(['>', ' ']).trim_end()
}

fn is_name(name: &str) -> bool {
    let length = name.chars().count();
    (1..=50).contains(&length)
        && name.starts_with(|c: char| c.is_alphanumeric() || "@_.".contains(c))
        && name.split_whitespace().count() <= 5
        && !name.ends_with([':', ',', '-', '–', '|', '.'])
        && !name.contains([':', '|', '#', '<', '='])
        && moment::parse(name).is_none()
        && find_date(name).is_none()
}

fn header(line: &str) -> Option<Header<'_>> {
    let line = unquoted(line).trim_matches('*').trim();
    let (name, clock, bracketed) = match line.strip_suffix(']') {
        Some(open) => {
            let (name, inside) = open.rsplit_once('[')?;
            let (clock, rest) = moment::clock(inside.trim())?;
            rest.trim().is_empty().then_some((name, clock, true))?
        }
        None => {
            let (name, clock) = trailing_clock(line)?;
            (name, clock, false)
        }
    };
    let wide = name.ends_with("  ") || name.ends_with(['\t', '\u{a0}']);
    let name = name.trim().trim_matches('*').trim();
    let (name, bot) = match name.strip_suffix("APP").or_else(|| name.strip_suffix(" BOT")) {
        Some(rest) if !rest.trim().is_empty() => (rest.trim(), true),
        _ => (name, false),
    };
    let certain = bracketed || wide || bot || (clock.half_day && name.split_whitespace().count() <= 3);
    (certain && is_name(name)).then_some(Header { name, clock, bot })
}

/// The time at the end of a line: one word, or two with AM or PM.
fn trailing_clock(line: &str) -> Option<(&str, Clock)> {
    let starts = line
        .char_indices()
        .filter(|(at, c)| c.is_ascii_digit() && line[..*at].ends_with([' ', '\t', '\u{a0}']));
    let mut found = starts.filter_map(|(at, _)| {
        let (clock, rest) = moment::clock(&line[at..])?;
        rest.trim().is_empty().then_some((&line[..at], clock))
    });
    found.next()
}

/// Lines that the copy brings along and nobody said.
fn is_noise(line: &str) -> bool {
    let lower = line.to_lowercase();
    let lower = lower.trim();
    let counted = |what: &str| {
        lower
            .strip_suffix(what)
            .is_some_and(|count| !count.trim().is_empty() && count.trim().bytes().all(|b| b.is_ascii_digit()))
    };
    [
        "view newer replies",
        "view thread",
        "show more",
        "show less",
        "new",
        "replied to a thread:",
        "also sent to the channel",
        "today",
        "yesterday",
        "view message",
        "posted in",
        "thread",
        "reply",
        "---",
    ]
    .contains(&lower)
        || counted("replies")
        || counted("reply")
        || lower.starts_with("last reply ")
        || lower.bytes().all(|byte| byte.is_ascii_digit())
        || (lower.starts_with('[') && lower.contains("]: http"))
}

/// One message.
struct Message {
    line: usize,
    author: String,
    bot: bool,
    lines: Vec<String>,
    tick: Tick,
    seconds: bool,
    date: Option<Date>,
    /// Days after the first divider without a year.
    divider: Option<i32>,
}

#[derive(Default)]
struct Paste {
    messages: Vec<Message>,
    date: Option<Date>,
    first_divider: Option<Date>,
    divider: Option<i32>,
    zone: Option<String>,
    /// A line that may be a name, when the time stands alone on the next one.
    waiting: Option<(usize, String)>,
    open: bool,
}

impl Paste {
    fn line(&mut self, number: usize, raw: &str) {
        let line = unquoted(raw);
        if line.is_empty() {
            return;
        }
        if let Some(found) = header(raw) {
            let (name, bot) = (found.name.to_owned(), found.bot);
            return self.begin(number, name, bot, found.clock);
        }
        if let Some((clock, rest)) = moment::clock(line)
            && rest.trim().is_empty()
            && let Some((at, name)) = self.waiting.take()
        {
            self.drop_waiting(&name);
            let (name, bot) =
                name.strip_suffix("APP").map_or((name.as_str(), false), |rest| (rest.trim(), true));
            let name = name.to_owned();
            return self.begin(at, name, bot, clock);
        }
        if self.day(line) || line.starts_with('#') {
            self.open &= !line.starts_with("# ") && !line.starts_with("## ");
            if self.zone.is_none() {
                self.zone = header_zone(line);
            }
            return;
        }
        self.waiting = is_name(line).then(|| (number, line.to_owned()));
        if is_noise(line) {
            return;
        }
        match self.messages.last_mut().filter(|_| self.open) {
            Some(message) => message.lines.push(line.to_owned()),
            None if self.zone.is_none() => self.zone = header_zone(line),
            None => {}
        }
    }

    /// A name that was first taken for the last words of the message before.
    fn drop_waiting(&mut self, name: &str) {
        if let Some(message) = self.messages.last_mut()
            && message.lines.last().is_some_and(|last| last == name)
        {
            message.lines.pop();
        }
    }

    fn begin(&mut self, line: usize, author: String, bot: bool, clock: Clock) {
        self.open = true;
        self.waiting = None;
        self.messages.push(Message {
            line,
            author,
            bot,
            lines: Vec::new(),
            tick: Tick::new(clock.time, clock.half_day),
            seconds: clock.seconds,
            date: self.date,
            divider: self.divider,
        });
    }

    fn day(&mut self, line: &str) -> bool {
        let plain = line.trim_matches(['-', '—', '–', '=', ' ', '*', '#']);
        if let Some(found) = moment::date(plain) {
            self.date = Some(found);
            return true;
        }
        let Some((month, day)) = divider(plain) else { return false };
        let Ok(day) = Date::new(2024, month, day) else { return false };
        let first = *self.first_divider.get_or_insert(day);
        let passed = (day - first).get_days();
        // A year may end between two dividers.
        self.divider = Some(if passed < 0 { passed + 366 } else { passed });
        true
    }

    /// Counts midnights between dividers and hands the messages out.
    fn emit(mut self, out: &mut Output<'_>) {
        let mut start = 0;
        while start < self.messages.len() {
            let mark = |message: &Message| (message.date, message.divider);
            let first = mark(&self.messages[start]);
            let length = self.messages[start..].iter().take_while(|message| mark(message) == first).count();
            let stretch = &mut self.messages[start..start + length];
            let mut ticks: Vec<Tick> = stretch.iter().map(|message| message.tick).collect();
            settle(&mut ticks, 0);
            for (message, tick) in stretch.iter_mut().zip(ticks) {
                message.tick = tick;
            }
            start += length;
        }
        for message in self.messages {
            emit(message, self.zone.as_deref(), out);
        }
    }
}

fn emit(message: Message, zone: Option<&str>, out: &mut Output<'_>) {
    let Tick { time, day, corrected, .. } = message.tick;
    let when = match message.date {
        Some(date) => When::Local(date.saturating_add(jiff::Span::new().days(day)).to_datetime(time)),
        None => When::Clock { time, day: day + message.divider.unwrap_or(0) },
    };
    let text = message.lines.join("\n");
    let edited = text.contains("(edited)");
    let text = text.replace("(edited)", "").lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let joined =
        text.starts_with("joined #") || text.starts_with("was added to #") || text.starts_with("left #");
    let precision = if message.seconds { Precision::Second } else { Precision::Minute };
    let moment = Moment { when, precision, zone: zone.map(str::to_owned) };
    let actor = person([Some(message.author.as_str())])
        .map(|actor| crate::evidence::Actor { bot: message.bot, ..actor });
    out.emit(
        Entry::new("slack", SourceClass::Chat, EventKind::Message, Some(moment))
            .line(message.line)
            .text(text)
            .key(chat_key(&message.author, text, &when))
            .actor(actor)
            .label("transport", Some("paste"))
            .label("edited", edited.then_some("true"))
            .label("subtype", joined.then_some("channel_join").or(message.bot.then_some("bot_message")))
            .label("am_pm", corrected.then_some("corrected"))
            .label("pasted_at", pasted_instant(text)),
    );
}

impl Source for SlackPaste {
    fn id(&self) -> &'static str {
        "slack_paste"
    }

    fn title(&self) -> &'static str {
        "Slack conversation, pasted"
    }

    fn describe(&self) -> &'static str {
        "Messages copied out of the Slack window into a text or Markdown file; the day comes from dividers or incident.toml."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        if head.is_json() {
            return Confidence::None;
        }
        let lines: Vec<&str> = head.lines().collect();
        let headers = lines.iter().filter(|line| header(line).is_some()).count();
        let alone = lines.windows(2).filter(|pair| {
            is_name(unquoted(pair[0]))
                && moment::clock(unquoted(pair[1])).is_some_and(|(_, rest)| rest.trim().is_empty())
        });
        let found = headers + alone.count();
        match found {
            0 => Confidence::None,
            1 => Confidence::Likely.when(lines.len() <= 10),
            _ => Confidence::Strong.when(found * 20 >= lines.len()),
        }
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut paste = Paste::default();
        let mut lines = Lines::new(input);
        while let Some((number, line)) = lines.next_text(out) {
            let line = line.into_owned();
            paste.line(number, &line);
        }
        paste.emit(out);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // a failing test may panic
    use super::header;

    #[test]
    fn headers_of_both_generations_are_known_and_sentences_are_not() {
        assert_eq!(header("Ada Okafor [8:27 AM]").unwrap().name, "Ada Okafor");
        assert_eq!(header("ada  08:27").unwrap().name, "ada");
        assert!(header("deploy-bot APP [9:12 AM]").unwrap().bot);
        assert_eq!(header("we start again at 9:15"), None);
        assert_eq!(header("Next update by: 10:40 AM"), None);
    }
}
