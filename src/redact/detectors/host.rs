//! Internal host names, by the suffixes that the options list.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Pattern, ranges};
use crate::redact::{Detector, Kind, Options};
use crate::text::Span;

pub(super) struct Host;
pub(super) static ENTRY: Host = Host;

static NAME: Pattern = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+").ok()
});

impl Detector for Host {
    fn id(&self) -> &'static str {
        "host"
    }

    fn kind(&self) -> Kind {
        Kind::Internal
    }

    fn about(&self) -> &'static str {
        "Host names below the internal domains listed in the configuration"
    }

    fn trigger(&self) -> &'static str {
        r"[A-Za-z0-9]\.[A-Za-z]"
    }

    fn wanted(&self, options: &Options) -> bool {
        !options.internal_hosts.is_empty()
    }

    fn find(&self, text: &str, options: &Options, found: &mut Vec<Span>) {
        found.extend(ranges(&NAME, text).filter(|span| {
            let name = span.of(text).to_ascii_lowercase();
            options.internal_hosts.iter().any(|suffix| {
                let suffix = suffix.trim_start_matches(['*', '.']).to_ascii_lowercase();
                !suffix.is_empty() && (name == suffix || name.ends_with(&format!(".{suffix}")))
            })
        }));
    }
}
