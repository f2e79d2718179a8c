//! Notes and timelines as people write them: lists, headings and tables whose lines begin with a time.

use std::io::BufRead;

use jiff::civil::Date;

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::clock_run::{Tick, settle};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::generic::is_level;
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::Moment;
use crate::evidence::ingest::prose::{
    Naming, Stamp, find_date, header_zone, pasted_instant, speaker, stamp, trailing_stamp,
};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source, html};

pub(super) struct Notes;
pub(super) static ENTRY: Notes = Notes;

/// Lines out of order by less than this many minutes stay on their day.
const OUT_OF_ORDER: i32 = 180;

/// One timed line and the lines that belong to it.
pub(super) struct Item {
    pub(super) line: usize,
    pub(super) text: String,
    moment: Option<Moment>,
    date: Option<Date>,
    tick: Tick,
    precision: Precision,
    until: Option<jiff::civil::Time>,
    zone: Option<String>,
    about: bool,
    /// No time of its own: a remark below the timed lines.
    untimed: bool,
    /// The time stood in brackets, as chat tools copy it.
    bracketed: bool,
}

/// What was read of a text: its timed lines in order, and the zone that it names.
#[derive(Default)]
pub(super) struct Chronicle {
    pub(super) items: Vec<Item>,
    date: Option<Date>,
    zone: Option<String>,
    after_blank: bool,
    fenced: bool,
    lost: usize,
    /// Days stand in headings of a wiki, `== 2024-06-10 ==`, as in server admin logs.
    wiki_days: bool,
    /// Inside a page of HTML, whose tags are taken off.
    html: bool,
}

impl Chronicle {
    /// Reads all lines.
    pub(super) fn read(input: &mut dyn BufRead, out: &mut Output<'_>) -> Self {
        let mut chronicle = Self::default();
        let mut lines = Lines::new(input);
        while let Some((number, line)) = lines.next_text(out) {
            let line = line.into_owned();
            chronicle.html |= number <= 5 && is_page(&line);
            if chronicle.html {
                for piece in html::plain(&rows(&line)).lines() {
                    chronicle.line(number, piece);
                }
            } else {
                chronicle.line(number, &line);
            }
        }
        chronicle.place_in_days();
        chronicle
    }

