//! Stripe secret and restricted keys, and webhook secrets.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Rule, always};
use crate::redact::{Kind, Reach};

pub(super) static ENTRY: Rule = Rule {
    id: "stripe-key",
    kind: Kind::Secret,
    about: "Stripe keys (sk_live_, rk_live_, sk_test_, whsec_)",
    trigger: r"[sr]k_(?:live|test)_|whsec_",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(r"(?-u:\b)(?:[sr]k_(?:live|test)_[A-Za-z0-9]{10,255}|whsec_[A-Za-z0-9+/=]{16,255})").ok()
    }),
    accept: always,
};
