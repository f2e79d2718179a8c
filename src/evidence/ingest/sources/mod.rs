//! The register of formats. Between equally sure ones the order decides; what takes anything comes last.

use super::Source;

register! {
    /// Every format that can be read.
    dyn Source:
    slack_export,
    slack_directory,
    slack_integrations,
    pagerduty_log,
    alertmanager,
    alertmanager_api,
    github_deployments,
    github_pulls,
    github_runs,
    kubernetes_events,
    git_log,
    slack_paste,
    table,
    records,
    notes,
}
