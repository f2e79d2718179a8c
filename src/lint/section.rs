//! What part of a postmortem a heading opens, by synonyms.

/// Part of a postmortem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionKind {
    Summary,
    Impact,
    Timeline,
    Cause,
    Factors,
    Actions,
    Lessons,
    Improve,
    Well,
    Recovery,
    Metadata,
    Similar,
    Questions,
    Unverified,
    Evidence,
    Other,
}

/// A set of section kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sections(u32);

impl Sections {
    pub const ALL: Self = Self(u32::MAX);
    /// Where causes are told.
    pub const CAUSES: Self = Self::of(&[SectionKind::Cause, SectionKind::Factors]);
    pub const TIMELINE: Self = Self::of(&[SectionKind::Timeline]);
    pub const ACTIONS: Self = Self::of(&[SectionKind::Actions]);
    /// Where plans are made: a wish in a lesson is as vague as one among the actions.
    pub const PLANS: Self = Self::of(&[SectionKind::Actions, SectionKind::Lessons, SectionKind::Improve]);
    /// Prose that judges what happened: causes, summary, lessons.
    pub const ACCOUNT: Self = Self::of(&[
        SectionKind::Cause,
        SectionKind::Factors,
        SectionKind::Summary,
        SectionKind::Lessons,
        SectionKind::Improve,
        SectionKind::Recovery,
        SectionKind::Unverified,
        SectionKind::Other,
    ]);

    #[must_use]
    pub const fn of(kinds: &[SectionKind]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < kinds.len() {
            bits |= 1 << kinds[i] as u32;
            i += 1;
        }
        Self(bits)
    }

    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    #[must_use]
    pub const fn has(self, kind: SectionKind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }
}

/// Phrases of headings, the first that occurs wins.
const SYNONYMS: &[(&str, SectionKind)] = &[
    ("went well", SectionKind::Well),
    ("what worked", SectionKind::Well),
    ("lucky", SectionKind::Well),
    ("luck", SectionKind::Well),
    ("similar incident", SectionKind::Similar),
    ("related incident", SectionKind::Similar),
    ("open question", SectionKind::Questions),
    ("unverified", SectionKind::Unverified),
    ("evidence", SectionKind::Evidence),
    ("action", SectionKind::Actions),
    ("follow-up", SectionKind::Actions),
    ("follow up", SectionKind::Actions),
    ("followup", SectionKind::Actions),
    ("next step", SectionKind::Actions),
    ("remediation", SectionKind::Actions),
    ("corrective", SectionKind::Actions),
    ("preventi", SectionKind::Actions),
    ("to do", SectionKind::Actions),
    ("todo", SectionKind::Actions),
    ("measures", SectionKind::Actions),
    ("could be improved", SectionKind::Improve),
    ("could have gone", SectionKind::Improve),
    ("went wrong", SectionKind::Improve),
    ("went badly", SectionKind::Improve),
    ("not go well", SectionKind::Improve),
    ("went poorly", SectionKind::Improve),
    ("didn't go", SectionKind::Improve),
    ("to improve", SectionKind::Improve),
    ("improvement", SectionKind::Improve),
    ("improve", SectionKind::Improve),
    ("lesson", SectionKind::Lessons),
    ("learn", SectionKind::Lessons),
    ("takeaway", SectionKind::Lessons),
    ("retrospective", SectionKind::Lessons),
    ("timeline", SectionKind::Timeline),
    ("chronolog", SectionKind::Timeline),
    ("sequence of events", SectionKind::Timeline),
    ("contributing", SectionKind::Factors),
    ("factors", SectionKind::Factors),
    ("cause", SectionKind::Cause),
    ("whys", SectionKind::Cause),
    ("why it happened", SectionKind::Cause),
    ("why did", SectionKind::Cause),
    ("trigger", SectionKind::Cause),
    ("analysis", SectionKind::Cause),
    ("fault", SectionKind::Cause),
    ("impact", SectionKind::Impact),
    ("affected", SectionKind::Impact),
    ("damage", SectionKind::Impact),
    ("recovery", SectionKind::Recovery),
    ("resolution", SectionKind::Recovery),
    ("detection", SectionKind::Recovery),
    ("response", SectionKind::Recovery),
    ("mitigation", SectionKind::Recovery),
    ("participant", SectionKind::Metadata),
    ("attendee", SectionKind::Metadata),
    ("metadata", SectionKind::Metadata),
    ("people", SectionKind::Metadata),
    ("responders", SectionKind::Metadata),
    ("glossary", SectionKind::Metadata),
    ("summary", SectionKind::Summary),
    ("overview", SectionKind::Summary),
    ("what happened", SectionKind::Summary),
    ("tl;dr", SectionKind::Summary),
    ("description", SectionKind::Summary),
    ("abstract", SectionKind::Summary),
    ("problem", SectionKind::Summary),
    ("background", SectionKind::Summary),
];

impl SectionKind {
    /// The kind of a heading's words; [`SectionKind::Other`] when no synonym occurs.
    #[must_use]
    pub fn of_heading(heading: &str) -> Self {
        let lower = heading.to_lowercase();
        SYNONYMS.iter().find(|(phrase, _)| lower.contains(phrase)).map_or(Self::Other, |&(_, kind)| kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_common_templates_are_recognised() {
        for (heading, kind) in [
            ("Root Cause(s)", SectionKind::Cause),
            ("Where we got lucky", SectionKind::Well),
            ("Follow-ups", SectionKind::Actions),
            ("Contributing factors", SectionKind::Factors),
            ("5 whys", SectionKind::Cause),
            ("Customer impact", SectionKind::Impact),
            ("What went badly", SectionKind::Improve),
            ("Chronology (UTC)", SectionKind::Timeline),
            ("Executive summary", SectionKind::Summary),
            ("Thanks", SectionKind::Other),
        ] {
            assert_eq!(SectionKind::of_heading(heading), kind, "{heading}");
        }
    }
}
