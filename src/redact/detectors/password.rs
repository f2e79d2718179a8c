//! Values next to a word that says they are secret: `password=…`, `"api_key": "…"`, `--token …`, "the password is …".

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Pattern, ranges};
use crate::redact::value::{entropy, is_placeholder, is_uuid, looks_random};
use crate::redact::{Detector, Kind, Options};
use crate::text::Span;

pub(super) struct Password;
pub(super) static ENTRY: Password = Password;

/// Names of passwords with a sign between: people choose them, so a short value counts. No pattern caps the length of a
/// value: counted repetitions are what takes long to compile, and a long secret is one to its end.
static CHOSEN: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?i)(?:pass(?:word|wd|phrase|wort|code)?|pwd|(?-u:\b)pw|kennwort|contraseña|mot de passe|senha|wachtwoord|lösenord|hasło|requirepass)"#,
        r#"["'`*]*\s*(?:=>|:=|==|=|:)\s*(?:"((?:[^"\\\n]|\\.)+)"|'([^'\n]+)'|`([^`\n]+)`|([^\s"'`,;&|<>][^\s"'`,;&<>]*))"#,
    ))
    .ok()
});
/// Prose, where the value stands after a verb.
static SPOKEN: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?i)(?-u:\b)(?:password|passwd|passphrase|passcode|pass|pw|pwd|passwort|kennwort)(?:\s+(?:for|of|to|in|on|at|von|für)(?:\s+[^\s=:]+){1,4}?)?"#,
        r#"(?:\s+(?:is|was|to|=|→|->|lautet|ist|es|set to|changed to|now)|\s*:)\s+(?:still\s+|now\s+|probably\s+)?["'`]?([^\s"'`]{4,})"#,
        r#"|(?-u:\b)(?:password|passwd|pass|pw|pwd)\s+["'`]?([^\s"'`]{6,})"#,
        r#"|(?-u:\b)(?:login|creds?|credentials|log ?in|user/pass(?:word)?)(?:\s+\S+){0,3}?\s*(?::|is|are|=)?\s*["'`]?[A-Za-z0-9._@-]+\s*(?:/|:)\s*["'`]?([^\s"'`/]{5,})"#,
    ))
    .ok()
});
/// Command lines, statements and mark-up that leave no doubt about what the value is.
static STATED: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?i)(?:^|\s)--?(?:[a-z]+-)*(?:password|passwd|pass|passphrase|secret|token|api-?key)[ =]["']?([^\s"'-][^\s"']{3,})"#,
        r#"|(?-u:\b)(?:mysql|mysqldump|mysqladmin|mariadb)(?:\s[^\n|]*?)?\s-p["']?([^\s"'-][^\s"']{3,})"#,
        r#"|(?-u:\b)redis-cli(?:\s[^\n|]*?)?\s-a\s*["']?([^\s"'-][^\s"']{3,})"#,
        r#"|(?-u:\b)sshpass\s+-p\s*["']?([^\s"']{3,})"#,
        r#"|(?-u:\b)(?:docker|podman|helm|az|oc)\s[^\n|]*?login[^\n|]*?\s-p\s*["']?([^\s"'-][^\s"']{3,})"#,
        r#"|(?-u:\b)smbclient(?:\s[^\n|]*?)?\s-U\s*[^\s%]+%([^\s"']{3,})"#,
        r#"|(?-u:\b)(?:requirepass|masterauth)\s+["']?([^\s"']{4,})"#,
        r#"|(?-u:\b)(?:password|identified\s+by)\s*\(?\s*'([^'\n]{3,})'"#,
        r#"|(?-u:\b)machine\s+\S+\s+login\s+\S+\s+password\s+(\S{3,})"#,
        r#"|<(?:[a-z]+:)?[a-z._-]*(?:password|passwd|pwd|secret|token|apikey)(?:\s[^>]*)?>([^<\s][^<\n]{2,})</"#,
        r#"|(?:name|key)\s*=\s*"[a-z0-9._:-]*(?:password|passwd|pwd|secret|token|apikey)"\s+value\s*=\s*"([^"\n]{3,})""#,
        r#"|(?:^|\s)(?-i:PASS) (\S{4,})\s*$"#,
        r#"|(?-u:\b)pin(?: ?code)?\s*(?:is|was|:|=)\s*(\d{4,8})(?-u:\b)"#,
    ))
    .ok()
});
/// Names of generated secrets: the value has to look generated.
static GENERATED: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?i)(?:secret|token|api[_-]?key|(?:access|private|secret|signing|encryption|master|account|auth|shared|license|app|session|deploy|service|admin)[_-]?key|secret[_-]key[_-]base|client[_-]?secret|credentials?|auth|_pat|_dsn|session(?:_?id)?|cookie)"#,
        r#"["'`*]*\s*(?:=>|:=|==|=|:|%3D|\s+(?:is|was)\s)\s*(?:"([^"\s]{8,})"|'([^'\s]{8,})'|["'`]?([A-Za-z0-9+/_.~!@#$%^*=-]{8,}))"#,
    ))
    .ok()
});

