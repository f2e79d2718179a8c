//! Long because the writers of IRC logs differ in every part of a line: irssi, weechat, ZNC, HexChat, mIRC, bracketed and
//! ISO-stamped ones, HTML of channel bots, three-line records.

use std::io::BufRead;

use jiff::civil::Date;

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::clock_run::{Tick, settle};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::log_stamp::{Stamp, without_year};
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::prose::find_date;
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source, html};

pub(super) struct Irc;
pub(super) static ENTRY: Irc = Irc;

/// What one line of a log says.
#[derive(Debug, PartialEq)]
struct Line {
    time: Time,
    nick: Option<String>,
    text: String,
    /// `join`, `quit`, `nick`, `action`, …
    subtype: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq)]
enum Time {
    Clock(moment::Clock),
    Whole(Moment),
}

/// The time at the beginning and what follows it.
fn stamped(line: &str) -> Option<(Time, &str)> {
    let line = line.trim_start();
    let (inside, rest) = match line.strip_prefix('[') {
        Some(open) => open.split_once(']')?,
        None => {
            let end = line.find([' ', '\t'])?;
            let whole = line.get(..end)?;
            // `2019-02-05 08:47:00<TAB>` of weechat has a space inside.
            match moment::date(whole).and(line.get(end + 1..)).and_then(|tail| tail.find([' ', '\t'])) {
                Some(more) => line.split_at(end + 1 + more),
                None => line.split_at(end),
            }
        }
    };
    let inside = inside.trim();
    if let Some((clock, tail)) = moment::clock(inside)
        && tail.trim().is_empty()
    {
        return Some((Time::Clock(clock), rest));
    }
    let moment = moment::parse(inside).filter(|moment| moment.precision != Precision::Day)?;
    Some((Time::Whole(moment), rest))
}

fn is_nick(nick: &str) -> bool {
    (1..=40).contains(&nick.chars().count()) && !nick.contains([' ', '\t', '<', '>', '/', ':'])
}

/// A nick without the marks of its rank and its absence.
fn bare(nick: &str) -> &str {
    let nick = nick.trim().trim_start_matches(['@', '+', '%', '&', '~', '!']);
    nick.split('|').next().filter(|nick| !nick.is_empty()).unwrap_or(nick)
}

fn line(text: &str) -> Option<Line> {
    let (time, rest) = stamped(text)?;
    let tabbed = rest.starts_with('\t');
    let rest = rest.trim_start();
    let said = |nick: &str, text: &str, subtype| Line {
        time: time.clone(),
        nick: Some(bare(nick).to_owned()),
        text: colours_off(text),
        subtype,
    };
    if let Some((nick, text)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'))
        && is_nick(nick.trim())
    {
        return Some(said(nick, text, None));
    }
    // A notice of a service: `-ChanServ- text`.
    if let Some((nick, text)) = rest.strip_prefix('-').and_then(|rest| rest.split_once("- "))
        && is_nick(nick)
        && !nick.starts_with(['!', '-'])
    {
        return Some(said(nick, text, Some("notice")));
    }
    for mark in ["-!- ", "*** ", "-->\t", "<--\t", "--\t", "--> ", "<-- ", "--- "] {
        if let Some(notice) = rest.strip_prefix(mark) {
            let nick = notice.split_whitespace().next().filter(|nick| is_nick(nick));
            return Some(Line {
                time: time.clone(),
                nick: nick.map(|nick| bare(nick).to_owned()),
                text: colours_off(notice),
                subtype: Some(notice_kind(notice)),
            });
        }
    }
    if let Some(action) = ["* ", " *\t", "*\t", "• "].iter().find_map(|mark| rest.strip_prefix(mark))
        && let Some((nick, text)) = action.split_once(' ')
        && is_nick(nick)
    {
        return Some(said(nick, text, Some("action")));
    }
    if tabbed
        && let Some((nick, text)) = rest.split_once('\t')
        && is_nick(nick)
    {
        return Some(said(nick, text, None));
    }
    None
}

fn notice_kind(notice: &str) -> &'static str {
    let lower = notice.to_lowercase();
    if lower.contains("has joined") || lower.starts_with("joins:") || lower.contains("joined") {
        "join"
    } else if lower.contains("is now known as") {
        "nick"
    } else if lower.contains("changed the topic") || lower.contains("topic") {
        "topic"
    } else if lower.contains("quit") || lower.contains("left") || lower.starts_with("parts:") {
        "quit"
    } else {
        "notice"
    }
}

/// Text without the control bytes of colours and bold.
fn colours_off(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.trim().chars().peekable();
    while let Some(c) = letters.next() {
        if c == '\u{3}' {
            for _ in 0..2 {
                letters.next_if(char::is_ascii_digit);
            }
            continue;
        }
        if !c.is_control() || c == '\t' {
            out.push(c);
        }
    }
    out
}

