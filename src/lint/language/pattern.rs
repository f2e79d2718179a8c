//! Phrase patterns over tokens.
//!
//! `word` a word · `a|b` one of · `word?` may be absent · `~verb` any form of a verb · `%class` a word class · `@` a human
//! noun phrase, `@nr` only of some kinds (n name, h handle, r role, t team, v vendor, i unnamed, o nobody, f I/we, p he/she)
//! · `'s` a possessive · `..` up to three tokens · `...` up to eight, both inside a clause · `<` the beginning · `>` the end
//! · `#` a number. A word that begins with a capital must be capitalised in the text.

use crate::lint::lexicon::{Classes, Form, Lexicon, Members, class_named};

use super::{AgentKind, Kind, Kinds, Sentence};

#[derive(Clone, Debug)]
enum Element {
    Any { words: Vec<u32>, lemmas: Vec<u32>, classes: Classes },
    Human(Kinds),
    Gap(usize),
    Number,
    Quote,
    Either(Box<Element>, Box<Element>),
    Start,
    End,
}

impl Element {
    /// Every word that fits; none for what is no word.
    fn words<'a>(&'a self, members: &'a Members) -> impl Iterator<Item = u32> + 'a {
        let (words, lemmas, classes) = match self {
            Self::Any { words, lemmas, classes } => (words.as_slice(), lemmas.as_slice(), *classes),
            _ => (&[][..], &[][..], Classes::NONE),
        };
        let forms = lemmas.iter().flat_map(|lemma| members.of_lemma(*lemma));
        words.iter().chain(forms).copied().chain(members.of_classes(classes))
    }
}

#[derive(Clone, Debug)]
struct Step {
    element: Element,
    optional: bool,
}

/// A parsed phrase pattern.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    steps: Vec<Step>,
}

impl Pattern {
    pub(crate) fn parse(pattern: &str, lexicon: &mut Lexicon) -> Self {
        let steps = pattern
            .split_whitespace()
            .map(|word| {
                let optional = word.len() > 1 && word.ends_with('?');
                let word = if optional { &word[..word.len() - 1] } else { word };
                Step { element: element(word, lexicon), optional }
            })
            .collect();
        Self { steps }
    }

    /// Words one of which must occur, the rarest such set of the pattern; empty when none must.
    fn anchors(&self, members: &Members) -> Vec<u32> {
        self.steps
            .iter()
            .filter(|step| !step.optional)
            .filter_map(|step| match &step.element {
                Element::Any { .. } => {
                    let all: Vec<u32> = step.element.words(members).collect();
                    let cost: usize =
                        all.iter().map(|&id| if members.is_common(id) { 1000 } else { 1 }).sum();
                    Some((cost, all))
                }
                _ => None,
            })
            .min_by_key(|(cost, _)| *cost)
            .map(|(_, all)| all)
            .unwrap_or_default()
    }

    /// Tokens `start..end` of the first match.
    pub(crate) fn find(&self, sentence: &Sentence) -> Option<(usize, usize)> {
        (0..sentence.tokens.len()).find_map(|start| {
            self.matches(sentence, start, 0).filter(|&end| end > start).map(|end| (start, end))
        })
    }

    fn matches(&self, sentence: &Sentence, at: usize, step: usize) -> Option<usize> {
        let Some(current) = self.steps.get(step) else { return Some(at) };
        if let Some(end) = self.matches_step(sentence, at, step, &current.element) {
            return Some(end);
        }
        if current.optional { self.matches(sentence, at, step + 1) } else { None }
    }

    fn matches_step(&self, sentence: &Sentence, at: usize, step: usize, element: &Element) -> Option<usize> {
        let next = |end: usize| self.matches(sentence, end, step + 1);
        match element {
            Element::Start => is_start(sentence, at).then(|| next(at)).flatten(),
            Element::End => {
                (at..sentence.tokens.len()).all(|i| sentence.tokens[i].kind == Kind::Mark).then_some(at)
            }
            Element::Gap(most) => {
                for skipped in 0..=*most {
                    if let Some(end) = next(at + skipped) {
                        return Some(end);
                    }
                    if at + skipped >= sentence.tokens.len()
                        || matches!(sentence.word(at + skipped), ";" | ":" | "." | "?" | "!")
                    {
                        break;
                    }
                }
                None
            }
            Element::Human(kinds) => {
                let agent = sentence.agent_at(at).filter(|agent| kinds.has(agent.kind))?;
                next(agent.end)
            }
            Element::Either(one, other) => self
                .matches_step(sentence, at, step, one)
                .or_else(|| self.matches_step(sentence, at, step, other)),
            Element::Number => {
                let is_number = sentence.tokens.get(at).is_some_and(|token| token.kind == Kind::Number)
                    || sentence.has(at, Classes::NUMBER);
                is_number.then(|| next(at + 1)).flatten()
            }
            Element::Quote => {
                sentence.tokens.get(at).filter(|token| token.kind == Kind::Quote).and_then(|_| next(at + 1))
            }
            Element::Any { words, lemmas, classes } => {
                let token = sentence.tokens.get(at)?;
                let fits = (token.id != 0 && words.contains(&token.id))
                    || (token.lemma != 0 && token.form != Form::NONE && lemmas.contains(&token.lemma))
                    || token.classes.any(*classes);
                fits.then(|| next(at + 1)).flatten()
            }
        }
    }
}

