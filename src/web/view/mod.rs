//! What the templates are given: one version of the document, taken apart for the eye.

mod actions;
mod changes;
mod findings;
mod head;
mod masthead;
mod matches;
mod readiness;

use std::collections::BTreeMap;

use serde::Serialize;

use super::assets::scripts;
use super::markup::{Html, inline, render};
use super::picture::{fishbone, timeline};
use crate::app::Error;
use crate::app::review::{HEAD, Part, Question, Review, Table, Version, parts, questions};
use crate::document::{Postmortem, SectionKind, factors, parse};
use crate::text::Span;

pub(super) use actions::ActionView;
pub(super) use changes::changes;
pub(super) use findings::{FindingView, findings};
use head::{HeadField, head_fields};
pub(super) use masthead::MastheadView;
pub(super) use matches::matches;
pub(super) use readiness::ReadinessView;

/// The whole page.
#[derive(Debug, Serialize)]
pub(super) struct PageView {
    pub version: String,
    pub masthead: MastheadView,
    pub timeline: Option<String>,
    pub parts: Vec<PartView>,
    pub findings: Vec<FindingView>,
    pub readiness: ReadinessView,
    pub head: Vec<HeadField>,
    pub unsaved: Vec<String>,
    pub has_history: bool,
    pub scripts: Vec<&'static str>,
    /// Whether a section is there to hold the matches.
    pub has_similar: bool,
}

/// One part of the document.
#[derive(Debug, Serialize)]
pub(super) struct PartView {
    pub key: String,
    pub heading: String,
    pub heading_html: String,
    pub body_html: String,
    /// `actions`, `questions`, `factors`, `similar`, `evidence`, or nothing special.
    pub kind: &'static str,
    /// Findings by severity, for the outline.
    pub findings: usize,
    pub actions: Option<Vec<ActionView>>,
    pub questions: Option<Vec<QuestionView>>,
    pub fishbone: Option<String>,
    /// Factors by category for readers who do not see the picture.
    pub bones: BTreeMap<&'static str, Vec<String>>,
}

/// One open question.
#[derive(Debug, Serialize)]
pub(super) struct QuestionView {
    pub text: String,
    pub ask: Option<String>,
    pub answer: Option<String>,
}

impl PageView {
    /// Takes a version apart.
    pub(super) fn of(review: &Review, version: &Version) -> Result<Self, Error> {
        let source: &str = &version.text;
        let postmortem = parse(source).postmortem;
        let parts = parts(source);
        let found = review.findings(version);
        let table = Table::find(source);
        let questions = questions(source);
        let skip: Vec<Span> =
            table.iter().map(Table::span).chain(Question::span_of_all(&questions)).collect();
        let pages = render(source, &parts, &found, &skip);
        let title = pages.first().map(|page| page.heading.clone()).unwrap_or_default();
        let views = parts.iter().zip(pages).map(|(part, html)| {
            let mut view = PartView::of(part, html);
            view.findings = found.iter().filter(|finding| part.span.contains(finding.span.0)).count();
            view.take_forms(part, table.as_ref(), &questions);
            view.take_factors(part, &postmortem);
            view
        });
        Ok(Self {
            parts: views.collect(),
            masthead: MastheadView::of(review, &postmortem, title, &review.evidence(source)?),
            timeline: timeline(&review.chart(source)?),
            findings: findings(source, &found, &parts),
            readiness: ReadinessView::of(review, version, &postmortem, &parts)?,
            head: head_fields(&postmortem.front),
            unsaved: review.unsaved().parts.into_keys().collect(),
            has_similar: parts.iter().any(|part| part.kind == Some(SectionKind::Similar)),
            scripts: scripts().collect(),
            has_history: review.has_history(),
            version: version.hash.clone(),
        })
    }
}

impl PartView {
    fn of(part: &Part, html: Html) -> Self {
        let kind = match part.kind {
            Some(SectionKind::Actions) => "actions",
            Some(SectionKind::OpenQuestions) => "questions",
            Some(SectionKind::ContributingFactors) => "factors",
            Some(SectionKind::Similar) => "similar",
            Some(SectionKind::Evidence) => "evidence",
            _ if part.key == HEAD => "head",
            _ => "text",
        };
        Self {
            key: part.key.clone(),
            heading: part.heading.replace(['*', '`', '_'], ""),
            heading_html: html.heading,
            body_html: html.body,
            kind,
            findings: 0,
            actions: None,
            questions: None,
            fishbone: None,
            bones: BTreeMap::new(),
        }
    }

    /// Tables and lists that are forms on this page.
    fn take_forms(&mut self, part: &Part, table: Option<&Table>, questions: &[Question]) {
        if self.kind == "actions" {
            let own = table.filter(|table| part.span.contains(table.span().start));
            self.actions =
                own.map(|table| (0..table.rows.len()).map(|row| ActionView::of(table, row)).collect());
        }
        if self.kind == "questions" {
            let view = |question: &Question| QuestionView {
                text: question.text.clone(),
                ask: question.ask.clone(),
                answer: question.answer.clone(),
            };
            self.questions = Some(questions.iter().map(view).collect());
        }
    }

    fn take_factors(&mut self, part: &Part, postmortem: &Postmortem) {
        if part.kind != Some(SectionKind::ContributingFactors) {
            return;
        }
        let factors = factors(postmortem);
        self.fishbone = fishbone(&postmortem.title, &factors);
        for factor in factors {
            let name = factor.category.map_or("other", |category| category.name());
            self.bones.entry(name).or_default().push(inline(&factor.text));
        }
    }
}
