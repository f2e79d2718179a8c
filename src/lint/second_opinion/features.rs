//! What the model sees of a sentence: words, senses, word classes, subjects, clauses and the section, each a name.

use std::fmt;

use crate::lint::language::{AgentKind, Kind, Sentence};
use crate::lint::lexicon::{Classes, Form};
use crate::lint::section::Sections;
use crate::lint::subject;

use super::senses;

/// Takes features one by one.
pub(crate) trait Sink {
    fn add(&mut self, feature: fmt::Arguments<'_>);
}

impl Sink for Vec<String> {
    fn add(&mut self, feature: fmt::Arguments<'_>) {
        self.push(feature.to_string());
    }
}

/// Words that tell the author of the data from others, not blame from its absence.
const EMPTY: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "of", "to", "in", "on", "at", "for", "from", "with",
    "by", "will", "have", "be", "is", "are", "was", "were", "been", "has", "it", "its", "as", "and", "dure",
    "during", "which", "into", "then", "there", "also", "result", "cause", "incid", "outag", "make", ",",
    ".", ":", ";", "(", ")", "-",
];

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

/// Names the features of a sentence, some of them more than once. Rules are left out: they know the sentences that they
/// were written on.
pub(crate) fn features(sentence: &Sentence, sink: &mut impl Sink) {
    let section = format!("{:?}", sentence.section);
    let stems: Vec<String> = (0..sentence.tokens.len())
        .map(|at| match sentence.tokens[at].kind {
            Kind::Number | Kind::Code | Kind::Quote => String::new(),
            _ => crate::text::stem(sentence.word(at)),
        })
        .collect();
    words(sentence, &stems, sink);
    senses_of(sentence, &stems, &section, sink);
    sink.add(format_args!("s:{section}"));
    for (label, class) in CLASSES {
        if (0..sentence.tokens.len()).any(|i| sentence.has(i, class)) {
            sink.add(format_args!("c:{label}"));
            sink.add(format_args!("c:{label}:{section}"));
        }
    }
    for clause in sentence.clauses() {
        let ground = subject::ground(sentence, clause);
        sink.add(format_args!("a:{:?}:{ground:?}", clause.kind));
        sink.add(format_args!("a:{section}:{:?}", clause.kind));
        sink.add(format_args!("v:neg{}:modal{}:pas{}", clause.negated, clause.modal, clause.passive));
    }
    subjects(sentence, sink);
    if sentence.has_condition() {
        sink.add(format_args!("condition"));
    }
    if sentence.agents.is_empty() {
        sink.add(format_args!("nobody:{section}"));
    }
    sink.add(format_args!("length:{}", (sentence.tokens.len() / 6).min(5)));
    let exact =
        sentence.tokens.iter().filter(|token| matches!(token.kind, Kind::Number | Kind::Code)).count();
    sink.add(format_args!("numbers:{}", exact.min(3)));
}

/// Words and pairs of words; people are told by their kind.
fn words(sentence: &Sentence, stems: &[String], sink: &mut impl Sink) {
    let plans = Sections::PLANS.has(sentence.section);
    let mut words: Vec<String> = Vec::with_capacity(sentence.tokens.len());
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
            _ if token.lemma != 0 => crate::lint::linter::base_form(token.lemma).unwrap_or_default(),
            _ => stems[at].clone(),
        });
        at += 1;
    }
    for (i, word) in words.iter().enumerate() {
        if !EMPTY.contains(&word.as_str()) {
            sink.add(format_args!("w:{word}"));
            sink.add(format_args!("x:{plans}:{word}"));
        }
        if let Some(next) = words.get(i + 1) {
            sink.add(format_args!("b:{word} {next}"));
        }
    }
    if words.iter().rev().skip(1).any(|word| word == "?") {
        sink.add(format_args!("answered"));
    }
}

/// Senses by themselves, with the section, with the sort of people around, and two near each other.
fn senses_of(sentence: &Sentence, stems: &[String], section: &str, sink: &mut impl Sink) {
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
        sink.add(format_args!("S:{sense}"));
        sink.add(format_args!("S:{sense}:{section}"));
        sink.add(format_args!("S:{sense}:{people}"));
    }
    for sense in senses::names(twice) {
        sink.add(format_args!("S2:{sense}"));
    }
    for (at, &first) in sets.iter().enumerate().filter(|(_, set)| **set != 0) {
        let near = sets[at + 1..sets.len().min(at + 1 + NEAR)].iter().fold(0, |all, set| all | set);
        for one in senses::names(first) {
            for other in senses::names(near) {
                sink.add(format_args!("J:{one} {other}"));
            }
        }
    }
}

/// What opens the sentence with its verb, and machines with the verbs that follow them.
fn subjects(sentence: &Sentence, sink: &mut impl Sink) {
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
        sink.add(format_args!("opens:without verb"));
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
    sink.add(format_args!("opens:{opens}"));
    sink.add(format_args!("opens:{opens}:{main}"));
    sink.add(format_args!("opens:{opens}:{auxiliary}:{denied}"));
    for at in 1..tokens.len() {
        let machine = sentence.has(at - 1, Classes::MACHINE) && sentence.agent_over(at - 1).is_none();
        if machine && finite(at) {
            sink.add(format_args!("machine:{}", verb_class(tokens[at].classes)));
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
