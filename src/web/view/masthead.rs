//! The head of the page: what happened, how bad, how long.

use jiff::Timestamp;
use serde::Serialize;

use crate::app::review::{Evidence, Review};
use crate::document::Postmortem;
use crate::domain::Phase;

/// One milestone with the time since the one before.
#[derive(Debug, Serialize)]
struct PhaseView {
    name: &'static str,
    time: Option<String>,
    after: Option<String>,
}

/// The head.
#[derive(Debug, Serialize)]
pub(in crate::web) struct MastheadView {
    id: String,
    title: String,
    title_html: String,
    file: String,
    status: &'static str,
    severity: Option<String>,
    services: Vec<String>,
    day: Option<String>,
    total: Option<String>,
    phases: Vec<PhaseView>,
    evidence: usize,
    /// Whether the events themselves are there, not only footnotes.
    complete: bool,
}

impl MastheadView {
    pub(super) fn of(
        review: &Review,
        postmortem: &Postmortem,
        title_html: String,
        evidence: &Evidence,
    ) -> Self {
        let front = &postmortem.front;
        let mut last: Option<Timestamp> = None;
        let phases = Phase::ALL.map(|phase| {
            let at = front.at(phase);
            let after = at.zip(last).map(|(at, last)| span(at.as_second() - last.as_second()));
            last = at.or(last);
            PhaseView { name: phase.name(), time: at.map(|at| at.strftime("%H:%M").to_string()), after }
        });
        let total = front.resolved_at.zip(front.started_at);
        Self {
            id: postmortem.id().to_owned(),
            title: postmortem.title.clone(),
            title_html,
            file: review.path().file_name().unwrap_or_default().to_string_lossy().into_owned(),
            status: front.status.map_or("draft", |status| status.name()),
            severity: front.severity.clone(),
            services: front.services.clone(),
            day: postmortem.date().map(|at| at.strftime("%-d %B %Y").to_string()),
            total: total.map(|(end, start)| span(end.as_second() - start.as_second())),
            phases: phases.into(),
            evidence: evidence.items.len(),
            complete: evidence.complete,
        }
    }
}

/// `1 h 20 min`, `45 s`.
fn span(seconds: i64) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds % 3_600 / 60);
    match (hours, minutes) {
        _ if seconds < 0 => format!("−{}", span(-seconds)),
        (0, 0) => format!("{seconds} s"),
        (0, _) => format!("{minutes} min"),
        (_, 0) => format!("{hours} h"),
        _ => format!("{hours} h {minutes} min"),
    }
}
