//! `unblame actions`: what postmortems promised, and what became of it.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use serde::Serialize;

use crate::app::actions::{apply, follow, proposals};
use crate::app::{Error, Outcome};
use crate::cli::args::Common;
use crate::cli::output::Talk;
use crate::cli::show;
use crate::cli::table::{aligned, fits_the_terminal, shortened};
use crate::config::Settings;
use crate::desk::actions::{self, Proposal, Standing, Summary, Tracked};

/// List, export and follow up the action items of a history
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame actions overdue --history postmortems
  unblame actions list --history postmortems --team payments --format json
  unblame actions export --to github --history postmortems > issues.sh
  unblame actions sync issues.json --history postmortems --apply")]
pub struct ActionsArgs {
    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Open items; with --all the closed ones too
    List(ListArgs),
    /// Items that are open although they were due; exits with 1 when there are any
    Overdue(ListArgs),
    /// Write items for a tracker
    Export(ExportArgs),
    /// Compare with the export of a tracker and propose changes of status; nothing is written without --apply
    Sync(SyncArgs),
}

/// Which items.
#[derive(Args, Debug)]
pub struct Filter {
    /// Day at whose end items are judged; today when not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Only incidents that name this team
    #[arg(long, value_name = "NAME")]
    pub team: Option<String>,
    /// Only items of this type: mitigate, prevent, detect, process
    #[arg(long, value_name = "TYPE")]
    pub kind: Option<String>,
    /// Closed items too
    #[arg(long)]
    pub all: bool,
    /// Only open items of incidents more than six months ago
    #[arg(long)]
    pub ageing: bool,
}

#[derive(Args, Debug)]
pub struct ListArgs {
    #[command(flatten)]
    pub filter: Filter,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Args, Debug)]
pub struct ExportArgs {
    #[command(flatten)]
    pub filter: Filter,
    /// Tracker
    #[arg(long, default_value = "markdown")]
    pub to: Tracker,
}

