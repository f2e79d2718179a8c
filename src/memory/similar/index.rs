//! The inverted index of a history, built in memory.

use std::borrow::Cow;
use std::collections::HashMap;
use std::convert::Infallible;

use rayon::prelude::*;

use super::corpus::{Corpus, DocStats, Posting};
use super::fusion::{cosine_weight, idf};
use super::grams::BUCKETS;
use super::rank::spread;
use super::{Analysed, analyse};
use crate::domain::PastIncident;

/// Incidents analysed at once: enough for all cores, little enough for memory.
const BATCH: usize = 2_048;

/// A history ready for matching: incidents in time order, terms with their postings, statistics.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    pub(super) incidents: Vec<PastIncident>,
    pub(super) docs: Vec<DocStats>,
    pub(super) mean_len: f32,
    /// Ordered; `postings[offsets[i]..offsets[i + 1]]` belong to `terms[i]`.
    pub(super) terms: Vec<String>,
    pub(super) offsets: Vec<usize>,
    pub(super) postings: Vec<Posting>,
    pub(super) gram_df: Vec<u32>,
    pub(super) background: Vec<f32>,
}

/// Incidents whose neighbours are looked up for the background.
const BACKGROUND: usize = 64;

impl Index {
    /// Sorts the incidents by time and indexes them.
    #[must_use]
    pub fn build(incidents: Vec<PastIncident>) -> Self {
        Self::build_with(incidents, analyse)
    }

    /// The same with an analysis that may know some texts already.
    #[must_use]
    pub fn build_with(
        mut incidents: Vec<PastIncident>,
        analyse: impl Fn(&PastIncident) -> Analysed + Sync,
    ) -> Self {
        sort_by_time(&mut incidents);
        let mut builder = Builder::default();
        for batch in incidents.chunks(BATCH) {
            let analysed: Vec<Analysed> = batch.par_iter().map(&analyse).collect();
            for one in &analysed {
                builder.add(one);
            }
        }
        let mut index = builder.finish(incidents);
        index.background = index.spreads();
        index
    }

    /// The incidents in time order.
    #[must_use]
    pub fn incidents(&self) -> &[PastIncident] {
        &self.incidents
    }

    /// Position of an incident in time order.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.incidents.iter().position(|incident| incident.id == id)
    }

    /// The spread of the neighbours of incidents taken evenly over the history.
    fn spreads(&self) -> Vec<f32> {
        let step = (self.docs.len() / BACKGROUND).max(1);
        let sample: Vec<usize> = (0..self.docs.len()).step_by(step).collect();
        let spread_at = |&at: &usize| {
            let Ok(spread) = spread(&analyse(&self.incidents[at]), self, at);
            spread
        };
        sample.par_iter().filter_map(spread_at).collect()
    }

    /// Terms with their postings, ordered by term.
    pub fn terms(&self) -> impl Iterator<Item = (&str, &[Posting])> {
        self.terms
            .iter()
            .zip(self.offsets.windows(2))
            .map(|(term, range)| (term.as_str(), &self.postings[range[0]..range[1]]))
    }
}

/// Orders incidents by date; one without a date stands where its file puts it, after the dated one before it.
pub(super) fn sort_by_time(incidents: &mut [PastIncident]) {
    incidents.sort_by(|a, b| a.order.cmp(&b.order).then_with(|| a.id.cmp(&b.id)));
    let mut last = None;
    let mut keys: HashMap<String, _> = HashMap::with_capacity(incidents.len());
    for incident in incidents.iter() {
        last = incident.date.or(last);
        keys.insert(incident.id.clone(), last);
    }
    incidents.sort_by_key(|incident| keys.get(&incident.id).copied().flatten());
}

impl Corpus for Index {
    type Error = Infallible;

    fn docs(&self) -> &[DocStats] {
        &self.docs
    }

    fn mean_len(&self) -> f32 {
        self.mean_len
    }

