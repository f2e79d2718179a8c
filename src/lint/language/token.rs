//! Tokens of one sentence: words with contractions written out, numbers, code, quotations, punctuation.

use crate::lint::lexicon::{Classes, Form, Lexicon};
use crate::text::Span;

use super::Sentence;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    /// A number, time, date or version.
    Number,
    /// Inline code, a URL, a path.
    Code,
    /// A stretch between quotation marks.
    Quote,
    /// `@somebody`
    Handle,
    Mark,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Place in [`Sentence::text`].
    pub(crate) span: Span,
    /// Place in the lower-case copy.
    pub(crate) lower: Span,
    pub(crate) kind: Kind,
    pub(crate) id: u32,
    pub(crate) lemma: u32,
    pub(crate) classes: Classes,
    pub(crate) form: Form,
    pub(crate) capital: bool,
}

/// Contractions without an apostrophe.
const FUSED: [&str; 4] = ["cannot", "shoulda", "coulda", "woulda"];

struct Writer<'a> {
    lexicon: &'a Lexicon,
    tokens: Vec<Token>,
    lower: String,
}

impl Writer<'_> {
    fn push(&mut self, word: &str, span: Span, kind: Kind, capital: bool) {
        let start = self.lower.len();
        for c in word.chars() {
            match c {
                '’' => self.lower.push('\''),
                _ if c.is_ascii() => self.lower.push(c.to_ascii_lowercase()),
                _ => self.lower.extend(c.to_lowercase()),
            }
        }
        let lower = Span::new(start, self.lower.len());
        self.lower.push(' ');
        let mut entry = self.lexicon.get(lower.of(&self.lower));
        if entry.id == 0
            && kind == Kind::Word
            && let Some((_, last)) = lower.of(&self.lower).rsplit_once('-')
        {
            // "half-finished" is finished, "team-lead" a lead
            let tail = self.lexicon.get(last);
            entry = tail;
        }
        if matches!(kind, Kind::Code | Kind::Quote | Kind::Handle | Kind::Number) {
            entry = crate::lint::lexicon::Entry::default();
        }
        self.tokens.push(Token {
            span,
            lower,
            kind,
            id: entry.id,
            lemma: entry.lemma,
            classes: entry.classes,
            form: entry.form,
            capital,
        });
    }

    /// Splits off what an apostrophe joins: `didn't` → did not, `we've` → we have, `Ada's` → Ada 's.
    fn push_word(&mut self, word: &str, at: usize) {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let whole = Span::new(at, at + word.len());
        let joined = word.contains(['\'', '’']) || FUSED.iter().any(|fused| word.eq_ignore_ascii_case(fused));
        if !joined {
            self.push(word, whole, Kind::Word, capital);
            return;
        }
        let lower = word.to_lowercase().replace('’', "'");
        let fixed: Option<(&str, &str)> = match lower.as_str() {
            "can't" | "cannot" => Some(("can", "not")),
            "won't" => Some(("will", "not")),
            "shan't" => Some(("shall", "not")),
            "shoulda" => Some(("should", "have")),
            "coulda" => Some(("could", "have")),
            "woulda" => Some(("would", "have")),
            _ => None,
        };
        if let Some((first, second)) = fixed {
            self.push(first, whole, Kind::Word, capital);
            self.push(second, whole, Kind::Word, false);
            return;
        }
        if let Some(stem) = lower.strip_suffix("n't")
            && self.lexicon.get(stem).classes.any(Classes::AUX)
        {
            self.push(stem, whole, Kind::Word, capital);
            self.push("not", whole, Kind::Word, false);
            return;
        }
        if let Some(cut) = word.rfind(['\'', '’']) {
            let quote_len = word[cut..].chars().next().map_or(1, char::len_utf8);
            let tail = word[cut + quote_len..].to_lowercase();
            let written_out = match tail.as_str() {
                "ve" => "have",
                "re" => "are",
                "ll" => "will",
                "m" => "am",
                "d" => "'d",
                "s" => "'s",
                _ => {
                    self.push(word, whole, Kind::Word, capital);
                    return;
                }
            };
            self.push_word(&word[..cut], at);
            self.push(written_out, Span::new(at + cut, at + word.len()), Kind::Word, false);
            return;
        }
        self.push(word, whole, Kind::Word, capital);
    }
}

