//! Memory: past incidents that resemble a new one, groups of incidents that belong together, and what people said of both.

pub mod decisions;
pub mod evaluate;
pub mod import;
pub mod pattern;
pub mod similar;
