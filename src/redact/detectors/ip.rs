//! Internet addresses, versions 4 and 6.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::Rule;
use crate::redact::{Kind, Reach};
use crate::text::Span;

pub(super) static ENTRY: Rule = Rule {
    id: "ip",
    kind: Kind::Personal,
    about: "IP addresses, except loopback, masks and unspecified addresses",
    trigger: r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|[0-9A-Fa-f]::|::[0-9A-Fa-f]|(?:[0-9A-Fa-f]{1,4}:){4}[0-9A-Fa-f]",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(r"(?-u:\b)([0-9]{1,3}(?:\.[0-9]{1,3}){3})(?-u:\b)|((?:[0-9A-Fa-f]{1,4}:|::)[0-9A-Fa-f:]+(?:\.[0-9]{1,3}){0,3})").ok()
    }),
    accept: is_address,
};

fn is_address(text: &str, span: Span) -> bool {
    let value = span.of(text);
    let head = text.get(..span.start).unwrap_or_default();
    let tail = text.get(span.end..).unwrap_or_default();
    match value.parse::<Ipv4Addr>() {
        Ok(address) => is_host(address) && !is_version(head, tail) && !among_versions(address, head, tail),
        Err(_) => {
            let before = head.chars().next_back();
            let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '_'));
            let digit = value.bytes().any(|byte| byte.is_ascii_digit());
            let groups = value.split(':').filter(|group| !group.is_empty()).count();
            let address = value.trim_end_matches(':').parse::<Ipv6Addr>();
            digit
                && groups >= 3
                && !inside(before)
                && !inside(tail.chars().next())
                && address.is_ok_and(|a| !a.is_loopback())
        }
    }
}

/// Names a machine, unlike masks, loopback and `0.0.0.0`.
fn is_host(address: Ipv4Addr) -> bool {
    let mask = address.octets()[0] == 255;
    !mask && !address.is_loopback() && !address.is_unspecified()
}

/// `v1.2.3.4`, `Chrome/120.0.0.0`, `version 1.2.3.4`, `1.2.3.4-rc1`, `1.2.3.4.5`, `lib==1.2.3.4`.
fn is_version(head: &str, tail: &str) -> bool {
    let before = head.chars().next_back();
    let mut after = tail.chars();
    let (next, second) = (after.next(), after.next());
    let name = head
        .trim_end_matches([' ', ':', '=', '"', '\''])
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let spoken = matches!(
        name.as_str(),
        "version"
            | "versions"
            | "release"
            | "build"
            | "ver"
            | "v"
            | "chrome"
            | "chromium"
            | "firmware"
            | "section"
            | "tag"
            | "oid"
    );
    let product = before == Some('/')
        && head.trim_end_matches('/').ends_with(char::is_alphabetic)
        && !head.ends_with("//");
    let longer = matches!(before, Some('.' | '-' | '_'))
        || matches!(next, Some('.' | '-' | '_' | '+')) && second.is_some_and(char::is_alphanumeric);
    spoken
        || product
        || longer
        || before.is_some_and(char::is_alphanumeric)
        || head.ends_with("==")
        || head.ends_with(">=")
}

/// A line that speaks of upgrades holds four-part versions; small parts outside the private ranges are taken for one.
fn among_versions(address: Ipv4Addr, head: &str, tail: &str) -> bool {
    let line = [head, tail].concat().to_ascii_lowercase();
    let spoken = ["version", "upgrad", "downgrad", "bumped", "bump "].iter().any(|word| line.contains(word));
    spoken && !address.is_private() && address.octets().iter().all(|octet| *octet < 100)
}
