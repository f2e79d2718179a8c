//! npm access tokens, alone and in .npmrc.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Rule, always};
use crate::redact::{Kind, Reach};

pub(super) static ENTRY: Rule = Rule {
    id: "npm-token",
    kind: Kind::Secret,
    about: "npm tokens (npm_…, _authToken=…)",
    trigger: r"npm_|_(?:authToken|auth|password)\s*=",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(r#"(?-u:\b)npm_[A-Za-z0-9]{30,64}|//[^\s=]+:_(?:authToken|auth|password)\s*=\s*"?([A-Za-z0-9+/=_-]{16,512})"#).ok()
    }),
    accept: always,
};
