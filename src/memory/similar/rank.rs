//! Ranks a history for one incident.

use super::analyse::{Analysed, analyse};
use super::corpus::Corpus;
use super::fusion::{Parts, bm25, cosine_weight, idf};
use super::grams::{GramCounts, grams};
use super::strangers::Strangers;
use crate::domain::PastIncident;

/// Candidates that the character grams and embeddings re-rank.
const RERANKED: usize = 50;

/// Which incidents of a history may be found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope {
    /// Only incidents at positions below this one.
    pub before: Option<usize>,
    /// The query itself, when it is part of the history.
    pub except: Option<usize>,
}

/// One incident of the history with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Position in time order.
    pub doc: usize,
    pub score: f32,
    pub parts: Parts,
    /// How far its cosines stand above those of the query's usual neighbours; below zero for one of them.
    pub standout: f32,
}

/// The `top` incidents most like `query`, best first, ties to the later one; only those that share a term.
pub fn rank<C: Corpus>(
    query: &Analysed,
    corpus: &C,
    scope: Scope,
    top: usize,
) -> Result<Vec<Candidate>, C::Error> {
    Ok(ranked(query, corpus, scope, top, None)?.0)
}

/// Compares by meaning what words have found: the embeddings of an endpoint.
pub trait Meaning {
    /// The likeness of `query` to each candidate, `None` when the endpoint cannot be used.
    fn likeness(&self, query: &PastIncident, candidates: &[PastIncident]) -> Option<Vec<f32>>;
}

/// [`rank`] with the best candidates compared by meaning too.
pub fn rank_by_meaning<C: Corpus>(
    query: &PastIncident,
    corpus: &C,
    scope: Scope,
    top: usize,
    meaning: Option<&dyn Meaning>,
) -> Result<Vec<Candidate>, C::Error> {
    let compare = meaning.map(|meaning| Compared { meaning, query });
    Ok(ranked(&analyse(query), corpus, scope, top, compare)?.0)
}

/// A query and what compares it.
struct Compared<'a> {
    meaning: &'a dyn Meaning,
    query: &'a PastIncident,
}

fn ranked<C: Corpus>(
    query: &Analysed,
    corpus: &C,
    scope: Scope,
    top: usize,
    compared: Option<Compared<'_>>,
) -> Result<(Vec<Candidate>, Strangers), C::Error> {
    let limit = scope.before.unwrap_or(usize::MAX).min(corpus.docs().len());
    let parts = lexical_parts(query, corpus, scope, limit)?;
    let maxima = parts.iter().fold(Parts::default(), |max, &one| max.max(one));
    let day = query.day;
    let days_to = |doc: usize| {
        // Without dates the order stands in for time, one position a day.
        match (day, corpus.docs()[doc].day) {
            (Some(a), Some(b)) => Some((a - b).unsigned_abs() as f32),
            _ => scope.before.or(scope.except).map(|at| at.abs_diff(doc) as f32),
        }
    };
    let mut found: Vec<Candidate> = parts
        .iter()
        .enumerate()
        .filter(|(_, parts)| parts.bm25 > 0.0)
        .map(|(doc, &parts)| Candidate { doc, score: parts.fuse(maxima, days_to(doc)), parts, standout: 0.0 })
        .collect();
    keep_best(&mut found, RERANKED.max(top.saturating_mul(2)));
    let query_grams = GramVector::new(&query.grams, corpus);
    for candidate in &mut found {
        let incident = corpus.incident(candidate.doc)?;
        candidate.parts.grams = query_grams.cosine(&GramVector::new(&grams(&incident), corpus));
    }
    if let Some(Compared { meaning, query }) = compared {
        let best = found.len().min(RERANKED);
        let best = &mut found[..best];
        let incidents: Vec<PastIncident> = best
            .iter()
            .map(|candidate| Ok(corpus.incident(candidate.doc)?.into_owned()))
            .collect::<Result<_, C::Error>>()?;
        for (candidate, likeness) in
            best.iter_mut().zip(meaning.likeness(query, &incidents).unwrap_or_default())
        {
            candidate.parts.meaning = likeness.max(0.0);
        }
    }
    let strangers = Strangers::of(&parts, &found, corpus.background());
    let maxima = found.iter().fold(maxima, |max, one| max.max(one.parts));
    for candidate in &mut found {
        candidate.score = candidate.parts.fuse(maxima, days_to(candidate.doc));
        candidate.standout = strangers.standout(candidate.parts);
    }
    keep_best(&mut found, top);
    Ok((found, strangers))
}

