//! Conditions that lie in the changes themselves: many at once, or the same thing changed to and fro.

use jiff::SignedDuration;

use crate::domain::{EventId, EventKind, Phase};
use crate::drafting::inert::clip;
use crate::drafting::reading::{Line, Reading};
use crate::drafting::wording::{between, list};

/// How long before the start a change still counts as one of those that came with it.
const BEFORE: SignedDuration = SignedDuration::from_mins(60);
/// Fewer changes than this are no crowd, and fewer reversals no to and fro.
const CROWD: usize = 3;
const REVERSALS: usize = 2;
/// A merge and the commit that it brings are told as two records.
const SAME_CHANGE: SignedDuration = SignedDuration::from_mins(20);

/// What a condition says, with its lines.
pub type Condition = (String, Vec<EventId>);

/// Several changes shortly before the start: which of them mattered is harder to see.
pub fn crowd(reading: &Reading<'_>) -> Option<Condition> {
    let start = reading.phase(Phase::Started).or(reading.phase(Phase::Detected))?.at;
    let near = |line: &&Line<'_>| {
        let at = line.event.at;
        line.event.kind.is_change()
            && line.event.kind != EventKind::Rollback
            && at <= start
            && at >= start - BEFORE
    };
    let changes = distinct(reading.lines.iter().filter(near).collect());
    let (first, last) = (changes.first()?, changes.last()?);
    (changes.len() >= CROWD).then(|| {
        let span = between(first.event.at, last.event.at);
        (
            format!(
                "{} changes were made within {span} before the start: {}",
                changes.len(),
                titles(reading, &changes)
            ),
            ids(&changes),
        )
    })
}

/// Changes that were taken back more than once.
pub fn to_and_fro(reading: &Reading<'_>) -> Option<Condition> {
    let back = |line: &&Line<'_>| {
        line.event.kind == EventKind::Rollback && line.event.class != crate::domain::SourceClass::Chat
    };
    let reversals = distinct(reading.lines.iter().filter(back).collect());
    (reversals.len() >= REVERSALS).then(|| {
        (
            format!("Changes were taken back {} times: {}", reversals.len(), titles(reading, &reversals)),
            ids(&reversals),
        )
    })
}

/// Changes without those that only repeat, a little later, what another one said.
fn distinct<'r, 'a>(lines: Vec<&'r Line<'a>>) -> Vec<&'r Line<'a>> {
    let mut kept: Vec<&Line<'_>> = Vec::new();
    for line in lines {
        let repeats = kept.iter().any(|other| {
            line.event.at.duration_since(other.event.at) <= SAME_CHANGE
                && shares_title(&other.said, &line.said)
        });
        if !repeats {
            kept.push(line);
        }
    }
    kept
}

/// Whether most words of the shorter text stand in the longer one.
fn shares_title(a: &str, b: &str) -> bool {
    let words = |text: &str| crate::text::technical_tokens(text);
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let held = short.iter().filter(|word| long.contains(*word)).count();
    !short.is_empty() && held * 4 >= short.len() * 3
}

/// The titles in quotation marks, of a merge only what it merges.
fn titles(reading: &Reading<'_>, changes: &[&Line<'_>]) -> String {
    let title = |text: &str| {
        let merge = text.starts_with("Merge ") || text.starts_with("PR #");
        let bare = text.split_once(": ").filter(|_| merge).map_or(text, |(_, title)| title);
        clip(bare, 90)
    };
    let quotes: Vec<String> =
        changes.iter().take(4).filter_map(|line| reading.quotation(&title(&line.prose), 90)).collect();
    if quotes.len() < changes.len() { format!("{} and others", quotes.join(", ")) } else { list(&quotes) }
}

fn ids(lines: &[&Line<'_>]) -> Vec<EventId> {
    lines.iter().map(|line| line.event.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::testing::{read, timeline};

    #[test]
    fn many_changes_and_repeated_reversals_are_conditions() {
        let timeline = timeline(
            "08:20:00 github change_merged Ana Kern: raise the pool size of orders\n\
             08:31:00 github change_merged Ana Kern: Merge pull request #7: raise the pool size of orders\n\
             08:40:00 github change_merged Bo Lund: drop the old index on invoices\n\
             08:52:00 github change_merged Bo Lund: new default for the request timeout\n\
             08:55:00 orders-api log -: connection pool exhausted\n\
             09:00:00 alertmanager alert_fired -: OrdersErrors above 5 %\n\
             09:20:00 github rollback Bo Lund: Revert new default for the request timeout\n\
             10:20:00 github rollback Bo Lund: Revert raise the pool size of orders\n",
        );
        read(&timeline, |reading| {
            let (text, ids) = crowd(reading).unwrap();
            assert!(text.starts_with("3 changes were made within 32 minutes before the start: "), "{text}");
            assert_eq!(ids, [EventId(1), EventId(3), EventId(4)]);
            let (text, ids) = to_and_fro(reading).unwrap();
            assert!(text.starts_with("Changes were taken back 2 times: "), "{text}");
            assert_eq!(ids, [EventId(7), EventId(8)]);
        });
    }
}
