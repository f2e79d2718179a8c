//! What a person has typed and not saved yet, kept beside the draft so that a kill costs nothing.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::app::Error;
use crate::store;

/// Texts of parts that were being edited, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsaved {
    pub parts: BTreeMap<String, String>,
}

impl Unsaved {
    /// What an earlier session left; an unreadable file counts as none.
    pub fn load(document: &Path) -> Result<Self, Error> {
        let text = store::load_unsaved(document)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// Keeps the text of one part, or forgets it.
    pub fn keep(&mut self, document: &Path, key: &str, text: Option<String>) -> Result<(), Error> {
        match text {
            Some(text) => {
                self.parts.insert(key.to_owned(), text);
            }
            None => {
                self.parts.remove(key);
            }
        }
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        let kept = (!self.parts.is_empty()).then_some(json.as_str());
        Ok(store::save_unsaved(document, kept)?)
    }
}
