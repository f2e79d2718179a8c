//! Settings of the linter; the `config` floor reads them from `unblame.toml`, section `[lint]`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::Severity;

use super::section::SectionKind;

/// A level that a user gives a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Off,
    Info,
    Warning,
    Error,
}

impl Level {
    /// `None` for a rule that is off.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// Settings; every field may be left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Level by rule id (`BLM001`), rule name (`named-person-as-cause`) or prefix (`PII`).
    pub rules: BTreeMap<String, Level>,
    /// People known beyond what documents say of themselves.
    pub people: Vec<String>,
    /// Names of teams, such as `checkout`.
    pub teams: Vec<String>,
    /// Sections that a postmortem must have, by the words of their headings.
    pub required_sections: Option<Vec<String>>,
    /// Headings of the house template and the usual name of what they hold: `"What hurt" = "impact"`.
    pub headings: BTreeMap<String, String>,
    /// Mail domains that are not personal data.
    pub allowed_domains: Vec<String>,
    /// Report findings in block quotes and quoted chat too, at level info.
    pub quotes: bool,
    /// Documents are parts of postmortems: rules on missing sections and metadata stay silent.
    pub fragments: bool,
    /// Address of the folder with the rules' pages; reports for code hosts link to them when it is given.
    pub rules_url: Option<String>,
}

/// What the configuration asks that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("unknown rule `{0}` in [lint.rules]; `unblame lint --list-rules` lists the rules{1}")]
    UnknownRule(String, String),
    #[error(
        "`{0}` in [lint] headings is no known part of a postmortem; use one of: summary, impact, timeline, root cause, contributing factors, action items, lessons learned, what went well, what could be improved"
    )]
    UnknownSection(String),
}

impl ConfigError {
    /// What stands in the settings and should not.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::UnknownRule(key, _) | Self::UnknownSection(key) => key,
        }
    }
}

impl Config {
    /// # Errors
    /// A rule or a section that does not exist.
    pub fn validate(&self) -> Result<(), ConfigError> {
        for key in self.rules.keys() {
            let known = super::rules::ALL
                .iter()
                .any(|rule| rule.id == key || rule.name == key || is_prefix(key, rule.id));
            if !known {
                let hint = super::rules::nearest(key)
                    .map_or_else(String::new, |id| format!("; did you mean `{id}`?"));
                return Err(ConfigError::UnknownRule(key.clone(), hint));
            }
        }
        let parts = self.headings.values().chain(self.required_sections.iter().flatten());
        match parts.into_iter().find(|part| SectionKind::told_by(part).is_none()) {
            Some(part) => Err(ConfigError::UnknownSection(part.clone())),
            None => Ok(()),
        }
    }

    /// The level of a rule, the most exact key first; `None` when it is off.
    #[must_use]
    pub fn severity(&self, rule: &super::Rule) -> Option<Severity> {
        let exact = self.rules.get(rule.id).or_else(|| self.rules.get(rule.name));
        let by_prefix = || self.rules.iter().find(|(key, _)| is_prefix(key, rule.id)).map(|(_, level)| level);
        match exact.or_else(by_prefix) {
            Some(level) => level.severity(),
            None => rule.on.then_some(rule.level),
        }
    }

    /// Whether the user set the level of a rule.
    pub(crate) fn is_set(&self, rule: &super::Rule) -> bool {
        self.rules.keys().any(|key| key == rule.id || key == rule.name || is_prefix(key, rule.id))
    }

    /// Kind of a heading, the house's own words first.
    pub(crate) fn section_kind(&self, heading: &str) -> Option<SectionKind> {
        let own = self.headings.iter().find(|(own, _)| own.eq_ignore_ascii_case(heading.trim()));
        SectionKind::told_by(own.map_or(heading, |(_, part)| part))
    }
}

fn is_prefix(key: &str, id: &str) -> bool {
    key.len() == 3 && id.starts_with(key)
}