    fn postings(&self, term: &str) -> Result<Cow<'_, [Posting]>, Infallible> {
        Ok(match self.terms.binary_search_by(|known| known.as_str().cmp(term)) {
            Ok(at) => Cow::Borrowed(&self.postings[self.offsets[at]..self.offsets[at + 1]]),
            Err(_) => Cow::Borrowed(&[]),
        })
    }

    fn background(&self) -> &[f32] {
        &self.background
    }

    fn gram_df(&self, bucket: u16) -> u32 {
        self.gram_df.get(usize::from(bucket)).copied().unwrap_or_default()
    }

    fn incident(&self, doc: usize) -> Result<Cow<'_, PastIncident>, Infallible> {
        Ok(Cow::Borrowed(&self.incidents[doc]))
    }
}

/// Collects analysed incidents in time order.
#[derive(Default)]
struct Builder {
    vocabulary: HashMap<String, u32>,
    /// Term id with the posting, in the order of arrival.
    entries: Vec<(u32, Posting)>,
    lens: Vec<f32>,
    days: Vec<Option<i32>>,
    gram_df: Vec<u32>,
}

impl Builder {
    fn add(&mut self, analysed: &Analysed) {
        let doc = self.lens.len() as u32;
        let mut len = 0.0;
        for count in &analysed.terms {
            let id = match self.vocabulary.get(&count.term) {
                Some(&id) => id,
                None => {
                    let id = self.vocabulary.len() as u32;
                    self.vocabulary.insert(count.term.clone(), id);
                    id
                }
            };
            len += f32::from(count.tf);
            self.entries.push((id, Posting { doc, tf: count.tf, title: count.title }));
        }
        self.gram_df.resize(BUCKETS, 0);
        for &(bucket, _) in &analysed.grams {
            self.gram_df[usize::from(bucket)] += 1;
        }
        self.lens.push(len);
        self.days.push(analysed.day);
    }

    fn finish(self, incidents: Vec<PastIncident>) -> Index {
        let mut named: Vec<(String, u32)> = self.vocabulary.into_iter().collect();
        named.sort_unstable();
        let mut rank_of = vec![0_usize; named.len()];
        for (rank, &(_, id)) in named.iter().enumerate() {
            rank_of[id as usize] = rank;
        }
        let mut offsets = vec![0_usize; named.len() + 1];
        for &(id, _) in &self.entries {
            offsets[rank_of[id as usize] + 1] += 1;
        }
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let mut next = offsets.clone();
        let mut postings = vec![Posting { doc: 0, tf: 0, title: 0 }; self.entries.len()];
        for (id, posting) in self.entries {
            let slot = &mut next[rank_of[id as usize]];
            postings[*slot] = posting;
            *slot += 1;
        }
        let docs = doc_stats(&self.lens, &self.days, &offsets, &postings);
        let mean_len = self.lens.iter().sum::<f32>() / self.lens.len().max(1) as f32;
        Index {
            incidents,
            docs,
            mean_len,
            terms: named.into_iter().map(|(term, _)| term).collect(),
            offsets,
            postings,
            gram_df: self.gram_df,
            background: Vec::new(),
        }
    }
}

fn doc_stats(lens: &[f32], days: &[Option<i32>], offsets: &[usize], postings: &[Posting]) -> Vec<DocStats> {
    let mut docs: Vec<DocStats> =
        lens.iter().zip(days).map(|(&len, &day)| DocStats { len, day, ..DocStats::default() }).collect();
    for range in offsets.windows(2) {
        let list = &postings[range[0]..range[1]];
        let term_idf = idf(lens.len(), list.len());
        let title_idf = idf(lens.len(), list.iter().filter(|posting| posting.title > 0).count());
        for posting in list {
            let doc = &mut docs[posting.doc as usize];
            doc.norm += cosine_weight(f32::from(posting.tf), term_idf).powi(2);
            if posting.title > 0 {
                doc.title_norm += cosine_weight(f32::from(posting.title), title_idf).powi(2);
            }
        }
    }
    for doc in &mut docs {
        doc.norm = doc.norm.sqrt();
        doc.title_norm = doc.title_norm.sqrt();
    }
    docs
}
