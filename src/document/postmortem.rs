//! A postmortem in memory, and the questions every wing asks of it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{FrontMatter, Section, SectionKind};
use crate::domain::PastIncident;

/// Front matter, title, what stands before the first section, and the sections in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Postmortem {
    pub front: FrontMatter,
    pub title: String,
    pub preamble: String,
    pub sections: Vec<Section>,
}

impl Postmortem {
    /// The first section of a kind.
    #[must_use]
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind == Some(kind))
    }

    /// Body of the first section of a kind with the subsections below it.
    #[must_use]
    pub fn section_text(&self, kind: SectionKind) -> Option<String> {
        let first = self.sections.iter().position(|section| section.kind == Some(kind))?;
        let level = self.sections[first].level;
        let mut text = self.sections[first].body.clone();
        for section in self.sections[first + 1..].iter().take_while(|section| section.level > level) {
            text.push_str("\n\n");
            text.push_str(&section.body);
        }
        Some(text)
    }

    #[must_use]
    pub fn id(&self) -> &str {
        self.front.id.as_deref().unwrap_or_default()
    }

    /// Start of the incident, or of its day when only that is known.
    #[must_use]
    pub fn date(&self) -> Option<Timestamp> {
        let day = || {
            self.front.date.and_then(|day| day.to_zoned(TimeZone::UTC).ok()).map(|zoned| zoned.timestamp())
        };
        self.front.started_at.or(self.front.detected_at).or_else(day)
    }

    /// The whole text after the front matter.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.preamble.clone();
        for section in &self.sections {
            text.push_str("\n\n");
            text.push_str(&section.heading);
            text.push_str("\n\n");
            text.push_str(&section.body);
        }
        text
    }

    /// What matching sees of it; `path` and `order` are the caller's.
    #[must_use]
    pub fn past_incident(&self) -> PastIncident {
        PastIncident {
            id: self.id().to_owned(),
            title: self.title.clone(),
            text: self.text(),
            date: self.date(),
            services: self.front.services.clone(),
            severity: self.front.severity.clone(),
            actions: super::action_items(self),
            repeat_of: self.front.repeat_of.first().cloned(),
            path: String::new(),
            order: 0,
        }
    }
}
