//! The YAML head of a postmortem: known fields typed, everything else kept.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::moment::{Moment, parse_moment};
use crate::domain::Phase;

/// How far a postmortem has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    Draft,
    Review,
    Final,
}

impl Status {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Review => "review",
            Self::Final => "final",
        }
    }

    fn read(text: &str) -> Option<Self> {
        match text.to_lowercase().as_str() {
            "draft" | "in progress" | "wip" => Some(Self::Draft),
            "review" | "in review" | "in-review" => Some(Self::Review),
            "final" | "published" | "complete" | "completed" | "done" | "closed" | "approved" => {
                Some(Self::Final)
            }
            _ => None,
        }
    }
}

/// The head of a postmortem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    pub id: Option<String>,
    pub title: Option<String>,
    pub status: Option<Status>,
    pub severity: Option<String>,
    pub services: Vec<String>,
    pub teams: Vec<String>,
    pub started_at: Option<Timestamp>,
    pub detected_at: Option<Timestamp>,
    pub acknowledged_at: Option<Timestamp>,
    pub mitigated_at: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
    pub published_at: Option<Timestamp>,
    /// The day, where no time is known.
    pub date: Option<Date>,
    /// How it was detected: alert, customer, engineer, support.
    pub detection: Option<String>,
    pub repeat_of: Vec<String>,
    /// Who wrote the draft and from what, in writing order.
    pub generated: Vec<(String, String)>,
    /// Fields that the tool does not interpret, in their order.
    pub extra: Map<String, Value>,
}

/// A field that could not be used, with the reason.
pub(super) type FieldProblem = (String, String);

impl FrontMatter {
    #[must_use]
    pub fn at(&self, phase: Phase) -> Option<Timestamp> {
        match phase {
            Phase::Started => self.started_at,
            Phase::Detected => self.detected_at,
            Phase::Acknowledged => self.acknowledged_at,
            Phase::Mitigated => self.mitigated_at,
            Phase::Resolved => self.resolved_at,
        }
    }

    /// Takes the fields of a YAML mapping; what does not fit is kept in `extra` and reported.
    pub(super) fn from_map(map: Map<String, Value>) -> (Self, Vec<FieldProblem>) {
        let mut front = Self::default();
        let mut problems = Vec::new();
        for (key, value) in map {
            if let Err((value, reason)) = front.take(&key, value) {
                if let Some(reason) = reason {
                    problems.push((key.clone(), reason));
                }
                front.extra.insert(key, value);
            }
        }
        (front, problems)
    }

    /// Sets one field, or hands the value back, with a reason if the key is known but the value is not usable.
    pub(super) fn take(&mut self, key: &str, value: Value) -> Result<(), (Value, Option<String>)> {
        let name = key.trim().to_lowercase().replace([' ', '-'], "_");
        match name.as_str() {
            "id" | "incident_id" | "incident" if self.id.is_none() => set_text(&mut self.id, value),
            "title" | "name" if self.title.is_none() => set_text(&mut self.title, value),
            "severity" | "sev" | "priority" if self.severity.is_none() => set_text(&mut self.severity, value),
            "status" => match scalar(&value).as_deref().and_then(Status::read) {
                Some(status) => {
                    self.status = Some(status);
                    Ok(())
                }
                None => Err((value, None)),
            },
            "services" | "service" | "affected_services" | "components" if self.services.is_empty() => {
                set_list(&mut self.services, value)
            }
            "teams" | "team" | "owning_team" if self.teams.is_empty() => set_list(&mut self.teams, value),
            "repeat_of" if self.repeat_of.is_empty() => set_list(&mut self.repeat_of, value),
            "detection" | "detected_by" | "detection_source" if self.detection.is_none() => {
                set_text(&mut self.detection, value)
            }
            "started_at" | "start" | "started" | "start_time" | "impact_start" | "began" => {
                set_time(&mut self.started_at, &mut self.date, value)
            }
            "detected_at" | "detected" | "detection_time" => {
                set_time(&mut self.detected_at, &mut None, value)
            }
            "acknowledged_at" | "acknowledged" | "acked_at" => {
                set_time(&mut self.acknowledged_at, &mut None, value)
            }
            "mitigated_at" | "mitigated" | "mitigation_time" => {
                set_time(&mut self.mitigated_at, &mut None, value)
            }
            "resolved_at" | "resolved" | "end" | "ended" | "end_time" | "impact_end" | "resolution_time" => {
                set_time(&mut self.resolved_at, &mut None, value)
            }
            "published_at" | "published" => set_time(&mut self.published_at, &mut None, value),
            "date" | "incident_date" | "day" => match scalar(&value).as_deref().and_then(parse_moment) {
                Some(Moment::Day(day)) => {
                    self.date = Some(day);
                    Ok(())
                }
                Some(moment) => {
                    self.started_at = self.started_at.or(moment.instant());
                    Ok(())
                }
                None => {
                    let reason = format!("`{}` is no date; write it as 2025-11-28", display(&value));
                    Err((value, Some(reason)))
                }
            },
            "generated" if self.generated.is_empty() => match value {
                Value::Object(map) => {
                    self.generated = map.into_iter().map(|(key, value)| (key, display(&value))).collect();
                    Ok(())
                }
                other => Err((other, None)),
            },
            _ => Err((value, None)),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

type Taken = Result<(), (Value, Option<String>)>;

fn set_text(field: &mut Option<String>, value: Value) -> Taken {
    match scalar(&value) {
        Some(text) if !text.is_empty() => {
            *field = Some(text);
            Ok(())
        }
        _ => Err((value, None)),
    }
}

fn set_list(field: &mut Vec<String>, value: Value) -> Taken {
    let items = match &value {
        Value::Array(items) => items.iter().filter_map(scalar).collect(),
        other => match scalar(other) {
            Some(text) => text
                .split([',', ';'])
                .map(|item| item.trim().to_owned())
                .filter(|item| !item.is_empty())
                .collect(),
            None => Vec::new(),
        },
    };
    if items.is_empty() {
        return Err((value, None));
    }
    *field = items;
    Ok(())
}

fn set_time(field: &mut Option<Timestamp>, day: &mut Option<Date>, value: Value) -> Taken {
    let text = scalar(&value).unwrap_or_default();
    if matches!(text.trim(), "" | "-" | "–" | "unknown" | "none" | "n/a" | "null" | "ongoing") {
        return Err((value, None));
    }
    match parse_moment(&text) {
        Some(Moment::Exact(at)) => {
            *field = Some(at);
            Ok(())
        }
        Some(moment @ Moment::Local(_)) => {
            *field = moment.instant();
            Ok(())
        }
        Some(Moment::Day(date)) => {
            *day = Some(date);
            Err((value, Some(format!("`{text}` has no time of day; durations leave it out"))))
        }
        None => {
            let reason = format!("`{text}` is no time; write it as 2025-11-28T09:22:00Z");
            Err((value, Some(reason)))
        }
    }
}

/// Text of a scalar; `None` for lists and maps.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn display(value: &Value) -> String {
    scalar(value).unwrap_or_else(|| value.to_string())
}