/// The day that a line announces: `--- Log opened Tue Feb 05 08:00:00 2019`, `--- Day changed Wed Feb 06 2019`.
fn announced(text: &str) -> Option<Date> {
    let rest = text.strip_prefix("--- ").or_else(|| text.strip_prefix("**** ")).unwrap_or(text);
    let lower = rest.to_lowercase();
    let date = [
        "log opened ",
        "day changed ",
        "begin logging at ",
        "log closed ",
        "session start: ",
        "session time: ",
    ]
    .iter()
    .find_map(|mark| lower.starts_with(mark).then(|| &rest[mark.len()..]))?;
    match moment::parse(date)?.when {
        When::Local(at) => Some(at.date()),
        When::Instant(at) => Some(jiff::tz::Offset::UTC.to_datetime(at).date()),
        When::Clock { .. } => None,
    }
}

/// A date in the file's name: `#chan_20160924.log.txt`, `2019-02-05.log`.
fn date_in_name(name: &str) -> Option<Date> {
    if let Some(date) = find_date(name) {
        return Some(date);
    }
    let digits: Vec<&str> =
        name.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 8).collect();
    digits.iter().find_map(|part| moment::date(&format!("{}-{}-{}", &part[..4], &part[4..6], &part[6..])))
}

/// Rows of log pages in HTML: `id="t2013-07-09T00:39:51"`, `<span class="irc-date">[1:26]</span>`.
fn from_html(raw: &str) -> Option<String> {
    let time = raw.split_once("id=\"t").and_then(|(_, rest)| rest.split_once('"')).map(|(time, _)| time);
    let plain = html::plain(raw).replace('\n', " ");
    match time {
        Some(time) => {
            let cells: Vec<String> = raw
                .split("</td>")
                .flat_map(|part| part.split("</th>"))
                .map(html::plain)
                .filter(|cell| !cell.is_empty() && moment::clock(cell).is_none())
                .collect();
            let (nick, text) = cells.split_first()?;
            if nick.starts_with("* ") {
                return Some(format!("[{time}] {nick}"));
            }
            Some(format!(
                "[{time}] <{}> {}",
                nick.trim_start_matches(['<', '>']).trim_end_matches('>'),
                text.join(" ").trim()
            ))
        }
        None if raw.contains("irc-date") || raw.contains("id=\"l-") => Some(plain),
        None => None,
    }
}

#[derive(Default)]
struct Log {
    lines: Vec<(usize, Line, Option<Date>)>,
    date: Option<Date>,
    /// An epoch on a line of its own, then the nick, then the text.
    triple: Vec<(usize, String)>,
}

impl Log {
    fn take(&mut self, number: usize, raw: &str, out: &mut Output<'_>) {
        // A dump of bytes as a Python literal.
        let raw =
            raw.strip_prefix("b'").or_else(|| raw.strip_prefix("b\"")).unwrap_or(raw).replace("\\'", "'");
        let raw = raw.trim_end_matches(['\r', '\n']);
        if raw.trim().is_empty() {
            return self.three_lines(out);
        }
        if let Some(date) = announced(raw) {
            self.date = Some(date);
            return;
        }
        if raw.starts_with("Session Ident: ")
            || raw.starts_with("Session Close: ")
            || raw.starts_with("**** END")
        {
            return;
        }
        let converted = from_html(raw);
        let text = self.dated(converted.as_deref().unwrap_or(raw));
        if let Some(found) = line(text) {
            self.triple.clear();
            let date = self.date;
            self.lines.push((number, found, date));
            return;
        }
        if self.triple.is_empty() && moment::epoch_text(raw.trim()).is_none() {
            if raw.starts_with("---") || raw.starts_with('<') || raw.starts_with('#') {
                return;
            }
            return out.tally("no time at the beginning of the line", number);
        }
        self.triple.push((number, raw.trim().to_owned()));
        if self.triple.len() == 3 {
            self.three_lines(out);
        }
    }

