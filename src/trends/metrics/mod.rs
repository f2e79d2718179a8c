//! The metrics, in the order of the report: one file each.

use super::Metric;

register! {
    /// Everything the report measures.
    dyn Metric: incidents, times, repeats, patterns, fix_worked, actions, systemic, drift, factors, publication, quality, telemetry, recovery, participation, objectives, customers, reading
}
