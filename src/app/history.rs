//! Looks a history over: what it holds and what in it cannot be used.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::Serialize;

use super::{Error, memory};
use crate::config::Settings;
use crate::domain::{PastIncident, Warning};

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
    Ok(HistoryReport {
        incidents: history.incidents.len(),
        dated: count(|incident| incident.date.is_some()),
        with_services: count(|incident| !incident.services.is_empty()),
        with_actions: count(|incident| !incident.actions.is_empty()),
        first: dates().min(),
        last: dates().max(),
        warnings: history.warnings.clone(),
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
