//! Azure: storage and bus keys, shared access signatures, client secrets.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Rule, always};
use crate::redact::{Kind, Reach};

pub(super) static ENTRY: Rule = Rule {
    id: "azure",
    kind: Kind::Secret,
    about: "Azure storage and service-bus keys, shared access signatures, client secrets",
    trigger: r"(?i)AccountKey=|SharedAccessKey=|SharedAccessSignature|[?&;]sig=|8Q~|Key\W{1,5}[A-Za-z0-9+/]{40}",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i)(?:AccountKey|SharedAccessKey|(?-u:\b)Key)=([A-Za-z0-9+/]{40,100}={0,2})",
            r#"|(?:account|storage|access|primary|secondary)?_?-?key["'`]?\s*[:=]\s*["'`]?([A-Za-z0-9+/]{86}==)"#,
            r"|[?&;\s]sig=([A-Za-z0-9%+/_-]{20,200}={0,2})",
            r"|(?-i:(?-u:\b)([A-Za-z0-9_~.]{3}8Q~[A-Za-z0-9_~.-]{31,34}))",
        ))
        .ok()
    }),
    accept: always,
};
