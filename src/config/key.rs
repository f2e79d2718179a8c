//! The key of a model, from the environment or from a program that prints it.

use std::process::{Command, Stdio};

use super::ModelSettings;

/// A program that gave no key; what it printed is never repeated.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("`key_command` is empty")]
    Empty,
    #[error("`key_command` cannot run {program}: {reason}")]
    NotRun { program: String, reason: String },
    #[error("`key_command` ({program}) ended with {status}")]
    Failed { program: String, status: String },
    #[error("`key_command` ({program}) printed no key")]
    Nothing { program: String },
}

impl ModelSettings {
    /// The key from `key_command` where one is set, else the one from the environment. The program may ask its questions
    /// on the terminal, as keepers of passwords do.
    ///
    /// # Errors
    /// A program that cannot run, fails, or prints nothing.
    pub fn fetch_key(&self) -> Result<Option<String>, KeyError> {
        let Some(command) = &self.key_command else { return Ok(self.key.clone()) };
        let (program, arguments) = command.split_first().ok_or(KeyError::Empty)?;
        let program = program.clone();
        let output = Command::new(&program)
            .args(arguments)
            .stderr(Stdio::inherit())
            .stdin(Stdio::inherit())
            .output()
            .map_err(|error| KeyError::NotRun { program: program.clone(), reason: error.to_string() })?;
        if !output.status.success() {
            return Err(KeyError::Failed { program, status: output.status.to_string() });
        }
        let printed = String::from_utf8_lossy(&output.stdout);
        match printed.lines().next().map(str::trim).filter(|key| !key.is_empty()) {
            Some(key) => Ok(Some(key.to_owned())),
            None => Err(KeyError::Nothing { program }),
        }
    }
}
