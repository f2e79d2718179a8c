//! Which requests a draft needs: the whole evidence in front of every section when it fits, else parts to be condensed.

use minijinja::context;

use super::prompts::{PromptError, Prompts};
use super::{evidence, reply, tokens};
use crate::document::SectionKind;
use crate::drafting::reading::Reading;
use crate::drafting::{DraftInput, Message, Request, Speaker};
use crate::redact::Redactor;

/// Sizes in tokens.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// What request and answer may have together.
    pub window: usize,
    pub answer: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { window: 100_000, answer: 2_000 }
    }
}

/// Sections that a model writes, with the stage of their prompt; the others are computed.
pub(super) const SECTIONS: &[(SectionKind, &str)] = &[
    (SectionKind::ExecutiveSummary, "executive_summary"),
    (SectionKind::Impact, "impact"),
    (SectionKind::ContributingFactors, "contributing_factors"),
    (SectionKind::RootCause, "root_cause"),
    (SectionKind::RecoveryAssessment, "recovery_assessment"),
    (SectionKind::WentWell, "went_well"),
    (SectionKind::Improve, "improve"),
    (SectionKind::Lessons, "lessons"),
];

/// Tokens kept free for the instruction of a section and for framing.
const MARGIN: usize = 600;

/// What to send first.
pub(super) enum Plan {
    /// One request for each section.
    Whole(Vec<Request>),
    /// Parts to condense before the sections can be asked for.
    Parts(Vec<Request>),
}

pub(super) fn plan(
    reading: &Reading<'_>,
    prompts: &Prompts,
    limits: Limits,
    redactor: &mut Redactor,
) -> Result<Plan, PromptError> {
    let lines: Vec<String> = reading.lines.iter().map(|line| evidence::line(reading, line)).collect();
    let system = prompts.render("system", context! {})?;
    let room = limits.window.saturating_sub(limits.answer as usize + MARGIN + tokens::count(&system));
    let whole = shown(reading, prompts, &lines)?;
    if tokens::fits(&whole, room) {
        return sections(prompts, limits, &whole, redactor).map(Plan::Whole);
    }
    let mut requests = Vec::new();
    for part in parts(&lines, room.max(200)) {
        let text = shown(reading, prompts, part)?;
        let instruction = prompts.render("map", context! {})?;
        requests.push(request(
            format!("part {}", requests.len() + 1),
            &system,
            &text,
            &instruction,
            limits,
            redactor,
        ));
    }
    Ok(Plan::Parts(requests))
}

/// One request for each section over a given evidence text; the beginning is the same in all, so that providers reuse it.
pub(super) fn sections(
    prompts: &Prompts,
    limits: Limits,
    evidence: &str,
    redactor: &mut Redactor,
) -> Result<Vec<Request>, PromptError> {
    let system = prompts.render("system", context! {})?;
    SECTIONS
        .iter()
        .map(|(kind, stage)| {
            Ok(request(
                kind.heading().to_owned(),
                &system,
                evidence,
                &prompts.render(stage, context! {})?,
                limits,
                redactor,
            ))
        })
        .collect()
}

/// The evidence prompt over some lines.
pub(super) fn shown(
    reading: &Reading<'_>,
    prompts: &Prompts,
    lines: &[String],
) -> Result<String, PromptError> {
    prompts.render("evidence", context! { incident => evidence::incident(reading), phases => evidence::phases(reading), lines => lines.to_vec() })
}

fn request(
    purpose: String,
    system: &str,
    evidence: &str,
    instruction: &str,
    limits: Limits,
    redactor: &mut Redactor,
) -> Request {
    let mut message = |role, text: &str| Message { role, content: redactor.redact(text) };
    let messages = vec![
        message(Speaker::System, system),
        message(Speaker::User, evidence),
        message(Speaker::User, instruction),
    ];
    Request { purpose, messages, schema: Some(reply::schema()), max_tokens: limits.answer }
}

/// Consecutive lines in parts of at most `room` tokens; a longer line is a part of its own.
fn parts(lines: &[String], room: usize) -> Vec<&[String]> {
    let mut parts = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, line) in lines.iter().enumerate() {
        let tokens = tokens::count(line) + 1;
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
    plan(&reading, prompts, limits, redactor).map(|plan| match plan {
        Plan::Whole(requests) | Plan::Parts(requests) => requests,
    })
}
