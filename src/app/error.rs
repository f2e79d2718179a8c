//! Everything that can stop a verb.

use crate::{config, store};

/// Why a verb stopped; `cli::errors` says it to the person.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Config(#[from] config::Error),
    /// The options contradict each other or name something that does not exist.
    #[error("{what}")]
    Usage { what: String, help: String },
    /// A file says something that cannot be used.
    #[error("{what}")]
    Input { what: String, help: String },
    /// The machine does not give what is needed: a port, a network.
    #[error("{what}")]
    Environment { what: String, help: String },
    #[error("the result could not be written: {0}")]
    Output(std::io::Error),
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl Error {
    pub(crate) fn usage(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage { what: what.into(), help: help.into() }
    }

    pub(crate) fn input(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Input { what: what.into(), help: help.into() }
    }
}
