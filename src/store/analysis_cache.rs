//! `.unblame/cache-analysis-*.bin`: counted terms of documents by their content, so that only new texts are read closely.
//!
//! Derived data in an append-only file. Every entry carries its length and a checksum: what a killed process left half
//! written ends the file for readers and is cut off by the next writer; writers take turns by a lock on the file.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::{Overwrite, write_atomically};
use crate::domain::PastIncident;
use crate::memory::similar::{Analysed, Index, TermCount, analyse, day_of};

/// Changes with anything that analysis counts.
const FILE: &str = "cache-analysis-1.bin";
/// Key, length of the payload, checksum of key and payload.
const HEAD: usize = 16 + 4 + 8;
/// Histories below this size are analysed faster than a file is opened.
const WORTH_CACHING: usize = 300;
/// Entries beyond twice those in use after which the file is written anew.
const SLACK: usize = 1_000;

type Key = [u8; 16];

/// Indexes incidents; those whose text was seen before are not analysed again.
#[must_use]
pub fn build_index(incidents: Vec<PastIncident>, root: &Path) -> Index {
    if incidents.len() < WORTH_CACHING {
        return Index::build(incidents);
    }
    let path = root.join(".unblame").join(FILE);
    let known = Entries::read(&path).unwrap_or_default();
    let fresh: Mutex<Vec<(Key, Vec<u8>)>> = Mutex::default();
    let wanted = incidents.len();
    let index = Index::build_with(incidents, |incident| {
        let key = key_of(incident);
        if let Some(found) = known.get(&key).and_then(unpack) {
            return Analysed { day: day_of(incident), ..found };
        }
        let analysed = analyse(incident);
        fresh.lock().unwrap_or_else(PoisonError::into_inner).push((key, pack(&analysed)));
        analysed
    });
    let mut fresh = fresh.into_inner().unwrap_or_else(PoisonError::into_inner);
    // Threads finish in any order; the file must not depend on it.
    fresh.sort_unstable();
    fresh.dedup();
    if !fresh.is_empty() {
        // A place that cannot be written only costs the next run its time.
        let _ = save(&path, &known, &fresh, wanted);
    }
    index
}

fn key_of(incident: &PastIncident) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(incident.title.as_bytes()).update(b"\0").update(incident.text.as_bytes());
    let mut key = [0; 16];
    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    key
}

/// The whole file in memory with the places of its entries.
#[derive(Default)]
struct Entries {
    bytes: Vec<u8>,
    places: HashMap<Key, Range<usize>>,
    /// Up to here the file is whole.
    end: usize,
}

impl Entries {
    fn read(path: &Path) -> io::Result<Self> {
        let mut entries = Self { bytes: std::fs::read(path)?, ..Self::default() };
        while let Some((key, payload)) = entry_at(&entries.bytes, entries.end) {
            entries.end = payload.end;
            entries.places.insert(key, payload);
        }
        Ok(entries)
    }

    fn get(&self, key: &Key) -> Option<&[u8]> {
        self.bytes.get(self.places.get(key)?.clone())
    }
}

/// Key and payload of the entry that begins at `start`; `None` at the end and for half an entry.
fn entry_at(bytes: &[u8], start: usize) -> Option<(Key, Range<usize>)> {
    let head = bytes.get(start..start.checked_add(HEAD)?)?;
    let key: Key = head[..16].try_into().ok()?;
    let length = u32::from_le_bytes(head[16..20].try_into().ok()?) as usize;
    let payload = start + HEAD..start.checked_add(HEAD)?.checked_add(length)?;
    (checksum(&key, bytes.get(payload.clone())?) == head[20..28]).then_some((key, payload))
}

fn checksum(key: &Key, payload: &[u8]) -> [u8; 8] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(key).update(payload);
    let mut first = [0; 8];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    first
}

fn written(key: &Key, payload: &[u8], out: &mut Vec<u8>) {
    out.extend(key);
    out.extend((payload.len() as u32).to_le_bytes());
    out.extend(checksum(key, payload));
    out.extend(payload);
}

/// Adds the fresh entries, or writes the file anew when most of it is no longer used.
fn save(path: &Path, known: &Entries, fresh: &[(Key, Vec<u8>)], wanted: usize) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut added = Vec::new();
    if known.places.len() + fresh.len() > 2 * wanted + SLACK {
        fresh.iter().for_each(|(key, payload)| written(key, payload, &mut added));
        return write_atomically(path, &added, Overwrite::Yes).map_err(io::Error::other);
    }
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    file.lock()?;
    let end = whole_until(&mut file, known.end as u64)?;
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    fresh.iter().for_each(|(key, payload)| written(key, payload, &mut added));
    file.write_all(&added)?;
    file.sync_data()
}

