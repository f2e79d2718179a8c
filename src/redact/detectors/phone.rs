//! Telephone numbers: international, North American, and national ones beside a word that says so.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::Rule;
use crate::redact::{Kind, Reach};
use crate::text::Span;

pub(super) static ENTRY: Rule = Rule {
    id: "phone",
    kind: Kind::Personal,
    about: "Telephone numbers with country code, in North American layout, or beside a word such as phone or mobile",
    trigger: r"\+[0-9]|\b00[0-9]{2}|\([0-9]{2,5}\)[ -]?[0-9]|[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{4}|[0-9]{3}\xe2\x80\x91[0-9]{3}|[0-9]{3}\xc2\xa0[0-9]{3}|(?i)phone|tel\b|telef|mobile|mobil|\bcell|call|fax|whatsapp|sms|dial|handy|ring|hotline|helpline|landline|pager|office|reach|text|wa\.me|\b0[1-9][0-9]{0,3}[ ./][0-9]{2}",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i)(\+[1-9][0-9]{0,2}(?:[ \x{a0}]?\([0-9]{1,4}\))?(?:[ ./\x{a0}‑–-]?[0-9]){6,13})(?-u:\b)",
            r"|(?-u:\b)(00[1-9][0-9](?: ?\([0-9]{1,4}\))?(?:[ ./-]?[0-9]){7,12})(?-u:\b)",
            r"|(?-u:\b)(0[1-9](?:[ .][0-9]{2}){4}|0[1-9][0-9]{1,3} [0-9]{3,4} [0-9]{3,4}|0[1-9][0-9]{1,3}/[0-9]{6,8})(?-u:\b)",
            r"|(\(0[0-9]{1,4}\) ?[0-9](?:[ ./-]?[0-9]){4,9})(?-u:\b)",
            r"|((?:(?-u:\b)1[ .-])?\([2-9][0-9]{2}\)[ -]?[0-9]{3}[ .-][0-9]{4})(?-u:\b)",
            r"|(?-u:\b)((?:1[ .-])?[2-9][0-9]{2}[ .\x{a0}‑-][2-9][0-9]{2}[ .\x{a0}‑-][0-9]{4})(?-u:\b)",
            r"|(?:wa\.me|api\.whatsapp\.com/send\?phone=)/?\+?([0-9]{8,15})",
            r"|(?:phone|tel\.?|telefon|telephone|mobile|mobil|cell|call(?:ed|ing)?|fax|whatsapp|sms(?:es)?|texts?|dial(?:ed|led)?|handy|ring|rang|number|hotline|helpline|helpdesk|landline|pager|office|reach(?:ed|able)?)",
            r#"(?:\s+(?:me|him|her|them|us|number|no\.?|nr\.?|is|on|at|to|via|from|directly|line)){0,3}["']?\s*[:#=]?\s*["']?"#,
            r"(\(?0[0-9]{1,4}\)?(?:[ ./-]{0,2}[0-9]){5,10}|[2-9][0-9]{2}[ .-]?[0-9]{3}[ .-]?[0-9]{4}|[0-9]{5}[ -][0-9]{5}|[0-9]{3}-[0-9]{4}|[2-9][0-9]{2} [0-9]{2} [0-9]{2})(?-u:\b)",
        ))
        .ok()
    }),
    accept: is_number,
};

/// Not a time zone, an offset, a diff count, a piece of a longer token.
fn is_number(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).and_then(|head| head.chars().next_back());
    let after = text.get(span.end..).and_then(|tail| tail.chars().next());
    let digits = span.of(text).bytes().filter(u8::is_ascii_digit).count();
    let plus = span.of(text).starts_with('+');
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '%'));
    let round = span.of(text).get(1..3) == Some("00") && !span.of(text).starts_with(['8', '9']);
    !round
        && (if plus { 8 } else { 7 }..=15).contains(&digits)
        && !inside(before)
        && !inside(after)
        && !matches!(before, Some('-' | '.' | '/' | '+' | '$' | '#'))
        && !matches!(after, Some(':' | '/'))
}
