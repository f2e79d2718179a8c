//! Sound sentences set in the form of their section, with the computed parts beside them.

use super::check::Sound;
use super::evidence::unnumbered;
use super::reply::Asked;
use crate::document::SectionKind;
use crate::domain::{ClaimKind, EventId, FactorCategory};
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
        SectionKind::ExecutiveSummary => summary(reading, page, sound),
        // Figures that the model leaves out are quoted, and spans are computed.
        SectionKind::Impact => beside(page, sound, |page| computed.write(reading, page), &|_| true),
        SectionKind::ContributingFactors => factors(page, sound),
        SectionKind::RootCause => root_cause(reading, page, sound),
        SectionKind::RecoveryAssessment => recovery(page, sound),
        // What is measured is code's; what participants said is the model's to choose.
        SectionKind::WentWell | SectionKind::Improve => {
            beside(page, sound, |page| computed.write(reading, page), &|item| !item.contains('"'))
        }
        SectionKind::Actions => {
            let table = computed.write(reading, page);
            actions(page, sound, table)
        }
        _ => list(page, sound.iter()).join("\n"),
    }
}

/// A question of the model, unless it blames, or asserts through the back door what the lines that raise it do not say.
pub(super) fn ask(reading: &Reading<'_>, page: &mut Page<'_>, asked: &Asked) {
    let mask = |text: &str| unnumbered(&reading.people.mask(text));
    let text = mask(&asked.text);
    let clean = text.ends_with('?') && !tone::accuses(&text) && reading.objections(&text).is_empty();
    let bare = asked.evidence.is_empty() && !text.chars().any(|c| c.is_ascii_digit());
    if clean && (bare || page.facts_hold(&text, &asked.evidence)) {
        let who = mask(asked.who.trim_end_matches('.'));
        let sober = !who.is_empty()
            && who.chars().count() <= 80
            && !who.chars().any(|c| c.is_ascii_digit())
            && !tone::accuses(&who);
        page.ask(text, if sober { who } else { "the people who responded".to_owned() });
    }
}

/// Severity, span and milestones as code knows them, then the model's account.
fn summary(reading: &Reading<'_>, page: &mut Page<'_>, sound: &[Sound]) -> String {
    let measured = sections::measured_course(reading, page);
    measured
        .into_iter()
        .chain([paragraph(page, sound)])
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The model's sentences, and those items of the computed section that pass and whose lines the model leaves out.
fn beside(
    page: &mut Page<'_>,
    sound: &[Sound],
    computed: impl FnOnce(&mut Page<'_>) -> String,
    keep: &dyn Fn(&str) -> bool,
) -> String {
    let own = list(page, sound.iter());
    let told: Vec<EventId> = sound.iter().flat_map(|sound| sound.evidence.iter().copied()).collect();
    let before = page.claims.len();
    let body = computed(page);
    let mut items: Vec<&str> = Vec::new();
    for item in body.lines().filter(|line| line.starts_with("- ")) {
        let ids = marked(item);
        let new = ids.is_empty() || ids.iter().any(|id| !told.contains(id));
        if new && keep(item) {
            items.push(item);
        } else if !ids.is_empty() {
            page.forget(before, &ids);
        }
    }
    items.into_iter().map(str::to_owned).chain(own).collect::<Vec<_>>().join("\n")
}

/// The ids behind an item.
fn marked(item: &str) -> Vec<EventId> {
    item.split("[^").skip(1).filter_map(|rest| rest.split(']').next()?.parse().ok()).collect()
}

/// The table of what people proposed, and what the model suggests beyond it.
fn actions(page: &mut Page<'_>, sound: &[Sound], table: String) -> String {
    let own = sound.iter().filter(|sound| sound.kind == ClaimKind::Hypothesis);
    let suggested: Vec<String> = own
        .filter_map(|sound| {
            let text = format!("*Suggestion:* {}", inert(&sound.text));
            page.cite(ClaimKind::Hypothesis, &text, &sound.evidence).map(|text| format!("- {text}"))
        })
        .collect();
    if suggested.is_empty() {
        return table;
    }
    format!(
        "{table}\n\nSuggestions for conditions named above that no proposed action answers; the review decides:\n\n{}",
        suggested.join("\n")
    )
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
    let course = list(page, sound.iter().filter(|sound| sound.label.as_deref() == Some("course")));
    if !course.is_empty() {
        items.push("- **What was tried and decided, and what was known then?**".to_owned());
        items.extend(course.into_iter().map(|item| format!("  {item}")));
    }
    let known = |sound: &&Sound| {
        sound.label.as_deref() == Some("course")
            || RECOVERY_QUESTIONS.iter().any(|(label, ..)| sound.label.as_deref() == Some(label))
    };
    items.extend(list(page, sound.iter().filter(|sound| !known(sound))));
    items.join("\n")
}
