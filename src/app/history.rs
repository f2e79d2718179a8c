//! Looks a history over: what it holds and what in it cannot be used.

use std::path::PathBuf;

use jiff::Timestamp;
use rayon::prelude::*;
use serde::Serialize;

use super::{Error, memory};
use crate::config::Settings;
use crate::domain::{PastIncident, Warning};
use crate::memory::similar::{Index, Scope, analyse, rank};
use crate::text::fold;

/// What a history holds.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryReport {
    pub incidents: usize,
    /// How many tell when they started, and which services they hit.
    pub dated: usize,
    pub with_services: usize,
    pub with_actions: usize,
    pub first: Option<Timestamp>,
    pub last: Option<Timestamp>,
    pub warnings: Vec<Warning>,
    pub list: Vec<Listed>,
}

/// One incident of the list.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    pub id: String,
    pub date: Option<Timestamp>,
    pub title: String,
    pub path: String,
}

/// Reads the history and counts.
pub fn check_history(given: &[PathBuf], settings: &Settings) -> Result<HistoryReport, Error> {
    let history = memory::load(given, settings)?;
    let count =
        |has: fn(&PastIncident) -> bool| history.incidents.iter().filter(|incident| has(incident)).count();
    let dates = || history.incidents.iter().filter_map(|incident| incident.date);
    let mut warnings = history.warnings.clone();
    warnings.extend(undated(&history.incidents));
    warnings.extend(told_twice(&history.incidents));
    Ok(HistoryReport {
        incidents: history.incidents.len(),
        dated: count(|incident| incident.date.is_some()),
        with_services: count(|incident| !incident.services.is_empty()),
        with_actions: count(|incident| !incident.actions.is_empty()),
        first: dates().min(),
        last: dates().max(),
        warnings,
        list: history
            .incidents
            .iter()
            .map(|incident| Listed {
                id: incident.id.clone(),
                date: incident.date,
                title: incident.title.clone(),
                path: incident.path.clone(),
            })
            .collect(),
    })
}

/// Incidents that no date orders.
fn undated(incidents: &[PastIncident]) -> Vec<Warning> {
    incidents
        .iter()
        .filter(|incident| incident.date.is_none())
        .map(|incident| {
            let message = format!("`{}` has no date; write `started_at` into its front matter", incident.id);
            Warning::new(incident.path.clone(), None, message)
        })
        .collect()
}

/// Pairs of documents that seem to tell one incident: nearly the same words, or the same title, within two days.
fn told_twice(incidents: &[PastIncident]) -> Vec<Warning> {
    /// Cosine of two tellings of one text.
    const SAME_WORDS: f32 = 0.9;
    /// Seconds within which they start.
    const NEAR: i64 = 2 * 86_400;
    let index = Index::build(incidents.to_vec());
    let found: Vec<Option<Warning>> = index
        .incidents()
        .par_iter()
        .enumerate()
        .map(|(at, incident)| {
            let scope = Scope { before: Some(at), except: None };
            let Ok(nearest) = rank(&analyse(incident), &index, scope, 3);
            let twin = nearest.iter().find(|candidate| {
                let other = &index.incidents()[candidate.doc];
                let apart = incident.date.zip(other.date).map(|(a, b)| (a.as_second() - b.as_second()).abs());
                let same_title = fold(&incident.title) == fold(&other.title);
                apart.is_none_or(|apart| apart <= NEAR)
                    && (candidate.parts.cosine >= SAME_WORDS || (same_title && apart.is_some()))
            })?;
            let other = &index.incidents()[twin.doc];
            let message = format!(
                "`{}` seems to tell the same incident as `{}` ({}); keep one of them",
                incident.id, other.id, other.path
            );
            Some(Warning::new(incident.path.clone(), None, message))
        })
        .collect();
    found.into_iter().flatten().collect()
}
