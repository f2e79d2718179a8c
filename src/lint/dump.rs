//! The settings of the linter as a commented file, to read and to copy from.

use std::fmt::Write;

use serde::Serialize;

use super::config::{Config, Level};
use super::rules;

/// Every key of `[lint]` but the rules, and what it means.
const KEYS: [(&str, &str); 8] = [
    ("people", "People known beyond what documents say of themselves."),
    ("teams", "Names of teams, such as \"checkout\"."),
    (
        "required_sections",
        "Sections that a postmortem must have; a slash separates alternatives. Unset: summary, impact, timeline, root\n# cause/contributing factors, action items.",
    ),
    ("allowed_domains", "Mail domains that are not personal data."),
    ("quotes", "Report findings in block quotes and quoted chat too, as notes."),
    ("fragments", "Documents are parts of postmortems: rules on missing sections and metadata stay silent."),
    (
        "rules_url",
        "Address of the folder with the rules' pages; reports for code hosts link to them when it is given.",
    ),
    ("headings", "Headings of the house template and the usual name of what they hold."),
];

/// What `unblame.toml` would hold to give these settings; keys that are unset stand there as comments.
#[must_use]
pub fn dump_toml(config: &Config) -> String {
    let mut out = String::from(
        "# The linter's settings as they are used; what differs goes into unblame.toml.\n\n[lint]\n",
    );
    let all = toml::Table::try_from(config).unwrap_or_default();
    for (key, meaning) in KEYS.iter().filter(|(key, _)| *key != "headings") {
        let _ = writeln!(out, "# {meaning}");
        let _ = match all.get(*key) {
            Some(value) => writeln!(out, "{key} = {value}"),
            None => writeln!(out, "# {key} = {}", if *key == "rules_url" { "\"https://…\"" } else { "[]" }),
        };
    }
    let heading = KEYS.iter().find(|(key, _)| *key == "headings").map_or("", |(_, meaning)| meaning);
    let _ = writeln!(out, "\n# {heading}\n[lint.headings]");
    if config.headings.is_empty() {
        out.push_str("# \"What hurt\" = \"impact\"\n");
    }
    for (own, usual) in &config.headings {
        let _ = writeln!(out, "{} = {}", quoted(own), quoted(usual));
    }
    out.push_str("\n# Level of a rule by id, name or prefix (\"PII\"): \"off\", \"info\", \"warning\", \"error\".\n[lint.rules]\n");
    for (key, level) in &config.rules {
        let _ = writeln!(out, "{} = {}", quoted(key), quoted(name(*level)));
    }
    for rule in rules::ALL {
        let own = config.severity(rule).map_or("off", |level| level.name());
        if !config.is_set(rule) {
            let _ = writeln!(out, "# {} = \"{own}\" # {}", rule.id, rule.name);
        }
    }
    out
}

fn name(level: Level) -> &'static str {
    level.severity().map_or("off", |severity| severity.name())
}

/// A TOML string.
fn quoted(text: &str) -> String {
    #[derive(Serialize)]
    #[serde(transparent)]
    struct Text<'a>(&'a str);
    toml::Value::try_from(Text(text)).map_or_else(|_| String::from("\"\""), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dump_gives_the_same_settings_back_and_tells_every_key() {
        let mut config = Config {
            people: vec!["Ada \"A\" Lind".to_owned()],
            required_sections: Some(vec!["impact".to_owned()]),
            rules_url: Some("https://docs.example/rules".to_owned()),
            quotes: true,
            ..Config::default()
        };
        config.rules.insert("PII".to_owned(), Level::Off);
        config.headings.insert("What hurt".to_owned(), "impact".to_owned());
        for config in [config.clone(), Config::default()] {
            let dumped = dump_toml(&config);
            let mut table: toml::Table = toml::from_str(&dumped).unwrap();
            let back: Config = table.remove("lint").unwrap().try_into().unwrap();
            assert_eq!(back, config, "{dumped}");
        }
        let fields = toml::Table::try_from(&config).unwrap();
        let unexplained: Vec<&String> = fields
            .keys()
            .filter(|field| *field != "rules" && !KEYS.iter().any(|(key, _)| key == field))
            .collect();
        assert!(unexplained.is_empty(), "{unexplained:?}");
    }
}
