//! Tables as CSV, with any delimiter, header names in several languages, quoted newlines and a byte order mark.

use std::io::{BufRead, Read};

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::generic::{Column, Row, column, is_level, names_text, names_time};
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::wording::{change_of, wording};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source, zone};

pub(super) struct Table;
pub(super) static ENTRY: Table = Table;

/// Lines above the header: the name of a report, when it was made, `sep=;`.
const MOST_PREAMBLE: usize = 8;
/// Bytes of a line that may be a header.
const LONGEST_HEADER: u64 = 1 << 20;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The columns of a table.
struct Layout {
    delimiter: u8,
    roles: Vec<Option<Column>>,
    names: Vec<String>,
    /// Zone named in the header of the time column: `Time (UTC)`.
    zone: Option<String>,
    /// Whether the time column was found by a part of its name, so that its cells have to prove it.
    guessed: bool,
}

impl Layout {
    /// Reads the header line, when it names a time and something else.
    fn of(line: &str) -> Option<Self> {
        let line = line.trim_start_matches('\u{feff}');
        let delimiter = DELIMITERS
            .into_iter()
            .max_by_key(|mark| (line.bytes().filter(|byte| byte == mark).count(), *mark == b','))?;
        let names = split(line, delimiter)?;
        let mut roles: Vec<Option<Column>> = names.iter().map(|name| column(name)).collect();
        let is_timed = |roles: &[Option<Column>]| {
            roles.iter().any(|role| matches!(role, Some(Column::Time | Column::Date)))
        };
        let guessed = !is_timed(&roles);
        if guessed && names.len() > 2 && names.iter().all(|name| is_title(name)) {
            // `Actual start (EDT)`, `Opened at`, `Reported date`
            if let Some(at) = names.iter().position(|name| names_time(name)) {
                roles[at] = Some(Column::Time);
            }
        }
        if !roles.contains(&Some(Column::Text)) {
            // `Short description`, `Event details`
            let free = |at: &usize| roles[*at].is_none() && names_text(&names[*at]);
            if let Some(at) = (0..names.len()).find(free) {
                roles[at] = Some(Column::Text);
            }
        }
        let timed = is_timed(&roles);
        let zone = names.iter().zip(&roles).filter(|(_, role)| **role == Some(Column::Time)).find_map(
            |(name, _)| {
                let (_, inside) = name.split_once(['(', '['])?;
                zone::resolve(inside.trim_end_matches([')', ']']))
            },
        );
        (names.len() > 1 && timed).then_some(Self { delimiter, roles, names, zone, guessed })
    }

    /// Guesses the columns of a table without a header from its first row: the time first, the words last.
    fn of_row(line: &str) -> Option<Self> {
        let line = line.trim_start_matches('\u{feff}');
        let found = DELIMITERS.into_iter().take(3).find_map(|delimiter| {
            let cells = split(line, delimiter)?;
            let timed = cells.first().is_some_and(|cell| {
                moment::parse(cell).is_some_and(|moment| moment.precision != Precision::Day)
            });
            (timed && (2..=6).contains(&cells.len())).then_some((delimiter, cells.len()))
        });
        let (delimiter, count) = found?;
        let mut roles = vec![None; count];
        (roles[0], roles[count - 1]) = (Some(Column::Time), Some(Column::Text));
        match count {
            3 => roles[1] = Some(Column::Actor),
            4.. => (roles[1], roles[2]) = (Some(Column::Source), Some(Column::Actor)),
            _ => {}
        }
        if let Some(at) = split(line, delimiter)?.iter().position(|cell| is_level(cell))
            && at > 0
            && at + 1 < count
        {
            roles[at] = Some(Column::Severity);
            if at == 2 && count == 4 {
                roles[1] = Some(Column::Service);
            }
        }
        Some(Self { delimiter, roles, names: vec![String::new(); count], zone: None, guessed: false })
    }

    fn has(&self, role: Column) -> bool {
        self.roles.contains(&Some(role))
    }

