//! What the recovery assessments answered, and how much recovery was automatic.

use serde_json::{Map, Value, json};

use crate::trends::record::{Answer, Assessment};
use crate::trends::scope::ids;
use crate::trends::wording::plural;
use crate::trends::{Cell, Metric, Row, Scope, Section, Table};

pub(super) struct Recovery;
pub(super) const ENTRY: Recovery = Recovery;

impl Metric for Recovery {
    fn name(&self) -> &'static str {
        "recovery"
    }

    fn title(&self) -> &'static str {
        "Recovery assessment"
    }

    fn definition(&self) -> &'static str {
        "Answers to the five questions of the recovery assessment, where they are given as yes, partly or no (in the \
         section, or as `recovery:` in the front matter). Prose is not interpreted. Automatic recovery is counted from \
         `recovery: automated` or `manual`."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let mut table = Table::new(
            "recovery",
            "Answers of the quarter",
            &["Question", "Yes", "Partly", "No", "Not answered"],
        );
        let mut answers = Map::new();
        let mut answered = 0;
        for (at, question) in Assessment::questions().enumerate() {
            let with = |wanted: Option<Answer>| {
                ids(scope.current.iter().copied().filter(|record| record.assessment.answers[at] == wanted))
            };
            let counts = [Some(Answer::Yes), Some(Answer::Partly), Some(Answer::No), None].map(with);
            answered += scope.current.len() - counts[3].len();
            answers.insert(
                question.to_owned(),
                json!({"yes": counts[0].len(), "partly": counts[1].len(), "no": counts[2].len(), "not_answered": counts[3].len(), "no_incidents": counts[2]}),
            );
            let mut cells: Vec<Cell> = vec![question.into()];
            cells.extend(counts.iter().map(|incidents| Cell::count(incidents.len())));
            let behind = counts[..3].concat();
            table.rows.push(Row::new(cells, behind));
        }
        let recovered = |automated: bool| {
            ids(scope.current.iter().copied().filter(|record| record.assessment.automated == Some(automated)))
        };
        let (automatic, by_hand) = (recovered(true), recovered(false));
        let mut findings = Vec::new();
        if answered == 0 {
            findings.push("No assessment of the quarter answers in a form that can be counted.".to_owned());
        }
        findings.push(match automatic.len() + by_hand.len() {
            0 => "No postmortem says whether recovery was automatic.".to_owned(),
            n => format!(
                "Recovery was automatic in {} of {} that say so.",
                automatic.len(),
                plural(n, "postmortem")
            ),
        });
        let mut json = Map::new();
        json.insert(
            "process".to_owned(),
            json!({"recovery": {
                "answers": Value::Object(answers),
                "automated": {"n": automatic.len(), "incidents": automatic},
                "manual": {"n": by_hand.len(), "incidents": by_hand},
            }}),
        );
        let tables = if answered == 0 { Vec::new() } else { vec![table] };
        Section { findings, tables, json, ..Section::default() }
    }
}
