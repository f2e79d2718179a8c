//! How much of what a fact says is shown already.

use std::collections::BTreeSet;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::timeline::fact::seconds;

use super::judge::Judge;
use crate::evidence::timeline::fact::Fact;
use crate::evidence::timeline::window::numbers;

/// Notes this close to a chat line retell it; so does the same person's next line.
const RETOLD_S: i64 = 90;
/// Notes are written from memory, with times that are minutes off.
const NOTED_S: i64 = 900;
/// Public posts repeat themselves every half hour or so.
const POSTS_S: i64 = 4 * 3600;
/// The chat tells of a fix within this time of its merge.
const SAME_CHANGE_S: i64 = 3600;
/// Two machine lines about one part within this time are two reports of one thing.
const SAME_PART_S: i64 = 10;
/// Lines this close that say nearly the same are told once.
pub(super) const NEAR_S: i64 = 300;

impl Judge<'_> {
    /// How much `b` says what `a`, which is shown, says already, 0 to 1: shared words, close in time.
    pub(super) fn likeness(&self, a: usize, b: usize) -> f64 {
        let distance = seconds(self.scene.facts[a].at, self.scene.facts[b].at).abs();
        if distance > POSTS_S {
            return 0.0;
        }
        let (one, two) = (&self.scene.facts[a], &self.scene.facts[b]);
        let terms = &self.scene.terms;
        if distance <= SAME_CHANGE_S && one.is_human() != two.is_human() && self.name_same_fix(a, b) {
            return 0.9;
        }
        let posts = one.kind == EventKind::StatusUpdate && two.kind == EventKind::StatusUpdate;
        if posts && one.source == two.source && !one.is_human() && distance <= POSTS_S {
            let (left, right) = (terms.of(a), terms.of(b));
            let shared = left.shared(right) as f64;
            if shared >= 0.8 * left.len().min(right.len()) as f64 {
                return 0.9;
            }
        }
        let retells = |note: &Fact, line: &Fact| {
            note.class == SourceClass::Memory && line.class == SourceClass::Chat && line.is_human()
        };
        if distance <= NOTED_S && (retells(one, two) || retells(two, one)) {
            let shared = terms.distinctive(a).filter(|word| terms.of(b).iter().any(|other| other == *word));
            let shared = shared.count();
            if shared >= 2 || shared == 1 && terms.of(a).len().min(terms.of(b).len()) <= 5 {
                return 0.9;
            }
        }
        let people = one.is_human() && two.is_human();
        let alike =
            people || one.source == two.source && (one.kind == two.kind || one.class != SourceClass::Deploy);
        if distance > NEAR_S || !alike {
            return 0.0;
        }
        if distance <= SAME_PART_S && !one.is_human() && names_same_part(&one.text, &two.text) {
            return 0.9;
        }
        let (left, right) = (terms.of(a), terms.of(b));
        let length = ((left.len() * right.len()) as f64).sqrt().max(1.0);
        let words = left.shared(right) as f64 / length;
        let words = match (one.labels.get("reason"), two.labels.get("reason")) {
            (Some(one), Some(two)) if one != two => words / 2.0,
            _ => words,
        };
        let retold = if distance > RETOLD_S || !people {
            0.0
        } else if one.class == SourceClass::Chat && two.class == SourceClass::Memory && words > 0.0 {
            0.9
        } else if one.actor == two.actor && one.class == SourceClass::Chat {
            0.45
        } else {
            0.0
        };
        (words.max(retold)) * (1.0 - distance as f64 / (2 * NEAR_S) as f64)
    }
}

impl Judge<'_> {
    /// Whether a line and a record tell of one change that came after the end.
    fn name_same_fix(&self, a: usize, b: usize) -> bool {
        let (one, two) = (&self.scene.facts[a], &self.scene.facts[b]);
        let (line, record) = if one.is_human() { (one, two) } else { (two, one) };
        let after = self.resolved.is_some_and(|end| record.at > end);
        after && record.kind.is_change() && {
            let named = numbers(&line.text);
            record.keys_of("pr").any(|key| named.iter().any(|number| number == key))
        }
    }
}

/// Whether both name the same generated part, such as a pod: a long word with hyphens and digits.
fn names_same_part(a: &str, b: &str) -> bool {
    let parts = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !(c.is_alphanumeric() || c == '-'))
            .filter(|word| {
                word.len() >= 12 && word.contains('-') && word.bytes().any(|byte| byte.is_ascii_digit())
            })
            .map(str::to_owned)
            .collect()
    };
    !parts(a).is_disjoint(&parts(b))
}
