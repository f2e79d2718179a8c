//! Who is known from a document: names in front matter, author and participant lines, owner columns, handles.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::text::fold;
use crate::text::markdown::{Block, BlockKind};

use super::lexicon::{Classes, Lexicon};
use super::section::SectionKind;

/// People and teams that a document or the configuration names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// Lower-case parts of names.
    people: FxHashSet<String>,
    /// Parts that are also words, months or products: people only with a capital.
    capital_only: FxHashSet<String>,
    teams: FxHashSet<String>,
}

/// Keys of front matter and labels of lines that hold people.
const PEOPLE_LABELS: &[&str] = &[
    "author",
    "authors",
    "written by",
    "owner",
    "owners",
    "commander",
    "incident commander",
    "participants",
    "attendees",
    "responders",
    "responder",
    "reviewers",
    "reviewer",
    "reviewed by",
    "ic",
    "lead",
    "incident lead",
    "scribe",
    "on-call",
    "oncall",
    "on call",
    "assignee",
    "people",
    "people involved",
    "facilitator",
    "present",
    "contact",
    "communications lead",
    "comms lead",
    "operations lead",
    "names",
    "roles",
    "prepared by",
    "report by",
    "drafted by",
    "technical lead",
    "with",
    "engineer",
    "engineers",
    "involved",
];

impl Names {
    pub(crate) fn new(people: &[String], teams: &[String], lexicon: &Lexicon) -> Self {
        let mut names = Self::default();
        for person in people {
            names.add_person(person, lexicon);
        }
        names.teams.extend(teams.iter().map(|team| team.to_lowercase()));
        names
    }

    pub(crate) fn is_person(&self, lower: &str, capital: bool) -> bool {
        if self.people.is_empty() && self.capital_only.is_empty() {
            return false;
        }
        let known = |set: &FxHashSet<String>| {
            set.contains(lower) || (!lower.is_ascii() && set.contains(fold(lower).as_str()))
        };
        known(&self.people) || (capital && known(&self.capital_only))
    }

    pub(crate) fn is_team(&self, lower: &str) -> bool {
        self.teams.contains(lower)
    }

    /// Adds what the document says of people.
    pub(crate) fn gather(&mut self, blocks: &[Block], sections: &[Option<SectionKind>], lexicon: &Lexicon) {
        for (block, &section) in blocks.iter().zip(sections) {
            match block.kind {
                BlockKind::FrontMatter => self.gather_lines(&block.text, lexicon),
                BlockKind::ListItem { .. } | BlockKind::Paragraph => {
                    self.gather_lines(&block.text, lexicon);
                    if section == Some(SectionKind::Participants) {
                        self.add_list(&block.text, false, lexicon);
                    }
                }
                _ => {}
            }
            self.gather_handles(&block.text, lexicon);
        }
        self.gather_owner_columns(blocks, lexicon);
    }

    fn gather_lines(&mut self, text: &str, lexicon: &Lexicon) {
        let mut under_people_key = false;
        for line in text.lines() {
            if let Some((label, value)) = line.split_once(':') {
                let label = label.trim().trim_start_matches("- ").trim_matches('*').to_lowercase();
                under_people_key = PEOPLE_LABELS.contains(&label.as_str());
                if under_people_key {
                    self.add_list(value, !label.starts_with("owner") && label != "assignee", lexicon);
                }
            } else if under_people_key && line.trim_start().starts_with("- ") {
                self.add_list(line, true, lexicon);
            } else {
                under_people_key = false;
            }
        }
        for marker in ["(owner:", "owner:", "Owner:"] {
            for (at, _) in text.match_indices(marker) {
                let value =
                    text[at + marker.len()..].split([',', ';', ')', '.', '\n']).next().unwrap_or_default();
                self.add_list(value, false, lexicon);
            }
        }
    }

    fn gather_handles(&mut self, text: &str, lexicon: &Lexicon) {
        for (at, _) in text.match_indices('@') {
            let before = text[..at].chars().next_back();
            let handle: String =
                text[at + 1..].chars().take_while(|c| c.is_alphanumeric() || "._-".contains(*c)).collect();
            if before.is_none_or(|c| !c.is_alphanumeric()) && handle.len() > 2 {
                self.add_person(handle.trim_end_matches(['.', '-', '_']), lexicon);
            }
        }
    }

    fn gather_owner_columns(&mut self, blocks: &[Block], lexicon: &Lexicon) {
        let mut owner_columns = BTreeSet::new();
        for block in blocks {
            let BlockKind::TableCell { table, row, column } = block.kind else { continue };
            if row == 0 {
                let header = block.text.to_lowercase();
                if ["owner", "assignee", "who", "responsible", "lead"]
                    .iter()
                    .any(|label| header.contains(label))
                {
                    owner_columns.insert((table, column));
                }
            } else if owner_columns.contains(&(table, column)) {
                self.add_list(&block.text, false, lexicon);
            }
        }
    }

    /// `lower_case`: whether a word without a capital can be a person here; among owners it is a team.
    fn add_list(&mut self, text: &str, lower_case: bool, lexicon: &Lexicon) {
        let without_roles = text.replace(['[', ']', '"', '{', '}', '*'], " ");
        for part in without_roles.split([',', ';', '/', '&', '|', '\n']).flat_map(|part| part.split(" and "))
        {
            let part = part.split(['(', '–', '—', '<']).next().unwrap_or_default();
            let part = part.rsplit(':').next().unwrap_or(part);
            let part = part.trim().trim_start_matches("- ").trim_start_matches('@');
            if part.split_whitespace().count() <= 3 && (lower_case || part.starts_with(char::is_uppercase)) {
                self.add_person(part, lexicon);
            }
        }
    }

    fn add_person(&mut self, name: &str, lexicon: &Lexicon) {
        for part in name.split_whitespace() {
            let clean = part.trim_matches(|c: char| !c.is_alphanumeric());
            let lower = clean.to_lowercase();
            if lower.chars().count() < 2 || lower.chars().all(|c| c.is_ascii_digit()) {
                continue;
            }
            let entry = lexicon.get(&lower);
            let common = entry.classes != Classes::NONE && !entry.classes.any(Classes::GIVEN_NAME)
                || crate::text::is_stop_word(&lower);
            if entry.classes.any(Classes::NAME_OR_WORD) {
                self.capital_only.insert(lower);
            } else if common {
                // an owner "storage" is a team, not a person
                if entry.classes.any(Classes::UNIT.or(Classes::TEAM)) {
                    self.teams.insert(lower);
                }
            } else if clean.starts_with(char::is_uppercase) || name.split_whitespace().count() == 1 {
                self.people.insert(lower.clone());
                let folded = fold(&lower);
                if folded != lower {
                    self.people.insert(folded);
                }
            }
        }
    }
}
