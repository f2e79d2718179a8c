//! The port between matching and whatever keeps the index: memory, a file, a database.

use std::borrow::Cow;

use crate::domain::PastIncident;

/// One incident in the list of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Position of the incident in time order.
    pub doc: u32,
    /// Occurrences in the body plus twice those in the title.
    pub tf: u16,
    /// Occurrences in the title.
    pub title: u8,
}

/// What scoring needs to know of one incident.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DocStats {
    /// Sum of its term counts.
    pub len: f32,
    /// Euclidean length of its (1 + ln tf)·idf vector.
    pub norm: f32,
    /// The same for its title alone.
    pub title_norm: f32,
    /// Day of the incident, counted from 1970-01-01.
    pub day: Option<i32>,
}

/// An indexed history; incidents are numbered in time order.
pub trait Corpus {
    /// What can go wrong when the index is read.
    type Error;

    /// Statistics of all incidents in time order.
    fn docs(&self) -> &[DocStats];

    /// Mean of [`DocStats::len`].
    fn mean_len(&self) -> f32;

    /// The incidents that hold a term, in time order; empty for an unknown term.
    fn postings(&self, term: &str) -> Result<Cow<'_, [Posting]>, Self::Error>;

    /// Spreads of the neighbours of sampled incidents, for [`super::Calibration::from_background`].
    fn background(&self) -> &[f32];

    /// How many incidents hold a gram of that bucket.
    fn gram_df(&self, bucket: u16) -> u32;

    /// The incident itself.
    fn incident(&self, doc: usize) -> Result<Cow<'_, PastIncident>, Self::Error>;
}
