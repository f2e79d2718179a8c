//! E-mail addresses.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::Rule;
use crate::redact::{Kind, Reach};
use crate::text::Span;

pub(super) static ENTRY: Rule = Rule {
    id: "email",
    kind: Kind::Personal,
    about: "E-mail addresses",
    trigger: r"@[A-Za-z0-9]|(?i)%40|[\[(]at[\])]",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(concat!(
            r"[\p{L}\p{N}_.+%-]*[\p{L}\p{N}_+-](?:@|%40)[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)*\.[\p{L}]{2,24}",
            r"|(?i:(?-u:\b)[a-z0-9._+-]+ ?[\[(]at[\])] ?[a-z0-9-]+(?: ?[\[(]dot[\])] ?|\.)[a-z.]{2,24})",
        ))
        .ok()
    }),
    accept: is_address,
};

/// Package and image references (`action@v4.example`, `name@sha256`) and `git@` remotes are no people.
fn is_address(text: &str, span: Span) -> bool {
    let address = span.of(text).to_ascii_lowercase();
    let Some((local, domain)) = address.split_once('@') else { return true };
    let file = [
        ".js", ".ts", ".tgz", ".service", ".timer", ".mount", ".socket", ".target", ".slice", ".py", ".rb",
        ".go", ".rs", ".local", ".png",
    ];
    let unit = file.iter().any(|suffix| domain.ends_with(suffix)) && !domain.ends_with(".com");
    let after = text.get(span.end..).and_then(|tail| tail.chars().next());
    let remote = local == "git" && matches!(after, Some(':' | '/'));
    let version = domain
        .split('.')
        .next()
        .is_some_and(|label| label.trim_start_matches('v').bytes().all(|byte| byte.is_ascii_digit()));
    !unit && !remote && !version
}