    /// Takes the date from lines that carry one without a year (`Jun 10 08:47:00 <ada> …`), once a line told the year.
    fn dated<'t>(&mut self, text: &'t str) -> &'t str {
        let Some((Stamp::NoYear { month, day, .. }, _)) = without_year(text) else { return text };
        let known = self.date.and_then(|known| Date::new(known.year(), month, day).ok());
        self.date = known.or(self.date);
        text.splitn(3, ' ').nth(2).map_or(text, str::trim_start)
    }

    fn three_lines(&mut self, out: &mut Output<'_>) {
        let lines = std::mem::take(&mut self.triple);
        if let [(number, epoch), (_, nick), (_, text)] = lines.as_slice() {
            if let Some(moment) = moment::epoch_text(epoch) {
                let found = Line {
                    time: Time::Whole(moment),
                    nick: Some(bare(nick).to_owned()),
                    text: colours_off(text),
                    subtype: None,
                };
                self.lines.push((*number, found, None));
            }
        } else if let Some((number, _)) = lines.first() {
            out.tally("no time at the beginning of the line", *number);
        }
    }

    fn emit(self, file: &FileContext<'_>, out: &mut Output<'_>) {
        let named = date_in_name(file.path.rsplit('/').next().unwrap_or_default());
        let tick = |line: &Line| match &line.time {
            Time::Clock(clock) => Tick::new(clock.time, clock.half_day),
            Time::Whole(_) => Tick::new(jiff::civil::Time::midnight(), false),
        };
        let mut ticks: Vec<Tick> = self.lines.iter().map(|(_, line, _)| tick(line)).collect();
        // Days are announced, or else counted at midnight.
        let mut start = 0;
        while start < ticks.len() {
            let day = self.lines[start].2;
            let length = self.lines[start..].iter().take_while(|(_, _, date)| *date == day).count();
            settle(&mut ticks[start..start + length], 5);
            start += length;
        }
        for ((number, line, date), tick) in self.lines.into_iter().zip(ticks) {
            let moment = match &line.time {
                Time::Whole(moment) => moment.clone(),
                Time::Clock(clock) => {
                    let day =
                        date.or(named).map(|date| date.saturating_add(jiff::Span::new().days(tick.day)));
                    let when = match day {
                        Some(day) => When::Local(day.to_datetime(tick.time)),
                        None => When::Clock { time: tick.time, day: tick.day },
                    };
                    let precision = if clock.seconds { Precision::Second } else { Precision::Minute };
                    Moment { when, precision, zone: None }
                }
            };
            emit(number, &line, moment, out);
        }
    }
}

fn emit(number: usize, line: &Line, moment: Moment, out: &mut Output<'_>) {
    let nick = line.nick.as_deref();
    let relay =
        nick.is_some_and(|nick| nick.ends_with("-wm") || nick.ends_with("bot") || nick.ends_with("Bot"));
    // `!log` is what operators write down of their own actions.
    let logged = line.text.strip_prefix("!log ").filter(|_| line.subtype.is_none());
    let kind = if logged.is_some() { EventKind::Action } else { EventKind::Message };
    let chat = chat_key(nick.unwrap_or_default(), &line.text, &moment.when);
    out.emit(
        Entry::new("irc", SourceClass::Chat, kind, Some(moment))
            .line(number)
            .text(logged.unwrap_or(&line.text))
            .actor(person([nick]).map(|actor| crate::evidence::Actor { bot: relay, ..actor }))
            .key(chat)
            .label("subtype", line.subtype.or(logged.map(|_| "log")).or(relay.then_some("bot_message"))),
    );
}

impl Source for Irc {
    fn id(&self) -> &'static str {
        "irc"
    }

    fn title(&self) -> &'static str {
        "IRC log"
    }

    fn describe(&self) -> &'static str {
        "Logs of irssi, weechat, ZNC and channel bots; the day comes from the log, else from the name of the file."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        if head.is_json() {
            return Confidence::None;
        }
        if ["--- Log opened ", "**** BEGIN LOGGING", "Session Start: "]
            .iter()
            .any(|mark| head.text.starts_with(mark))
        {
            return Confidence::Certain;
        }
        let lines: Vec<&str> = head.lines().take(200).collect();
        let page = lines.iter().filter(|text| from_html(text).is_some()).count();
        let plain = lines
            .iter()
            .map(|text| text.strip_prefix("b'").unwrap_or(text))
            .filter(|text| line(text).is_some())
            .count();
        let epochs = lines
            .iter()
            .filter(|text| text.trim().len() == 10 && moment::epoch_text(text.trim()).is_some())
            .count();
        let triples = epochs > 0 && epochs * 4 >= lines.len();
        let found = plain.max(page);
        Confidence::Strong.when(triples || found > 0 && found * 2 >= lines.len() || page > 2)
    }

    fn read(&self, input: &mut dyn BufRead, file: &FileContext<'_>, out: &mut Output<'_>) {
        let mut log = Log::default();
        let mut lines = Lines::new(input);
        while let Some((number, line)) = lines.next_text(out) {
            let line = line.into_owned();
            log.take(number, &line, out);
        }
        log.three_lines(out);
        log.emit(file, out);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // a failing test may panic
    use super::line;

    #[test]
    fn every_writer_of_logs_is_understood() {
        for (text, nick, said) in [
            ("[00:01:04] <ada> hello", "ada", "hello"),
            ("2019-03-08T00:40:49 <ada> hello", "ada", "hello"),
            ("08:47 <@ada> hello", "ada", "hello"),
            ("2019-02-05 08:47:00\tada\thello", "ada", "hello"),
            ("08:47 * ada waves", "ada", "waves"),
            ("08:47 -!- ada [~a@host] has joined #ops", "ada", "ada [~a@host] has joined #ops"),
            ("2019-03-08T00:40:49  *** ada <mask> has joined #ops", "ada", "ada <mask> has joined #ops"),
        ] {
            let found = line(text).unwrap();
            assert_eq!((found.nick.as_deref(), found.text.as_str()), (Some(nick), said), "{text}");
        }
    }
}
