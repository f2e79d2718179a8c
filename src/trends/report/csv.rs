//! The report for warehouses: one line for each cell.

use super::Report;

impl Report {
    /// Columns `metric,table,row,column,value,text,incidents`; `value` is the plain number where there is one, and
    /// incidents are separated by spaces. `only` names one metric.
    #[must_use]
    pub fn to_csv(&self, only: Option<&str>) -> String {
        let mut csv = "metric,table,row,column,value,text,incidents\n".to_owned();
        for part in self.parts.iter().filter(|part| only.is_none_or(|only| only == part.metric.name())) {
            for table in &part.section.tables {
                for row in &table.rows {
                    let name = row.cells.first().map(|cell| cell.text.as_str()).unwrap_or_default();
                    for (column, cell) in table.columns.iter().zip(&row.cells).skip(1) {
                        let value = cell.value.map(|value| value.to_string()).unwrap_or_default();
                        let fields = [
                            part.metric.name(),
                            table.name,
                            name,
                            column,
                            &value,
                            &cell.text,
                            &row.incidents.join(" "),
                        ];
                        csv.push_str(&fields.map(quoted).join(","));
                        csv.push('\n');
                    }
                }
            }
        }
        csv
    }
}

/// RFC 4180; a leading sign of a formula is defused, because the file ends in a spreadsheet.
fn quoted(field: &str) -> String {
    let formula =
        field.starts_with(['=', '+', '@', '\t']) || (field.starts_with('-') && field.parse::<f64>().is_err());
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}
