//! Lints files, folders and standard input, on all cores.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Error;
use crate::config::Settings;
use crate::domain::{Finding, Warning};
use crate::lint::against::{LostFact, lost_facts};
use crate::lint::{Baseline, Linter, Report, apply_fixes, fingerprint_of};
use crate::store::{self, Changed, ChangedSince, Overwrite};

/// What is linted, and what is left out.
#[derive(Clone, Debug, Default)]
pub struct LintRequest {
    /// Files and folders; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// What findings in standard input name as their file.
    pub stdin_path: Option<PathBuf>,
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
    /// As findings name it.
    pub path: String,
    /// `None` for standard input.
    pub file: Option<PathBuf>,
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
    pub warnings: Vec<Warning>,
}

impl LintReport {
    /// All findings, by document and place.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.documents.iter().flat_map(|document| &document.findings)
    }
}

struct Checked {
    document: Linted,
    report: Report,
    warning: Option<Warning>,
}

/// Lints everything asked for; of a path given twice, once.
///
/// # Errors
/// A path that does not exist or is no text, a broken baseline, an unknown revision.
pub fn lint(request: &LintRequest, settings: &Settings) -> Result<LintReport, Error> {
    let linter = Linter::new(settings.lint.clone());
    let since = request.changed_since.as_deref().map(ChangedSince::new);
    let mut files = Vec::new();
    for path in &request.paths {
        if path == Path::new("-") {
            files.push(path.clone());
        } else {
            files.extend(store::markdown_files(path)?);
        }
    }
    let mut seen = BTreeSet::new();
    files.retain(|path| seen.insert(path.clone()));
    let check = |path: &PathBuf| one(path, request, since.as_ref(), &linter);
    let checked: Vec<Checked> = match files.as_slice() {
        // threads cost more than one document does
        [only] => vec![check(only)?],
        _ => files.par_iter().map(check).collect::<Result<_, Error>>()?,
    };
    let mut result = LintReport::default();
    let (mut documents, mut reports) = (Vec::new(), Vec::new());
    for checked in checked {
        documents.push(checked.document);
        reports.push(checked.report);
        result.warnings.extend(checked.warning);
    }
    if let Some(path) = &request.write_baseline {
        let known: Vec<Finding> = reports.iter().flat_map(|report| report.findings.clone()).collect();
        let text = serde_json::to_string_pretty(&Baseline::of(&known)).unwrap_or_default() + "\n";
        store::write_atomically(path, text.as_bytes(), Overwrite::Yes)?;
    }
    if let Some(path) = request.baseline.as_ref().or(request.write_baseline.as_ref()) {
        baseline(path)?.apply(&mut reports);
    }
    for (document, report) in documents.iter_mut().zip(reports) {
        result.suppressed += report.suppressed;
        document.findings = report.findings;
        if request.fix {
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

fn one(
    path: &Path,
    request: &LintRequest,
    since: Option<&ChangedSince>,
    linter: &Linter,
) -> Result<Checked, Error> {
    let text = store::read_input(path)?;
    let piped = path == Path::new("-");
    let named = request.stdin_path.as_deref().filter(|_| piped).unwrap_or(path);
    let shown = named.to_string_lossy().replace('\\', "/");
    let mut report = linter.check(&shown, &text);
    let mut warning = None;
    match since.filter(|_| !piped || request.stdin_path.is_some()).map(|since| since.of(named)).transpose()? {
        Some(Changed::Lines(lines)) => report
            .findings
            .retain(|finding| lines.iter().any(|&(from, to)| finding.line <= to && finding.end_line >= from)),
        Some(Changed::NoRepository) => {
            let message = "stands in no Git repository, so all of it counts as changed".to_owned();
            warning = Some(Warning::new(shown.as_str(), None, message));
        }
        Some(Changed::Everything) | None => {}
    }
    let path = if piped { None } else { Some(path.to_owned()) };
    Ok(Checked { document: Linted { path: shown, file: path, text, findings: Vec::new() }, report, warning })
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

/// Applies the safe fixes of a document and lints what came out. Standard input is not written anywhere: its mended text
/// is the result.
fn fix(document: &mut Linted, linter: &Linter) -> Result<usize, Error> {
    let (text, written) = apply_fixes(&document.text, &document.findings);
    if written > 0 {
        if let Some(file) = &document.file {
            store::write_atomically(file, text.as_bytes(), Overwrite::Yes)?;
        }
        // what a baseline or the changed lines left out stays out
        let known: BTreeSet<String> = document.findings.iter().map(fingerprint_of).collect();
        document.findings = linter.check(&document.path, &text).findings;
        document.findings.retain(|finding| known.contains(&fingerprint_of(finding)));
        document.text = text;
    }
    Ok(written)
}