    fn cell<'a>(&self, record: &'a csv::StringRecord, role: Column) -> Option<&'a str> {
        let at = self.roles.iter().position(|known| *known == Some(role))?;
        record.get(at).map(str::trim).filter(|cell| !cell.is_empty() && *cell != "null" && *cell != "-")
    }

    /// Whether the rows are records of changes, as change management exports them.
    fn lists_changes(&self) -> bool {
        self.names.iter().any(|name| {
            let name = name.to_lowercase();
            ["change", "chg", "rfc", "deployment", "release"].iter().any(|word| name.starts_with(word))
        })
    }

    /// A row that tells of a change: its number before its title, the system as its service. It stands where the change
    /// was complete, when the table tells that.
    fn change(&self, record: &csv::StringRecord, source: &str, moment: Moment) -> Option<Entry> {
        let title = self.cell(record, Column::Text)?;
        let number = self.names.iter().zip(record).find_map(|(name, cell)| {
            let name = name.to_lowercase();
            let is_number =
                ["number", " id", "_id", "change", "ticket", "key"].iter().any(|word| name.ends_with(word));
            (is_number && cell.bytes().any(|byte| byte.is_ascii_digit())).then(|| cell.trim())
        });
        let end = self.names.iter().zip(record).find_map(|(name, cell)| {
            let name = name.to_lowercase();
            let ends = ["actual end", "end", "ended", "finished", "completed", "implemented"];
            let moment = ends.iter().any(|word| name.starts_with(word)).then(|| moment::parse(cell))??;
            Some(match moment.when {
                When::Local(at) => {
                    Moment::civil(at, moment.precision, moment.zone.or_else(|| self.zone.clone()))
                }
                _ => moment,
            })
        });
        let moment = end.unwrap_or(moment);
        let kind = change_of(title).unwrap_or(EventKind::ConfigChange);
        let system = self.cell(record, Column::Service).or_else(|| self.cell(record, Column::Source));
        let text = [number, Some(title)].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let entry = Entry::new(source, SourceClass::Deploy, kind, Some(moment)).text(text);
        Some(entry.service(system).actor(person([self.cell(record, Column::Actor)])))
    }

    fn row(&self, record: &csv::StringRecord) -> Row {
        let owned = |role| self.cell(record, role).map(str::to_owned);
        let texts: Vec<&str> = self
            .roles
            .iter()
            .zip(record)
            .filter(|(role, cell)| **role == Some(Column::Text) && !cell.trim().is_empty())
            .map(|(_, cell)| cell.trim())
            .collect();
        let wordless = texts.is_empty() && !self.has(Column::Text);
        let measured = wordless && self.is_measured(record);
        let text = match (measured, wordless) {
            (true, _) => self.measures(record),
            (_, true) => wording(&self.named(record)).map_or_else(String::new, |told| told.text),
            _ => texts.join(" · "),
        };
        Row {
            moment: None,
            text,
            actor: owned(Column::Actor),
            source: owned(Column::Source),
            kind: owned(Column::Kind),
            severity: owned(Column::Severity),
            service: owned(Column::Service),
            link: owned(Column::Link),
            thread: owned(Column::Thread),
            measured,
        }
    }

    /// The cells by the names of their columns.
    fn named(&self, record: &csv::StringRecord) -> Vec<(String, String)> {
        let cells = self.names.iter().zip(record);
        let told = cells.filter(|(_, cell)| moment::parse(cell).is_none());
        told.map(|(name, cell)| (name.trim().to_owned(), cell.trim().to_owned())).collect()
    }

    /// Whether most of the cells without a role are numbers.
    fn is_measured(&self, record: &csv::StringRecord) -> bool {
        let cells: Vec<&str> = self
            .roles
            .iter()
            .zip(record)
            .filter(|(role, cell)| role.is_none() && !cell.trim().is_empty())
            .map(|(_, cell)| cell.trim())
            .collect();
        let number = |cell: &&&str| cell.starts_with(|c: char| c.is_ascii_digit() || "-+<>~.".contains(c));
        cells.iter().filter(number).count() * 2 >= cells.len()
    }

    /// A row of numbers in words: `error rate: 5.8, latency: 210`.
    fn measures(&self, record: &csv::StringRecord) -> String {
        let cells = self.names.iter().zip(&self.roles).zip(record);
        let named = cells.filter(|((_, role), cell)| role.is_none() && !cell.trim().is_empty());
        named
            .map(|((name, _), cell)| format!("{}: {}", name.trim(), cell.trim()))
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn moment(&self, record: &csv::StringRecord, line: usize, out: &mut Output<'_>) -> Option<Moment> {
        let (time, date) = (self.cell(record, Column::Time), self.cell(record, Column::Date));
        let text = match (date, time) {
            (Some(date), Some(time)) if moment::date(date).is_some() || moment::is_ambiguous(date) => {
                format!("{date} {time}")
            }
            (_, Some(time)) => time.to_owned(),
            (Some(date), None) => date.to_owned(),
            _ => return None,
        };
        if let Some(moment) = moment::parse(&text) {
            let zone = moment.zone.clone().or_else(|| self.zone.clone());
            return Some(match moment.when {
                crate::evidence::When::Local(at) => Moment::civil(at, moment.precision, zone),
                _ => moment,
            });
        }
        if moment::is_ambiguous(&text) {
            out.tally("day and month of the date could be swapped; write it as 2024-02-01", line);
        } else if text.split_once('.').is_some_and(|(days, rest)| {
            days.len() == 5
                && rest.bytes().all(|b| b.is_ascii_digit())
                && days.bytes().all(|b| b.is_ascii_digit())
        }) {
            out.tally(
                "the time is a spreadsheet's serial number; format the column as 2024-02-01 09:30",
                line,
            );
        } else {
            out.tally("the time cannot be read; write it as 2024-02-01T09:30:00Z", line);
        }
        None
    }
}

