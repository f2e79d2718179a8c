//! A second opinion on sentences that a rule only suspects: a linear model over words, people and clauses.

mod words;

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::domain::Severity;

use super::language::{AgentKind, Kind, Sentence};
use super::lexicon::Classes;
use super::model::{Opinion, Verdict};
use super::rule::Hit;
use super::section::{SectionKind, Sections};
use super::subject;
use words::{CERTAIN, EMPTY, EXCLUSIVE, HUMAN, JUDGING, UNREAL, lists_of};

/// Words outside of a quotation from which a sentence that holds one is judged.
const FEWEST_WORDS_AROUND_A_QUOTATION: usize = 6;

/// What the models say of a sentence, when it stands where blame would be read and says enough.
pub(crate) fn verdict(opinion: &Opinion, sentence: &Sentence) -> Option<Verdict> {
    let words = sentence.tokens.iter().filter(|token| token.kind == Kind::Word).count();
    let silent = Sections::of(&[
        SectionKind::Participants,
        // Who did what, when: people act there without being blamed, which words alone do not tell.
        SectionKind::Timeline,
        SectionKind::Evidence,
        SectionKind::Similar,
        SectionKind::OpenQuestions,
    ]);
    // What stands around a quotation says who speaks, not what is said; the quotation itself is evidence.
    let quotes = sentence.tokens.iter().any(|token| token.kind == Kind::Quote);
    let too_few = if quotes { FEWEST_WORDS_AROUND_A_QUOTATION } else { 1 };
    let asks = sentence.text.trim_end().ends_with('?');
    if words < too_few || asks || silent.has(sentence.section) || sentence.quoted {
        return None;
    }
    Some(opinion.judge(|take| each_feature(sentence, take)))
}

/// Categories that a rule can explain.
const CATEGORIES: [&str; 8] = [
    "names-individual-as-cause",
    "human-error",
    "counterfactual",
    "hindsight-certainty",
    "judgement",
    "single-root-cause",
    "vague-action",
    "punitive",
];

/// Some rule could explain a finding of the model here.
pub(crate) fn is_suspect(sentence: &Sentence) -> bool {
    let told = lists(sentence);
    CATEGORIES.iter().any(|category| fits(sentence, told, category))
}

/// The lists that the words of a sentence stand in.
fn lists(sentence: &Sentence) -> u8 {
    (0..sentence.tokens.len()).fold(0, |all, at| all | lists_of(sentence.word(at)))
}

/// The model only decides what a rule suspects: ordinary documents hold far more clean sentences than its data.
fn fits(sentence: &Sentence, told: u8, category: &str) -> bool {
    let classed = |class: Classes| (0..sentence.tokens.len()).any(|at| sentence.has(at, class));
    let others = sentence.agents.iter().any(|agent| agent.kind != AgentKind::First);
    let plans = Sections::PLANS.has(sentence.section);
    match category {
        "names-individual-as-cause" => {
            let acts = || sentence.clauses().iter().any(|clause| !clause.passive && !clause.future);
            let owned = || {
                sentence
                    .agents
                    .iter()
                    .any(|agent| agent.possessive || sentence.word(agent.start.wrapping_sub(1)) == "by")
            };
            (others && (acts() || owned())) || sentence.clauses().iter().any(|clause| clause.negated)
        }
        "human-error" => others || classed(Classes::FAULT_NOUN) || told & HUMAN != 0,
        "counterfactual" => {
            told & UNREAL != 0
                || (others && sentence.clauses().iter().any(|clause| clause.negated))
                || (classed(Classes::NEG) && classed(Classes::DEED))
        }
        "hindsight-certainty" => told & CERTAIN != 0,
        "judgement" => {
            classed(Classes::FAULT_ADJECTIVE.or(Classes::FAULT_NOUN).or(Classes::ATTITUDE))
                || others
                || told & JUDGING != 0
        }
        "single-root-cause" => told & EXCLUSIVE != 0,
        "vague-action" => plans && super::vague::is_suspect(sentence),
        // a measure for everybody punishes nobody
        "punitive" => {
            plans
                && (others || told & HUMAN != 0)
                && !sentence.any_word(&["all", "every", "everyone", "everybody"])
        }
        _ => false,
    }
}

/// The rule that explains a raised sentence, with the part of the sentence it concerns.
pub(crate) fn explain(sentence: &Sentence, verdict: &Verdict) -> Option<(&'static str, Hit)> {
    let has = |words: &[&str]| sentence.any_word(words);
    let told = lists(sentence);
    let category = verdict.categories.iter().take(2).find(|category| fits(sentence, told, category))?;
    let agent = sentence
        .agents
        .iter()
        .find(|agent| agent.kind != AgentKind::First)
        .or_else(|| sentence.agents.first());
    let rule = match category.as_str() {
        "names-individual-as-cause" => match agent.map(|agent| agent.kind) {
            Some(AgentKind::Name | AgentKind::Handle) => "BLM001",
            Some(AgentKind::Role) => "BLM002",
            Some(AgentKind::Team) => "BLM003",
            Some(AgentKind::Vendor) => "BLM004",
            Some(AgentKind::Indefinite | AgentKind::Nobody) => "BLM016",
            Some(AgentKind::Third) => "BLM017",
            Some(AgentKind::First) => "BLM015",
            None => "BLM010",
        },
        "human-error" => "BLM009",
        "judgement" if (0..sentence.tokens.len()).any(|at| sentence.has(at, Classes::FAULT_ADJECTIVE)) => {
            "JDG001"
        }
        "judgement" => "JDG002",
        "counterfactual" if has(&["?"]) => "HND010",
        "counterfactual" if has(&["should", "ought"]) => "HND001",
        "counterfactual" if has(&["could", "would", "might"]) => "HND002",
        "counterfactual" if has(&["if", "wish"]) => "HND003",
        "counterfactual"
            if has(&["supposed", "meant", "expected", "told", "asked", "obligation", "duty"]) =>
        {
            "HND004"
        }
        "counterfactual" => "HND005",
        "hindsight-certainty" => "HND007",
        "punitive" => "PUN001",
        "single-root-cause" => "CAU001",
        "vague-action" => "ACT001",
        _ => return None,
    };
    let (start, end) = match (category.as_str(), sentence.clauses().first(), agent) {
        ("names-individual-as-cause", Some(clause), _) => subject::span(sentence, clause),
        ("names-individual-as-cause", None, Some(agent)) => (agent.start, agent.end),
        _ => (sentence.lead, sentence.tokens.len()),
    };
    let words = verdict.words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ");
    let because = if words.is_empty() { String::new() } else { format!(" (what weighs most: {words})") };
    let message = format!("reads like {}{because}", category.replace('-', " "));
    Some((rule, Hit::new(start, end, message).at_level(Severity::Warning)))
}

