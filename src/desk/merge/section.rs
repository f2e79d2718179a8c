//! Decides, section by section and unit by unit, whose text stands in the merged document.

use std::collections::BTreeSet;

use super::Merged;
use super::align::{Edits, Fate, align};
use super::join::{Joiner, Source};
use super::units::{Page, Section, Unit, UnitKind};

/// Merges three documents in pieces; conflicts are numbered from `first`.
pub(super) fn merge(base: &Page<'_>, ours: &Page<'_>, theirs: &Page<'_>, first: usize) -> Merged {
    let lead = if ours.lead == base.lead { theirs.lead } else { ours.lead };
    let mut joiner = Joiner::new(lead, first);
    let cited = cited_by_people(base, ours);
    let taken: BTreeSet<(UnitTag, String)> = ours
        .sections
        .iter()
        .flat_map(|section| &section.units)
        .filter_map(|unit| unit.identity().map(|identity| (tag(unit.kind), identity.to_owned())))
        .collect();
    for (key, ours_section) in order(ours, theirs) {
        let base_section = find(base, key);
        let theirs_section = find(theirs, key);
        joiner.enter(ours_section.or(theirs_section).map_or("", |section| section.heading));
        match (ours_section, theirs_section, base_section) {
            (None, Some(theirs), Some(base)) => deleted_section(base, theirs, &mut joiner),
            (ours, theirs, base) => units(base, ours, theirs, &taken, &cited, &mut joiner),
        }
    }
    joiner.finish()
}

/// Kinds whose units have an identity.
type UnitTag = bool;

fn tag(kind: UnitKind) -> UnitTag {
    kind == UnitKind::Footnote
}

/// Footnotes (`[^E1`) that text of people's own refers to: their definitions stay whatever is cited elsewhere.
fn cited_by_people(base: &Page<'_>, ours: &Page<'_>) -> BTreeSet<String> {
    let generated: BTreeSet<String> =
        base.sections.iter().flat_map(|section| &section.units).map(Unit::key).collect();
    let written = ours
        .sections
        .iter()
        .flat_map(|section| &section.units)
        .filter(|unit| !generated.contains(&unit.key()));
    let marks =
        written.flat_map(|unit| unit.text.split("[^").skip(1).filter_map(|rest| rest.split_once(']')));
    marks.map(|(label, _)| format!("[^{label}")).collect()
}

fn find<'p, 't>(page: &'p Page<'t>, key: &str) -> Option<&'p Section<'t>> {
    page.sections.iter().find(|section| section.key == key)
}

/// Our sections in our order; sections that only the other side has stand behind the one they follow there.
fn order<'p, 't>(ours: &'p Page<'t>, theirs: &'p Page<'_>) -> Vec<(&'p str, Option<&'p Section<'t>>)> {
    let mut order: Vec<(&str, Option<&Section<'_>>)> =
        ours.sections.iter().map(|section| (section.key.as_str(), Some(section))).collect();
    let mut before: Option<&str> = None;
    for section in &theirs.sections {
        if !order.iter().any(|(key, _)| *key == section.key) {
            let behind = before.and_then(|key| order.iter().position(|(known, _)| *known == key));
            order.insert(behind.map_or(0, |at| at + 1), (&section.key, None));
        }
        before = Some(&section.key);
    }
    order
}

/// A section that a person deleted stays deleted; if it would read differently now, the new text is shown.
fn deleted_section(base: &Section<'_>, theirs: &Section<'_>, joiner: &mut Joiner) {
    let keys = |section: &Section<'_>| section.units.iter().map(Unit::key).collect::<Vec<_>>();
    if keys(base) != keys(theirs) {
        let text: String = theirs.units.iter().map(|unit| [unit.text, unit.gap].concat()).collect();
        joiner.conflict(None, text.trim_end(), UnitKind::Block, false);
    }
}

fn units(
    base: Option<&Section<'_>>,
    ours: Option<&Section<'_>>,
    theirs: Option<&Section<'_>>,
    taken: &BTreeSet<(UnitTag, String)>,
    cited: &BTreeSet<String>,
    joiner: &mut Joiner,
) {
    let (mut base_units, mut our_units, mut their_units): (&[Unit<'_>], &[Unit<'_>], &[Unit<'_>]) =
        (&[], &[], &[]);
    for (slot, section) in [(&mut base_units, base), (&mut our_units, ours), (&mut their_units, theirs)] {
        if let Some(section) = section {
            *slot = &section.units;
        }
    }
    let (mine, new) = (align(base_units, our_units), align(base_units, their_units));
    let orphaned = base.is_some() && theirs.is_none();
    for at in 0..=base_units.len() {
        insertions(at, &mine, &new, ours.is_some(), taken, joiner);
        let Some(old) = base_units.get(at) else { break };
        match (mine.fates[at], new.fates[at]) {
            (Fate::Same(unit), Fate::Same(other)) => joiner.same(old, unit, other),
            (Fate::Same(unit), Fate::Changed(other)) => joiner.updated(old, unit, other),
            (Fate::Same(unit), Fate::Gone)
                if orphaned && has_edits(&mine) && unit.kind == UnitKind::Heading =>
            {
                joiner.ours(unit);
            }
            (Fate::Same(unit), Fate::Gone) if unit.identity().is_some_and(|label| cited.contains(label)) => {
                joiner.ours(unit);
            }
            (Fate::Same(_), Fate::Gone) => joiner.dropped(),
            (Fate::Changed(unit), Fate::Same(_) | Fate::Gone) => joiner.kept(unit),
            (Fate::Changed(unit), Fate::Changed(other)) if unit.key() == other.key() => joiner.ours(unit),
            (Fate::Changed(unit), Fate::Changed(other)) => {
                joiner.kept(unit);
                if !other.is_delimiter_row() {
                    joiner.conflict(Some(unit.text), other.text, other.kind, other.heads_table);
                }
            }
            (Fate::Gone, Fate::Changed(other)) if !other.is_delimiter_row() => {
                joiner.conflict(None, other.text, other.kind, other.heads_table);
            }
            (Fate::Gone, _) => {}
        }
    }
}

/// What either side put in at one place: ours first, then what the other side adds beyond it.
fn insertions(
    at: usize,
    mine: &Edits<'_, '_>,
    new: &Edits<'_, '_>,
    has_heading: bool,
    taken: &BTreeSet<(UnitTag, String)>,
    joiner: &mut Joiner,
) {
    for unit in &mine.inserted[at] {
        joiner.kept(unit);
    }
    let known: BTreeSet<String> = mine.inserted[at].iter().map(|unit| unit.key()).collect();
    for unit in &new.inserted[at] {
        let repeated = known.contains(&unit.key()) || unit.kind == UnitKind::Heading && has_heading;
        let clash =
            unit.identity().is_some_and(|identity| taken.contains(&(tag(unit.kind), identity.to_owned())));
        match (repeated, clash) {
            (true, _) => {}
            (false, true) => joiner.conflict(None, unit.text, unit.kind, false),
            (false, false) => joiner.added(unit, Source::Theirs),
        }
    }
}

/// Whether a person wrote or changed anything in the section.
fn has_edits(mine: &Edits<'_, '_>) -> bool {
    mine.fates.iter().any(|fate| matches!(fate, Fate::Changed(_)))
        || mine.inserted.iter().any(|list| !list.is_empty())
}