/// Whether a cell of the first row can be the title of a column.
fn is_title(cell: &str) -> bool {
    cell.chars().count() <= 40 && cell.split_whitespace().count() <= 4 && moment::parse(cell).is_none()
}

fn split(line: &str, delimiter: u8) -> Option<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(line.as_bytes());
    let record = reader.records().next()?.ok()?;
    Some(record.iter().map(str::to_owned).collect())
}

impl Source for Table {
    fn id(&self) -> &'static str {
        "table"
    }

    fn title(&self) -> &'static str {
        "CSV table"
    }

    fn describe(&self) -> &'static str {
        "CSV with a header: timestamp and text, if possible source and actor; columns of numbers are read as metrics."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let lines: Vec<&str> = head.lines().take(MOST_PREAMBLE).collect();
        let Some((at, layout)) =
            lines.iter().enumerate().find_map(|(at, line)| Some((at, Layout::of(line)?)))
        else {
            let rows = lines.iter().filter(|line| Layout::of_row(line).is_some()).count();
            return Confidence::Likely.when(rows > 0 && rows * 2 > lines.len() && !head.is_json());
        };
        // A sentence above a table has commas too.
        let above =
            lines[..at].iter().all(|line| line.len() < 120 && !line.starts_with(['#', '-', '*', '|']));
        if !above || layout.delimiter == b'|' || head.is_json() {
            return Confidence::None;
        }
        let second = lines
            .get(at + 1)
            .copied()
            .or_else(|| head.lines().nth(at + 1))
            .and_then(|line| split(line, layout.delimiter));
        let fits = second
            .as_ref()
            .map_or(at == 0, |cells| cells.len() > 1 && (at == 0 || cells.len() == layout.names.len()));
        let proven = !layout.guessed
            || second.is_some_and(|cells| {
                let time = layout.roles.iter().position(|role| *role == Some(Column::Time));
                time.and_then(|at| cells.get(at)).is_some_and(|cell| moment::parse(cell).is_some())
            });
        match (fits && proven, layout.has(Column::Text)) {
            (true, true) => Confidence::Strong,
            (true, false) => Confidence::Likely,
            _ => Confidence::None,
        }
    }

    fn read(&self, input: &mut dyn BufRead, file: &FileContext<'_>, out: &mut Output<'_>) {
        let mut first = Vec::new();
        let mut above: usize = 0;
        let mut layout = None;
        let mut row = Vec::new();
        while layout.is_none() && above < MOST_PREAMBLE {
            first.clear();
            if !matches!(input.take(LONGEST_HEADER).read_until(b'\n', &mut first), Ok(1..)) {
                break;
            }
            above += 1;
            let line = String::from_utf8_lossy(&first);
            layout = Layout::of(line.trim_end());
            if layout.is_none() && Layout::of_row(line.trim_end()).is_some() {
                layout = Layout::of_row(line.trim_end());
                row.clone_from(&first);
            }
        }
        let Some(layout) = layout else {
            out.warn(1, "no line names a time column; name one `timestamp`, one `text`");
            return;
        };
        let above = if row.is_empty() { above } else { above - 1 };
        let crlf = first.ends_with(b"\r\n") && row.is_empty();
        let changes = layout.lists_changes();
        let fallback = if layout.has(Column::Text) { "table" } else { file.stem() };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .delimiter(layout.delimiter)
            .flexible(true)
            .from_reader(row.as_slice().chain(input));
        let mut record = csv::ByteRecord::new();
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    out.warn(None, format!("could not be read further ({error}); the rows before are kept"));
                    break;
                }
            }
            // The reader counts the line feed of CR LF to the next row, but the header was taken before it.
            let late = |position: &csv::Position| usize::from(crlf && position.byte() > 0);
            let line = record
                .position()
                .map_or(1, |position| usize::try_from(position.line()).unwrap_or(1) + late(position))
                + above;
            out.place(line);
            let record = csv::StringRecord::from_byte_record_lossy(record.clone());
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let Some(moment) = layout.moment(&record, line, out) else { continue };
            if changes && let Some(entry) = layout.change(&record, file.stem(), moment.clone()) {
                out.emit(entry);
                continue;
            }
            let row = Row { moment: Some(moment), ..layout.row(&record) };
            out.emit(row.entry(fallback));
        }
    }
}
