//! Sound sentences set in the form of their section, with the computed parts beside them.

use super::check::Sound;
use crate::document::SectionKind;
use crate::domain::{ClaimKind, FactorCategory};
use crate::drafting::cues::condition;
use crate::drafting::cues::whys::Branch;
use crate::drafting::inert::inert;
use crate::drafting::page::Page;
use crate::drafting::reading::Reading;
use crate::drafting::sections::{self, RECOVERY_QUESTIONS, Writer};
use crate::drafting::tone;

/// The body of a section.
pub(super) fn body(
    kind: SectionKind,
    reading: &Reading<'_>,
    page: &mut Page<'_>,
    sound: &[Sound],
    computed: &dyn Writer,
) -> String {
    match kind {
        SectionKind::ExecutiveSummary => paragraph(page, sound),
        // Figures are computed or quoted; the model only says what they mean.
        SectionKind::Impact => format!("{}\n\n{}", paragraph(page, sound), computed.write(reading, page)),
        SectionKind::ContributingFactors => factors(page, sound),
        SectionKind::RootCause => root_cause(reading, page, sound),
        SectionKind::RecoveryAssessment => recovery(page, sound),
        _ => list(page, sound.iter()).join("\n"),
    }
}

/// A question of the model, unless it asserts or blames.
pub(super) fn ask(reading: &Reading<'_>, page: &mut Page<'_>, question: &str) {
    let text = reading.people.mask(question);
    let clean = text.ends_with('?') && !tone::judges(&text) && reading.objections(&text).is_empty();
    // A number or a name in a question would be an assertion through the back door.
    if clean && !text.chars().any(|c| c.is_ascii_digit()) {
        page.ask(text, "asked by the model; the people who responded");
    }
}

fn cited(page: &mut Page<'_>, sound: &Sound) -> Option<String> {
    let text = inert(&sound.text);
    let text = match sound.kind {
        ClaimKind::Hypothesis => format!("*Hypothesis:* {text}"),
        _ => text,
    };
    page.cite(sound.kind, &text, &sound.evidence)
}

fn paragraph(page: &mut Page<'_>, sound: &[Sound]) -> String {
    sound.iter().filter_map(|sound| cited(page, sound)).collect::<Vec<_>>().join(" ")
}

fn list<'s>(page: &mut Page<'_>, sound: impl Iterator<Item = &'s Sound>) -> Vec<String> {
    sound.filter_map(|sound| cited(page, sound)).map(|text| format!("- {text}")).collect()
}

fn factors(page: &mut Page<'_>, sound: &[Sound]) -> String {
    let mut items = Vec::new();
    for sound in sound {
        let label = sound.label.as_deref().unwrap_or_default();
        let category = FactorCategory::ALL
            .into_iter()
            .find(|category| category.name() == label)
            .unwrap_or_else(|| condition::category(&sound.text));
        items.extend(cited(page, sound).map(|text| format!("- **{}**: {text}", category.name())));
    }
    items.join("\n")
}

fn root_cause(reading: &Reading<'_>, page: &mut Page<'_>, sound: &[Sound]) -> String {
    let mut parts = Vec::new();
    let branch = |sound: &Sound| match sound.label.as_deref() {
        Some("unseen") => Branch::Unseen,
        Some("lasting") => Branch::Lasting,
        Some("spread") => Branch::Spread,
        _ => Branch::Begin,
    };
    for question in Branch::ALL {
        let answers: Vec<String> = sound
            .iter()
            .filter(|sound| branch(sound) == question)
            .filter_map(|sound| cited(page, sound))
            .collect();
        if answers.is_empty() {
            continue;
        }
        let numbered: Vec<String> = answers
            .iter()
            .map(String::as_str)
            .chain(["*The evidence does not say why that was so.*"])
            .enumerate()
            .map(|(at, text)| format!("{}. {text}", at + 1))
            .collect();
        parts.push(format!("**{}**\n\n{}", question.question(), numbered.join("\n")));
    }
    parts.extend(sections::fishbone(reading));
    parts.join("\n\n")
}

fn recovery(page: &mut Page<'_>, sound: &[Sound]) -> String {
    let mut items = Vec::new();
    for (label, question, settles) in RECOVERY_QUESTIONS {
        let answers: Vec<String> = sound
            .iter()
            .filter(|sound| sound.label.as_deref() == Some(label))
            .filter_map(|sound| cited(page, sound))
            .collect();
        if answers.is_empty() {
            page.ask(*question, *settles);
            items.push(format!("- **{question}** Not stated in the evidence (see Open questions)."));
        } else {
            items.push(format!("- **{question}** {}", answers.join(" ")));
        }
    }
    let known =
        |sound: &&Sound| RECOVERY_QUESTIONS.iter().any(|(label, ..)| sound.label.as_deref() == Some(label));
    items.extend(list(page, sound.iter().filter(|sound| !known(sound))));
    items.join("\n")
}
