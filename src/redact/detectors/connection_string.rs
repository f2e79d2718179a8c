//! Passwords in addresses of databases, queues and caches, and in `key=value;` connection strings.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::Rule;
use crate::redact::value::is_placeholder;
use crate::redact::{Kind, Reach};
use crate::text::Span;

pub(super) static ENTRY: Rule = Rule {
    id: "connection-string",
    kind: Kind::Secret,
    about: "Passwords in connection strings of databases, queues and caches; host and database stay readable",
    trigger: r"@|jdbc:|(?i)(?:pwd|password) ?=",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(concat!(
            r#"(?i)(?-u:\b)(?:postgres(?:ql)?|mysql|mariadb|mssql|sqlserver|oracle|mongodb|redis|rediss|valkey|amqps?|kafka|nats|clickhouse|cockroachdb|cassandra|couchbase|neo4j|bolt|memcached|elasticsearch|snowflake|ldaps?|smtps?|imaps?|stomp|mqtts?|jdbc:[a-z0-9:]+)(?:\+[a-z0-9]+)?://[^\s:/@"'<>]*:([^\s/"'<>]+)@"#,
            r#"|jdbc:[^\s"'<>]*[?&;]password=([^\s&;"'<>]+)"#,
            r#"|(?:^|[;"'\s])(?:server|data source|host|addr(?:ess)?|user id|uid|user|username|database|initial catalog)\s*=[^;\n]*;(?:[^;\n]*;)*\s*(?:password|pwd)\s*=\s*([^;"'\s]+)"#,
            r#"|(?:^|[;"'\s])(?:password|pwd)\s*=\s*([^;"'\s]+);\s*(?:server|data source|host|user id|uid|user|database|initial catalog|encrypt|trust)"#,
            r#"|(?-u:\b)(?:host|user|dbname)=\S+\s(?:[a-z_]+=\S+\s)*password=([^\s"']+)"#,
        ))
        .ok()
    }),
    accept: is_real,
};

fn is_real(text: &str, span: Span) -> bool {
    !is_placeholder(span.of(text))
}
