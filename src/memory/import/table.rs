//! Tables with a row for each incident, comma, semicolon or tab separated, under any of the usual column names.

use serde_json::{Map, Value};

use super::{ALL, Imported, generic};
use crate::domain::Warning;

/// Reads a table with a head; a row without a title is a warning.
pub(super) fn read(text: &str, file: &str) -> (Vec<Imported>, Vec<Warning>) {
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|mark| (head.bytes().filter(|byte| byte == mark).count(), *mark == b','));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(head) => head.iter().map(|name| name.to_lowercase().replace([' ', '-'], "_")).collect(),
        Err(error) => {
            return (Vec::new(), vec![Warning::new(file, 1, format!("skipped: no table: {error}"))]);
        }
    };
    let (mut found, mut warnings) = (Vec::new(), Vec::new());
    for (at, row) in reader.records().enumerate() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                warnings.push(Warning::new(file, at + 2, format!("skipped: {error}")));
                continue;
            }
        };
        let line = row.position().map_or(at + 2, |place| place.line() as usize);
        let mut object: Map<String, Value> =
            columns.iter().cloned().zip(row.iter().map(Value::from)).collect();
        if !generic::is_named(&object) {
            object.insert("id".to_owned(), Value::from(format!("{}-{}", stem(file), at + 1)));
        }
        let item = Value::Object(object);
        match ALL.last().filter(|export| export.recognises(&item)) {
            Some(export) => found.push(export.read(&item, &[]).imported("table")),
            None => warnings.push(Warning::new(
                file,
                line,
                "skipped: the row has no title; a table needs a column such as `title`, `name` or `summary`",
            )),
        }
    }
    (found, warnings)
}

fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