/// How far the incident at `other` stands out for `query`; `None` where it is out of scope or shares no term.
pub fn standout<C: Corpus>(
    query: &Analysed,
    corpus: &C,
    scope: Scope,
    other: usize,
) -> Result<Option<f32>, C::Error> {
    let found = rank(query, corpus, scope, RERANKED)?;
    Ok(found.iter().find(|candidate| candidate.doc == other).map(|candidate| candidate.standout))
}

/// The spread of the neighbours of the incident at `own`, for [`super::Calibration::from_background`].
pub(super) fn spread<C: Corpus>(query: &Analysed, corpus: &C, own: usize) -> Result<Option<f32>, C::Error> {
    let scope = Scope { before: None, except: Some(own) };
    Ok(ranked(query, corpus, scope, RERANKED, None)?.1.spread())
}

/// BM25, cosine and title cosine of all incidents in scope, zero elsewhere.
fn lexical_parts<C: Corpus>(
    query: &Analysed,
    corpus: &C,
    scope: Scope,
    limit: usize,
) -> Result<Vec<Parts>, C::Error> {
    let docs = corpus.docs();
    let mean_len = corpus.mean_len();
    let mut parts = vec![Parts::default(); limit];
    let mut norm = 0.0_f32;
    let mut title_norm = 0.0_f32;
    for count in &query.terms {
        let postings = corpus.postings(&count.term)?;
        let term_idf = idf(docs.len(), postings.len());
        let tf = f32::from(count.tf);
        let weight = cosine_weight(tf, term_idf);
        norm += weight * weight;
        let mut title_weight = 0.0;
        let mut title_idf = 0.0;
        if count.title > 0 {
            title_idf = idf(docs.len(), postings.iter().filter(|posting| posting.title > 0).count());
            title_weight = cosine_weight(f32::from(count.title), title_idf);
            title_norm += title_weight * title_weight;
        }
        for posting in postings.iter().take_while(|posting| (posting.doc as usize) < limit) {
            let doc = posting.doc as usize;
            let found = f32::from(posting.tf);
            parts[doc].bm25 += bm25(tf, found, term_idf, docs[doc].len, mean_len);
            parts[doc].cosine += weight * cosine_weight(found, term_idf);
            if title_weight > 0.0 && posting.title > 0 {
                parts[doc].title += title_weight * cosine_weight(f32::from(posting.title), title_idf);
            }
        }
    }
    let (norm, title_norm) = (norm.sqrt(), title_norm.sqrt());
    let ratio = |dot: f32, norms: f32| if norms > 0.0 { dot / norms } else { 0.0 };
    for (part, doc) in parts.iter_mut().zip(docs) {
        part.cosine = ratio(part.cosine, norm * doc.norm);
        part.title = ratio(part.title, title_norm * doc.title_norm);
    }
    if let Some(part) = scope.except.and_then(|at| parts.get_mut(at)) {
        *part = Parts::default();
    }
    Ok(parts)
}

fn keep_best(found: &mut Vec<Candidate>, count: usize) {
    let better = |a: &Candidate, b: &Candidate| b.score.total_cmp(&a.score).then(b.doc.cmp(&a.doc));
    if found.len() > count && count > 0 {
        found.select_nth_unstable_by(count - 1, better);
    }
    found.truncate(count);
    found.sort_unstable_by(better);
}

/// A weighted gram vector of length one.
struct GramVector(Vec<(u16, f32)>);

impl GramVector {
    fn new<C: Corpus>(counts: &GramCounts, corpus: &C) -> Self {
        let documents = corpus.docs().len();
        let mut weights: Vec<(u16, f32)> = counts
            .iter()
            .map(|&(bucket, count)| {
                let df = corpus.gram_df(bucket) as usize;
                (bucket, cosine_weight(f32::from(count), idf(documents, df.min(documents))))
            })
            .collect();
        let norm = weights.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if norm > 0.0 {
            weights.iter_mut().for_each(|(_, weight)| *weight /= norm);
        }
        Self(weights)
    }

    /// Both are ordered by bucket.
    fn cosine(&self, other: &Self) -> f32 {
        let mut right = other.0.iter().peekable();
        let mut dot = 0.0;
        for &(bucket, weight) in &self.0 {
            while right.next_if(|(at, _)| *at < bucket).is_some() {}
            if let Some((_, other)) = right.next_if(|(at, _)| *at == bucket) {
                dot += weight * other;
            }
        }
        dot
    }
}
