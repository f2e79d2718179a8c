//! Which roles took part in response and review; names are never counted.

use std::collections::BTreeMap;

use serde_json::{Map, json};

use crate::trends::wording::plural;
use crate::trends::{Cell, Metric, Row, Scope, Section, Table};

pub(super) struct Participation;
pub(super) const ENTRY: Participation = Participation;

impl Metric for Participation {
    fn name(&self) -> &'static str {
        "participation"
    }

    fn title(&self) -> &'static str {
        "Participation by role"
    }

    fn definition(&self) -> &'static str {
        "Postmortems of the quarter whose head names a role (`commander`, `scribe`, `reviewers`, … or keys of `roles:`) \
         and the number of teams that they name. Who held a role is not read."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let mut roles: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for record in &scope.current {
            for role in &record.roles {
                roles.entry(role).or_default().push(record.id.clone());
            }
        }
        let several: Vec<String> = scope
            .current
            .iter()
            .filter(|record| record.teams.len() > 1)
            .map(|record| record.id.clone())
            .collect();
        let mut table = Table::new("participation", "Roles named", &["Role", "Postmortems"]);
        let mut counts = Map::new();
        for (role, incidents) in roles {
            counts.insert(role.to_owned(), json!({"n": incidents.len(), "incidents": incidents}));
            table.rows.push(Row::new(vec![role.into(), Cell::count(incidents.len())], incidents));
        }
        let n = several.len();
        table.rows.push(Row::new(vec!["more than one team".into(), Cell::count(n)], several.clone()));
        let mut json = Map::new();
        json.insert(
            "process".to_owned(),
            json!({"participation": {"roles": counts, "several_teams": {"n": n, "incidents": several}}}),
        );
        let findings = vec![format!(
            "{} of the quarter name more than one team, {n} of {}.",
            plural(n, "postmortem"),
            scope.current.len()
        )];
        let findings = if scope.current.is_empty() { Vec::new() } else { findings };
        Section { findings, tables: vec![table], json, ..Section::default() }
    }
}
