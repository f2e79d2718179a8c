//! `journalctl -o export`: blocks of `FIELD=value`, apart by empty lines.

use std::io::BufRead;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, machine};
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct JournalExport;
pub(super) static ENTRY: JournalExport = JournalExport;

#[derive(Default)]
struct Block {
    line: usize,
    moment: Option<Moment>,
    text: String,
    program: Option<String>,
    host: Option<String>,
    severity: Option<&'static str>,
}

impl Block {
    fn field(&mut self, name: &str, value: &str) {
        match name {
            "__REALTIME_TIMESTAMP" => self.moment = moment::parse(value),
            "MESSAGE" => self.text = value.to_owned(),
            "SYSLOG_IDENTIFIER" => self.program = Some(value.to_owned()),
            "_COMM" => self.program = self.program.take().or_else(|| Some(value.to_owned())),
            "_HOSTNAME" => self.host = Some(value.to_owned()),
            "PRIORITY" => {
                self.severity = Some(match value {
                    "0" | "1" | "2" => "fatal",
                    "3" => "error",
                    "4" => "warn",
                    "7" => "debug",
                    _ => "info",
                });
            }
            _ => {}
        }
    }

    fn emit(self, out: &mut Output<'_>) {
        if self.line == 0
            || self.moment.as_ref().is_some_and(|moment| !out.keeps(&moment.when, self.severity))
        {
            return;
        }
        out.emit(
            Entry::new("log", SourceClass::Automated, EventKind::Log, self.moment)
                .line(self.line)
                .text(self.text)
                .actor(machine(self.program.as_deref()))
                .service(self.program.as_deref())
                .label("host", self.host)
                .label("severity", self.severity),
        );
    }
}

impl Source for JournalExport {
    fn id(&self) -> &'static str {
        "journal_export"
    }

    fn title(&self) -> &'static str {
        "journald, exported"
    }

    fn describe(&self) -> &'static str {
        "journalctl -o export; -o json and -o short-iso are read as well."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let mut lines = head.lines().take(200);
        Confidence::Certain
            .when(!head.is_json() && lines.any(|line| line.starts_with("__REALTIME_TIMESTAMP=")))
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut block = Block::default();
        let mut lines = Lines::new(input);
        while let Some((number, line)) = lines.next_text(out) {
            if line.is_empty() {
                std::mem::take(&mut block).emit(out);
            } else if let Some((name, value)) = line.split_once('=') {
                block.line = if block.line == 0 { number } else { block.line };
                block.field(name, value);
            }
        }
        block.emit(out);
    }

    fn is_bulk(&self) -> bool {
        true
    }
}
