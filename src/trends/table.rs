//! Tables whose every row names the postmortems behind it.

/// One value: as it is read, and as it is computed with.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub text: String,
    pub value: Option<f64>,
}

impl Cell {
    /// A number with the words for it.
    #[must_use]
    pub fn number(value: f64, text: impl Into<String>) -> Self {
        Self { text: text.into(), value: Some(value) }
    }

    #[must_use]
    pub fn count(value: usize) -> Self {
        Self::number(value as f64, value.to_string())
    }

    #[must_use]
    pub fn none() -> Self {
        Self { text: "–".to_owned(), value: None }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self { text: text.into(), value: None }
    }
}

/// One row; the first cell is its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// Ids of the postmortems behind it.
    pub incidents: Vec<String>,
}

impl Row {
    #[must_use]
    pub fn new(cells: Vec<Cell>, incidents: Vec<String>) -> Self {
        Self { cells, incidents }
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Short name for CSV.
    pub name: &'static str,
    pub caption: String,
    pub columns: Vec<&'static str>,
    pub rows: Vec<Row>,
    /// Said under it: how its numbers are computed.
    pub note: String,
}

impl Table {
    #[must_use]
    pub fn new(name: &'static str, caption: impl Into<String>, columns: &[&'static str]) -> Self {
        Self {
            name,
            caption: caption.into(),
            columns: columns.to_vec(),
            rows: Vec::new(),
            note: String::new(),
        }
    }
}