/// The first word, what follows a time or a label, or what follows strong punctuation.
fn is_start(sentence: &Sentence, at: usize) -> bool {
    at == 0 || at == sentence.lead || matches!(sentence.word(at - 1), ":" | ";" | "?" | "–" | "—")
}

fn element(word: &str, lexicon: &mut Lexicon) -> Element {
    match word {
        ".." => return Element::Gap(3),
        "..." => return Element::Gap(8),
        "<" => return Element::Start,
        ">" => return Element::End,
        "#" => return Element::Number,
        "QUOTE" => return Element::Quote,
        _ => {}
    }
    if let Some((person, words)) = word.strip_prefix('@').and_then(|rest| rest.split_once('|')) {
        let human = element(&format!("@{person}"), lexicon);
        return Element::Either(Box::new(human), Box::new(element(words, lexicon)));
    }
    if let Some(kinds) = word.strip_prefix('@') {
        let of = |c| match c {
            'n' => AgentKind::Name,
            'h' => AgentKind::Handle,
            'r' => AgentKind::Role,
            't' => AgentKind::Team,
            'v' => AgentKind::Vendor,
            'i' => AgentKind::Indefinite,
            'o' => AgentKind::Nobody,
            'f' => AgentKind::First,
            _ => AgentKind::Third,
        };
        let list: Vec<AgentKind> = kinds.chars().map(of).collect();
        return Element::Human(if list.is_empty() { Kinds::ALL } else { Kinds::of(&list) });
    }
    let mut words = Vec::new();
    let mut lemmas = Vec::new();
    let mut classes = Classes::NONE;
    for alternative in word.split('|') {
        if let Some(verb) = alternative.strip_prefix('~') {
            lemmas.push(lexicon.intern_verb(verb));
        } else if let Some(label) = alternative.strip_prefix('%') {
            debug_assert!(class_named(label).is_some(), "unknown class {label}");
            classes = classes.or(class_named(label).unwrap_or_default());
        } else {
            words.push(lexicon.intern(&alternative.to_lowercase()));
        }
    }
    Element::Any { words, lemmas, classes }
}

/// Which patterns a sentence's words call for.
pub(crate) struct PatternIndex {
    by_word: Vec<Vec<u32>>,
    always: Vec<u32>,
    /// What else each pattern cannot do without.
    needs: Vec<Needs>,
}

/// What a sentence must hold for a pattern to fit.
#[derive(Clone, Debug, Default)]
struct Needs {
    /// For each required word, the letters of its alternatives; see [`letter`].
    words: Vec<u128>,
    /// For each required person, the kinds that will do.
    people: Vec<Kinds>,
}

impl Needs {
    fn of(pattern: &Pattern, members: &Members) -> Self {
        let mut needs = Self::default();
        for step in pattern.steps.iter().filter(|step| !step.optional) {
            match &step.element {
                Element::Any { .. } => {
                    let letters = step.element.words(members).fold(0, |set, id| set | letter(id));
                    if letters != u128::MAX {
                        needs.words.push(letters);
                    }
                }
                Element::Human(kinds) => needs.people.push(*kinds),
                _ => {}
            }
        }
        needs
    }

    fn are_met(&self, letters: u128, sentence: &Sentence) -> bool {
        self.words.iter().all(|one| one & letters != 0)
            && self.people.iter().all(|kinds| sentence.agents.iter().any(|agent| kinds.has(agent.kind)))
    }
}

/// One of 128 bits that stands for a word: a sentence without any bit of a set holds no word of it.
fn letter(id: u32) -> u128 {
    1 << (id.wrapping_mul(0x9E37_79B1) >> 25)
}

impl PatternIndex {
    pub(crate) fn new(patterns: &[Pattern], lexicon: &Lexicon) -> Self {
        let members = Members::new(lexicon);
        let mut index = Self {
            by_word: vec![Vec::new(); lexicon.len()],
            always: Vec::new(),
            needs: patterns.iter().map(|pattern| Needs::of(pattern, &members)).collect(),
        };
        for (number, pattern) in (0_u32..).zip(patterns) {
            let anchors = pattern.anchors(&members);
            if anchors.is_empty() {
                index.always.push(number);
            }
            for word in anchors {
                if let Some(list) = index.by_word.get_mut(word as usize) {
                    list.push(number);
                }
            }
        }
        index
    }

    /// Numbers of the patterns worth trying, ascending.
    pub(crate) fn candidates(&self, sentence: &Sentence) -> Vec<u32> {
        let known = sentence.tokens.iter().filter(|token| token.id != 0);
        let letters = known.clone().fold(0, |set, token| set | letter(token.id));
        let called = known.filter_map(|token| self.by_word.get(token.id as usize));
        let mut found: Vec<u32> = std::iter::once(&self.always)
            .chain(called)
            .flatten()
            .copied()
            .filter(|&number| self.needs[number as usize].are_met(letters, sentence))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
