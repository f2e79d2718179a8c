//! Prepares a repository: commented settings, a folder for postmortems, a template, a CI example, caches out of Git.

use std::path::{Path, PathBuf};

use super::Error;
use crate::store::{self, Overwrite};

/// Settings as a new repository gets them.
const SETTINGS: &str = include_str!("unblame.toml");
/// A postmortem to be filled in by hand, where nothing was collected.
const TEMPLATE: &str = include_str!("template.md");
/// A workflow to copy where the team's CI finds it.
const CI: &str = include_str!("ci-example.yml");
/// Caches are derived, unsaved text is somebody's own; decisions and kept evidence belong into Git.
const IGNORED: &str = "cache*\nunsaved/\n";

/// Writes what is missing below `root` and names it; nothing that exists is changed.
pub fn init(root: &Path) -> Result<Vec<PathBuf>, Error> {
    let files = [
        ("unblame.toml", SETTINGS),
        (".unblame/.gitignore", IGNORED),
        (".unblame/template.md", TEMPLATE),
        (".unblame/ci-example.yml", CI),
        ("postmortems/.unblame/.gitignore", IGNORED),
    ];
    let mut written = Vec::new();
    for (name, content) in files {
        let path = root.join(name);
        match store::write_atomically(&path, content.as_bytes(), Overwrite::No) {
            Ok(()) => written.push(path),
            Err(store::Error::Exists(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    #[test]
    fn a_second_init_changes_nothing_and_the_settings_can_be_read() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(init(folder.path()).unwrap().len(), 5);
        assert!(init(folder.path()).unwrap().is_empty());
        let settings = Settings::load(Some(&folder.path().join("unblame.toml"))).unwrap();
        assert_eq!(settings.history, [folder.path().join("postmortems")]);
    }

    #[test]
    fn the_template_has_every_section_and_lints_without_errors() {
        let postmortem = crate::document::parse(TEMPLATE).postmortem;
        for kind in crate::document::SectionKind::ALL {
            assert!(postmortem.section(kind).is_some(), "{kind:?}");
        }
    }

    #[test]
    fn every_setting_shown_in_a_comment_can_be_switched_on() {
        let on: String = SETTINGS
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(rest) if rest.contains(" = ") || rest.starts_with('[') => format!("{rest}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("unblame.toml");
        std::fs::write(&path, on).unwrap();
        let settings = Settings::load(Some(&path)).unwrap();
        assert_eq!(settings.review.reviewers, ["reliability-lead"]);
        assert_eq!(settings.redact.customers, ["Northwind Traders"]);
    }
}
