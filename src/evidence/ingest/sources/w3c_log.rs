//! Extended log files of the W3C: IIS, CloudFront and others, whose columns a `#Fields:` line names.

use std::io::BufRead;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment;
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct W3cLog;
pub(super) static ENTRY: W3cLog = W3cLog;

impl Source for W3cLog {
    fn id(&self) -> &'static str {
        "w3c_log"
    }

    fn title(&self) -> &'static str {
        "W3C extended logs"
    }

    fn describe(&self) -> &'static str {
        "Access logs with a #Fields: line, as IIS and CloudFront write them; their times are UTC."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let named = |line: &str| line.starts_with("#Fields:") && line.contains("time");
        Confidence::Certain.when(head.lines().take(10).any(named))
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut columns: Vec<String> = Vec::new();
        let mut lines = Lines::new(input);
        while let Some((number, line)) = lines.next_text(out) {
            if let Some(names) = line.strip_prefix("#Fields:") {
                columns = names.split_whitespace().map(str::to_lowercase).collect();
                continue;
            }
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let cells: Vec<&str> = line.split_whitespace().collect();
            let cell = |name: &str| {
                let at = columns.iter().position(|known| known == name)?;
                cells.get(at).copied().filter(|cell| *cell != "-")
            };
            let moment = cell("date")
                .zip(cell("time"))
                .and_then(|(day, time)| moment::parse(&format!("{day}T{time}Z")));
            let status = cell("sc-status");
            let severity = status.filter(|status| status.starts_with('5')).map(|_| "error");
            if moment.as_ref().is_some_and(|moment| !out.keeps(&moment.when, severity)) {
                continue;
            }
            let request =
                ["cs-method", "cs(host)", "cs-uri-stem", "sc-status", "x-edge-result-type", "time-taken"];
            let words: Vec<&str> = request.iter().filter_map(|name| cell(name)).collect();
            out.emit(
                Entry::new("log", SourceClass::Automated, EventKind::Log, moment)
                    .line(number)
                    .text(words.join(" "))
                    .label("severity", severity)
                    .label("status", status)
                    .label("host", cell("s-computername").or_else(|| cell("x-edge-location"))),
            );
        }
    }

    fn is_bulk(&self) -> bool {
        true
    }
}
