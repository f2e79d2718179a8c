//! Which requests a draft needs: all sections in one, one for each section, or parts to be condensed first.
//!
//! Evidence is what costs, so by default one request carries it once and asks for every section. Where an answer of
//! that length does not fit the window, or the settings ask for it, each section is a request of its own over the same
//! evidence, which then stands first in all of them so that servers can reuse it.

use minijinja::context;

use super::evidence::{self, Shown};
use super::prompts::{PromptError, Prompts};
use super::{reply, tokens};
use crate::document::SectionKind;
use crate::domain::EventId;
use crate::drafting::reading::Reading;
use crate::drafting::{DraftInput, Message, Request, Speaker};
use crate::redact::Redactor;

/// How sections are spread over requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// One request for all: the evidence is sent once.
    #[default]
    Together,
    /// One request for each, under way at the same time: quicker, and easier for small models.
    Apart,
    /// Facts from parts of the evidence first, even where all of it would fit: for models that lose the middle.
    Condensed,
}

/// Sizes in tokens, and the arrangement.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// What request and answer may have together.
    pub window: usize,
    pub answer: u32,
    pub arrangement: Arrangement,
}

impl Default for Limits {
    fn default() -> Self {
        Self { window: 100_000, answer: 12_000, arrangement: Arrangement::Together }
    }
}

impl Limits {
    /// Tokens for the answer to one request of an arrangement.
    fn answer(self, arrangement: Arrangement) -> u32 {
        let share = |part: usize| u32::try_from(self.window / part).unwrap_or(u32::MAX);
        match arrangement {
            Arrangement::Together => self.answer.min(share(3)),
            Arrangement::Apart | Arrangement::Condensed => self.answer.min(share(4)).min(SECTION_ANSWER),
        }
    }

    /// The arrangement asked for, where an answer that holds all sections has room.
    pub(super) fn arrangement(self) -> Arrangement {
        let room = self.answer(Arrangement::Together) >= WHOLE_ANSWER;
        if room { self.arrangement } else { Arrangement::Apart }
    }
}

/// Least tokens that all sections of a draft need.
const WHOLE_ANSWER: u32 = 5_000;
/// Most tokens that one section needs.
const SECTION_ANSWER: u32 = 2_500;
/// Tokens kept free for framing.
const MARGIN: usize = 200;

/// Sections that a model writes, with their prompt, which is also their name in an answer; the others are computed.
pub(super) const SECTIONS: &[(SectionKind, &str)] = &[
    (SectionKind::ExecutiveSummary, "executive_summary"),
    (SectionKind::Impact, "impact"),
    (SectionKind::ContributingFactors, "contributing_factors"),
    (SectionKind::RootCause, "root_cause"),
    (SectionKind::RecoveryAssessment, "recovery_assessment"),
    (SectionKind::WentWell, "went_well"),
    (SectionKind::Improve, "improve"),
    (SectionKind::Lessons, "lessons"),
    (SectionKind::Actions, "actions"),
];

/// What an answer calls some sections.
fn names(sections: &[SectionKind]) -> Vec<&'static str> {
    let written = SECTIONS.iter().filter(|(kind, _)| sections.contains(kind)).map(|(_, stage)| *stage);
    written.chain([reply::OPEN_QUESTIONS]).collect()
}

/// A request and the sections that its answer holds; none for a part to be condensed.
pub(super) struct Call {
    pub(super) request: Request,
    pub(super) sections: Vec<SectionKind>,
    /// Lines that only this call reads.
    pub(super) lines: Vec<EventId>,
}

/// What to send first.
pub(super) enum Plan {
    /// The sections over the whole evidence.
    Whole(Vec<Call>),
    /// Parts to condense before the sections can be asked for.
    Parts(Vec<Call>),
}

/// What the calls of one plan have in common.
pub(super) struct Planner<'p, 'r, 'a> {
    pub(super) reading: &'r Reading<'a>,
    pub(super) prompts: &'p Prompts,
    pub(super) limits: Limits,
}

