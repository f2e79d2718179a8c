//! What is looked for besides what is always looked for.

/// Countries whose national identity numbers can be looked for; each has a check that keeps false alarms down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Country {
    Brazil,
    France,
    Netherlands,
    Spain,
    UnitedKingdom,
    UnitedStates,
}

impl Country {
    pub const ALL: [Self; 6] =
        [Self::Brazil, Self::France, Self::Netherlands, Self::Spain, Self::UnitedKingdom, Self::UnitedStates];

    /// ISO 3166 code in lower case.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Brazil => "br",
            Self::France => "fr",
            Self::Netherlands => "nl",
            Self::Spain => "es",
            Self::UnitedKingdom => "gb",
            Self::UnitedStates => "us",
        }
    }

    /// Reads a code, upper or lower case; `uk` is accepted for `gb`.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        let code = code.to_lowercase();
        let code = if code == "uk" { "gb" } else { code.as_str() };
        Self::ALL.into_iter().find(|country| country.code() == code)
    }
}

/// Choices of an organisation; the default looks for secrets, e-mail, phone numbers, addresses, cards and accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Names of customers, replaced wherever they stand as whole words.
    pub customers: Vec<String>,
    /// Suffixes of internal host names, such as `corp.example.net`.
    pub internal_hosts: Vec<String>,
    pub national_ids: Vec<Country>,
    /// Exact texts that stay although a detector would take them, such as a public support address.
    pub allow: Vec<String>,
}
