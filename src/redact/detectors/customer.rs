//! Names of customers, as the options list them.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::redact::{Detector, Kind, Options};
use crate::text::Span;

pub(super) struct Customer;
pub(super) static ENTRY: Customer = Customer;

impl Detector for Customer {
    fn id(&self) -> &'static str {
        "customer"
    }

    fn kind(&self) -> Kind {
        Kind::Internal
    }

    fn about(&self) -> &'static str {
        "Customer names listed in the configuration"
    }

    fn trigger(&self) -> &'static str {
        r"[^\s]"
    }

    fn reach(&self) -> crate::redact::Reach {
        crate::redact::Reach::Document
    }

    fn wanted(&self, options: &Options) -> bool {
        options.customers.iter().any(|name| !name.trim().is_empty())
    }

    fn find(&self, text: &str, options: &Options, found: &mut Vec<Span>) {
        let names = options.customers.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(names);
        let Ok(automaton) = automaton else { return };
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        found.extend(automaton.find_iter(text).map(|one| Span::from(one.range())).filter(|span| {
            let before = text.get(..span.start).and_then(|head| head.chars().next_back());
            let after = text.get(span.end..).and_then(|tail| tail.chars().next());
            !word(before) && !word(after)
        }));
    }
}
