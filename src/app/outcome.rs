//! What a command hands to the front door.

/// The result for standard output and the exit code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub result: String,
    /// 0 clean, 1 findings or not ready.
    pub exit: u8,
}

impl Outcome {
    /// A result without findings.
    #[must_use]
    pub fn clean(result: impl Into<String>) -> Self {
        Self { result: result.into(), exit: 0 }
    }

    /// A result whose exit code tells whether something was found.
    #[must_use]
    pub fn with_findings(result: impl Into<String>, found: bool) -> Self {
        Self { result: result.into(), exit: u8::from(found) }
    }
}
