//! The bytes of a cached index: a header of section ends, then the sections, all numbers little-endian.

use serde::{Deserialize, Serialize};

use super::sources::Sources;
use crate::domain::Warning;
use crate::memory::similar::{Corpus, Index, Posting};

/// First bytes of the file; the number changes with anything that scoring or analysis counts.
pub(super) const MAGIC: &[u8; 8] = b"UNBLIX03";
/// Bytes of one document's statistics, one entry of the dictionary, one posting.
pub(super) const DOC: usize = 16;
pub(super) const ENTRY: usize = 24;
pub(super) const POSTING: usize = 8;
/// Stands for a missing day.
pub(super) const NO_DAY: i32 = i32::MIN;

/// The sections in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Meta,
    Docs,
    GramDf,
    Dictionary,
    Postings,
    IncidentEnds,
    Incidents,
}

/// Number of sections.
pub(super) const SECTIONS: usize = 7;
/// Bytes before the first section.
pub(super) const HEADER: usize = MAGIC.len() + SECTIONS * 8;

/// Everything small.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Meta {
    pub(super) sources: Sources,
    pub(super) warnings: Vec<Warning>,
    pub(super) ids: Vec<String>,
    /// Repeats that documents name: id and the earlier id.
    pub(super) named: Vec<(String, String)>,
    pub(super) mean_len: f32,
    pub(super) background: Vec<f32>,
}

/// The whole file.
pub(super) fn written(index: &Index, sources: &Sources, warnings: &[Warning]) -> Vec<u8> {
    let incidents = index.incidents();
    let named = incidents.iter().filter_map(|one| Some((one.id.clone(), one.repeat_of.clone()?))).collect();
    let meta = Meta {
        sources: sources.clone(),
        warnings: warnings.to_vec(),
        ids: incidents.iter().map(|incident| incident.id.clone()).collect(),
        named,
        mean_len: index.mean_len(),
        background: index.background().to_vec(),
    };
    let mut bytes = MAGIC.to_vec();
    bytes.resize(HEADER, 0);
    let mut sections = 0;
    let mut end = |bytes: &mut Vec<u8>| {
        let at = MAGIC.len() + sections * 8;
        let length = bytes.len() as u64;
        bytes[at..at + 8].copy_from_slice(&length.to_le_bytes());
        sections += 1;
    };
    bytes.extend(serde_json::to_vec(&meta).unwrap_or_default());
    end(&mut bytes);
    for doc in index.docs() {
        for value in [doc.len, doc.norm, doc.title_norm] {
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend(doc.day.unwrap_or(NO_DAY).to_le_bytes());
    }
    end(&mut bytes);
    for bucket in 0..=u16::MAX {
        bytes.extend(index.gram_df(bucket).to_le_bytes());
    }
    end(&mut bytes);
    write_terms(index, &mut bytes, &mut end);
    write_incidents(index, &mut bytes, &mut end);
    bytes
}

fn write_terms(index: &Index, bytes: &mut Vec<u8>, end: &mut impl FnMut(&mut Vec<u8>)) {
    let mut entries: Vec<(u64, u64, u64)> = Vec::new();
    let mut first = 0;
    for (term, postings) in index.terms() {
        entries.push((term_hash(term), first, postings.len() as u64));
        first += postings.len() as u64;
    }
    entries.sort_unstable();
    for (hash, first, count) in entries {
        for value in [hash, first, count] {
            bytes.extend(value.to_le_bytes());
        }
    }
    end(bytes);
    bytes.reserve(first as usize * POSTING);
    for (_, postings) in index.terms() {
        for Posting { doc, tf, title } in postings {
            bytes.extend(doc.to_le_bytes());
            bytes.extend(tf.to_le_bytes());
            bytes.extend([*title, 0]);
        }
    }
    end(bytes);
}

fn write_incidents(index: &Index, bytes: &mut Vec<u8>, end: &mut impl FnMut(&mut Vec<u8>)) {
    let texts: Vec<Vec<u8>> =
        index.incidents().iter().map(|incident| serde_json::to_vec(incident).unwrap_or_default()).collect();
    let mut total = 0_u64;
    for text in &texts {
        total += text.len() as u64;
        bytes.extend(total.to_le_bytes());
    }
    end(bytes);
    for text in texts {
        bytes.extend(text);
    }
    end(bytes);
}

/// The first eight bytes of BLAKE3: among a million terms two meet with a probability of one in thirty million.
pub(super) fn term_hash(term: &str) -> u64 {
    let hash = blake3::hash(term.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(first)
}
