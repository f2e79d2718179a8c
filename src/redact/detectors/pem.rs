//! Private keys in PEM and similar armour, whole or cut off.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Pattern, ranges};
use crate::redact::{Detector, Kind, Options, Reach};
use crate::text::Span;

pub(super) struct Pem;
pub(super) static ENTRY: Pem = Pem;

static BEGIN: Pattern = LazyLock::new(|| {
    Regex::new(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d+:").ok()
});
static END: Pattern = LazyLock::new(|| {
    Regex::new(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|Private-MAC: *[0-9a-f]+").ok()
});
/// A line inside armour: quoting, then base64 or a header such as `Proc-Type: 4,ENCRYPTED`.
static BODY: Pattern = LazyLock::new(|| {
    Regex::new(r"^[\s>+|#*-]*(?:[A-Za-z0-9+/=\\]{4,}[\s\\]*|[A-Z][A-Za-z-]+: [^\n]*|)$").ok()
});
/// Longest block that is believed to be one key, in bytes.
const LONGEST: usize = 20_000;

impl Detector for Pem {
    fn id(&self) -> &'static str {
        "pem"
    }

    fn kind(&self) -> Kind {
        Kind::Secret
    }

    fn about(&self) -> &'static str {
        "Private key blocks (PEM, OpenSSH, PGP, PuTTY), whole or cut off"
    }

    fn trigger(&self) -> &'static str {
        r"PRIVATE KEY|PuTTY-User-Key"
    }

    fn reach(&self) -> Reach {
        Reach::Document
    }

    fn find(&self, text: &str, _options: &Options, found: &mut Vec<Span>) {
        found.extend(ranges(&BEGIN, text).map(|begin| Span::new(begin.start, block_end(text, begin.end))));
    }
}

/// Where a block ends that began before `from`: after its closing line, else after the last line that looks like key.
fn block_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let end = END.as_ref().and_then(|regex| regex.find(rest)).map(|end| end.end());
    let next = BEGIN.as_ref().and_then(|regex| regex.find(rest)).map_or(usize::MAX, |begin| begin.start());
    if let Some(end) = end.filter(|&end| end <= LONGEST && end <= next) {
        return from + end;
    }
    let mut at = 0;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        let body = number == 0 || BODY.as_ref().is_some_and(|regex| regex.is_match(line.trim_end()));
        if !body || at > LONGEST || at >= next {
            break;
        }
        let long = line.find(' ').filter(|_| number == 0).unwrap_or_else(|| line.trim_end().len());
        at += if number == 0 && long < line.trim_end().len() { return from + long } else { line.len() };
    }
    from + rest.get(..at).unwrap_or_default().trim_end().len()
}
