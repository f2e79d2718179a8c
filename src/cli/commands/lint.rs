//! `unblame lint`: blame, hindsight, vague actions and gaps in the writing.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::app::{self, Error, LintReport, LintRequest, Outcome};
use crate::cli::args::Common;
use crate::cli::output::Talk;
use crate::cli::show;
use crate::config::Settings;
use crate::domain::Severity;
use crate::lint::{dump_toml, render, rules};

/// Find blame, hindsight, vague actions and missing parts in postmortems
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame lint postmortems/
  unblame lint --changed-since origin/main --format github postmortems/
  unblame lint --against old.md new.md      facts that a rewrite lost
  unblame lint --explain BLM001

A place is excused by a comment with a reason: <!-- unblame allow BLM009 -- quoted from the ticket -->
Exits with 1 when something at or above --fail-on was found.")]
pub struct LintArgs {
    /// Files or folders; `-` reads standard input
    #[arg(required_unless_present_any = ["explain", "list_rules", "dump_config", "write_rule_pages"])]
    pub paths: Vec<PathBuf>,
    /// File name that findings in standard input carry
    #[arg(long, value_name = "PATH")]
    pub stdin_path: Option<PathBuf>,
    #[arg(long, default_value = "text")]
    pub format: Format,
    /// Least serious level that makes the command exit with 1
    #[arg(long, default_value = "warning", value_name = "LEVEL")]
    pub fail_on: Level,
    /// Explain a rule, by id or name
    #[arg(long, value_name = "RULE")]
    pub explain: Option<String>,
    /// List the rules
    #[arg(long)]
    pub list_rules: bool,
    /// Report facts of OLD that the file no longer tells: times, numbers, identifiers, causes, actions
    #[arg(long, value_name = "OLD")]
    pub against: Option<PathBuf>,
    /// Leave out the findings of a baseline file
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write all findings to a baseline file, for documents that are not to be mended now
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    /// Only findings on lines that changed since a Git revision
    #[arg(long, value_name = "REV")]
    pub changed_since: Option<String>,
    /// Apply the fixes that are safe: secrets redacted, zones added; with `-` the mended text is the result
    #[arg(long)]
    pub fix: bool,
    /// Print the settings of the linter as they were merged, every key with its meaning
    #[arg(long)]
    pub dump_config: bool,
    /// Write the page of every rule and their index into a folder
    #[arg(long, value_name = "FOLDER", hide = true)]
    pub write_rule_pages: Option<PathBuf>,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Sarif,
    Github,
    Checkstyle,
}

/// A level of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Level {
    Error,
    Warning,
    Info,
}

impl Level {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

pub(super) fn run(args: &LintArgs, _: &Common, settings: &Settings, talk: &Talk) -> Result<Outcome, Error> {
    if let Some(rule) = &args.explain {
        return explain(rule);
    }
    if args.list_rules {
        return Ok(Outcome::clean(match args.format {
            Format::Json => show::lint::rules_json(),
            _ => show::lint::rules(),
        }));
    }
    if args.dump_config {
        return Ok(Outcome::clean(dump_toml(&settings.lint)));
    }
    if let Some(folder) = &args.write_rule_pages {
        let pages = app::write_rule_pages(folder)?;
        talk.note(format!("{pages} pages in {}", folder.display()));
        return Ok(Outcome::clean(""));
    }
    if let Some(old) = &args.against {
        return against(old, args);
    }
    let request = LintRequest {
        paths: args.paths.clone(),
        stdin_path: args.stdin_path.clone(),
        baseline: args.baseline.clone(),
        write_baseline: args.write_baseline.clone(),
        changed_since: args.changed_since.clone(),
        fix: args.fix,
    };
    let report = app::lint(&request, settings)?;
    for warning in &report.warnings {
        talk.warn(warning.to_string());
    }
    if report.fixed > 0 {
        talk.note(format!("{} {} applied", report.fixed, if report.fixed == 1 { "fix" } else { "fixes" }));
    }
    let failing = report.findings().any(|finding| finding.severity <= args.fail_on.severity());
    let piped = args.paths.iter().any(|path| path.as_os_str() == "-");
    if args.fix && piped {
        let [document] = report.documents.as_slice() else {
            return Err(Error::usage("--fix mends standard input alone", "give `-` and no other path"));
        };
        talk.note(rendered(&report, args.format, None, false));
        return Ok(Outcome::with_findings(document.text.clone(), failing));
    }
    let url = settings.lint.rules_url.as_deref();
    Ok(Outcome::with_findings(rendered(&report, args.format, url, talk.colours_results()), failing))
}

fn rendered(report: &LintReport, format: Format, rules_url: Option<&str>, colour: bool) -> String {
    if format == Format::Text {
        let sources: Vec<render::Source<'_>> = report
            .documents
            .iter()
            .map(|document| render::Source {
                path: &document.path,
                text: &document.text,
                findings: &document.findings,
            })
            .collect();
        return render::text(&sources, colour);
    }
    let findings: Vec<_> = report.findings().cloned().collect();
    match format {
        Format::Json => render::json(&findings, report.suppressed),
        Format::Sarif => render::sarif(&findings, rules_url),
        Format::Github => render::github(&findings),
        Format::Text | Format::Checkstyle => render::checkstyle(&findings),
    }
}

fn explain(wanted: &str) -> Result<Outcome, Error> {
    match rules::find(wanted) {
        Some(rule) => Ok(Outcome::clean(rule.page_markdown())),
        None => {
            let near =
                rules::nearest(wanted).map_or_else(String::new, |near| format!("did you mean `{near}`? "));
            Err(Error::usage(
                format!("there is no rule `{wanted}`"),
                format!("{near}`unblame lint --list-rules` lists them"),
            ))
        }
    }
}

fn against(old: &std::path::Path, args: &LintArgs) -> Result<Outcome, Error> {
    let [new] = args.paths.as_slice() else {
        return Err(Error::usage(
            "--against compares one file with its older version",
            "give one file: --against OLD NEW",
        ));
    };
    let lost = app::lost(old, new)?;
    let text = match args.format {
        Format::Json => show::json(&serde_json::json!({ "lost": lost })),
        _ => show::lint::lost(old, &lost),
    };
    Ok(Outcome::with_findings(text, !lost.is_empty()))
}
