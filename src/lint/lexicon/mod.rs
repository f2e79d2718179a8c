//! Word classes read from text tables, verbs with their forms, and an interner for the words of patterns.

use rustc_hash::FxHashMap;

mod forms;

pub(crate) use forms::Form;

macro_rules! classes {
    ($($name:ident = $label:literal),* $(,)?) => {
        /// A set of word classes, one bit each.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub(crate) struct Classes(u128);

        #[allow(clippy::upper_case_acronyms, reason = "named like the constants they number")]
        #[allow(non_camel_case_types, reason = "an index of bits, never seen as a type")]
        enum Bit { $($name),* }

        impl Classes {
            $(pub(crate) const $name: Self = Self(1 << Bit::$name as u32);)*

            /// The class of a `[heading]` in the tables.
            fn named(label: &str) -> Option<Self> {
                match label { $($label => Some(Self::$name),)* _ => None }
            }
        }
    };
}

classes! {
    ROLE = "role", TEAM = "team", UNIT = "unit", VENDOR = "vendor", INDEFINITE = "indefinite", FIRST = "first",
    THIRD = "third", POSSESSIVE = "possessive", HUMAN_MODIFIER = "human_modifier", MACHINE_MODIFIER = "machine_modifier",
    THING_AFTER = "thing_after", MACHINE = "machine", GIVEN_NAME = "given_name", NAME_OR_WORD = "name_or_word",
    HARM = "harm", OMIT = "omit", ATTITUDE = "attitude", CHANGE = "change", NEUTRAL = "neutral", DET = "det", PREP = "prep",
    CONJ = "conj", SUB = "sub", AUX = "aux", BE = "be", NEG = "neg", ADV = "adv", NUMBER = "number",
    INADVERTENCE = "inadvertence", FAULT_NOUN = "fault_noun", WORK_NOUN = "work_noun", FAULT_ADJECTIVE = "fault_adjective",
    WRONG = "wrong", DUTY = "duty", DEED = "deed", ASSET = "asset", VAGUE_VERB = "vague_verb", VAGUE_NOUN = "vague_noun",
    SOFT_COMPARATIVE = "soft_comparative", ANCHOR_TEST = "anchor_test", MONTH = "month", ZONE = "zone",
}

impl Classes {
    pub(crate) const NONE: Self = Self(0);
    /// Verbs that fault their subject.
    pub(crate) const FAULTED: Self = Self(Self::HARM.0 | Self::OMIT.0 | Self::ATTITUDE.0);
    /// Anything that can be a verb.
    pub(crate) const VERB: Self = Self(Self::FAULTED.0 | Self::CHANGE.0 | Self::NEUTRAL.0);

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What the tables say of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    /// Never 0, which is the unknown word.
    pub(crate) id: u32,
    pub(crate) classes: Classes,
    /// Id of the base form when the word can be a verb.
    pub(crate) lemma: u32,
    pub(crate) form: Form,
}

/// All known words.
pub(crate) struct Lexicon {
    words: FxHashMap<String, Entry>,
    /// Words by id, from 1.
    spelled: Vec<String>,
    next: u32,
}

const TABLES: [&str; 3] =
    [include_str!("people.txt"), include_str!("verbs.txt"), include_str!("grammar.txt")];

impl Lexicon {
    pub(crate) fn load() -> Self {
        let mut lexicon = Self {
            words: FxHashMap::with_capacity_and_hasher(8192, Default::default()),
            spelled: vec![String::new()],
            next: 1,
        };
        for table in TABLES {
            let mut class = Classes::NONE;
            for line in table.lines().filter(|line| !line.starts_with('#')) {
                if let Some(label) = line.strip_prefix('[') {
                    class = Classes::named(label.trim_end_matches(']')).unwrap_or_default();
                    debug_assert!(class != Classes::NONE, "unknown class {label}");
                    continue;
                }
                for word in line.split_whitespace() {
                    if class.any(Classes::VERB) {
                        lexicon.add_verb(word, class);
                    } else {
                        lexicon.entry(word).classes = lexicon.get(word).classes.or(class);
                    }
                }
            }
        }
        lexicon
    }

