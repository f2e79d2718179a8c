//! Secrets and personal data left in a document: found with their place and a safe replacement.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Span;

use super::ascii;
use super::page::Page;

/// One place that gives something away.
pub(super) struct Secret {
    pub(super) span: Span,
    pub(super) message: &'static str,
    pub(super) replacement: String,
}

macro_rules! patterns {
    ($($name:ident = $pattern:expr;)*) => {
        $(static $name: LazyLock<Option<Regex>> = LazyLock::new(|| ascii::pattern($pattern));)*
    };
}

patterns! {
    AWS = r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b";
    AWS_SECRET = r"(?i)aws_?secret[^\n]{0,40}?[=:]\s*[\x22']?([A-Za-z0-9/+]{40})\b";
    JWT = r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{6,}";
    BEARER = r"(?i)\bbearer\s+([A-Za-z0-9_\-.=]{20,})";
    PEM = r"-----BEGIN [A-Z ]*PRIVATE KEY-----";
    URL = r"\b[a-z][a-z0-9+.-]*://[^\s/:@]+:([^\s/@]+)@";
    VENDOR = r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,}|glpat-[A-Za-z0-9_-]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|sk_live_[A-Za-z0-9]{16,}|rk_live_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9_-]{32,}|AIza[A-Za-z0-9_-]{35}|SG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}|npm_[A-Za-z0-9]{36}|dop_v1_[a-f0-9]{64}|hooks\.slack\.com/services/T[A-Za-z0-9/]{20,})";
    ASSIGNMENT = r"(?i)\b[a-z0-9_.-]*(?:passw(?:or)?d|passwd|pass|pwd|secret|token|api_?key|apikey|access_?key|credential)s?[\x22']?\s*(?:=|:\s?)\s*[\x22'`]?([^\s\x22'`,;)]{6,})";
    EMAIL = r"\b[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})\b";
    PHONE = r"(?:\+|\b00)\d{1,3}[ .\-/]?(?:\(\d{1,4}\)[ .\-]?)?\d{1,4}(?:[ .\-]?\d{2,4}){2,4}\b|\(\d{3}\)[ ]?\d{3}-\d{4}\b|\b\d{3}-\d{3}-\d{4}\b|(?i:\b(?:tel|phone|call|mobile|ring)\b[.: ]{1,3}(?:at |us |on )?)(0\d{2,4}[ /-]?\d{3,}(?:[ -]?\d{2,4}){0,3})\b";
    IPV4 = r"\b(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\b";
    IPV6 = r"(?i)\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\b|\b(?:[0-9a-f]{1,4}:){1,6}:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*\b";
    HOST = r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:internal|local|corp|lan|intra|cluster\.local)\b";
}

fn each(
    page: &Page<'_>,
    pattern: &LazyLock<Option<Regex>>,
    group: usize,
    message: &'static str,
    replacement: &str,
) -> Vec<Secret> {
    let Some(pattern) = pattern.as_ref() else { return Vec::new() };
    pattern
        .captures_iter(page.source)
        .filter_map(|hit| hit.get(group).or_else(|| hit.get(0)))
        .map(|part| Secret { span: Span::from(part.range()), message, replacement: replacement.to_owned() })
        .collect()
}

pub(super) fn aws_keys(page: &Page<'_>) -> Vec<Secret> {
    let mut found = Vec::new();
    if page.source.contains("AKIA") || page.source.contains("ASIA") {
        found = each(page, &AWS, 0, "an access key of a cloud account", "AKIA****");
    }
    if page.lower().contains("secret") {
        found.extend(each(page, &AWS_SECRET, 1, "the secret of an access key", "****"));
    }
    found
}

pub(super) fn tokens(page: &Page<'_>) -> Vec<Secret> {
    let mut found = Vec::new();
    if page.source.contains("eyJ") {
        found = each(page, &JWT, 0, "a signed token", "<redacted>");
    }
    if page.source.contains("earer") {
        let bearer = each(page, &BEARER, 1, "a bearer token", "<redacted>");
        let inside = |one: &Secret| {
            found.iter().any(|other| other.span.start <= one.span.start && one.span.end <= other.span.end)
        };
        let bearer: Vec<Secret> = bearer.into_iter().filter(|one| !inside(one)).collect();
        found.extend(bearer);
    }
    found
}

