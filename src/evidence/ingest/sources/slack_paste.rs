//! Long because the pieces of one grammar stand together: headers, bare times, dividers and noise of every client.
//! A conversation copied out of Slack: `name [8:27 AM]` or `name  8:27 AM`, then the lines of that author.

use std::io::BufRead;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::clock_run::{Tick, settle};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Clock, Moment};
use crate::evidence::ingest::prose::{divider, header_zone, pasted_instant};
use crate::evidence::ingest::slack::paste::{
    aged_header, bare_time, header, is_name, is_noise, unquoted, without_button, without_status,
};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct SlackPaste;
pub(super) static ENTRY: SlackPaste = SlackPaste;

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
    /// How long before the copy it was said, where that is all the copy tells.
    age: Option<SignedDuration>,
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
    /// Whether headers are `name  8:27 AM`, or times below names are set in: then a bare time is a further message of
    /// the same author.
    named_headers: bool,
    /// When the copy was made, as a line of it says.
    captured: Option<Timestamp>,
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
        if let Some((name, age)) = aged_header(raw) {
            let midnight = Clock { time: jiff::civil::Time::midnight(), half_day: false, seconds: false };
            self.begin(number, name.to_owned(), false, midnight);
            if let Some(message) = self.messages.last_mut() {
                message.age = Some(age);
            }
            return;
        }
        if let Some((clock, app)) = bare_time(raw) {
            return self.time_alone(number, raw, line, clock, app);
        }
        if self.captured.is_none() {
            let said = ["captured at ", "captured: ", "copied at ", "copied: "];
            let lower = line.to_lowercase();
            let time =
                said.iter().find(|mark| lower.starts_with(**mark)).and_then(|mark| line.get(mark.len()..));
            if let Some(at) = time.and_then(|time| moment::parse(time)?.at()) {
                self.captured = Some(at);
                return;
            }
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

    /// A time on a line of its own.
    fn time_alone(&mut self, number: usize, raw: &str, line: &str, clock: Clock, app: bool) {
        let set_in = raw.starts_with("  ") || raw.starts_with('\t') || app || line.starts_with(':');
        let further = self.named_headers && !set_in;
        if let Some((at, name)) = self.waiting.take().filter(|_| !further) {
            self.drop_waiting(&name);
            let (name, bot) = match name.strip_suffix("APP") {
                Some(rest) if !rest.trim().is_empty() => (rest.trim().to_owned(), true),
                _ => (without_status(&name).to_owned(), app),
            };
            return self.begin(at, name, bot, clock);
        }
        let last = self.messages.last().map(|message| (message.author.clone(), message.bot));
        if let Some((author, bot)) = last.filter(|_| self.open) {
            self.begin(number, author, bot, clock);
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
            age: None,
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
            emit(message, self.zone.as_deref(), self.captured, out);
        }
    }
}

fn emit(message: Message, zone: Option<&str>, captured: Option<Timestamp>, out: &mut Output<'_>) {
    let Tick { time, day, corrected, .. } = message.tick;
    let said_at = message.age.map(|age| captured.and_then(|now| now.checked_sub(age).ok()));
    if said_at == Some(None) {
        return out.tally(
            "an age instead of a time; write when it was copied above it: `Captured: 2024-02-01T09:30:00Z`",
            message.line,
        );
    }
    let when = match message.date {
        _ if said_at.is_some() => said_at.flatten().map_or(When::Clock { time, day }, When::Instant),
        Some(date) => When::Local(date.saturating_add(jiff::Span::new().days(day)).to_datetime(time)),
        None => When::Clock { time, day: day + message.divider.unwrap_or(0) },
    };
    let text = message.lines.join("\n");
    let edited = text.contains("(edited)");
    let text = text.replace("(edited)", "").lines().map(without_button).collect::<Vec<_>>().join("\n");
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
            .label("approximate", message.age.map(|_| "true"))
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
        let headers =
            lines.iter().filter(|line| header(line).is_some() || aged_header(line).is_some()).count();
        let alone =
            lines.windows(2).filter(|pair| is_name(unquoted(pair[0])) && bare_time(pair[1]).is_some());
        let found = headers + alone.count();
        match found {
            0 => Confidence::None,
            1 => Confidence::Likely.when(lines.len() <= 10),
            _ => Confidence::Strong.when(found * 20 >= lines.len()),
        }
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut read = Vec::new();
        let mut lines = Lines::new(input);
        while let Some((number, line)) = lines.next_text(out) {
            read.push((number, line.into_owned()));
        }
        let named_headers = read
            .iter()
            .any(|(_, line)| header(line).is_some() || bare_time(line).is_some() && line.starts_with("  "));
        let mut paste = Paste { named_headers, ..Paste::default() };
        for (number, line) in &read {
            paste.line(*number, line);
        }
        paste.emit(out);
    }
}
