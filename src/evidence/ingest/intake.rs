//! Takes in the files of an incident: first what each one is and whom its ids mean, then what it tells.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Cursor, Read};

use crate::domain::Warning;

use super::directory::Directories;
use super::encoding::Encoding;
use super::head::{HEAD_BYTES, Head};
use super::output::{Output, Sink};
use super::wrapping::{self, Wrapping};
use super::{Confidence, FileContext, Source, rows, sources, yaml};

/// What the first look at a file found.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Id of the format, `None` when it was not recognised.
    pub format: Option<&'static str>,
    pub encoding: Encoding,
    pub json_lines: bool,
    /// What is around the content.
    pub wrapping: Wrapping,
    /// What a person should know of an unrecognised or oddly encoded file.
    pub warning: Option<Warning>,
}

/// Reads the files of one incident in two passes over all of them: [`Intake::survey`], then [`Intake::read`].
#[derive(Debug, Default)]
pub struct Intake {
    directories: Directories,
    /// Path of a file to the id of the format it is to be read as, from `--as FORMAT FILE`.
    formats: BTreeMap<String, String>,
    /// The year of the incident, for logs whose times have none.
    pub year: Option<i16>,
}

impl Intake {
    #[must_use]
    pub fn new(formats: BTreeMap<String, String>) -> Self {
        Self { directories: Directories::default(), formats, year: None }
    }

    /// First pass: recognises the file and keeps the users and channels that it names.
    ///
    /// # Errors
    /// What the input reports.
    pub fn survey<'a>(&mut self, path: &str, mut input: Box<dyn BufRead + 'a>) -> io::Result<Survey> {
        let mut bytes = Vec::with_capacity(8 << 10);
        input.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut bytes)?;
        let encoding = Encoding::detect(&bytes);
        let text = encoding.text(&bytes);
        let mut wrapping = Wrapping { skip: wrapping::headers(&text), ..Wrapping::default() };
        let mut head = Head::new(path, text[wrapping.skip..].to_owned());
        if !head.is_json() && yaml::looks_like(&head.text) {
            head.documents = yaml::beginning(&head.text, bytes.len() == HEAD_BYTES);
            wrapping.yaml = head.is_json();
        }
        let forced = self.forced(path);
        let format = match (forced, encoding) {
            (Some(source), _) => Some(source),
            (None, Encoding::Binary) => None,
            (None, _) => recognise(&head, &mut wrapping),
        };
        if format.is_some_and(|source| source.id().starts_with("slack")) {
            self.directories.learn_hosts(&head.text);
        }
        let warning = warning(path, &head, encoding, format.map(Source::id), bytes.is_empty());
        if let Some(source) = format
            && source.is_directory()
        {
            let reader = encoding.reader(Box::new(Cursor::new(bytes).chain(input)))?;
            let mut reader = wrapping.open(reader, head.json_lines)?;
            source.learn(reader.as_mut(), self.directories.beside(path));
        }
        Ok(Survey {
            format: format.map(Source::id),
            encoding,
            json_lines: head.json_lines,
            wrapping,
            warning,
        })
    }

    /// Second pass: hands the records of a file to the sink and returns how many there were.
    ///
    /// # Errors
    /// What the input reports before the first record; later breaks become warnings.
    pub fn read<'a>(
        &self,
        path: &str,
        survey: &Survey,
        input: Box<dyn BufRead + 'a>,
        sink: &mut dyn Sink,
    ) -> io::Result<usize> {
        if let Some(warning) = &survey.warning {
            sink.warn(warning.clone());
        }
        let Some(source) = survey.format.and_then(by_id) else { return Ok(0) };
        let mut reader = survey.wrapping.open(survey.encoding.reader(input)?, survey.json_lines)?;
        let file = FileContext {
            path: path.to_owned(),
            directory: self.directories.of(path),
            json_lines: survey.json_lines && !survey.wrapping.yaml || survey.wrapping.rows,
            year: self.year,
            host: self.directories.host(),
        };
        let mut out = Output::new(&file, sink);
        source.read(reader.as_mut(), &file, &mut out);
        let records = out.finish();
        if records == 0 && !source.is_directory() && survey.warning.is_none() && !out.has_warned() {
            out.warn(None, format!("was read as {} and holds no records", source.title()));
        }
        Ok(records)
    }

    fn forced(&self, path: &str) -> Option<&'static dyn Source> {
        by_id(self.formats.get(path)?)
    }
}

