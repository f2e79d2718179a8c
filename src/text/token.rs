//! Words and technical tokens, with stems for matching.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::Span;

const STOP_WORDS: &str = "a about above after again against all am an and any are as at be because been before being below \
between both but by can could did do does doing down during each few for from further had has have having he her here \
hers him his how i if in into is it its itself just me more most my myself no nor not now of off on once only or other \
our ours out over own same she should so some such than that the their theirs them then there these they this those \
through to too under until up very was we were what when where which while who whom why will with would you your yours";

static STOPS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| STOP_WORDS.split_whitespace().collect());
static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

thread_local! {
    /// Stemming is the slow half of indexing and words repeat: one small cache a thread.
    static STEMS: RefCell<HashMap<String, String>> = RefCell::new(HashMap::new());
}

/// Distinct words kept in the stem cache before it starts afresh.
const STEM_CACHE: usize = 50_000;

/// English words that carry no topic.
#[must_use]
pub fn is_stop_word(lower: &str) -> bool {
    STOPS.contains(lower)
}

/// Snowball English stem of a lower-case word.
#[must_use]
pub fn stem(lower: &str) -> String {
    STEMS.with_borrow_mut(|cache| {
        if let Some(known) = cache.get(lower) {
            return known.clone();
        }
        if cache.len() >= STEM_CACHE {
            cache.clear();
        }
        let stemmed = STEMMER.stem(lower).into_owned();
        cache.insert(lower.to_owned(), stemmed.clone());
        stemmed
    })
}

/// Spans of the words of a text: letters, digits, and apostrophes or hyphens inside a word.
#[must_use]
pub fn words(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner = matches!(c, '\'' | '’' | '-' | '_')
            && start.is_some()
            && chars.peek().is_some_and(|&(_, next)| next.is_alphanumeric());
        if c.is_alphanumeric() || inner {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            found.push(Span::new(from, at));
        }
    }
    if let Some(from) = start {
        found.push(Span::new(from, text.len()));
    }
    found
}

/// Index terms of a technical text: `[A-Za-z0-9_]+` lower-cased plus the parts of camelCase and snake_case, English
/// stop words left out, Snowball stems (`reference`: the lexical fusion measured for this project).
pub fn technical_tokens(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    each_technical_token(text, |_, stem| terms.push(stem));
    terms
}

/// Calls `take` with every index term of [`technical_tokens`] as it stands in the text and as its stem.
pub fn each_technical_token<'a>(text: &'a str, mut take: impl FnMut(&'a str, String)) {
    for token in text.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
        if token.is_empty() {
            continue;
        }
        push_term(token, &mut take);
        let parts = word_parts(token);
        if parts.len() > 1 {
            for part in parts {
                push_term(part, &mut take);
            }
        }
    }
}

fn push_term<'a>(token: &'a str, take: &mut impl FnMut(&'a str, String)) {
    let bare = token.trim_matches('_');
    let lower = bare.to_lowercase();
    if !lower.is_empty() && !is_stop_word(&lower) {
        take(bare, stem(&lower));
    }
}

/// Parts of `camelCase`, `HTTPServer` and `snake_case`.
fn word_parts(token: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for piece in token.split('_').filter(|piece| !piece.is_empty()) {
        let chars: Vec<(usize, char)> = piece.char_indices().collect();
        let mut start = 0;
        for i in 1..chars.len() {
            let (at, c) = chars[i];
            let before = chars[i - 1].1;
            let next_is_lower = chars.get(i + 1).is_some_and(|&(_, next)| next.is_lowercase());
            if c.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && next_is_lower)) {
                parts.push(&piece[start..at]);
                start = at;
            }
        }
        parts.push(&piece[start..]);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn technical_tokens_split_identifiers_and_stem() {
        let terms = technical_tokens("OOMKilled pods: memory_limits in NativeAzureFs were failing");
        for expected in ["oomkil", "kill", "pod", "memory_limit", "memori", "limit", "azur", "fail"] {
            assert!(terms.iter().any(|term| term.starts_with(expected)), "{expected} in {terms:?}");
        }
        assert!(!terms.contains(&"were".to_owned()));
    }

    #[test]
    fn words_keep_inner_apostrophes_and_hyphens() {
        let text = "O'Shea's re-run, 'quoted'";
        let found: Vec<&str> = words(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["O'Shea's", "re-run", "quoted"]);
    }
}