impl Planner<'_, '_, '_> {
    pub(super) fn plan(&self, redactor: &mut Redactor) -> Result<Plan, PromptError> {
        let lines = evidence::lines(self.reading);
        let whole = self.shown(&evidence::as_read(&lines), &[])?;
        if self.limits.arrangement == Arrangement::Condensed {
            let part = tokens::count(&whole) * 2 / 3;
            return self.parts(&lines, self.room(Arrangement::Apart)?.min(part), redactor).map(Plan::Parts);
        }
        let room = self.room(self.limits.arrangement())?;
        if tokens::fits(&whole, room) {
            return self.sections(self.limits.arrangement(), &whole, redactor).map(Plan::Whole);
        }
        let apart = self.room(Arrangement::Apart)?;
        if tokens::fits(&whole, apart) {
            return self.sections(Arrangement::Apart, &whole, redactor).map(Plan::Whole);
        }
        self.parts(&lines, apart, redactor).map(Plan::Parts)
    }

    /// Tokens that the evidence of one request may have.
    pub(super) fn room(&self, arrangement: Arrangement) -> Result<usize, PromptError> {
        let kinds: Vec<SectionKind> = SECTIONS.iter().map(|(kind, _)| *kind).collect();
        let asked = match arrangement {
            Arrangement::Together => tokens::count(&self.instruction(&kinds)?),
            Arrangement::Apart | Arrangement::Condensed => {
                let longest =
                    kinds.iter().map(|kind| self.instruction(&[*kind]).map(|text| tokens::count(&text)));
                longest.collect::<Result<Vec<_>, _>>()?.into_iter().max().unwrap_or(0)
            }
        };
        let taken =
            self.limits.answer(arrangement) as usize + MARGIN + asked + tokens::count(&self.system()?);
        Ok(self.limits.window.saturating_sub(taken))
    }

    fn parts(&self, lines: &[Shown], room: usize, redactor: &mut Redactor) -> Result<Vec<Call>, PromptError> {
        let instruction = self.prompts.render("map", context! {})?;
        let frame = tokens::count(&self.shown(&[], &[])?) + tokens::count(&instruction);
        let mut calls: Vec<Call> = Vec::new();
        for part in parts(lines, room.saturating_sub(frame).max(200)) {
            let text = self.shown(&evidence::as_read(part), &[])?;
            let purpose = format!("part {}", calls.len() + 1);
            let answer = self.limits.answer(Arrangement::Apart);
            let request = self.request(purpose, &text, &instruction, answer, &["facts"], redactor)?;
            let ids = part.iter().map(|line| line.id).collect();
            calls.push(Call { request, sections: Vec::new(), lines: ids });
        }
        Ok(calls)
    }

    /// The requests for the sections over a given evidence text, which is the same in all of them.
    pub(super) fn sections(
        &self,
        arrangement: Arrangement,
        evidence: &str,
        redactor: &mut Redactor,
    ) -> Result<Vec<Call>, PromptError> {
        let groups: Vec<Vec<SectionKind>> = match arrangement {
            Arrangement::Together => vec![SECTIONS.iter().map(|(kind, _)| *kind).collect()],
            Arrangement::Apart | Arrangement::Condensed => {
                SECTIONS.iter().map(|(kind, _)| vec![*kind]).collect()
            }
        };
        let calls = groups.into_iter().map(|sections| {
            let purpose = match sections.as_slice() {
                [one] => one.heading().to_owned(),
                _ => "All sections".to_owned(),
            };
            let instruction = self.instruction(&sections)?;
            let answer = self.limits.answer(arrangement);
            let request =
                self.request(purpose, evidence, &instruction, answer, &names(&sections), redactor)?;
            Ok(Call { request, sections, lines: Vec::new() })
        });
        calls.collect()
    }

    fn system(&self) -> Result<String, PromptError> {
        self.prompts.render("system", context! {})
    }

    fn instruction(&self, sections: &[SectionKind]) -> Result<String, PromptError> {
        let stages = SECTIONS.iter().filter(|(kind, _)| sections.contains(kind));
        let texts: Vec<String> =
            stages.map(|(_, stage)| self.prompts.render(stage, context! {})).collect::<Result<_, _>>()?;
        self.prompts.render("sections", context! { sections => texts })
    }

    /// The evidence prompt over some lines, and over facts condensed from lines that are not shown.
    pub(super) fn shown(&self, lines: &[String], facts: &[String]) -> Result<String, PromptError> {
        let reading = self.reading;
        self.prompts.render(
            "evidence",
            context! {
                incident => evidence::incident(reading),
                phases => evidence::phases(reading),
                gaps => evidence::gaps(reading),
                conflicts => evidence::conflicts(reading),
                similar => evidence::similar(reading),
                lines => lines.to_vec(),
                facts => facts.to_vec(),
            },
        )
    }

    fn request(
        &self,
        purpose: String,
        evidence: &str,
        instruction: &str,
        answer: u32,
        sections: &[&str],
        redactor: &mut Redactor,
    ) -> Result<Request, PromptError> {
        let mut message = |role, text: &str| Message { role, content: redactor.redact(text) };
        let messages = vec![
            message(Speaker::System, &self.system()?),
            message(Speaker::User, evidence),
            message(Speaker::User, instruction),
        ];
        Ok(Request { purpose, messages, schema: Some(reply::schema(sections)), max_tokens: answer })
    }
}

/// Consecutive lines in parts of at most `room` tokens; a longer line is a part of its own.
fn parts(lines: &[Shown], room: usize) -> Vec<&[Shown]> {
    let mut parts = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, line) in lines.iter().enumerate() {
        let tokens = tokens::count(&line.text()) + 1;
        if at > start && size + tokens > room {
            parts.push(&lines[start..at]);
            (start, size) = (at, 0);
        }
        size += tokens;
    }
    if start < lines.len() {
        parts.push(&lines[start..]);
    }
    parts
}

/// The exact requests that drafting would send first. When the evidence is condensed in parts, the requests for the
/// sections follow from the answers and cannot be listed.
///
/// # Errors
/// A replaced prompt that cannot be rendered.
pub fn requests(
    input: &DraftInput<'_>,
    redactor: &mut Redactor,
    prompts: &Prompts,
    limits: Limits,
) -> Result<Vec<Request>, PromptError> {
    let reading = Reading::new(input, redactor);
    let plan = Planner { reading: &reading, prompts, limits }.plan(redactor)?;
    let (Plan::Whole(calls) | Plan::Parts(calls)) = plan;
    Ok(calls.into_iter().map(|call| call.request).collect())
}
