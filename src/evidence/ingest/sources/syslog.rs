//! Plain logs: syslog (RFC 3164 and 5424), Apache, log4j and other lines that begin with a full time.

use std::io::BufRead;

use jiff::civil::Date;

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::entry::{Entry, machine};
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct Syslog;
pub(super) static ENTRY: Syslog = Syslog;

/// A line taken apart.
struct Line<'a> {
    moment: Stamp,
    host: Option<&'a str>,
    program: Option<&'a str>,
    text: &'a str,
}

/// A time that may lack its year (RFC 3164).
enum Stamp {
    Whole(Moment),
    NoYear { month: i8, day: i8, clock: moment::Clock },
}

/// `Jun 14 15:16:01 `: no year, no zone, the day padded with a space.
fn without_year(line: &str) -> Option<(Stamp, &str)> {
    let month = moment::month(line.get(..3)?)?;
    let rest = line.get(3..)?.strip_prefix(' ')?.trim_start();
    let (day, rest) = rest.split_once(' ')?;
    let (clock, rest) = moment::clock(rest.trim_start())?;
    let day = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    (clock.seconds && rest.starts_with(' ')).then_some((Stamp::NoYear { month, day, clock }, rest))
}

/// A full time of one to six words at the beginning, perhaps in brackets.
fn with_year(line: &str) -> Option<(Stamp, &str)> {
    if let Some((inside, rest)) = line.strip_prefix('[').and_then(|open| open.split_once(']')) {
        return Some((Stamp::Whole(whole(inside)?), rest));
    }
    let mut end = 0;
    let mut found = None;
    for word in line.split_inclusive([' ', '\t']).take(3) {
        end += word.len();
        if let Some(moment) = whole(line[..end].trim_end_matches([' ', '\t', ':'])) {
            found = Some((moment, end));
        } else if found.is_some() {
            break;
        }
    }
    let (moment, end) = found?;
    Some((Stamp::Whole(moment), &line[end..]))
}

fn whole(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.len() < 10 || !text.contains(':') && moment::epoch_text(text).is_none() {
        return None;
    }
    moment::parse(text).filter(|moment| moment.precision != Precision::Day)
}

/// `host program[pid]: message`.
fn addressed(rest: &str) -> Option<(&str, &str, &str)> {
    let (host, rest) = rest.trim_start().split_once(' ')?;
    let (program, text) = rest.split_once(": ")?;
    let program = program.split(['[', '(']).next()?;
    let named = !program.is_empty() && program.len() <= 48 && !program.contains(' ');
    named.then_some((host, program, text))
}

fn line(raw: &str) -> Option<Line<'_>> {
    let line = raw.trim_start();
    // RFC 5424: `<pri>1 time host app pid msgid structured message`.
    if let Some((priority, rest)) = line.strip_prefix('<').and_then(|rest| rest.split_once('>'))
        && !priority.is_empty()
        && priority.bytes().all(|byte| byte.is_ascii_digit())
    {
        if let Some(rest) = rest.strip_prefix("1 ") {
            let mut words = rest.splitn(6, ' ');
            let moment = whole(words.next()?)?;
            let (host, program) = (words.next(), words.next());
            let text = words.nth(2).unwrap_or_default();
            let text = text.strip_prefix("- ").unwrap_or(text).trim_start_matches('\u{feff}');
            return Some(Line { moment: Stamp::Whole(moment), host, program, text });
        }
        return self::line(rest);
    }
    // Apache's access log: the time stands in brackets after the client.
    if let Some((client, rest)) = line.split_once(" [")
        && let Some((inside, request)) = rest.split_once("] \"")
        && client.split(' ').count() == 3
        && let Some(moment) = whole(inside)
    {
        return Some(Line {
            moment: Stamp::Whole(moment),
            host: client.split(' ').next(),
            program: None,
            text: request,
        });
    }
    let (stamp, rest) = without_year(line).or_else(|| with_year(line)).or_else(|| {
        // A file name in front (nova), or a dash, an epoch and a date (supercomputers).
        let (_, tail) = line.split_once(' ')?;
        with_year(tail).filter(|_| !line.starts_with(|c: char| c.is_ascii_digit()))
    })?;
    let rest = rest.trim_start();
    match addressed(rest) {
        Some((host, program, text)) if matches!(stamp, Stamp::NoYear { .. }) => {
            Some(Line { moment: stamp, host: Some(host), program: Some(program), text })
        }
        _ => Some(Line { moment: stamp, host: None, program: None, text: rest }),
    }
}

