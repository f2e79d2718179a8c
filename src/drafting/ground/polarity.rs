//! Whether a sentence says yes where its evidence says no.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::{frames, opposites, sense};
use crate::text::{is_stop_word, stem, words};

/// Words that turn what follows into its opposite.
const NEGATIONS: &[&str] = &[
    "not", "no", "never", "without", "none", "neither", "nor", "cannot", "nothing", "nobody", "lacks",
    "lacked", "lacking", "lack", "missing", "absent",
];
/// Negations that are a subject themselves: a phrase between them and the verb is not what they deny.
const SUBJECTS: &[&str] = &["nothing", "nobody", "none"];
/// How many content words a negation reaches inside its clause.
const REACH: usize = 2;

/// Other ways of saying no, for lines of chat and logs.
#[expect(clippy::expect_used, reason = "a constant pattern, covered by the tests of this folder")]
static DENYING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(not|no|never|without|none|neither|nor|cannot|nothing|nobody|lack\w*|missing|absent|\w+n['’]t|fail\w*|refus\w*|reject\w*|den(y|ied|ies)|unable|un(available|reachable|healthy|known)|down|dead|lost|ruled out|rule \w+ out|stop\w*|only|too|wrong|instead|outside|beyond|expired|broken|disabled|blocked|invalid|back to|meant for)\b").expect("pattern")
});

/// What a text affirms and what it denies, as senses of stems.
#[derive(Debug, Default)]
pub struct Polarity {
    affirmed: BTreeSet<String>,
    /// The word right behind a negation.
    denied: BTreeSet<String>,
    /// Every word that a negation reaches.
    reached: BTreeSet<String>,
    stems: BTreeSet<String>,
    /// Holds any way of saying no.
    denying: bool,
    /// Holds a plain negation.
    negated: bool,
}

impl Polarity {
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.replace('’', "'");
        let mut polarity = Self { denying: DENYING.is_match(&text), ..Self::default() };
        let spans = words(&text);
        let tokens: Vec<String> = spans.iter().map(|span| span.of(&text).to_lowercase()).collect();
        let breaks = clause_breaks(&text, &spans);
        let (mut reach, mut skip) = (0, false);
        for (at, token) in tokens.iter().enumerate() {
            if breaks.contains(&at) {
                (reach, skip) = (0, false);
            }
            let next = tokens.get(at + 1).map(String::as_str);
            if NEGATIONS.contains(&token.as_str())
                || token.ends_with("n't")
                || token == "failed" && next == Some("to")
            {
                polarity.negated = true;
                reach = REACH;
                skip = SUBJECTS.contains(&token.as_str())
                    && next.is_some_and(|next| matches!(next, "in" | "of" | "on" | "about" | "at"));
                continue;
            }
            polarity.stems.insert(stem(token));
            if is_stop_word(token) || token.chars().count() < 3 {
                continue;
            }
            let meaning = sense(&stem(token)).to_owned();
            if reach == 0 || skip {
                skip = false;
                polarity.affirmed.insert(meaning);
                continue;
            }
            if reach == REACH {
                polarity.denied.insert(meaning.clone());
            }
            polarity.reached.insert(meaning);
            reach -= 1;
        }
        polarity
    }

    /// A word on which the claim and its evidence disagree; a `guess` may turn what its lines deny into a contrast.
    #[must_use]
    pub fn conflict(&self, evidence: &Self, guess: bool) -> Option<String> {
        if self.negated && !evidence.denying && !guess {
            return self.denied.iter().next().cloned().or_else(|| Some("not".to_owned()));
        }
        // Words of every report are denied and affirmed side by side; "no activity is recorded" denies no line.
        let denied_here = self.denied.iter().find(|word| {
            !matches!(word.as_str(), "activ" | "record")
                && evidence.affirmed.contains(*word)
                && !evidence.reached.contains(*word)
                && !self.affirmed.contains(*word)
        });
        let says_no = guess || self.negated || self.stems.contains("rule") || self.stems.contains("exclud");
        let denied_there = self.affirmed.iter().find(|word| {
            !says_no
                && !frames(word)
                && evidence.reached.contains(*word)
                && !evidence.affirmed.contains(*word)
        });
        let turned = opposites().find(|(mine, theirs)| {
            let has = |set: &BTreeSet<String>, word: &str| set.contains(word);
            has(&self.stems, mine)
                && !has(&self.stems, theirs)
                && has(&evidence.stems, theirs)
                && !has(&evidence.stems, mine)
        });
        denied_here.or(denied_there).cloned().or_else(|| turned.map(|(mine, _)| mine.to_owned()))
    }
}

/// Indices of the words that follow a comma, a colon or a full stop.
fn clause_breaks(text: &str, spans: &[crate::text::Span]) -> BTreeSet<usize> {
    let after_mark = |at: usize| {
        at > 0
            && text[spans[at - 1].end..spans[at].start]
                .contains([',', '.', ':', ';', '(', ')', '!', '?', '–'])
    };
    (0..spans.len()).filter(|&at| after_mark(at)).collect()
}
