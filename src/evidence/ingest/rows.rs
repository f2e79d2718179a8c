//! Rows of a CSV export as JSON objects, for the tools whose exports carry the same names as their API.

use serde_json::{Map, Value};

/// The delimiter and the column names, when the first line is a header of at least three.
fn header(text: &str) -> Option<(u8, csv::StringRecord)> {
    let line = text.lines().next()?;
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|mark| line.bytes().filter(|byte| byte == mark).count())?;
    let names = reader(text.as_bytes(), delimiter).into_records().next()?.ok()?;
    let named = names.len() >= 3 && names.iter().all(|name| name.len() <= 80 && !name.contains('\n'));
    named.then_some((delimiter, names))
}

fn reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes)
}

/// One object a row, without the header. Empty cells are left out, columns of one name become an array.
#[must_use]
pub(super) fn objects(text: &str, most: usize) -> Vec<Value> {
    let Some((delimiter, names)) = header(text) else { return Vec::new() };
    let mut found = Vec::new();
    for record in reader(text.as_bytes(), delimiter).into_byte_records().skip(1) {
        if found.len() == most {
            break;
        }
        let Ok(record) = record else { break };
        let mut row = Map::new();
        for (name, cell) in names.iter().zip(&record) {
            let cell = Value::String(String::from_utf8_lossy(cell).trim().to_owned());
            if cell.as_str() == Some("") {
                continue;
            }
            match row.get_mut(name.trim()) {
                Some(Value::Array(cells)) => cells.push(cell),
                Some(known) => *known = Value::Array(vec![known.take(), cell]),
                None => {
                    row.insert(name.trim().to_owned(), cell);
                }
            }
        }
        found.push(Value::Object(row));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::objects;

    #[test]
    fn columns_of_one_name_become_an_array() {
        let found = objects("Key,Comment,Comment\nA,\"one\ntwo\",three\nB,,\n", 9);
        assert_eq!(
            found,
            [
                serde_json::json!({"Key": "A", "Comment": ["one\ntwo", "three"]}),
                serde_json::json!({"Key": "B"})
            ]
        );
        assert!(objects("no table", 9).is_empty());
    }
}