    fn line(&mut self, number: usize, line: &str) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            self.after_blank = true;
            return;
        }
        if trimmed.starts_with("```") {
            self.fenced = !self.fenced;
            return;
        }
        if self.fenced {
            return self.go_on(number, line);
        }
        if trimmed.starts_with('|') {
            return self.table_row(number, trimmed);
        }
        let indented = line.starts_with("    ")
            || line.starts_with('\t')
            || (line.starts_with("  ") && !trimmed.starts_with(['-', '*', '•']));
        match stamp(line) {
            Some(found) if !indented || self.items.is_empty() => {
                self.begin(number, found);
                if let Some(item) = self.items.last_mut() {
                    item.bracketed = trimmed.starts_with('[');
                }
            }
            _ => match trailing_stamp(line).filter(|_| !indented) {
                Some(found) => self.begin(number, found),
                None => self.untimed(number, line),
            },
        }
    }

    fn begin(&mut self, line: usize, stamp: Stamp<'_>) {
        self.after_blank = false;
        self.items.push(Item {
            line,
            text: stamp.text.trim().to_owned(),
            date: stamp.date.or(self.date),
            tick: Tick::new(stamp.time, stamp.half_day),
            precision: stamp.precision,
            until: stamp.until,
            zone: stamp.zone,
            about: stamp.about,
            untimed: false,
            bracketed: false,
            moment: stamp.moment,
        });
        if stamp.date.is_some() {
            self.date = stamp.date;
        }
    }

    /// A table row: the first cell with a time, the others are its text.
    fn table_row(&mut self, number: usize, row: &str) {
        if let Some(zone) = header_zone(row).filter(|_| self.items.is_empty()) {
            self.zone = Some(zone);
        }
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let Some(at) = cells.iter().position(|cell| stamp(cell).is_some()) else {
            if let Some(date) = cells.iter().find_map(|cell| find_date(cell)) {
                self.date = Some(date);
            }
            return;
        };
        let own_date = cells[..at].iter().find_map(|cell| find_date(cell));
        let Some(mut found) = stamp(cells[at]) else { return };
        let first = std::mem::take(&mut found.text);
        let texts = std::iter::once(first).chain(
            cells
                .iter()
                .enumerate()
                .filter(|(index, cell)| *index != at && !(*index < at && find_date(cell).is_some()))
                .map(|(_, cell)| *cell),
        );
        let text = texts.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" · ");
        if own_date.is_some() {
            self.date = own_date;
        }
        self.begin(number, found);
        if let Some(item) = self.items.last_mut() {
            item.text = text;
        }
    }

    fn untimed(&mut self, number: usize, line: &str) {
        let trimmed = line.trim();
        let heading = trimmed.starts_with('#') || trimmed.chars().all(|c| "=-_*".contains(c));
        let short = trimmed.len() <= 60 && !trimmed.starts_with(['-', '*', '>']);
        if let Some(date) = find_date(trimmed).filter(|_| heading || short || self.items.is_empty()) {
            self.date = Some(date);
            self.after_blank = true;
            self.wiki_days |= trimmed.starts_with("==") && trimmed.ends_with("==");
            self.note_zone(trimmed);
            return;
        }
        self.note_zone(trimmed);
        if heading {
            self.after_blank = true;
            return;
        }
        self.go_on(number, line);
    }

    fn note_zone(&mut self, line: &str) {
        if self.zone.is_none() {
            self.zone = header_zone(line);
        }
    }

    /// A line that goes on with the item before it, or stands on its own without a time.
    fn go_on(&mut self, number: usize, line: &str) {
        let indented = line.starts_with([' ', '\t']);
        let Some(last) = self.items.last_mut() else {
            self.lost += 1;
            return;
        };
        let bullet = line.trim_start().starts_with(['-', '*', '•']) && !indented;
        if (!self.after_blank || indented) && !bullet && !last.untimed || self.fenced {
            last.text.push('\n');
            last.text.push_str(line.trim());
            return;
        }
        if last.untimed && !bullet && !self.after_blank {
            last.text.push('\n');
            last.text.push_str(line.trim());
            return;
        }
        self.after_blank = false;
        let text = line.trim().trim_start_matches(['-', '*', '•', ' ', '>']).to_owned();
        let (date, tick, moment, zone) = (last.date, last.tick, last.moment.clone(), last.zone.clone());
        self.items.push(Item {
            line: number,
            text,
            moment,
            date,
            tick,
            precision: Precision::Day,
            until: None,
            zone,
            about: false,
            untimed: true,
            bracketed: false,
        });
    }

    /// Counts midnights within each stretch of lines that share a date heading, and mends AM/PM slips.
    fn place_in_days(&mut self) {
        let mut start = 0;
        while start < self.items.len() {
            let date = self.items[start].date;
            let length = self.items[start..].iter().take_while(|item| item.date == date).count();
            let stretch = &mut self.items[start..start + length];
            let timed: Vec<usize> = (0..length).filter(|at| !stretch[*at].untimed).collect();
            let mut ticks: Vec<Tick> = timed.iter().map(|at| stretch[*at].tick).collect();
            settle(&mut ticks, OUT_OF_ORDER);
            for (at, tick) in timed.iter().zip(ticks) {
                // A date on the line itself leaves nothing to count.
                if stretch[*at].moment.is_none() {
                    stretch[*at].tick = tick;
                }
            }
            for at in 1..length {
                if stretch[at].untimed {
                    stretch[at].tick = stretch[at - 1].tick;
                }
            }
            start += length;
        }
    }

    /// The time of an item as far as the text tells.
    pub(super) fn moment(&self, item: &Item) -> Moment {
        if let Some(moment) = &item.moment {
            let zone = moment.zone.clone().or_else(|| self.zone.clone());
            return Moment { zone, precision: item.precision, when: moment.when };
        }
        let day = item.date.and_then(|date| date.checked_add(jiff::Span::new().days(item.tick.day)).ok());
        match (day, item.zone.clone()) {
            // A zone beside the time is meant; one in the header may be wrong and is left to be checked.
            (Some(day), Some(zone)) => {
                Moment::civil(day.to_datetime(item.tick.time), item.precision, Some(zone))
            }
            (Some(day), None) => Moment {
                when: When::Local(day.to_datetime(item.tick.time)),
                precision: item.precision,
                zone: self.zone.clone(),
            },
            (None, zone) => Moment {
                when: When::Clock { time: item.tick.time, day: item.tick.day },
                precision: item.precision,
                zone: zone.or_else(|| self.zone.clone()),
            },
        }
    }

    /// Starts the record of an item.
    pub(super) fn entry(&self, item: &Item, source: &str, class: SourceClass, kind: EventKind) -> Entry {
        let moment = self.moment(item);
        let until = item.until.map(|time| Moment {
            when: match moment.when {
                When::Local(at) => When::Local(at.date().to_datetime(time)),
                When::Clock { day, .. } => When::Clock { time, day },
                When::Instant(at) => {
                    let civil = jiff::tz::Offset::UTC.to_datetime(at);
                    let length = item.tick.time.duration_until(time);
                    jiff::tz::Offset::UTC
                        .to_timestamp(civil.saturating_add(length))
                        .map_or(When::Instant(at), When::Instant)
                }
            },
            ..moment.clone()
        });
        Entry::new(source, class, kind, Some(moment))
            .line(item.line)
            .text(unmarked(&item.text))
            .until(until)
            .label("approximate", item.about.then_some("true"))
            .label("subtype", item.untimed.then_some("untimed"))
            .label("pasted_at", pasted_instant(&item.text))
            .label("am_pm", item.tick.corrected.then_some("corrected"))
    }

    /// How the text names who spoke.
    fn naming(&self) -> Naming {
        let timed: Vec<&Item> = self.items.iter().filter(|item| !item.untimed).collect();
        let texts: Vec<&str> = timed.iter().map(|item| item.text.as_str()).collect();
        let bracketed = timed.iter().filter(|item| item.bracketed).count();
        Naming::of(&texts, self.wiki_days || bracketed * 10 >= timed.len() * 9)
    }

    /// Tells what could not be used.
    pub(super) fn finish(&self, out: &mut Output<'_>) {
        if self.items.is_empty() && self.lost > 0 {
            out.warn(1, "no line begins with a time, so nothing in it can be placed; write lines as `- 09:41 what happened`");
        }
    }
}

