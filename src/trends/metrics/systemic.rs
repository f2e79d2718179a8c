//! The same kind of action asked for in three postmortems and more: a gap that single actions do not close.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::actions::{Held, is_open_on};
use crate::trends::kinship::{Asked, kinds, medoid};
use crate::trends::wording::{plural, shortened};
use crate::trends::{Cell, Headline, Metric, Row, Scope, Section, Table};

pub(super) struct Systemic;
pub(super) const ENTRY: Systemic = Systemic;

/// Postmortems that make a gap systemic.
const FEWEST: usize = 3;
/// Gaps shown as tables; the JSON report has all.
const SHOWN: usize = 10;
/// Actions quoted of one gap, the latest; the JSON report has all.
const QUOTED: usize = 20;

impl Metric for Systemic {
    fn name(&self) -> &'static str {
        "systemic"
    }

    fn title(&self) -> &'static str {
        "Systemic gaps"
    }

    fn definition(&self) -> &'static str {
        "Action items of all postmortems up to the day of judgement, grouped by their words (TF-IDF of stems, average \
         linkage down to a mean cosine of 0.28) or by a shared tracking id. A kind of action that three or more postmortems ask \
         for is a gap that needs a project rather than another action; every one is quoted."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let held: Vec<Held<'_>> = scope
            .known()
            .flat_map(|record| record.actions.iter().map(move |action| Held { record, action }))
            .collect();
        let asked: Vec<Asked<'_>> = held
            .iter()
            .map(|held| Asked { text: &held.action.action, tracking: held.action.tracking.as_deref() })
            .collect();
        let mut gaps: Vec<Gap<'_>> = kinds(&asked)
            .into_iter()
            .map(|members| Gap {
                kind: asked[medoid(&asked, &members)].text,
                members: members.iter().map(|&at| held[at]).collect(),
            })
            .filter(|gap| gap.incidents().len() >= FEWEST)
            .collect();
        let open = |gap: &Gap<'_>| gap.open(scope).len();
        gaps.sort_by(|a, b| {
            (open(b), b.incidents().len())
                .cmp(&(open(a), a.incidents().len()))
                .then_with(|| a.kind.cmp(b.kind))
        });
        let mut json = Map::new();
        json.insert("systemic".to_owned(), gaps.iter().map(|gap| gap.json(scope)).collect());
        Section {
            headline: gaps.first().map(|gap| headline(gap, gaps.len(), scope)),
            findings: vec![match gaps.len() {
                0 => "No kind of action is asked for in three postmortems.".to_owned(),
                1 => "One kind of action is asked for again and again.".to_owned(),
                n => format!("{n} kinds of action are asked for again and again."),
            }],
            tables: gaps.iter().take(SHOWN).map(|gap| gap.table(scope)).collect(),
            json,
            ..Section::default()
        }
    }
}

struct Gap<'a> {
    /// The wording that stands for the others.
    kind: &'a str,
    members: Vec<Held<'a>>,
}

impl Gap<'_> {
    fn incidents(&self) -> Vec<String> {
        let ids: BTreeSet<(Option<jiff::Timestamp>, &str)> =
            self.members.iter().map(|held| (held.record.started, held.record.id.as_str())).collect();
        ids.into_iter().map(|(_, id)| id.to_owned()).collect()
    }

    fn open(&self, scope: &Scope<'_>) -> Vec<&Held<'_>> {
        self.members.iter().filter(|held| is_open_on(held.action, scope.as_of())).collect()
    }

    fn json(&self, scope: &Scope<'_>) -> Value {
        let quotes: Vec<Value> = self
            .members
            .iter()
            .map(|held| {
                json!({
                    "incident": held.record.id, "action": held.action.id, "text": held.action.action,
                    "open": is_open_on(held.action, scope.as_of()), "tracking": held.action.tracking,
                    "file": held.record.path, "line": held.action.line,
                })
            })
            .collect();
        json!({"kind": self.kind, "incidents": self.incidents(), "open": self.open(scope).len(), "actions": quotes})
    }

    fn table(&self, scope: &Scope<'_>) -> Table {
        let mut table = Table::new(
            "gap",
            format!(
                "“{}”: {}, {} still open",
                shortened(self.kind, 90),
                plural(self.incidents().len(), "postmortem"),
                self.open(scope).len()
            ),
            &["Action", "As it was written", "State", "Where"],
        );
        let left_out = self.members.len().saturating_sub(QUOTED);
        if left_out > 0 {
            table.note = format!("The latest {QUOTED} are quoted; the JSON report has the other {left_out}.");
        }
        for held in &self.members[left_out..] {
            let state = if is_open_on(held.action, scope.as_of()) { "open" } else { "closed" };
            let cells: Vec<Cell> = vec![
                format!("{} {}", held.record.id, held.action.id).into(),
                format!("“{}”", held.action.action).into(),
                state.into(),
                format!("{}:{}", held.record.path, held.action.line).into(),
            ];
            table.rows.push(Row::new(cells, vec![held.record.id.clone()]));
        }
        table
    }
}

fn headline(gap: &Gap<'_>, gaps: usize, scope: &Scope<'_>) -> Headline {
    let others = match gaps {
        1 => String::new(),
        2 => ", and there is one more such gap".to_owned(),
        n => format!(", and there are {} more such gaps", n - 1),
    };
    let open = gap.open(scope).len();
    let text = format!(
        "{} asked for the same kind of action, “{}”, and {open} of these actions are still open{others}: what keeps coming back needs an owner and a budget, not one more action item.",
        plural(gap.incidents().len(), "postmortem"),
        shortened(gap.kind, 80)
    );
    Headline { rank: 5, text }
}
