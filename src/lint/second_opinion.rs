//! A second opinion on sentences that a rule only suspects: a linear model over words, people and clauses.

mod features;
mod senses;
mod words;

use crate::domain::Severity;

use super::language::{AgentKind, Kind, Sentence};
use super::lexicon::Classes;
use super::model::{Opinion, Verdict};
use super::rule::Hit;
use super::section::{SectionKind, Sections};
use super::subject;
use features::each_feature;
pub(crate) use features::features;
use words::{CAUSAL, CERTAIN, EXCLUSIVE, HUMAN, JUDGING, UNREAL, lists_of};

/// Words outside of a quotation from which a sentence that holds one is judged.
const FEWEST_WORDS_AROUND_A_QUOTATION: usize = 6;

/// How far towards certainty the threshold moves in sections that seldom blame.
const SURER: f64 = 0.45;
/// The same in a timeline, where nearly every row says who did what.
const NEARLY_SURE: f64 = 0.85;

/// What the models say of a sentence, when it stands where blame would be read and says enough.
pub(crate) fn verdict(opinion: &Opinion, sentence: &Sentence) -> Option<Verdict> {
    let words = sentence.tokens.iter().filter(|token| token.kind == Kind::Word).count();
    let silent = Sections::of(&[
        SectionKind::Participants,
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

/// Probability from which a sentence is raised where it stands. In a timeline people act without being blamed, and text under no
/// known heading is seldom an account of causes: there the model has to be surer.
pub(crate) fn raise_from(opinion: &Opinion, sentence: &Sentence) -> f64 {
    match sentence.section {
        None | Some(SectionKind::Impact) => opinion.raise_from + (1.0 - opinion.raise_from) * SURER,
        Some(SectionKind::Timeline) => opinion.raise_from + (1.0 - opinion.raise_from) * NEARLY_SURE,
        _ => opinion.raise_from,
    }
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
        "single-root-cause" => told & EXCLUSIVE != 0 && told & CAUSAL != 0,
        "vague-action" => plans && super::vague::is_suspect(sentence),
        // a measure for everybody punishes nobody
        "punitive" => {
            plans
                && (others || told & HUMAN != 0)
                && !sentence.any_word(&["all", "every", "everyone", "everybody", "owner", "due", "assignee"])
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
