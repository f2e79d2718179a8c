//! Evidence text made inert: whatever it holds, in Markdown it is plain words and code, nothing else.

use std::sync::LazyLock;

use regex::Regex;

/// Addresses, mail addresses and mentions, which renderers turn into links and pings: they are shown as code.
#[expect(clippy::expect_used, reason = "a constant pattern, covered by the tests of this file")]
static LINK_LIKE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:[a-z][a-z0-9+.-]{1,15}://|www\.)[^\s`|<>\\]+|[^\s`|<>\\()\[\]*_~]*@[^\s`|<>\\]+")
        .expect("pattern")
});

/// One line of text without characters that a reader cannot see.
#[must_use]
pub fn plain_line(text: &str) -> String {
    let visible: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|&c| !is_hidden(c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Zero-width, bidirectional, tag and variation characters, soft hyphens and private use.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Markdown that shows `text` as it is, in a paragraph, a list item, a table cell or a footnote.
#[must_use]
pub fn inert(text: &str) -> String {
    let line = plain_line(text);
    let mut out = String::with_capacity(line.len() + 8);
    let mut from = 0;
    for found in LINK_LIKE.find_iter(&line) {
        escape_into(&line[from..found.start()], &mut out);
        let code = found.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '"', ')']);
        // A backtick right before would join the fence of the code span.
        if out.ends_with('`') {
            out.truncate(out.len() - 2);
            out.push_str("&#96;");
        }
        out.push('`');
        out.push_str(code);
        out.push('`');
        from = found.start() + code.len();
    }
    escape_into(&line[from..], &mut out);
    guard_start(out)
}

/// The same between quotation marks; marks inside become single ones, so that the quotation ends where it ends.
#[must_use]
pub fn quoted(text: &str) -> String {
    let inner: String = text.chars().map(|c| if is_quote(c) { '\'' } else { c }).collect();
    format!("\"{}\"", inert(&inner))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

fn escape_into(text: &str, out: &mut String) {
    let chars: Vec<char> = text.chars().collect();
    for (i, &c) in chars.iter().enumerate() {
        let alphanumeric =
            |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '^' | '{' | '}' => true,
            '&' => chars.get(i + 1).is_some_and(|&next| next.is_ascii_alphanumeric() || next == '#'),
            // Inside a word an underscore is no emphasis.
            '_' => !(alphanumeric(i.checked_sub(1)) && alphanumeric(Some(i + 1))),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
}

/// What opens a block at the start of a line opens none here.
fn guard_start(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if text.starts_with(['#', '-', '+', '=', ':', '>']) {
        format!("\\{text}")
    } else if digits > 0 && text[digits..].starts_with(['.', ')']) {
        format!("{}\\{}", &text[..digits], &text[digits..])
    } else {
        text
    }
}

/// A Mermaid label: letters and common signs as they are, everything else as an entity of Mermaid (`#124;`).
#[must_use]
pub fn mermaid_label(text: &str, limit: usize) -> String {
    let mut label = String::new();
    for c in clip(&plain_line(text), limit).chars() {
        if c.is_alphanumeric()
            || matches!(c, ' ' | '.' | ',' | '-' | '_' | '/' | '%' | '+' | '(' | ')' | '…' | '\'')
        {
            label.push(c);
        } else {
            label.push_str(&format!("#{};", u32::from(c)));
        }
    }
    label
}

/// `text` cut at a word so that it has at most `limit` characters.
#[must_use]
pub fn clip(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    let cut = kept.rfind(' ').filter(|&at| at > kept.len() / 2).unwrap_or(kept.len());
    format!("{}…", kept[..cut].trim_end_matches([' ', ',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    /// Text of one list item, table cell and footnote, or the construct that got in.
    fn shown(markdown: &str) -> Result<String, String> {
        let mut text = String::new();
        for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
                Event::Start(
                    Tag::Paragraph
                    | Tag::Item
                    | Tag::List(_)
                    | Tag::Table(_)
                    | Tag::TableHead
                    | Tag::TableRow
                    | Tag::TableCell,
                )
                | Event::End(_) => {}
                other => return Err(format!("{other:?}")),
            }
        }
        Ok(text)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]
        #[test]
        fn nothing_but_words_comes_out(text in r"([ a-zE0-9\[\]\^<>!()*_~`|\\#&;:/.@$=+{}-]|https://|www\.|\[\^E1\]: |<img |\n|\u{202e}|\u{200b}|é){0,40}") {
            let expected = plain_line(&text);
            let item = shown(&format!("- {}\n", inert(&text)));
            prop_assert_eq!(item, Ok(expected.clone()));
            let cell = shown(&format!("| a |\n|---|\n| {} |\n", inert(&text)));
            prop_assert_eq!(cell, Ok(format!("a{expected}")));
            let paragraph = shown(&inert(&text));
            prop_assert_eq!(paragraph, Ok(expected));
        }
    }

    #[test]
    fn attacks_turn_into_words() {
        assert_eq!(inert("see [^E1]: <script>"), r"see \[\^E1\]: \<script\>");
        assert_eq!(inert("go to https://a.example/x_y?z=1, now"), "go to `https://a.example/x_y?z=1`, now");
        assert_eq!(inert("# memory_limit\u{202e} is *low*"), r"\# memory_limit is \*low\*");
        assert_eq!(quoted("he said “no\" twice"), "\"he said 'no' twice\"");
        assert_eq!(mermaid_label("a\"] --> b", 40), "a#34;#93; --#62; b");
    }
}
