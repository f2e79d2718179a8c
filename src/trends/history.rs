//! All postmortems that count: one for each id, in time order, with the faults that were found.

use std::collections::BTreeMap;

use super::record::{Fault, Record};

/// Checked postmortems.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// Dated, one for each id, by start and id.
    pub records: Vec<Record>,
    /// By file and line.
    pub faults: Vec<Fault>,
    /// Id to position in `records`.
    by_id: BTreeMap<String, usize>,
}

impl History {
    /// Keeps the first file of each id (in the order of paths) and lists the others, leaves out what has no date,
    /// and checks what one document says of another. `faults` are those of files that could not be read at all.
    #[must_use]
    pub fn new(mut records: Vec<Record>, mut faults: Vec<Fault>) -> Self {
        records.sort_by(|a, b| a.path.cmp(&b.path));
        let mut kept: BTreeMap<String, Record> = BTreeMap::new();
        for mut record in records {
            faults.append(&mut record.faults);
            match kept.get(&record.id) {
                Some(first) => {
                    let what =
                        format!("id {} is also that of {}; only that file is counted", record.id, first.path);
                    faults.push(Fault::new(&record.path, record.line, what));
                }
                None => {
                    kept.insert(record.id.clone(), record);
                }
            }
        }
        for record in kept.values() {
            faults.extend(record.repeat_of.iter().filter_map(|earlier| repeat_fault(record, earlier, &kept)));
            faults.extend(action_faults(record));
        }
        let mut records: Vec<Record> = kept.into_values().filter(|record| record.started.is_some()).collect();
        records.sort_by(|a, b| (a.started, &a.id).cmp(&(b.started, &b.id)));
        faults.sort();
        faults.dedup();
        let by_id = records.iter().enumerate().map(|(at, record)| (record.id.clone(), at)).collect();
        Self { records, faults, by_id }
    }

    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Record> {
        self.by_id.get(id).map(|&at| &self.records[at])
    }
}

fn repeat_fault(record: &Record, earlier: &str, all: &BTreeMap<String, Record>) -> Option<Fault> {
    let fault = |what: String| Some(Fault::new(&record.path, record.line, what));
    if earlier == record.id {
        return fault("repeat_of names the incident itself; not counted as a repeat".to_owned());
    }
    let Some(other) = all.get(earlier) else {
        return fault(format!("repeat_of names {earlier}, which is not in the history; counted as a repeat"));
    };
    if other.started.is_some() && other.started > record.started {
        return fault(format!("repeat_of names {earlier}, which started later; not counted as a repeat"));
    }
    None
}

fn action_faults(record: &Record) -> Vec<Fault> {
    let Some(started) = record.started else { return Vec::new() };
    let day = started.to_zoned(jiff::tz::TimeZone::UTC).date();
    let early = |closed: &jiff::civil::Date| *closed < day;
    record
        .actions
        .iter()
        .filter(|action| action.closed.as_ref().is_some_and(early))
        .map(|action| {
            let what =
                format!("action {} was closed before the incident started; counted as closed", action.id);
            Fault::new(&record.path, action.line, what)
        })
        .collect()
}