pub(super) fn private_keys(page: &Page<'_>) -> Vec<Secret> {
    if page.source.contains("PRIVATE KEY") {
        each(page, &PEM, 0, "the beginning of a private key", "<private key removed>")
    } else {
        Vec::new()
    }
}

pub(super) fn url_credentials(page: &Page<'_>) -> Vec<Secret> {
    if !page.source.contains("://") {
        return Vec::new();
    }
    let found = each(page, &URL, 1, "a password in a URL", "***");
    found.into_iter().filter(|secret| !is_redacted(secret.span.of(page.source))).collect()
}

pub(super) fn vendor_tokens(page: &Page<'_>) -> Vec<Secret> {
    const PREFIXES: [&str; 12] = [
        "gh",
        "glpat-",
        "xox",
        "_live_",
        "sk-",
        "AIza",
        "SG.",
        "npm_",
        "dop_v1_",
        "hooks.slack",
        "github_pat",
        "ghp_",
    ];
    if PREFIXES.iter().any(|prefix| page.source.contains(prefix)) {
        each(page, &VENDOR, 0, "a token of a service", "<token redacted>")
    } else {
        Vec::new()
    }
}

pub(super) fn assignments(page: &Page<'_>) -> Vec<Secret> {
    let lower = page.lower();
    if !["pass", "pwd", "secret", "token", "key", "credential"].iter().any(|word| lower.contains(word)) {
        return Vec::new();
    }
    let found = each(page, &ASSIGNMENT, 1, "a secret set to a literal", "<redacted>");
    found.into_iter().filter(|secret| is_literal(page.source, secret.span)).collect()
}

/// A value with letters and digits or marks, not a word, a variable or a placeholder.
fn is_literal(source: &str, span: Span) -> bool {
    let value = span.of(source);
    let plain_word = value.chars().all(|c| c.is_ascii_lowercase() || c == '.' || c == '-');
    let variable = value.starts_with(['$', '<', '{', '[', '*', '%'])
        || value.contains("://")
        || value.contains("(")
        || value.ends_with(':');
    let mut classes = 0;
    classes += usize::from(value.chars().any(|c| c.is_ascii_lowercase()));
    classes += usize::from(value.chars().any(|c| c.is_ascii_uppercase()));
    classes += usize::from(value.chars().any(|c| c.is_ascii_digit()));
    classes += usize::from(value.chars().any(|c| !c.is_alphanumeric()));
    let spaced = source[..span.start].ends_with(": ");
    let bound = if spaced { 3 } else { 2 };
    !plain_word
        && !variable
        && !is_redacted(value)
        && classes >= bound
        && value.chars().any(|c| c.is_ascii_digit())
}

fn is_redacted(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    value.chars().filter(|&c| c == '*' || c == 'x' || c == 'X' || c == '.').count() * 2 > value.len()
        || lower.contains("redact")
        || lower.contains("example.com")
        || value.starts_with('<')
        || value.starts_with('$')
        || value.starts_with("***")
}

pub(super) fn emails(page: &Page<'_>) -> Vec<Secret> {
    if !page.source.contains('@') {
        return Vec::new();
    }
    each(page, &EMAIL, 0, "a mail address", "<address removed>")
        .into_iter()
        .filter(|secret| {
            let address = secret.span.of(page.source).to_ascii_lowercase();
            let domain = address.rsplit('@').next().unwrap_or_default();
            let reserved = [
                "example.com",
                "example.org",
                "example.net",
                "noreply.github.com",
                "users.noreply.github.com",
            ]
            .contains(&domain)
                || [".example", ".test", ".invalid", ".localhost"].iter().any(|end| domain.ends_with(end))
                || domain.starts_with("example.");
            let url = page.source[..secret.span.start].ends_with("://")
                || page.source[..secret.span.start].ends_with(':');
            let allowed = page.config.allowed_domains.iter().any(|own| domain.eq_ignore_ascii_case(own));
            let machine = ["git@", "noreply@", "no-reply@"].iter().any(|name| address.starts_with(name));
            !(reserved
                || allowed
                || url
                    && page.source[..secret.span.start].contains("://")
                    && is_in_url(page.source, secret.span.start)
                || machine)
        })
        .collect()
}

/// `scheme://user:pass@host` looks like an address.
fn is_in_url(source: &str, at: usize) -> bool {
    source[..at].rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("://"))
}

