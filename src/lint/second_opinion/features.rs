//! What the model sees of a sentence: words, senses, word classes, subjects, clauses and the section, each a name.

use std::borrow::Cow;
use std::fmt::{Arguments, Write as _};

use crate::lint::language::{AgentKind, Kind, Sentence};
use crate::lint::lexicon::{Classes, Form};
use crate::lint::section::{SectionKind, Sections};
use crate::lint::subject;

use super::senses;
use super::words::{EMPTY, lists_of};

/// Classes that are features of their own.
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

/// How far apart two senses may stand to be seen together.
const NEAR: usize = 3;

/// What the model sees of a sentence, sorted. Rules are left out: they know the sentences that they were written on.
pub(crate) fn features(sentence: &Sentence) -> Vec<String> {
    let mut found = Vec::new();
    each_feature(sentence, |feature| found.push(feature.to_owned()));
    found.sort_unstable();
    found.dedup();
    found
}

/// Calls `take` with every feature, some of them more than once; one buffer serves for all.
pub(super) fn each_feature(sentence: &Sentence, mut take: impl FnMut(&str)) {
    let section = part_name(sentence.section);
    let mut feature = String::with_capacity(64);
    let tell = &mut |parts: Arguments<'_>| {
        feature.clear();
        // writing into a string cannot fail
        let _ = feature.write_fmt(parts);
        take(&feature);
    };
    let stems: Vec<String> = (0..sentence.tokens.len())
        .map(|at| match sentence.tokens[at].kind {
            Kind::Number | Kind::Code | Kind::Quote => String::new(),
            _ => crate::text::stem(sentence.word(at)),
        })
        .collect();
    words(sentence, &stems, tell);
    senses_of(sentence, &stems, section, tell);
    tell(format_args!("s:{section}"));
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
    subjects(sentence, tell);
    if sentence.has_condition() {
        tell(format_args!("condition"));
    }
    if sentence.agents.is_empty() {
        tell(format_args!("nobody:{section}"));
    }
    tell(format_args!("length:{}", (sentence.tokens.len() / 6).min(5)));
    let exact =
        sentence.tokens.iter().filter(|token| matches!(token.kind, Kind::Number | Kind::Code)).count();
    tell(format_args!("numbers:{}", exact.min(3)));
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

/// The words of a sentence as the model knows them: people by kind, numbers and quotations as signs, the rest by stem.
fn words_of<'a>(sentence: &Sentence, stems: &'a [String]) -> Vec<Cow<'a, str>> {
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
            _ if token.lemma != 0 => crate::lint::linter::base_form(token.lemma).unwrap_or_default().into(),
            _ => stems[at].as_str().into(),
        });
        at += 1;
    }
    words
}

/// Words and pairs of words; people are told by their kind.
fn words(sentence: &Sentence, stems: &[String], tell: &mut impl FnMut(Arguments<'_>)) {
    let plans = Sections::PLANS.has(sentence.section);
    let words = words_of(sentence, stems);
    for (i, word) in words.iter().enumerate() {
        if lists_of(word) & EMPTY == 0 {
            tell(format_args!("w:{word}"));
            tell(format_args!("x:{plans}:{word}"));
        }
        if let Some(next) = words.get(i + 1) {
            tell(format_args!("b:{word} {next}"));
        }
    }
    if words.iter().rev().skip(1).any(|word| word == "?") {
        tell(format_args!("answered"));
    }
}

/// Senses by themselves, with the section, with the sort of people around, and two near each other.
fn senses_of(sentence: &Sentence, stems: &[String], section: &str, tell: &mut impl FnMut(Arguments<'_>)) {
    let people = match sentence.agents.iter().find(|agent| agent.kind != AgentKind::First) {
        Some(_) => "others",
        None if sentence.agents.is_empty() => "nobody",
        None => "us",
    };
    let sets: Vec<u64> = (0..sentence.tokens.len())
        .map(|at| match sentence.tokens[at].kind {
            Kind::Word => senses::of(&stems[at], sentence.word(at)),
            _ => 0,
        })
        .collect();
    let mut seen = 0;
    let mut twice = 0;
    for set in &sets {
        twice |= seen & set;
        seen |= set;
    }
    for sense in senses::names(seen) {
        tell(format_args!("S:{sense}"));
        tell(format_args!("S:{sense}:{section}"));
        tell(format_args!("S:{sense}:{people}"));
    }
    for sense in senses::names(twice) {
        tell(format_args!("S2:{sense}"));
    }
    for (at, &first) in sets.iter().enumerate().filter(|(_, set)| **set != 0) {
        let near = sets[at + 1..sets.len().min(at + 1 + NEAR)].iter().fold(0, |all, set| all | set);
        for one in senses::names(first) {
            for other in senses::names(near) {
                tell(format_args!("J:{one} {other}"));
            }
        }
    }
}

/// What opens the sentence with its verb, and machines with the verbs that follow them.
fn subjects(sentence: &Sentence, tell: &mut impl FnMut(Arguments<'_>)) {
    let tokens = &sentence.tokens;
    let finite = |at: usize| {
        let token = &tokens[at];
        token.kind == Kind::Word
            && (token.classes.any(Classes::AUX)
                || token.form.any(Form::PAST)
                || (token.form.any(Form::THIRD) && !token.classes.any(Classes::MACHINE)))
    };
    let lead = sentence.lead.min(tokens.len());
    let Some(verb) = (lead..tokens.len().min(lead + 10)).find(|&at| finite(at)) else {
        tell(format_args!("opens:without verb"));
        return;
    };
    let opening = lead..verb;
    let opens = if opening.is_empty() {
        "verb"
    } else if sentence.agents.iter().any(|agent| agent.start >= lead && agent.end == verb) {
        "human"
    } else if sentence.agents.iter().any(|agent| agent.possessive && opening.contains(&agent.start)) {
        "possessed"
    } else if sentence.has(verb - 1, Classes::MACHINE) {
        "machine"
    } else if opening.clone().any(|at| sentence.agent_over(at).is_some()) {
        "near human"
    } else if sentence.is_one_of(lead, &["it", "this", "that", "there", "what"]) {
        "pronoun"
    } else if tokens[lead].form.any(Form::GERUND) {
        "deed"
    } else {
        "thing"
    };
    let auxiliary = if sentence.has(verb, Classes::AUX) { sentence.word(verb) } else { "" };
    let denied = (verb..verb + 3).any(|at| sentence.has(at, Classes::NEG));
    let main = (verb..tokens.len().min(verb + 5))
        .find(|&at| tokens[at].classes.any(Classes::VERB) && !tokens[at].classes.any(Classes::AUX))
        .map_or("none", |at| verb_class(tokens[at].classes));
    tell(format_args!("opens:{opens}"));
    tell(format_args!("opens:{opens}:{main}"));
    tell(format_args!("opens:{opens}:{auxiliary}:{denied}"));
    for (at, token) in tokens.iter().enumerate().skip(1) {
        let machine = sentence.has(at - 1, Classes::MACHINE) && sentence.agent_over(at - 1).is_none();
        if machine && finite(at) {
            tell(format_args!("machine:{}", verb_class(token.classes)));
        }
    }
}

fn verb_class(classes: Classes) -> &'static str {
    [
        ("harm", Classes::HARM),
        ("omit", Classes::OMIT),
        ("attitude", Classes::ATTITUDE),
        ("change", Classes::CHANGE),
        ("neutral", Classes::NEUTRAL),
    ]
    .into_iter()
    .find(|(_, class)| classes.any(*class))
    .map_or("other", |(name, _)| name)
}