/// What the features call a part of the document; trained weights rest on these names.
fn part_name(section: Option<SectionKind>) -> &'static str {
    match section {
        Some(SectionKind::ExecutiveSummary) => "Summary",
        Some(SectionKind::Impact) => "Impact",
        Some(SectionKind::Timeline) => "Timeline",
        Some(SectionKind::RootCause) => "Cause",
        Some(SectionKind::ContributingFactors) => "Factors",
        Some(SectionKind::Actions) => "Actions",
        Some(SectionKind::Lessons) => "Lessons",
        Some(SectionKind::Improve) => "Improve",
        Some(SectionKind::WentWell) => "Well",
        Some(SectionKind::RecoveryAssessment) => "Recovery",
        Some(SectionKind::Unverified) => "Unverified",
        _ => "Other",
    }
}

/// What the model sees of a sentence, sorted. Rules are left out: they know the sentences that they were written on.
pub(crate) fn features(sentence: &Sentence) -> Vec<String> {
    let mut found = Vec::new();
    each_feature(sentence, |feature| found.push(feature.to_owned()));
    found.sort_unstable();
    found.dedup();
    found
}

/// The words of a sentence as the model knows them: people by kind, numbers and quotations as signs, the rest by stem.
fn words_of(sentence: &Sentence) -> Vec<Cow<'_, str>> {
    let mut words = Vec::with_capacity(sentence.tokens.len());
    let mut at = 0;
    while at < sentence.tokens.len() {
        if let Some(agent) = sentence.agent_at(at) {
            words.push(format!("@{:?}", agent.kind).into());
            at = agent.end;
            continue;
        }
        let token = &sentence.tokens[at];
        words.push(match token.kind {
            Kind::Number => "#".into(),
            Kind::Code => "`".into(),
            Kind::Quote => "\"".into(),
            _ if token.lemma != 0 => super::linter::base_form(token.lemma).unwrap_or_default().into(),
            _ => crate::text::stem(sentence.word(at)).into(),
        });
        at += 1;
    }
    words
}

/// Calls `take` with every feature, some of them more than once; one buffer serves for all.
fn each_feature(sentence: &Sentence, mut take: impl FnMut(&str)) {
    let section = part_name(sentence.section);
    let mut feature = String::with_capacity(64);
    let mut tell = |parts: std::fmt::Arguments<'_>| {
        feature.clear();
        // writing into a string cannot fail
        let _ = feature.write_fmt(parts);
        take(&feature);
    };
    tell(format_args!("s:{section}"));
    let words = words_of(sentence);
    for (i, word) in words.iter().enumerate() {
        if lists_of(word) & EMPTY == 0 {
            tell(format_args!("w:{word}"));
        }
        if let Some(next) = words.get(i + 1) {
            tell(format_args!("b:{word} {next}"));
        }
    }
    for (label, class) in CLASSES {
        if (0..sentence.tokens.len()).any(|i| sentence.has(i, class)) {
            tell(format_args!("c:{label}"));
            tell(format_args!("c:{label}:{section}"));
        }
    }
    for clause in sentence.clauses() {
        let ground = subject::ground(sentence, clause);
        tell(format_args!("a:{:?}:{ground:?}", clause.kind));
        tell(format_args!("a:{section}:{:?}", clause.kind));
        tell(format_args!("v:neg{}:modal{}:pas{}", clause.negated, clause.modal, clause.passive));
    }
    if sentence.has_condition() {
        tell(format_args!("condition"));
    }
    if sentence.agents.is_empty() {
        tell(format_args!("nobody:{section}"));
    }
    tell(format_args!("length:{}", (sentence.tokens.len() / 6).min(5)));
    let numbers =
        sentence.tokens.iter().filter(|token| matches!(token.kind, Kind::Number | Kind::Code)).count();
    tell(format_args!("numbers:{}", numbers.min(3)));
}

/// Word classes that are features.
const CLASSES: [(&str, Classes); 12] = [
    ("harm", Classes::HARM),
    ("omit", Classes::OMIT),
    ("attitude", Classes::ATTITUDE),
    ("faultnoun", Classes::FAULT_NOUN),
    ("faultadj", Classes::FAULT_ADJECTIVE),
    ("machine", Classes::MACHINE),
    ("neg", Classes::NEG),
    ("duty", Classes::DUTY),
    ("deed", Classes::DEED),
    ("inadvertence", Classes::INADVERTENCE),
    ("vagueverb", Classes::VAGUE_VERB),
    ("vaguenoun", Classes::VAGUE_NOUN),
];
