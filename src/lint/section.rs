//! Sets of the parts of a postmortem, as rules name where they look.

pub use crate::document::SectionKind;

/// A set of section kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sections(u32);

impl Sections {
    pub const ALL: Self = Self(u32::MAX);
    /// Where causes are told.
    pub const CAUSES: Self = Self::of(&[SectionKind::RootCause, SectionKind::ContributingFactors]);
    pub const TIMELINE: Self = Self::of(&[SectionKind::Timeline]);
    pub const ACTIONS: Self = Self::of(&[SectionKind::Actions]);
    /// Where plans are made: a wish in a lesson is as vague as one among the actions.
    pub const PLANS: Self = Self::of(&[SectionKind::Actions, SectionKind::Lessons, SectionKind::Improve]);
    /// Prose that judges what happened: causes, summary, lessons.
    pub const ACCOUNT: Self = Self::of(&[
        SectionKind::RootCause,
        SectionKind::ContributingFactors,
        SectionKind::ExecutiveSummary,
        SectionKind::Lessons,
        SectionKind::Improve,
        SectionKind::RecoveryAssessment,
        SectionKind::Unverified,
    ])
    .and(Self::UNTOLD);
    /// Under a heading that tells no part, or under none.
    pub const UNTOLD: Self = Self(1 << 31);

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
    pub const fn has(self, kind: Option<SectionKind>) -> bool {
        match kind {
            Some(kind) => self.0 & (1 << kind as u32) != 0,
            None => self.0 & Self::UNTOLD.0 != 0,
        }
    }
}