impl Detector for Password {
    fn id(&self) -> &'static str {
        "password"
    }

    fn kind(&self) -> Kind {
        Kind::Secret
    }

    fn about(&self) -> &'static str {
        "Values named password, secret, token or key, unless they are placeholders"
    }

    fn trigger(&self) -> &'static str {
        r"(?i)pass|pwd|kennwort|contrase|senha|wachtwoord|senord|secret|token|[_-]?key[^a-z]|apikey|auth|credential|creds|login|_pat|_dsn|session|cookie|\bpw\b|\bpin\b|mysql|mariadb|redis-cli|identified\s+by|smbclient"
    }

    fn find(&self, text: &str, _options: &Options, found: &mut Vec<Span>) {
        let mut take = |pattern, accept: fn(&str, Span) -> bool| {
            found.extend(
                ranges(pattern, text).map(|span| trimmed(text, span)).filter(|&span| accept(text, span)),
            );
        };
        take(&CHOSEN, is_chosen);
        take(&SPOKEN, is_spoken);
        take(&STATED, is_stated);
        take(&GENERATED, is_generated);
    }
}

/// Without the punctuation of the sentence around it.
fn trimmed(text: &str, span: Span) -> Span {
    let value = span.of(text).trim_end_matches(['.', ',', ';', ')', '?', ']', '}']);
    Span::new(span.start, span.start + value.len())
}

/// `password=letmein` is one; `password: wrong for user`, `PWD=/srv` and `passed: 12` are not.
fn is_chosen(text: &str, span: Span) -> bool {
    let value = span.of(text);
    if is_placeholder(value)
        || value.len() < 3
        || value.starts_with('/')
        || value.contains("://")
        || value.contains('(')
    {
        return false;
    }
    let head = text.get(..span.start).unwrap_or_default();
    let before = head.trim_end_matches(['"', '\'', '`']);
    let quoted = before.len() < head.len();
    let number = value.chars().all(|c| c.is_ascii_digit() || c == '.');
    if number && value.len() < 5 {
        return false;
    }
    let a_word = value.chars().all(|c| c.is_alphabetic() || c == '-' || c == '_');
    let sign = before.trim_end();
    let colon = sign.ends_with(':') && !sign.ends_with("::");
    !(a_word && colon)
        || quoted && value.len() >= 4
        || before.ends_with(':') && value.len() >= 6
        || is_setting(text, span)
}

/// A line of nothing but a key and one value, as in configuration files.
fn is_setting(text: &str, span: Span) -> bool {
    let line_start = text.get(..span.start).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
    let key = text.get(line_start..span.start).unwrap_or_default().trim_end().trim_end_matches(':');
    let after = text.get(span.end..).unwrap_or_default().lines().next().unwrap_or_default();
    let plain = key
        .trim_start()
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.'));
    span.end - span.start >= 6 && after.trim().is_empty() && plain && key.trim().len() >= 3
}

/// In prose only a value that no sentence would hold: letters with digits or signs.
fn is_spoken(text: &str, span: Span) -> bool {
    let value = span.of(text);
    let letter = value.chars().any(char::is_alphabetic);
    let digit = value.chars().any(|c| c.is_ascii_digit());
    let sign =
        value.chars().any(|c| matches!(c, '!' | '@' | '#' | '$' | '%' | '^' | '&' | '*' | '_' | '+' | '='));
    let harmless =
        value.contains("://") || value.starts_with(['/', '$', '@', '#', '-']) || value.contains('=');
    !is_placeholder(value) && !harmless && letter && (digit || sign && value.len() >= 6)
}

fn is_stated(text: &str, span: Span) -> bool {
    let value = span.of(text);
    !is_placeholder(value) && !value.starts_with(['/', '$']) && !value.contains("://")
}

/// Words in the name of a token that make it no credential.
const HARMLESS: &[&str] = &[
    "page",
    "next",
    "continuation",
    "resume",
    "sync",
    "cancel",
    "idempotency",
    "cursor",
    "delivery",
    "max",
    "count",
    "partition",
    "sort",
    "routing",
    "cache",
    "author",
];

fn is_generated(text: &str, span: Span) -> bool {
    let value = span.of(text);
    if is_placeholder(value) || is_uuid(value) || value.starts_with('/') || value.contains("://") {
        return false;
    }
    let head = text.get(..span.start).unwrap_or_default();
    let key = head.trim_end_matches([' ', '"', '\'', '`', '=', ':', '>', '*', '\t']);
    let key = key
        .rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .next()
        .unwrap_or_default();
    let key = key.to_ascii_lowercase();
    if HARMLESS.iter().any(|word| key.contains(word)) {
        return false;
    }
    let weak =
        ["session", "cookie", "auth", "sessionid", "session_id"].iter().any(|name| key.ends_with(name));
    let tight = head.trim_end_matches(['"', '\'', '`']).ends_with('=');
    let least = if weak {
        20
    } else if tight {
        8
    } else {
        12
    };
    let one_word = tight && !weak && value.len() >= 16 && value.chars().all(char::is_alphanumeric);
    let digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let named = value.contains(['-', '.', '/'])
        && !value.bytes().any(|byte| byte.is_ascii_uppercase())
        && value.split(['-', '.', '_', '/']).all(|part| part.len() < 12);
    (looks_random(value, least) || one_word && (digit || entropy(value) >= 3.0)) && !named
}
