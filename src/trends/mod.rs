//! Metrics over many postmortems, told so that noise is not read as news; pure.

mod charts;
mod counts;
mod groups;
mod history;
mod kinship;
mod metric;
pub mod metrics;
pub mod record;
mod report;
mod scope;
pub mod statistics;
mod table;
mod verdict;
mod wording;

pub use history::History;
pub use metric::{Chart, Headline, Metric, Section};
pub use report::Report;
pub use scope::{Question, Scope};
pub use table::{Cell, Row, Table};
pub use verdict::Verdict;
