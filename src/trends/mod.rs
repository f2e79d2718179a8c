//! The quarterly report: a register of metrics, their statistics, charts and pages.
