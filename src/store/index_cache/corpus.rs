//! The cached index as a corpus: statistics in memory, postings and incidents read when asked for.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::format::{DOC, ENTRY, HEADER, MAGIC, Meta, NO_DAY, POSTING, SECTIONS, Section, term_hash};
use crate::domain::PastIncident;
use crate::memory::similar::{Corpus, DocStats, Posting};
use crate::store::Error;

/// An index on disk.
#[derive(Debug)]
pub struct CachedIndex {
    path: PathBuf,
    file: Mutex<File>,
    ends: [u64; SECTIONS],
    meta: Meta,
    docs: Vec<DocStats>,
    gram_df: Vec<u8>,
}

impl CachedIndex {
    /// Opens a cache; `None` when it is not there, of another version or damaged.
    pub(super) fn open(path: &Path) -> Option<Self> {
        let mut file = File::open(path).ok()?;
        let length = file.metadata().ok()?.len();
        let mut header = [0; HEADER];
        file.read_exact(&mut header).ok()?;
        let mut ends = [0; SECTIONS];
        for (at, end) in ends.iter_mut().enumerate() {
            *end = number(&header, MAGIC.len() + at * 8)?;
        }
        let ordered = ends.windows(2).all(|pair| pair[0] <= pair[1]) && ends[0] >= HEADER as u64;
        if !header.starts_with(MAGIC) || !ordered || ends[SECTIONS - 1] != length {
            return None;
        }
        let mut opened = Self {
            path: path.to_owned(),
            file: Mutex::new(file),
            ends,
            meta: Meta::default(),
            docs: Vec::new(),
            gram_df: Vec::new(),
        };
        opened.meta = serde_json::from_slice(&opened.whole(Section::Meta).ok()?).ok()?;
        opened.docs =
            opened.whole(Section::Docs).ok()?.chunks_exact(DOC).map(doc_stats).collect::<Option<_>>()?;
        opened.gram_df = opened.whole(Section::GramDf).ok()?;
        (opened.docs.len() == opened.meta.ids.len()).then_some(opened)
    }

    pub(super) fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Position of an incident in time order.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.meta.ids.iter().position(|known| known == id)
    }

    /// Repeats that documents name: id and the earlier id.
    #[must_use]
    pub fn named_repeats(&self) -> &[(String, String)] {
        &self.meta.named
    }

    fn range(&self, section: Section) -> Range<u64> {
        let at = section as usize;
        let start = if at == 0 { HEADER as u64 } else { self.ends[at - 1] };
        start..self.ends[at]
    }

    fn whole(&self, section: Section) -> io::Result<Vec<u8>> {
        let range = self.range(section);
        self.read(section, 0, range.end - range.start)
    }

    /// `length` bytes of a section from `offset`; an error where the section is shorter.
    fn read(&self, section: Section, offset: u64, length: u64) -> io::Result<Vec<u8>> {
        let range = self.range(section);
        let start = range.start.checked_add(offset).filter(|start| *start <= range.end);
        let Some(start) = start.filter(|start| length <= range.end - start) else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        let mut bytes =
            vec![0; usize::try_from(length).map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// First posting and number of postings of a term, by binary search on the disk.
    fn entry(&self, term: &str) -> io::Result<Option<(u64, u64)>> {
        let wanted = term_hash(term);
        let range = self.range(Section::Dictionary);
        let (mut low, mut high) = (0, (range.end - range.start) / ENTRY as u64);
        while low < high {
            let middle = low + (high - low) / 2;
            let bytes = self.read(Section::Dictionary, middle * ENTRY as u64, ENTRY as u64)?;
            let field = |at| number(&bytes, at).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData));
            match field(0)?.cmp(&wanted) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Ok(Some((field(8)?, field(16)?))),
            }
        }
        Ok(None)
    }

    fn postings_of(&self, term: &str) -> io::Result<Vec<Posting>> {
        let Some((first, count)) = self.entry(term)? else { return Ok(Vec::new()) };
        let offset = first.saturating_mul(POSTING as u64);
        let bytes = self.read(Section::Postings, offset, count.saturating_mul(POSTING as u64))?;
        let inside = |posting: &Posting| (posting.doc as usize) < self.docs.len();
        Ok(bytes.chunks_exact(POSTING).filter_map(posting).filter(inside).collect())
    }

    fn incident_at(&self, doc: usize) -> io::Result<PastIncident> {
        let invalid = || io::Error::from(io::ErrorKind::InvalidData);
        let start = match doc.checked_sub(1) {
            Some(before) => {
                number(&self.read(Section::IncidentEnds, before as u64 * 8, 8)?, 0).ok_or_else(invalid)?
            }
            None => 0,
        };
        let end = number(&self.read(Section::IncidentEnds, doc as u64 * 8, 8)?, 0).ok_or_else(invalid)?;
        let bytes = self.read(Section::Incidents, start, end.checked_sub(start).ok_or_else(invalid)?)?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}

impl Corpus for CachedIndex {
    type Error = Error;

    fn docs(&self) -> &[DocStats] {
        &self.docs
    }

    fn mean_len(&self) -> f32 {
        self.meta.mean_len
    }

    fn postings(&self, term: &str) -> Result<Cow<'_, [Posting]>, Error> {
        self.postings_of(term).map(Cow::Owned).map_err(|error| Error::io(&self.path, error))
    }

    fn background(&self) -> &[f32] {
        &self.meta.background
    }

    fn gram_df(&self, bucket: u16) -> u32 {
        let at = usize::from(bucket) * 4;
        self.gram_df.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes)
    }

    fn incident(&self, doc: usize) -> Result<Cow<'_, PastIncident>, Error> {
        self.incident_at(doc).map(Cow::Owned).map_err(|error| Error::io(&self.path, error))
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes)
}

fn doc_stats(bytes: &[u8]) -> Option<DocStats> {
    let field = |at: usize| -> Option<[u8; 4]> { bytes.get(at..at + 4)?.try_into().ok() };
    let day = i32::from_le_bytes(field(12)?);
    Some(DocStats {
        len: f32::from_le_bytes(field(0)?),
        norm: f32::from_le_bytes(field(4)?),
        title_norm: f32::from_le_bytes(field(8)?),
        day: (day != NO_DAY).then_some(day),
    })
}

fn posting(bytes: &[u8]) -> Option<Posting> {
    let doc = u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?);
    let tf = u16::from_le_bytes(bytes.get(4..6)?.try_into().ok()?);
    Some(Posting { doc, tf, title: *bytes.get(6)? })
}
