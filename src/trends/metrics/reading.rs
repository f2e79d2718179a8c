//! The postmortems that teach most, for somebody who is new.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, json};

use crate::domain::FactorCategory;
use crate::trends::groups::groups;
use crate::trends::record::Record;
use crate::trends::wording::{list, plural};
use crate::trends::{Cell, Metric, Row, Scope, Section, Table};

pub(super) struct Reading;
pub(super) const ENTRY: Reading = Reading;

/// Length of the list.
const LENGTH: usize = 8;
/// Quarters from which it is taken.
const RECENT: usize = 8;
/// Quality below which a document teaches little.
const READABLE: f64 = 2.5;

impl Metric for Reading {
    fn name(&self) -> &'static str {
        "reading"
    }

    fn title(&self) -> &'static str {
        "Reading list"
    }

    fn definition(&self) -> &'static str {
        "From the last eight quarters: documents with a quality score of 2.5 and more, by the sum of that score, one \
         point for each two categories of factors, one point for standing in a pattern and one for having been \
         repeated; one document for each pattern."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let first = scope.quarters(RECENT).first().copied();
        let groups = groups(scope);
        let mut pattern_of: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (at, group) in groups.iter().enumerate().filter(|(_, group)| group.members.len() > 1) {
            for member in &group.members {
                pattern_of.entry(&member.id).or_insert((at, group.members.len()));
            }
        }
        let repeated: BTreeSet<String> = scope.repeats().into_iter().map(|(_, earlier)| earlier).collect();
        let mut candidates: Vec<Candidate<'_>> = scope
            .past
            .iter()
            .copied()
            .filter(|record| record.quality.score() >= READABLE)
            .filter(|record| {
                let quarter = record.started.map(crate::domain::Period::containing);
                quarter >= first
            })
            .map(|record| {
                let pattern = pattern_of.get(record.id.as_str()).copied();
                Candidate::new(record, pattern, repeated.contains(&record.id))
            })
            .collect();
        candidates.sort_by(|a, b| b.points.total_cmp(&a.points).then_with(|| a.record.id.cmp(&b.record.id)));
        let mut taken = BTreeSet::new();
        candidates.retain(|candidate| candidate.pattern.is_none_or(|(at, _)| taken.insert(at)));
        candidates.truncate(LENGTH);
        let mut table = Table::new("reading", "Where to begin", &["Postmortem", "Why"]);
        let mut entries = Vec::new();
        for candidate in &candidates {
            let why = candidate.why();
            entries
                .push(json!({"incident": candidate.record.id, "title": candidate.record.title, "why": why}));
            let title: Cell = candidate.record.title.as_str().into();
            table.rows.push(Row::new(vec![title, why.into()], vec![candidate.record.id.clone()]));
        }
        let mut json = Map::new();
        json.insert("reading".to_owned(), entries.into());
        let findings = if table.rows.is_empty() {
            vec!["No document of the last eight quarters reaches half of the rubric.".to_owned()]
        } else {
            Vec::new()
        };
        let tables = if table.rows.is_empty() { Vec::new() } else { vec![table] };
        Section { findings, tables, json, ..Section::default() }
    }
}

struct Candidate<'a> {
    record: &'a Record,
    categories: BTreeSet<FactorCategory>,
    /// Position and size of its pattern.
    pattern: Option<(usize, usize)>,
    repeated: bool,
    points: f64,
}

impl<'a> Candidate<'a> {
    fn new(record: &'a Record, pattern: Option<(usize, usize)>, repeated: bool) -> Self {
        let categories: BTreeSet<FactorCategory> =
            record.factors.iter().filter_map(|factor| factor.category).collect();
        let points = record.quality.score()
            + categories.len() as f64 / 2.0
            + f64::from(u8::from(pattern.is_some()))
            + f64::from(u8::from(repeated));
        Self { record, categories, pattern, repeated, points }
    }

    fn why(&self) -> String {
        let mut reasons = Vec::new();
        if let Some((_, size)) = self.pattern {
            reasons.push(format!("stands for a pattern of {}", plural(size, "incident")));
        }
        if self.repeated {
            reasons.push("happened again later".to_owned());
        }
        if self.categories.len() > 1 {
            let names: Vec<String> =
                self.categories.iter().map(|category| category.name().to_owned()).collect();
            reasons.push(format!("looks at {}", list(&names)));
        }
        reasons.push(format!("scores {:.1} of 5 by the rubric", self.record.quality.score()));
        list(&reasons)
    }
}
