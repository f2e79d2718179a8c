//! What stands between the document and its next stage.

use serde::Serialize;

use crate::app::Error;
use crate::app::review::{Part, Review, Version};
use crate::desk::readiness::{Obstacle, Stage};
use crate::document::{Postmortem, Status};
use crate::text::LineIndex;

/// One obstacle with the part that it stands in.
#[derive(Debug, Serialize)]
struct ObstacleView {
    key: String,
    message: String,
    help: String,
    line: usize,
}

/// Obstacles of one check.
#[derive(Debug, Serialize)]
struct CheckView {
    id: &'static str,
    title: String,
    obstacles: Vec<ObstacleView>,
}

/// The panel.
#[derive(Debug, Serialize)]
pub(in crate::web) struct ReadinessView {
    /// `review`, `final`, or nothing when there is no next stage.
    stage: Option<&'static str>,
    checks: Vec<CheckView>,
    count: usize,
    /// What does not stand in the way yet.
    reminders: Vec<ObstacleView>,
}

impl ReadinessView {
    pub(super) fn of(
        review: &Review,
        version: &Version,
        postmortem: &Postmortem,
        parts: &[Part],
    ) -> Result<Self, Error> {
        let stage = match postmortem.front.status {
            None | Some(Status::Draft) => Stage::Review,
            Some(Status::Review) => Stage::Final,
            Some(Status::Final) => {
                return Ok(Self { stage: None, checks: Vec::new(), count: 0, reminders: Vec::new() });
            }
        };
        let (obstacles, reminders) = review.readiness(version, stage)?;
        let count = obstacles.len();
        let lines = LineIndex::new(&version.text);
        let mut checks: Vec<CheckView> = Vec::new();
        for obstacle in obstacles {
            let id = obstacle.check;
            let view = view(obstacle, &lines, parts);
            match checks.iter_mut().find(|check| check.id == id) {
                Some(check) => check.obstacles.push(view),
                None => checks.push(CheckView { id, title: id.replace('-', " "), obstacles: vec![view] }),
            }
        }
        let reminders = reminders.into_iter().map(|one| view(one, &lines, parts)).collect();
        Ok(Self { stage: Some(stage.name()), checks, count, reminders })
    }
}

fn view(obstacle: Obstacle, lines: &LineIndex, parts: &[Part]) -> ObstacleView {
    let at = lines.start_of(obstacle.line);
    let part = parts.iter().rev().find(|part| part.span.start <= at);
    ObstacleView {
        key: part.map(|part| part.key.clone()).unwrap_or_default(),
        message: obstacle.message,
        help: obstacle.help,
        line: obstacle.line,
    }
}
