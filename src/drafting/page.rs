//! The page being written: sentences go in with their evidence and come out with footnote marks.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::ground::{self, Ledger};
use crate::document::SectionKind;
use crate::domain::{Claim, ClaimKind, EventId, PhaseMark, Verdict};
use crate::text::markdown::blocks;

/// Footnote marks behind one sentence; more than this says less.
const MARKS: usize = 6;

/// Something that the evidence leaves open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    pub text: String,
    /// Who can answer it, or what would settle it.
    pub settles: String,
}

/// Collects what the sections claim and ask.
#[derive(Debug)]
pub struct Page<'a> {
    ledger: &'a Ledger,
    section: SectionKind,
    pub claims: Vec<Claim>,
    pub questions: Vec<Question>,
    /// Cited by sentences that code computed and that need no check.
    computed: BTreeSet<EventId>,
}

impl<'a> Page<'a> {
    #[must_use]
    pub fn new(ledger: &'a Ledger) -> Self {
        Self {
            ledger,
            section: SectionKind::ExecutiveSummary,
            claims: Vec::new(),
            questions: Vec::new(),
            computed: BTreeSet::new(),
        }
    }

    /// Everything cited from here on belongs to this section.
    pub fn open(&mut self, section: SectionKind) {
        self.section = section;
    }

    /// The Markdown sentence with its footnote marks, or `None` when the evidence does not carry it: then it is listed
    /// as unverified and stays out of the text.
    pub fn cite(&mut self, kind: ClaimKind, sentence: &str, evidence: &[EventId]) -> Option<String> {
        let mut seen = BTreeSet::new();
        let evidence: Vec<EventId> =
            evidence.iter().copied().filter(|id| seen.insert(*id)).take(MARKS).collect();
        let mut claim = Claim {
            section: self.section.heading().to_owned(),
            text: plain(sentence),
            kind,
            evidence,
            verdict: Verdict::Supported,
            reason: None,
        };
        let finding = ground::verify(&claim, self.ledger);
        claim.verdict = finding.verdict;
        claim.reason = finding.reason;
        let supported = claim.verdict == Verdict::Supported;
        let marked = supported.then(|| format!("{sentence}{}", marks(&claim.evidence)));
        self.claims.push(claim);
        marked
    }

    /// A fact with its marks.
    pub fn fact(&mut self, sentence: &str, evidence: &[EventId]) -> Option<String> {
        self.cite(ClaimKind::Fact, sentence, evidence)
    }

    /// Whether the lines carry every time, number and name of a text that asserts nothing.
    #[must_use]
    pub fn facts_hold(&self, text: &str, evidence: &[EventId]) -> bool {
        ground::facts_hold(text, evidence, self.ledger)
    }

    /// Takes back a claim made since there were `from` of them, known by its evidence.
    pub fn forget(&mut self, from: usize, evidence: &[EventId]) {
        if let Some(at) = (from..self.claims.len()).rev().find(|&at| self.claims[at].evidence == evidence) {
            self.claims.remove(at);
        }
    }

    /// Marks behind a sentence that code computed from these events.
    pub fn computed(&mut self, evidence: &[EventId]) -> String {
        let evidence: Vec<EventId> =
            evidence.iter().copied().filter(|id| self.ledger.get(*id).is_some()).take(MARKS).collect();
        self.computed.extend(&evidence);
        marks(&evidence)
    }

    /// Asks once, however many sections stumble over it.
    pub fn ask(&mut self, text: impl Into<String>, settles: impl Into<String>) {
        let question = Question { text: text.into(), settles: settles.into() };
        if self.questions.iter().all(|asked| asked.text != question.text) {
            self.questions.push(question);
        }
    }

    /// Every event cited so far, in id order.
    #[must_use]
    pub fn cited(&self) -> BTreeSet<EventId> {
        let supported = self.claims.iter().filter(|claim| claim.verdict == Verdict::Supported);
        supported
            .flat_map(|claim| claim.evidence.iter().copied())
            .chain(self.computed.iter().copied())
            .collect()
    }
}

/// `[^E1][^E2]`.
#[must_use]
pub fn marks(evidence: &[EventId]) -> String {
    evidence.iter().fold(String::new(), |mut marks, id| {
        // Writing to a String cannot fail.
        let _ = write!(marks, "[^{id}]");
        marks
    })
}

/// The evidence of several milestones in order.
#[must_use]
pub fn evidence_of(marks: &[Option<&PhaseMark>]) -> Vec<EventId> {
    marks.iter().flatten().flat_map(|mark| mark.evidence.iter().copied().take(2)).collect()
}

/// What a reader sees of a Markdown sentence.
#[must_use]
pub fn plain(sentence: &str) -> String {
    let text: Vec<String> = blocks(sentence).into_iter().map(|block| block.text).collect();
    text.join(" ").trim().to_owned()
}