/// The end of the last whole entry, looking on from where the file was whole when it was read.
fn whole_until(file: &mut File, from: u64) -> io::Result<u64> {
    let from = from.min(file.metadata()?.len());
    let mut rest = Vec::new();
    file.seek(SeekFrom::Start(from))?;
    file.read_to_end(&mut rest)?;
    let mut end = 0;
    while let Some((_, payload)) = entry_at(&rest, end) {
        end = payload.end;
    }
    Ok(from + end as u64)
}

fn pack(analysed: &Analysed) -> Vec<u8> {
    let mut out = Vec::with_capacity(analysed.terms.len() * 12 + analysed.grams.len() * 4 + 8);
    out.extend((analysed.terms.len() as u32).to_le_bytes());
    for count in &analysed.terms {
        out.extend((count.term.len() as u32).to_le_bytes());
        out.extend(count.term.as_bytes());
        out.extend(count.tf.to_le_bytes());
        out.push(count.title);
    }
    for (bucket, count) in &analysed.grams {
        out.extend(bucket.to_le_bytes());
        out.extend(count.to_le_bytes());
    }
    out
}

fn unpack(mut bytes: &[u8]) -> Option<Analysed> {
    let mut take = |count: usize| -> Option<&[u8]> {
        let (head, rest) = bytes.split_at_checked(count)?;
        bytes = rest;
        Some(head)
    };
    let number = |bytes: &[u8]| bytes.try_into().ok().map(u32::from_le_bytes);
    let short = |bytes: &[u8]| bytes.try_into().ok().map(u16::from_le_bytes);
    let count = number(take(4)?)? as usize;
    let mut terms = Vec::with_capacity(count.min(100_000));
    for _ in 0..count {
        let length = number(take(4)?)? as usize;
        let term = std::str::from_utf8(take(length)?).ok()?.to_owned();
        terms.push(TermCount { term, tf: short(take(2)?)?, title: take(1)?[0] });
    }
    let grams = bytes
        .chunks_exact(4)
        .map(|pair| Some((short(&pair[..2])?, short(&pair[2..])?)))
        .collect::<Option<Vec<_>>>()?;
    Some(Analysed { terms, grams, day: None })
}

/// Where the cache of a repository is.
#[must_use]
pub fn analysis_cache_file(root: &Path) -> PathBuf {
    root.join(".unblame").join(FILE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(word: &str) -> Vec<PastIncident> {
        let one = |n: usize| PastIncident {
            id: format!("I-{n:03}"),
            title: format!("{word} {} failed", n % 17),
            text: format!("The {word} of cell {} failed with code {}.", n % 23, n),
            date: jiff::Timestamp::from_second(1_700_000_000 + n as i64 * 86_400).ok(),
            ..PastIncident::default()
        };
        (0..400).map(one).collect()
    }

    #[test]
    fn a_cached_index_is_the_built_one_wherever_the_file_was_cut() {
        let root = tempfile::tempdir().unwrap();
        let path = analysis_cache_file(root.path());
        let built = Index::build(history("pump"));
        assert_eq!(build_index(history("pump"), root.path()), built);
        let whole = std::fs::read(&path).unwrap();
        for cut in [0, 1, HEAD - 1, HEAD, HEAD + 3, whole.len() / 3, whole.len() - 1] {
            std::fs::write(&path, &whole[..cut]).unwrap();
            assert_eq!(build_index(history("pump"), root.path()), built);
            assert_eq!(Entries::read(&path).unwrap().places.len(), 400, "cut at {cut}");
        }
        let mut broken = whole.clone();
        broken[HEAD + 5] ^= 1;
        std::fs::write(&path, &broken).unwrap();
        assert_eq!(build_index(history("pump"), root.path()), built);
    }

    #[test]
    fn only_new_texts_are_added_and_old_ones_go_in_the_end() {
        let root = tempfile::tempdir().unwrap();
        let _ = build_index(history("pump"), root.path());
        let before = std::fs::read(analysis_cache_file(root.path())).unwrap();
        let mut changed = history("pump");
        changed[7].text.push_str(" It was the valve.");
        assert_eq!(build_index(changed.clone(), root.path()), Index::build(changed));
        let after = std::fs::read(analysis_cache_file(root.path())).unwrap();
        assert!(after.starts_with(&before) && after.len() < before.len() + 2_000);
        for word in ["fan", "belt", "valve", "relay", "motor"] {
            let _ = build_index(history(word), root.path());
        }
        assert!(Entries::read(&analysis_cache_file(root.path())).unwrap().places.len() <= 2 * 400 + SLACK);
    }
}