#[derive(Args, Debug)]
pub struct SyncArgs {
    /// Exports: GitHub issues as JSON, Jira as JSON or CSV; `-` reads standard input
    #[arg(required = true)]
    pub exports: Vec<PathBuf>,
    /// Write the proposed statuses into the documents
    #[arg(long)]
    pub apply: bool,
    /// With --apply: only these items
    #[arg(long, value_name = "KEY")]
    pub only: Vec<String>,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Tracker {
    /// A shell script of `gh issue create` commands
    Github,
    /// JSON lines for the GitHub API
    GithubJson,
    /// CSV for Jira's import
    Jira,
    Markdown,
}

pub(super) fn run(
    args: &ActionsArgs,
    common: &Common,
    settings: &Settings,
    talk: &Talk,
) -> Result<Outcome, Error> {
    let history = if common.history.is_empty() { &settings.history } else { &common.history };
    let followed = follow(history)?;
    for warning in &followed.warnings {
        talk.warn(warning.to_string());
    }
    match &args.verb {
        Verb::List(list) => Ok(Outcome::clean(listed(followed.items, list, false))),
        Verb::Overdue(list) => {
            let late = chosen(followed.items.clone(), &list.filter, true);
            Ok(Outcome::with_findings(listed(followed.items, list, true), !late.is_empty()))
        }
        Verb::Export(export) => {
            let items = chosen(followed.items, &export.filter, false);
            let format = match export.to {
                Tracker::Github => actions::Format::GithubScript,
                Tracker::GithubJson => actions::Format::GithubJson,
                Tracker::Jira => actions::Format::JiraCsv,
                Tracker::Markdown => actions::Format::Markdown,
            };
            Ok(Outcome::clean(actions::export(&items, format)))
        }
        Verb::Sync(sync) => synced(&followed.items, sync, talk),
    }
}

fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn chosen(items: Vec<Tracked>, filter: &Filter, overdue: bool) -> Vec<Tracked> {
    let as_of = filter.as_of.unwrap_or_else(today);
    let same = |given: &Option<String>, value: &str| {
        given.as_ref().is_none_or(|given| given.eq_ignore_ascii_case(value))
    };
    items
        .into_iter()
        .filter(|one| match (overdue, filter.all) {
            (true, _) => one.standing(as_of) == Standing::Overdue,
            (false, true) => true,
            (false, false) => one.standing(as_of) != Standing::Closed,
        })
        .filter(|one| !filter.ageing || one.is_ageing(as_of))
        .filter(|one| filter.team.is_none() || one.teams.iter().any(|team| same(&filter.team, team)))
        .filter(|one| same(&filter.kind, one.item.kind.map_or("", crate::domain::ActionKind::name)))
        .collect()
}

#[derive(Serialize)]
struct Listing {
    as_of: Date,
    summary: Summary,
    items: Vec<Tracked>,
}

/// A row on two lines, for terminals that are too narrow for the table.
fn stacked(row: &[String]) -> String {
    let [key, priority, kind, due, status, owner, action] = row else { return String::new() };
    let told: Vec<&str> = [due, status, owner, kind, priority]
        .into_iter()
        .map(String::as_str)
        .filter(|cell| *cell != "–")
        .collect();
    format!("{key}  {action}\n    {}\n", told.join(" · "))
}

fn listed(items: Vec<Tracked>, list: &ListArgs, overdue: bool) -> String {
    let as_of = list.filter.as_of.unwrap_or_else(today);
    let items = chosen(items, &list.filter, overdue);
    let summary = actions::summary(&items, as_of);
    if list.format == Format::Json {
        return show::json(&Listing { as_of, summary, items });
    }
    let dash = || "–".to_owned();
    let rows: Vec<Vec<String>> = items
        .iter()
        .map(|one| {
            let late = if one.standing(as_of) == Standing::Overdue { " (overdue)" } else { "" };
            vec![
                one.key.clone(),
                one.item.priority.map_or_else(dash, |priority| format!("{priority:?}")),
                one.item.kind.map_or_else(dash, |kind| kind.name().to_owned()),
                one.item.due.map_or_else(dash, |due| format!("{due}{late}")),
                one.item.status.name().to_owned(),
                shortened(one.item.owner.as_deref().unwrap_or("–"), 24),
                shortened(&one.item.action, 70),
            ]
        })
        .collect();
    let table = aligned(&["KEY", "PRIORITY", "TYPE", "DUE", "STATUS", "OWNER", "ACTION"], &rows);
    let mut out =
        if fits_the_terminal(&table) { table } else { rows.iter().map(|row| stacked(row)).collect() };
    out.push_str(&format!(
        "\n{} items as of {as_of}: {} open, {} overdue, {} open for more than 6 months, {} without owner or due date\n",
        summary.items, summary.open, summary.overdue, summary.open_over_6_months, summary.not_followable
    ));
    out
}

fn synced(items: &[Tracked], sync: &SyncArgs, talk: &Talk) -> Result<Outcome, Error> {
    let mut found = proposals(items, &sync.exports)?;
    found.retain(|one| sync.only.is_empty() || sync.only.contains(&one.key));
    if sync.apply {
        let applied = apply(items, &found)?;
        for key in &applied.left {
            talk.warn(format!("{key}: its document has no place for a status; change it by hand"));
        }
        talk.note(format!(
            "written: {}",
            if applied.written.is_empty() { "nothing".to_owned() } else { applied.written.join(", ") }
        ));
    }
    let result = match sync.format {
        Format::Json => show::json(&found),
        Format::Table => table(&found, sync.apply),
    };
    Ok(Outcome::with_findings(result, !found.is_empty() && !sync.apply))
}

fn table(found: &[Proposal], applied: bool) -> String {
    if found.is_empty() {
        return "documents and trackers agree\n".to_owned();
    }
    let row = |one: &Proposal| {
        let day = one.closed.map(|day| format!(" on {day}")).unwrap_or_default();
        vec![
            one.key.clone(),
            one.from.name().to_owned(),
            format!("{}{day}", one.to.name()),
            one.ticket.clone(),
            one.because.to_owned(),
        ]
    };
    let mut out = aligned(
        &["KEY", "DOCUMENT SAYS", "TRACKER SAYS", "TICKET", "BECAUSE"],
        &found.iter().map(row).collect::<Vec<_>>(),
    );
    if !applied {
        out.push_str("\nNothing was written; --apply takes the statuses over, --only KEY some of them.\n");
    }
    out
}
