//! Trains the models that ship with the program, and says how they do on lines they have not seen.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::Error;
use crate::evidence::roles::{self, LabelledLine, Roles, Scores};
use crate::lint::evaluate::Labelled;
use crate::lint::train as blame;
use crate::store::{self, Overwrite};

/// Lines up to this number were read before the first rule was written: no part of the measure.
const READ_BEFORE: usize = 160;
/// Lines stand in small stories of about this many, whose neighbours share words.
const STORY: usize = 25;

/// Trains the roles of chat lines and writes the model; returns a table of rules against rules with model, on held-out
/// lines, each judged by a model that has seen no line of its story. Held-out lines come from the first file; further
/// files are for training only.
///
/// # Errors
/// Lines that cannot be read or are too few, and a place that cannot be written.
pub fn train_roles(files: &[PathBuf], output: Option<&Path>) -> Result<String, Error> {
    let (mut held_out, mut training) = (Vec::new(), Vec::new());
    for (at, path) in files.iter().enumerate() {
        let lines = roles::read_lines(&store::read_text(path)?).map_err(|error| {
            Error::input(
                format!("{}: {error}", path.display()),
                "evals/roles/GUIDELINE.md describes the lines",
            )
        })?;
        let (out, kept): (Vec<LabelledLine>, Vec<LabelledLine>) =
            lines.into_iter().partition(|line| at == 0 && roles::part_of(&line.id) == roles::Part::HeldOut);
        held_out.extend(out);
        training.extend(kept);
    }
    let unfit = |error: &dyn std::fmt::Display| {
        Error::input(error.to_string(), "evals/roles/GUIDELINE.md describes the lines")
    };
    held_out.retain(|line| number(line) > READ_BEFORE);
    let mut told = Vec::new();
    for own in 0..5 {
        let rest: Vec<LabelledLine> =
            training.iter().filter(|line| fold(line) != own || is_extra(line)).cloned().collect();
        let judge = Roles::with_model(roles::train(&rest).map_err(|error| unfit(&error))?);
        let mine = held_out.iter().filter(|line| fold(line) == own);
        told.extend(mine.map(|line| (line.role, judge.of(&line.text, line.is_bot()).0)));
    }
    let mut out = String::new();
    table(&mut out, "held out, rules", &roles::score(&Roles::rules_only(), &held_out));
    table(&mut out, "held out, rules and model", &Scores::of(&told));
    let model = roles::train(&training).map_err(|error| unfit(&error))?;
    write(output, &serde_json::to_string(&model).unwrap_or_default())?;
    Ok(out)
}

/// Trains the second opinion of the blame linter on sentences and writes the model. It is measured by `tests/blame.rs`.
///
/// # Errors
/// Sentences that cannot be read or are too few, and a place that cannot be written.
pub fn train_blame(sentences: &[PathBuf], output: Option<&Path>) -> Result<String, Error> {
    let mut all: Vec<Labelled> = Vec::new();
    for path in sentences {
        for (at, line) in store::read_text(path)?.lines().enumerate() {
            let one = serde_json::from_str(line).map_err(|error| {
                Error::input(
                    format!("{}:{}: {error}", path.display(), at + 1),
                    "evals/blame/README.md describes the lines",
                )
            })?;
            all.push(one);
        }
    }
    let model = blame::train(&all).map_err(|error| {
        Error::input(error.to_string(), "train on sentences of both labels, some hundred of each")
    })?;
    write(output, &(serde_json::to_string(&model).unwrap_or_default() + "\n"))?;
    Ok(format!("trained on {} sentences\n", all.len()))
}

fn write(output: Option<&Path>, model: &str) -> Result<(), Error> {
    match output {
        Some(path) => Ok(store::write_atomically(path, model.as_bytes(), Overwrite::Yes)?),
        None => Ok(()),
    }
}

/// Whether the line comes from a file for training only, whose stories are others than those of the first file.
fn is_extra(line: &LabelledLine) -> bool {
    !line.id.starts_with("r-")
}

/// `r-0042` is 42.
fn number(line: &LabelledLine) -> usize {
    line.id.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0)
}

fn fold(line: &LabelledLine) -> usize {
    usize::from(blake3::hash(&(number(line) / STORY).to_le_bytes()).as_bytes()[0]) % 5
}

fn table(out: &mut String, title: &str, scores: &Scores) {
    let _ = writeln!(
        out,
        "{title}: {} lines, accuracy {:.3}, macro F1 {:.3}",
        scores.lines, scores.accuracy, scores.macro_f1
    );
    for class in &scores.classes {
        let role = format!("{:?}", class.role);
        let _ = writeln!(
            out,
            "  {role:13} n {:3}  P {:.2}  R {:.2}  F1 {:.2}",
            class.support, class.precision, class.recall, class.f1
        );
    }
}
