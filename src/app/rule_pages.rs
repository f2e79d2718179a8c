//! Writes the manual of the rules: a page each and their index.

use std::path::Path;

use super::Error;
use crate::lint::{catalogue_markdown, rules};
use crate::store::{self, Overwrite};

/// Writes all pages into a folder and tells how many; older pages are replaced.
///
/// # Errors
/// A folder that cannot be written.
pub fn write_rule_pages(folder: &Path) -> Result<usize, Error> {
    store::write_atomically(&folder.join("README.md"), catalogue_markdown().as_bytes(), Overwrite::Yes)?;
    for rule in rules::ALL {
        let page = folder.join(format!("{}.md", rule.id));
        store::write_atomically(&page, rule.page_markdown().as_bytes(), Overwrite::Yes)?;
    }
    Ok(rules::ALL.len() + 1)
}
