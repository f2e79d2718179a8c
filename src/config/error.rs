//! A settings file that cannot be used.

use std::path::PathBuf;

/// Why settings could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{}: {reason}", path.display())]
    Unreadable { path: PathBuf, reason: String },
    #[error("{}:{line}: {reason}", path.display())]
    Invalid { path: PathBuf, line: usize, reason: String },
}

impl Error {
    /// Wraps a TOML error with the line it points to.
    pub(super) fn toml(path: PathBuf, source: &str, error: &toml::de::Error) -> Self {
        let line =
            error.span().map_or(1, |span| source[..span.start.min(source.len())].matches('\n').count() + 1);
        let mut reason = error.message().to_owned();
        if let Some(near) = near_field(&reason) {
            reason = format!("{reason}; did you mean `{near}`?");
        }
        Self::Invalid { path, line, reason }
    }

    /// What the person can do.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Unreadable { .. } => Some("check the path given with --config".to_owned()),
            Self::Invalid { .. } => Some(
                "mend the line; `unblame init` writes a commented unblame.toml to compare with".to_owned(),
            ),
        }
    }
}

/// The known key most like the unknown one of serde's "unknown field `x`, expected one of `a`, `b`".
fn near_field(message: &str) -> Option<&str> {
    let mut quoted = message.strip_prefix("unknown field ")?.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    crate::text::nearest(unknown, quoted)
}