pub(super) fn phones(page: &Page<'_>) -> Vec<Secret> {
    let Some(pattern) = PHONE.as_ref() else { return Vec::new() };
    pattern
        .captures_iter(page.source)
        .filter_map(|hit| hit.get(1).or_else(|| hit.get(0)))
        .filter(|part| {
            let digits = part.as_str().chars().filter(char::is_ascii_digit).count();
            (9..=15).contains(&digits)
                && !part.as_str().contains("20") | part.as_str().starts_with(['+', '(', '0'])
        })
        .filter(|part| {
            let before = page.source[..part.start()].chars().next_back();
            let after = page.source[part.end()..].chars().next();
            !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | ':' | '/' | '#' | '_'))
                && !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '_'))
        })
        .map(|part| Secret {
            span: Span::from(part.range()),
            message: "a phone number",
            replacement: "<number removed>".to_owned(),
        })
        .collect()
}

pub(super) fn public_addresses(page: &Page<'_>) -> Vec<Secret> {
    let mut found: Vec<Secret> = addresses(page)
        .into_iter()
        .filter(|(_, octets)| is_public(*octets))
        .map(|(span, _)| address(span))
        .collect();
    if let Some(pattern) =
        IPV6.as_ref().filter(|_| page.source.contains("::") || page.source.matches(':').count() > 6)
    {
        for hit in pattern.find_iter(page.source) {
            let lower = hit.as_str().to_ascii_lowercase();
            let reserved =
                ["fe80", "fc", "fd", "2001:db8", "::1", "ff"].iter().any(|prefix| lower.starts_with(prefix));
            let parsed = lower.parse::<std::net::Ipv6Addr>().is_ok();
            let letters = lower.contains("::") || lower.chars().any(|c| c.is_ascii_alphabetic());
            if parsed && !reserved && letters {
                found.push(address(Span::from(hit.range())));
            }
        }
    }
    found
}

fn address(span: Span) -> Secret {
    Secret { span, message: "a public network address", replacement: "<address removed>".to_owned() }
}

pub(super) fn internal_hosts(page: &Page<'_>) -> Vec<Secret> {
    let mut found: Vec<Secret> = addresses(page)
        .into_iter()
        .filter(|(_, octets)| {
            octets[0] == 10
                || octets[0] == 192 && octets[1] == 168
                || octets[0] == 172 && (16..32).contains(&octets[1])
        })
        .map(|(span, _)| Secret { span, message: "a private network address", replacement: String::new() })
        .collect();
    found.extend(each(page, &HOST, 0, "an internal host name", ""));
    found
}

/// Dotted quads that are addresses: four octets, no version number, no part of a longer number.
fn addresses(page: &Page<'_>) -> Vec<(Span, [u8; 4])> {
    let Some(pattern) = IPV4.as_ref() else { return Vec::new() };
    pattern
        .captures_iter(page.source)
        .filter_map(|hit| {
            let mut octets = [0; 4];
            for (i, octet) in octets.iter_mut().enumerate() {
                *octet = hit.get(i + 1)?.as_str().parse().ok()?;
            }
            let whole = hit.get(0)?;
            let before = &page.source[..whole.start()];
            let after = &page.source[whole.end()..];
            let word = before
                .trim_end()
                .rsplit(|c: char| c.is_whitespace() || c == '(')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            let version =
                ["version", "v", "release", "chart", "to", "build", "firmware", "driver", "upgrade", "from"]
                    .contains(&word.as_str())
                    && octets[0] < 20
                    || before.ends_with(['v', '.', '-', '_', '/'])
                    || after.starts_with(['-', '_'])
                    || (after.starts_with('.') && after[1..].starts_with(|c: char| c.is_ascii_digit()));
            (!version).then(|| (Span::from(whole.range()), octets))
        })
        .collect()
}

fn is_public([a, b, c, _]: [u8; 4]) -> bool {
    let private = a == 10
        || a == 127
        || a == 0
        || a >= 224
        || (a == 192 && b == 168)
        || (a == 172 && (16..32).contains(&b))
        || (a == 169 && b == 254)
        || (a == 100 && (64..128).contains(&b));
    let documentation = (a == 192 && b == 0 && c == 2)
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113)
        || (a == 198 && (b == 18 || b == 19));
    !private && !documentation
}