/// The level that a line names in capitals or brackets.
fn severity(text: &str) -> Option<&'static str> {
    let head: String = text.chars().take(60).collect();
    let words = head.split(|c: char| !c.is_ascii_alphabetic());
    words.take(8).find_map(|word| match word {
        "ERROR" | "error" | "ERR" | "SEVERE" | "E" if word.len() > 1 => Some("error"),
        "FATAL" | "CRITICAL" | "CRIT" | "crit" | "panic" | "PANIC" | "emerg" | "alert" => Some("fatal"),
        "WARN" | "WARNING" | "warn" | "warning" => Some("warn"),
        "INFO" | "info" | "NOTICE" | "notice" => Some("info"),
        "DEBUG" | "debug" | "TRACE" | "trace" => Some("debug"),
        _ => None,
    })
}

/// A time without a year takes it from the file's other times or is left to whoever knows the incident's day: a month
/// and day without a year cannot be placed.
struct Years {
    known: Option<i16>,
}

impl Years {
    fn place(&mut self, stamp: Stamp) -> Option<Moment> {
        match stamp {
            Stamp::Whole(moment) => {
                if let When::Local(at) = moment.when {
                    self.known = Some(at.year());
                }
                Some(moment)
            }
            Stamp::NoYear { month, day, clock } => {
                let date = Date::new(self.known?, month, day).ok()?;
                Some(Moment {
                    when: When::Local(date.to_datetime(clock.time)),
                    precision: Precision::Second,
                    zone: None,
                })
            }
        }
    }
}

/// A year in the path: `syslog-2025-06-14`, `2025/06/messages`.
fn year_in(path: &str) -> Option<i16> {
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let years = numbers
        .into_iter()
        .filter(|part| part.len() == 4 || part.len() == 8)
        .filter_map(|part| part[..4].parse().ok());
    years.rev().find(|year| (1990..2100).contains(year))
}

impl Source for Syslog {
    fn id(&self) -> &'static str {
        "syslog"
    }

    fn title(&self) -> &'static str {
        "syslog and plain logs"
    }

    fn describe(&self) -> &'static str {
        "Lines that begin with a time; traces belong to the line before. A year in the file's name helps syslog, which has none."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        if head.is_json() {
            return Confidence::None;
        }
        let lines: Vec<&str> = head.lines().take(60).collect();
        let stamped = lines.iter().filter(|text| line(text).is_some()).count();
        let addressed = lines
            .iter()
            .filter(|text| {
                line(text).is_some_and(|line| line.program.is_some() || severity(line.text).is_some())
            })
            .count();
        if stamped == 0 || stamped * 3 < lines.len() {
            return Confidence::None;
        }
        if addressed * 2 >= stamped {
            Confidence::Strong
        } else {
            Confidence::Weak.when(stamped >= 5 && stamped * 10 >= lines.len() * 9)
        }
    }

    fn read(&self, input: &mut dyn BufRead, file: &FileContext<'_>, out: &mut Output<'_>) {
        let mut years = Years { known: year_in(&file.path).or(file.year) };
        let mut lines = Lines::new(input);
        let mut open: Option<Entry> = None;
        while let Some((number, raw)) = lines.next_text(out) {
            if raw.trim().is_empty() {
                continue;
            }
            let Some(found) = line(&raw) else {
                // Traces and wrapped text belong to the line before.
                match open.as_mut() {
                    Some(entry) => entry.append_line(raw.trim_end()),
                    None => out.tally("no time at the beginning of the line", number),
                }
                continue;
            };
            if let Some(entry) = open.take() {
                out.emit(entry);
            }
            let no_year = matches!(found.moment, Stamp::NoYear { .. });
            let Some(moment) = years.place(found.moment) else {
                let hint = if no_year {
                    "the time has no year; put it into the file's name (syslog-2025.log)"
                } else {
                    "no usable time"
                };
                out.tally(hint, number);
                continue;
            };
            if !out.keeps(&moment.when) {
                continue;
            }
            let entry = Entry::new("log", SourceClass::Automated, EventKind::Log, Some(moment))
                .line(number)
                .text(found.text);
            open = Some(
                entry
                    .actor(machine(found.program))
                    .service(found.program)
                    .label("host", found.host)
                    .label("severity", severity(found.text)),
            );
        }
        if let Some(entry) = open {
            out.emit(entry);
        }
    }

    fn is_bulk(&self) -> bool {
        true
    }
}