/// The format with an id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static dyn Source> {
    sources::ALL.iter().copied().find(|source| source.id() == id)
}

/// The format of a file, looked for inside what is around it when nobody knows the file as it is.
fn recognise(head: &Head, wrapping: &mut Wrapping) -> Option<&'static dyn Source> {
    let found = detect_surely(head);
    let sure = found.is_some_and(|(confidence, _)| confidence > Confidence::Weak);
    if !head.is_json()
        && let Some(source) = exporter(head)
    {
        wrapping.rows = true;
        return Some(source);
    }
    if sure || !head.is_json() {
        return found.map(|(_, source)| source);
    }
    match wrapping::find(head) {
        Some((path, source))
            if found.is_none_or(|(confidence, _)| confidence == Confidence::Fallback)
                || source.id() != "records" =>
        {
            wrapping.path = path;
            Some(source)
        }
        _ => found.map(|(_, source)| source),
    }
}

/// The tool whose export a table is, by the names of its columns.
fn exporter(head: &Head) -> Option<&'static dyn Source> {
    let documents = rows::objects(&head.text, 20);
    let first = documents.first()?;
    let best = sources::ALL
        .iter()
        .filter_map(|source| Some((source.json()?.recognise(first), *source)))
        .filter(|(confidence, _)| *confidence >= Confidence::Strong)
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, source)| source)
}

/// The format that is surest of a file; between equals the one whose name is in the name of the file, then the first.
#[must_use]
pub fn detect(head: &Head) -> Option<&'static dyn Source> {
    detect_surely(head).map(|(_, source)| source)
}

/// The format that is surest of a file, and how sure it is.
pub(super) fn detect_surely(head: &Head) -> Option<(Confidence, &'static dyn Source)> {
    let path = head.path.to_lowercase();
    let named = |source: &dyn Source| source.id().split('_').filter(|word| path.contains(word)).count();
    let mut best: Option<((Confidence, usize), &'static dyn Source)> = None;
    for source in sources::ALL.iter().copied() {
        let confidence = source.sniff(head);
        let rank = (confidence, named(source));
        if confidence > Confidence::None && best.is_none_or(|(top, _)| rank > top) {
            best = Some((rank, source));
        }
    }
    best.map(|((confidence, _), source)| (confidence, source))
}

fn warning(
    path: &str,
    head: &Head,
    encoding: Encoding,
    format: Option<&str>,
    empty: bool,
) -> Option<Warning> {
    let hint = "name its format with --as FORMAT FILE; `unblame formats` lists them";
    let message = match (format, encoding) {
        _ if empty || head.text.trim().is_empty() && encoding != Encoding::Binary => "is empty".to_owned(),
        (None, Encoding::Binary) => {
            "was not read: it holds binary data, no text; export it as text, JSON or CSV".to_owned()
        }
        (None, _) => match keys(head) {
            Some(keys) => format!("was not read: JSON of an unknown shape ({keys}); {hint}"),
            None => format!("was not read: the format was not recognised; {hint}"),
        },
        (Some(_), Encoding::Windows1252) => {
            "is not UTF-8 and was read as Windows-1252; umlauts and dashes may be wrong".to_owned()
        }
        _ => return None,
    };
    Some(Warning::new(path, None, message))
}

fn keys(head: &Head) -> Option<String> {
    let object = head.samples(&[]).into_iter().find_map(|sample| sample.as_object())?;
    let keys: Vec<&str> = object.keys().take(6).map(String::as_str).collect();
    Some(format!("keys {}", keys.join(", ")))
}
