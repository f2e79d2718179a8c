//! The report as one self-contained page: inline style, inline SVG, nothing fetched.

use minijinja::value::Value as Template;
use minijinja::{Environment, Value, context};
use serde_json::json;

use super::{Part, Report};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");

impl Report {
    /// A complete HTML document. Titles, actions and paths come from other people's files and are escaped by the
    /// template; only the drawings, which escape for themselves, are inserted as they are.
    ///
    /// # Errors
    /// The template does not fit the data, which a test rules out for the one compiled in.
    pub fn to_html(&self) -> Result<String, minijinja::Error> {
        let mut environment = Environment::new();
        environment.add_template("page.html", PAGE)?;
        let page = environment.get_template("page.html")?;
        let data = json!({
            "period": self.period,
            "as_of": self.as_of,
            "filter": self.filter,
            "sentences": self.sentences,
            "cautions": self.cautions,
            "parts": self.parts.iter().map(part).collect::<Vec<_>>(),
            "faults": self.faults,
            "listed": self.listed.iter().map(|listed| json!({
                "id": listed.id, "title": listed.title, "path": listed.path, "link": listed.link,
                "day": listed.day, "severity": listed.severity,
            })).collect::<Vec<_>>(),
        });
        let report = Template::from(minijinja::value::Serde(data));
        page.render(context! { report => report, style => Value::from_safe_string(STYLE.to_owned()) })
    }
}

fn part(part: &Part) -> serde_json::Value {
    let tables: Vec<serde_json::Value> = part
        .section
        .tables
        .iter()
        .map(|table| {
            let rows: Vec<serde_json::Value> = table
                .rows
                .iter()
                .map(|row| {
                    let cells: Vec<serde_json::Value> = row
                        .cells
                        .iter()
                        .zip(&table.columns)
                        .map(|(cell, column)| json!({"text": cell.text, "numeric": cell.value.is_some(), "column": column}))
                        .collect();
                    json!({"cells": cells, "incidents": row.incidents})
                })
                .collect();
            json!({"caption": table.caption, "columns": table.columns, "rows": rows, "note": table.note.trim()})
        })
        .collect();
    json!({
        "name": part.metric.name(),
        "title": part.metric.title(),
        "definition": part.metric.definition(),
        "findings": part.section.findings,
        "charts": part.section.charts.iter().map(|chart| json!({"title": chart.title, "svg": chart.svg})).collect::<Vec<_>>(),
        "tables": tables,
    })
}