    /// Id of a word, known from now on.
    pub(crate) fn intern(&mut self, word: &str) -> u32 {
        self.entry(word).id
    }

    /// Id of a verb's base form; its regular forms are known from now on.
    pub(crate) fn intern_verb(&mut self, base: &str) -> u32 {
        if self.get(base).form == Form::NONE {
            self.add_verb(base, Classes::NONE);
        }
        self.get(base).lemma
    }

    pub(crate) fn get(&self, lower: &str) -> Entry {
        self.words.get(lower).copied().unwrap_or_default()
    }

    /// The word of an id; `None` for the unknown word.
    pub(crate) fn word_of(&self, id: u32) -> Option<&str> {
        self.spelled.get(id as usize).map(String::as_str).filter(|word| !word.is_empty())
    }

    pub(crate) fn len(&self) -> usize {
        self.next as usize
    }

    fn entry(&mut self, word: &str) -> &mut Entry {
        let next = &mut self.next;
        let spelled = &mut self.spelled;
        self.words.entry(word.to_owned()).or_insert_with(|| {
            let id = *next;
            *next += 1;
            spelled.push(word.to_owned());
            Entry { id, ..Entry::default() }
        })
    }

    fn add_verb(&mut self, spec: &str, class: Classes) {
        let forms = forms::of(spec);
        let lemma = self.intern(&forms[0].0);
        for (word, form) in forms {
            let entry = self.entry(&word);
            entry.classes = entry.classes.or(class);
            entry.form = entry.form.or(form);
            if entry.lemma == 0 || form == Form::PAST {
                entry.lemma = lemma;
            }
        }
    }
}

/// Who belongs to a class or to a lemma, to find the words that a pattern needs.
pub(crate) struct Members {
    by_lemma: FxHashMap<u32, Vec<u32>>,
    by_bit: Vec<Vec<u32>>,
    common: Vec<bool>,
}

impl Members {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let common = Classes::DET
            .or(Classes::PREP)
            .or(Classes::AUX)
            .or(Classes::CONJ)
            .or(Classes::SUB)
            .or(Classes::FIRST)
            .or(Classes::THIRD);
        let mut members = Self {
            by_lemma: FxHashMap::default(),
            by_bit: vec![Vec::new(); 128],
            common: vec![false; lexicon.len()],
        };
        let mut entries: Vec<&Entry> = lexicon.words.values().collect();
        entries.sort_unstable_by_key(|entry| entry.id);
        for entry in entries {
            if entry.lemma != 0 {
                members.by_lemma.entry(entry.lemma).or_default().push(entry.id);
            }
            for (bit, list) in members.by_bit.iter_mut().enumerate() {
                if entry.classes.0 & (1 << bit) != 0 {
                    list.push(entry.id);
                }
            }
            if let Some(slot) = members.common.get_mut(entry.id as usize) {
                *slot = entry.classes.any(common);
            }
        }
        members
    }

    pub(crate) fn of_lemma(&self, lemma: u32) -> &[u32] {
        self.by_lemma.get(&lemma).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn of_classes(&self, classes: Classes) -> impl Iterator<Item = u32> + '_ {
        self.by_bit
            .iter()
            .enumerate()
            .filter(move |(bit, _)| classes.0 & (1 << bit) != 0)
            .flat_map(|(_, list)| list.iter().copied())
    }

    /// Words of the closed classes occur everywhere.
    pub(crate) fn is_common(&self, id: u32) -> bool {
        self.common.get(id as usize).copied().unwrap_or_default()
    }
}

/// The class a pattern names with `%label`.
pub(crate) fn class_named(label: &str) -> Option<Classes> {
    Classes::named(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_verbs_lead_to_their_base() {
        let lexicon = Lexicon::load();
        let forget = lexicon.get("forget").id;
        for form in ["forgot", "forgotten", "forgets", "forgetting"] {
            assert_eq!(lexicon.get(form).lemma, forget, "{form}");
        }
        assert!(lexicon.get("committed").form.any(Form::PAST));
        assert!(lexicon.get("wiped").classes.any(Classes::HARM));
        assert!(lexicon.get("engineer").classes.any(Classes::ROLE));
        assert_eq!(lexicon.get("zzz").id, 0);
    }
}