/// A level as log lines write it, in capitals.
fn is_shouted_level(word: &str) -> bool {
    let word = word.trim_matches(['[', ']', ':', '|']);
    word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase()) && is_level(word)
}

fn is_page(line: &str) -> bool {
    let head: String = line.trim_start().chars().take(15).collect::<String>().to_lowercase();
    ["<!doctype html", "<html", "<body", "<div", "<table", "<ul", "<head"]
        .iter()
        .any(|tag| head.starts_with(tag))
}

/// Cells of a table on one line.
fn rows(line: &str) -> String {
    ["</td>", "</th>", "</TD>", "</TH>"].iter().fold(line.to_owned(), |line, end| line.replace(end, " "))
}

/// Text without Markdown emphasis and link syntax.
fn unmarked(text: &str) -> String {
    text.replace("**", "").replace('`', "").trim().trim_end_matches("(edited)").trim().to_owned()
}

impl Source for Notes {
    fn id(&self) -> &'static str {
        "notes"
    }

    fn title(&self) -> &'static str {
        "notes"
    }

    fn describe(&self) -> &'static str {
        "Text or Markdown with lines that begin with a time (`- 09:41 …`, `| 09:41 | … |`, `### 09:41`); headings give the day."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        if head.is_json() {
            return Confidence::None;
        }
        if head.lines().take(5).any(is_page) {
            let plain = html::plain(&rows(&head.text));
            return Confidence::Weak.when(plain.lines().any(|line| stamp(line).is_some()));
        }
        let timed =
            head.lines().filter(|line| stamp(line).or_else(|| trailing_stamp(line)).is_some()).count();
        let table = head
            .lines()
            .filter(|line| line.trim_start().starts_with('|'))
            .any(|line| line.split('|').any(|cell| stamp(cell).is_some()));
        let words = head.text.chars().filter(|c| c.is_alphabetic()).count();
        if timed > 0 || table { Confidence::Weak } else { Confidence::Fallback.when(words > 10) }
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let chronicle = Chronicle::read(input, out);
        let naming = chronicle.naming();
        for item in &chronicle.items {
            if let Some((name, text)) = naming.split(&item.text).filter(|_| !item.untimed) {
                let entry = chronicle.entry(item, "chat", SourceClass::Chat, EventKind::Message);
                out.emit(entry.actor(person([Some(name.as_str())])).text(unmarked(text)));
                continue;
            }
            let logged = item.text.split_whitespace().next().is_some_and(is_shouted_level);
            let entry = if logged {
                chronicle.entry(item, "log", SourceClass::Automated, EventKind::Log)
            } else {
                chronicle.entry(item, "notes", SourceClass::Memory, EventKind::Message)
            };
            let entry = match speaker(&item.text) {
                Some((nick, text)) => entry.actor(person([Some(nick)])).text(unmarked(text)),
                None => entry,
            };
            out.emit(entry);
        }
        chronicle.finish(out);
    }
}