/// Tokens of a sentence and their lower-case text.
pub(super) fn tokenize(text: &str, lexicon: &Lexicon, code: impl Fn(usize) -> bool) -> (Vec<Token>, String) {
    let mut out = Writer {
        lexicon,
        tokens: Vec::with_capacity(text.len() / 5),
        lower: String::with_capacity(text.len() + 8),
    };
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let width = c.len_utf8();
        if c.is_whitespace() {
            at += width;
            continue;
        }
        if code(at) {
            let end =
                text[at..].char_indices().map(|(i, _)| at + i).find(|&i| !code(i)).unwrap_or(text.len());
            out.push("`", Span::new(at, end), Kind::Code, false);
            at = end;
            continue;
        }
        if let Some(end) = quotation_end(text, at, c) {
            out.push("\"", Span::new(at, end), Kind::Quote, false);
            at = end;
            continue;
        }
        if c.is_alphanumeric() || (c == '@' && text[at + 1..].starts_with(char::is_alphanumeric)) {
            let end = word_end(text, at + width);
            let word = &text[at..end];
            if word.contains("://") {
                let end = text[at..].find(char::is_whitespace).map_or(text.len(), |i| at + i);
                out.push("`", Span::new(at, end), Kind::Code, false);
                at = end;
                continue;
            }
            let span = Span::new(at, end);
            if c == '@' {
                out.push(word, span, Kind::Handle, false);
            } else if word.starts_with(|c: char| c.is_ascii_digit()) {
                out.push(word, span, Kind::Number, false);
            } else {
                out.push_word(word, at);
            }
            at = end;
            continue;
        }
        out.push(&text[at..at + width], Span::new(at, at + width), Kind::Mark, false);
        at += width;
    }
    (out.tokens, out.lower)
}

/// End of a quotation that opens here and closes in this sentence.
fn quotation_end(text: &str, at: usize, open: char) -> Option<usize> {
    let close = match open {
        '"' => '"',
        '“' | '„' => '”',
        '«' => '»',
        '‘' => '’',
        _ => return None,
    };
    let rest = &text[at + open.len_utf8()..];
    let found = rest.find(close).or_else(|| (open == '„').then(|| rest.find('“')).flatten())?;
    let width = rest[found..].chars().next().map_or(1, char::len_utf8);
    Some(at + open.len_utf8() + found + width)
}

fn word_end(text: &str, from: usize) -> usize {
    let mut end = from;
    let mut chars = text[from..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next_inner = chars.peek().is_some_and(|&(_, next)| next.is_alphanumeric());
        let previous_digit = text[..from + i].ends_with(|c: char| c.is_ascii_digit());
        let joins = match c {
            '\'' | '’' | '-' | '_' | '.' => next_inner,
            ':' | ',' => (next_inner && previous_digit) || text[from + i..].starts_with("://"),
            '/' => text[..from + i].ends_with(':') || text[..from + i].ends_with(":/"),
            '%' => previous_digit,
            _ => c.is_alphanumeric(),
        };
        if !joins {
            break;
        }
        end = from + i + c.len_utf8();
    }
    end
}

/// Index of the first token after times, list numbers, dashes and a short label that ends with a colon.
pub(super) fn lead(sentence: &Sentence) -> usize {
    let tokens = &sentence.tokens;
    let mut at = 0;
    while at < tokens.len() {
        let time_part = match tokens[at].kind {
            Kind::Number => true,
            Kind::Mark => !matches!(sentence.word(at), "?" | "!"),
            Kind::Word => {
                at > 0
                    && (sentence.has(at, Classes::ZONE) || sentence.is_one_of(at, &["am", "pm", "day"]))
                    && tokens[..at].iter().any(|token| token.kind == Kind::Number)
            }
            _ => false,
        };
        if !time_part {
            break;
        }
        at += 1;
    }
    for label_end in at..tokens.len().min(at + 7) {
        if matches!(sentence.word(label_end), ":" | "?") && label_end > at && label_end + 1 < tokens.len() {
            let skip = usize::from(sentence.word(label_end + 1) == "because");
            return label_end + 1 + skip;
        }
        if matches!(sentence.word(label_end), "," | ";") {
            break;
        }
    }
    if at < tokens.len() { at } else { 0 }
}
