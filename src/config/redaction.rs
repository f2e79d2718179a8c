//! `[redact]` in `unblame.toml`: what is looked for besides secrets, addresses, numbers and cards.

use serde::Deserialize;

use crate::redact::{Country, Options};

/// What an organisation wants redacted or kept.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RedactSettings {
    /// Names of customers.
    pub customers: Vec<String>,
    /// Domains whose hosts are internal, such as `corp.example.net`.
    pub internal_hosts: Vec<String>,
    /// Countries whose identity numbers are looked for: br, es, fr, gb, nl, us.
    pub national_ids: Vec<CountryCode>,
    /// Texts that stay, such as a public support address.
    pub allow: Vec<String>,
}

impl RedactSettings {
    /// The same for the redactor.
    #[must_use]
    pub fn options(&self) -> Options {
        Options {
            customers: self.customers.clone(),
            internal_hosts: self.internal_hosts.clone(),
            national_ids: self.national_ids.iter().map(|code| code.0).collect(),
            allow: self.allow.clone(),
        }
    }
}

/// A country written as its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct CountryCode(pub Country);

impl TryFrom<String> for CountryCode {
    type Error = String;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        let known = Country::ALL.map(Country::code).join(", ");
        Country::of_code(&code)
            .map(CountryCode)
            .ok_or_else(|| format!("no check is known for identity numbers of `{code}`; known: {known}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_country_is_refused_with_the_known_ones() {
        let error = toml::from_str::<RedactSettings>("national_ids = [\"us\", \"xx\"]").unwrap_err();
        assert!(error.message().contains("known: br"), "{error}");
        let settings: RedactSettings = toml::from_str("national_ids = [\"UK\"]").unwrap();
        assert_eq!(settings.options().national_ids, [Country::UnitedKingdom]);
    }
}
