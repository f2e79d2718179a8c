//! Lints files, folders and standard input, on all cores.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Error;
use crate::config::Settings;
use crate::domain::Finding;
use crate::lint::against::{LostFact, lost_facts};
use crate::lint::{Baseline, Linter, Report};
use crate::store::{self, Overwrite};

/// What is linted, and what is left out.
#[derive(Clone, Debug, Default)]
pub struct LintRequest {
    /// Files and folders; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// Findings that were known before are left out.
    pub baseline: Option<PathBuf>,
    /// Takes all findings as known from now on.
    pub write_baseline: Option<PathBuf>,
    /// Only findings on lines changed since this Git revision.
    pub changed_since: Option<String>,
    /// Applies the fixes that are safe.
    pub fix: bool,
}

/// One document with its findings.
#[derive(Clone, Debug)]
pub struct Linted {
    pub path: String,
    pub text: String,
    pub findings: Vec<Finding>,
}

/// What all documents gave, in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct LintReport {
    pub documents: Vec<Linted>,
    pub suppressed: usize,
    /// Fixes that were written.
    pub fixed: usize,
}

impl LintReport {
    /// All findings, by document and place.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.documents.iter().flat_map(|document| &document.findings)
    }
}

/// Lints everything asked for.
///
/// # Errors
/// A path that does not exist or is no text, a broken baseline, an unknown revision.
pub fn lint(request: &LintRequest, settings: &Settings) -> Result<LintReport, Error> {
    let linter = Linter::new(settings.lint.clone());
    let mut files = Vec::new();
    for path in &request.paths {
        if path == Path::new("-") {
            files.push(path.clone());
        } else {
            files.extend(store::markdown_files(path)?);
        }
    }
    let checked: Vec<(Linted, Report)> =
        files.par_iter().map(|path| one(path, request, &linter)).collect::<Result<_, Error>>()?;
    let (mut documents, mut reports): (Vec<Linted>, Vec<Report>) = checked.into_iter().unzip();
    if let Some(path) = &request.write_baseline {
        let known: Vec<Finding> = reports.iter().flat_map(|report| report.findings.clone()).collect();
        let text = serde_json::to_string_pretty(&Baseline::of(&known)).unwrap_or_default() + "\n";
        store::write_atomically(path, text.as_bytes(), Overwrite::Yes)?;
    }
    if let Some(path) = request.baseline.as_ref().or(request.write_baseline.as_ref()) {
        baseline(path)?.apply(&mut reports);
    }
    let mut result = LintReport::default();
    for (document, report) in documents.iter_mut().zip(reports) {
        result.suppressed += report.suppressed;
        document.findings = report.findings;
        if request.fix && document.path != "-" {
            result.fixed += fix(document, &linter)?;
        }
    }
    result.documents = documents;
    Ok(result)
}

/// Facts of an older version that the newer one no longer tells.
///
/// # Errors
/// A file that cannot be read.
pub fn lost(old: &Path, new: &Path) -> Result<Vec<LostFact>, Error> {
    Ok(lost_facts(&store::read_input(old)?, &store::read_input(new)?))
}

fn one(path: &Path, request: &LintRequest, linter: &Linter) -> Result<(Linted, Report), Error> {
    let text = store::read_input(path)?;
    let shown = path.to_string_lossy().replace('\\', "/");
    let mut report = linter.check(&shown, &text);
    if let Some(revision) = &request.changed_since
        && let Some(ranges) = store::changed_lines(path, revision)?
    {
        report.findings.retain(|finding| {
            ranges.iter().any(|&(from, to)| finding.line <= to && finding.end_line >= from)
        });
    }
    Ok((Linted { path: shown, text, findings: Vec::new() }, report))
}

fn baseline(path: &Path) -> Result<Baseline, Error> {
    let text = store::read_text(path)?;
    serde_json::from_str(&text).map_err(|error| {
        Error::input(
            format!("{}: no baseline: {error}", path.display()),
            "write a new one with --write-baseline FILE",
        )
    })
}

/// Applies the safe fixes of a document from its end to its start and lints what came out.
fn fix(document: &mut Linted, linter: &Linter) -> Result<usize, Error> {
    let mut edits: Vec<(&Finding, &str)> = document
        .findings
        .iter()
        .filter_map(|finding| Some((finding, finding.fix.as_ref()?.replacement.as_str())))
        .collect();
    edits.sort_by_key(|(finding, _)| std::cmp::Reverse(finding.span));
    let mut text = document.text.clone();
    let mut written = 0;
    let mut border = text.len();
    for (finding, replacement) in edits {
        let (start, end) = finding.span;
        if end <= border && text.get(start..end).is_some() {
            text.replace_range(start..end, replacement);
            border = start;
            written += 1;
        }
    }
    if written > 0 {
        store::write_atomically(Path::new(&document.path), text.as_bytes(), Overwrite::Yes)?;
        document.findings = linter.check(&document.path, &text).findings;
        document.text = text;
    }
    Ok(written)
}
