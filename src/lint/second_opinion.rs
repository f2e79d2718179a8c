//! A second opinion on sentences that a rule only suspects: a linear model over words, people and clauses.

mod words;

use crate::domain::Severity;

use super::language::{AgentKind, Kind, Sentence};
use super::lexicon::Classes;
use super::model::{Opinion, Verdict};
use super::rule::Hit;
use super::section::{SectionKind, Sections};
use super::subject;
use words::{CERTAIN, EXCLUSIVE, HUMAN_WORDS, JUDGING, UNREAL};

/// Words outside of a quotation from which a sentence that holds one is judged.
const FEWEST_WORDS_AROUND_A_QUOTATION: usize = 6;

/// What the models say of a sentence, when it stands where blame would be read and says enough.
pub(crate) fn verdict(opinion: &Opinion, sentence: &Sentence) -> Option<Verdict> {
    let words = sentence.tokens.iter().filter(|token| token.kind == Kind::Word).count();
    let silent = Sections::of(&[
        SectionKind::Metadata,
        // Who did what, when: people act there without being blamed, which words alone do not tell.
        SectionKind::Timeline,
        SectionKind::Evidence,
        SectionKind::Similar,
        SectionKind::Questions,
    ]);
    // What stands around a quotation says who speaks, not what is said; the quotation itself is evidence.
    let quotes = sentence.tokens.iter().any(|token| token.kind == Kind::Quote);
    let too_few = if quotes { FEWEST_WORDS_AROUND_A_QUOTATION } else { 1 };
    let asks = sentence.text.trim_end().ends_with('?');
    if words < too_few || asks || silent.has(sentence.section) || sentence.quoted {
        return None;
    }
    Some(opinion.judge(&features(sentence)))
}

/// The rule that explains a raised sentence, with the part of the sentence it concerns.
pub(crate) fn explain(sentence: &Sentence, verdict: &Verdict) -> Option<(&'static str, Hit)> {
    let plans = Sections::PLANS.has(sentence.section);
    let has = |words: &[&str]| sentence.any_word(words);
    let classed = |class: Classes| (0..sentence.tokens.len()).any(|at| sentence.has(at, class));
    let others = sentence.agents.iter().any(|agent| agent.kind != AgentKind::First);
    let acts = sentence.clauses().iter().any(|clause| !clause.passive && !clause.future);
    let owned = sentence
        .agents
        .iter()
        .any(|agent| agent.possessive || sentence.word(agent.start.wrapping_sub(1)) == "by");
    // The model only decides what a rule suspects: ordinary documents hold far more clean sentences than its data.
    let fits = |category: &str| match category {
        "names-individual-as-cause" => {
            (others && (acts || owned)) || sentence.clauses().iter().any(|clause| clause.negated)
        }
        "human-error" => others || classed(Classes::FAULT_NOUN) || has(HUMAN_WORDS),
        "counterfactual" => {
            has(UNREAL)
                || (others && sentence.clauses().iter().any(|clause| clause.negated))
                || (classed(Classes::NEG) && classed(Classes::DEED))
        }
        "hindsight-certainty" => has(CERTAIN),
        "judgement" => {
            classed(Classes::FAULT_ADJECTIVE.or(Classes::FAULT_NOUN).or(Classes::ATTITUDE))
                || others
                || has(JUDGING)
        }
        "single-root-cause" => has(EXCLUSIVE),
        "vague-action" => plans && super::vague::is_suspect(sentence),
        // a measure for everybody punishes nobody
        "punitive" => {
            plans && (others || has(HUMAN_WORDS)) && !has(&["all", "every", "everyone", "everybody"])
        }
        _ => false,
    };
    let category = verdict.categories.iter().take(2).find(|category| fits(category))?;
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

/// Words that tell the author of the data from others, not blame from its absence.
const EMPTY: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "of", "to", "in", "on", "at", "for", "from", "with",
    "by", "will", "have", "be", "is", "are", "was", "were", "been", "has", "it", "its", "as", "and", "dure",
    "during", "which", "into", "then", "there", "also", "result", "cause", "incid", "outag", "make", ",",
    ".", ":", ";", "(", ")", "-",
];

/// What the model sees of a sentence. Rules are left out: they know the sentences that they were written on.
pub(crate) fn features(sentence: &Sentence) -> Vec<String> {
    let section = format!("{:?}", sentence.section);
    let mut words: Vec<String> = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        if let Some(agent) = sentence.agent_at(at) {
            words.push(format!("@{:?}", agent.kind));
            at = agent.end;
            continue;
        }
        let token = &sentence.tokens[at];
        words.push(match token.kind {
            Kind::Number => "#".to_owned(),
            Kind::Code => "`".to_owned(),
            Kind::Quote => "\"".to_owned(),
            _ if token.lemma != 0 => super::linter::base_form(token.lemma).unwrap_or_default(),
            _ => crate::text::stem(sentence.word(at)),
        });
        at += 1;
    }
    let mut found: Vec<String> = vec![format!("s:{section}")];
    for (i, word) in words.iter().enumerate() {
        if !EMPTY.contains(&word.as_str()) {
            found.push(format!("w:{word}"));
        }
        if let Some(next) = words.get(i + 1) {
            found.push(format!("b:{word} {next}"));
        }
    }
    for (label, class) in [
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
    ] {
        if (0..sentence.tokens.len()).any(|i| sentence.has(i, class)) {
            found.push(format!("c:{label}"));
            found.push(format!("c:{label}:{section}"));
        }
    }
    for clause in sentence.clauses() {
        let ground = subject::ground(sentence, clause);
        found.push(format!("a:{:?}:{ground:?}", clause.kind));
        found.push(format!("a:{section}:{:?}", clause.kind));
        found.push(format!("v:neg{}:modal{}:pas{}", clause.negated, clause.modal, clause.passive));
    }
    if sentence.has_condition() {
        found.push("condition".to_owned());
    }
    if sentence.agents.is_empty() {
        found.push(format!("nobody:{section}"));
    }
    found.push(format!("length:{}", (sentence.tokens.len() / 6).min(5)));
    found.push(format!(
        "numbers:{}",
        sentence.tokens.iter().filter(|token| matches!(token.kind, Kind::Number | Kind::Code)).count().min(3)
    ));
    found.sort_unstable();
    found.dedup();
    found
}
