//! Plain logs: syslog (RFC 3164 and 5424), Apache, log4j and other lines that begin with a full time.

use std::io::BufRead;

use jiff::civil::Date;

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::entry::{Entry, machine};
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::log_stamp::{Stamp, stamp, whole};
use crate::evidence::ingest::moment::Moment;
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
            let text = unstructured(text).trim_start_matches('\u{feff}');
            return Some(Line { moment: Stamp::Whole(moment), host, program, text });
        }
        return self::line(rest);
    }
    // Apache's access log: the time stands in brackets after the client.
    if let Some((client, rest)) = line.split_once(" [")
        && let Some((inside, request)) = rest.split_once("] ")
        && request.starts_with('"')
        && (3..=4).contains(&client.split(' ').count())
        && let Some(moment) = whole(inside)
    {
        return Some(Line {
            moment: Stamp::Whole(moment),
            // The client, or the virtual host before it.
            host: client.split(' ').next(),
            program: None,
            text: request,
        });
    }
    let (stamp, rest) = stamp(line)?;
    let rest = rest.trim_start();
    // What the container runtime notes of its stream.
    let rest = ["stdout F ", "stderr F ", "stdout P ", "stderr P "]
        .iter()
        .find_map(|mark| rest.strip_prefix(mark))
        .unwrap_or(rest);
    let rest = rest.strip_prefix("- ").unwrap_or(rest);
    let plain = Line { host: None, program: None, text: rest, moment: stamp };
    match addressed(rest) {
        Some((host, program, text)) if has_process(rest) || matches!(plain.moment, Stamp::NoYear { .. }) => {
            Some(Line { host: Some(host), program: Some(program), text, ..plain })
        }
        _ => Some(plain),
    }
}

/// Whether the second word is a program of syslog: `nginx[12]:`, `kernel:`.
fn has_process(rest: &str) -> bool {
    let word = rest.split_whitespace().nth(1).unwrap_or_default();
    word == "kernel:" || word.ends_with("]:") && word.contains('[')
}

/// The message of RFC 5424 behind its structured data: `-` or `[id name="value"][…]`.
fn unstructured(text: &str) -> &str {
    let mut rest = text.strip_prefix("- ").unwrap_or(text);
    while rest.starts_with('[')
        && rest.split(' ').next().is_some_and(|id| !id.contains(']') || id.contains('"'))
    {
        let mut quoted = false;
        let end = rest.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            *c == ']' && !quoted
        });
        match end {
            Some((end, _)) => rest = &rest[end + 1..],
            None => break,
        }
    }
    rest.trim_start()
}

/// Whether a line tells of a request, as access logs do.
fn names_request(text: &str) -> bool {
    text.contains(" HTTP/1.")
        || text.contains(" HTTP/2")
        || text.contains("TCP_MISS/")
        || text.contains("TCP_HIT/")
}

/// The level that a line names in capitals or brackets.
fn severity(text: &str) -> Option<&'static str> {
    let head: String = text.chars().take(70).collect();
    let words = head.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    words.take(8).enumerate().find_map(|(at, word)| match word {
        "ERROR" | "error" | "ERR" | "SEVERE" => Some("error"),
        "FATAL" | "CRITICAL" | "CRIT" | "crit" | "panic" | "PANIC" | "emerg" | "alert" => Some("fatal"),
        "WARN" | "WARNING" | "warn" | "warning" => Some("warn"),
        "INFO" | "info" | "NOTICE" | "notice" | "LOG" => Some("info"),
        "DEBUG" | "debug" | "TRACE" | "trace" => Some("debug"),
        "Error" if at == 0 => Some("error"),
        "Warning" if at == 0 => Some("warn"),
        "Info" if at == 0 => Some("info"),
        "E" | "F" if at == 0 => Some("error"),
        "W" if at == 0 => Some("warn"),
        "I" | "D" | "V" if at == 0 => Some("info"),
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
            Stamp::NoYear { month, day, time } => {
                let date = Date::new(self.known?, month, day).ok()?;
                Some(Moment {
                    when: When::Local(date.to_datetime(time)),
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
                line(text).is_some_and(|line| {
                    // Only programs write a date with seconds and without a year.
                    let by_program = line.host.is_some() || matches!(line.moment, Stamp::NoYear { .. });
                    by_program || severity(line.text).is_some() || names_request(line.text)
                })
            })
            .count();
        if stamped == 0 || stamped * 3 < lines.len() {
            return Confidence::None;
        }
        // A file that is called a log and has a time before every line.
        let called = head.name().ends_with(".log") || head.name().ends_with(".out");
        if addressed * 2 >= stamped || called && stamped >= 2 && stamped == lines.len() {
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
            if raw.trim().is_empty() || raw.starts_with("-- ") {
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
                    "the time has no year; put it into the file's name (syslog-2025.log) or give `window` in incident.toml"
                } else {
                    "no usable time"
                };
                out.tally(hint, number);
                continue;
            };
            let severity = severity(found.text);
            if !out.keeps(&moment.when, severity) {
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
                    .label("severity", severity),
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
