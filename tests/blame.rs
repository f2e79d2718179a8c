//! The figures of the linter on labelled sentences may not fall.
//!
//! `UNBLAME_SHOW=dev cargo test --test blame -- --nocapture` prints the mistakes on the dev part; the held-out measurement, which
//! trains on the dev part first, runs with `--ignored`; `UNBLAME_TRAIN=models/blame.json` writes the model trained on everything.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that prints its figures")]

use unblame::lint::evaluate::{Evaluation, Labelled, Part, evaluate, part_of};
use unblame::lint::model::Model;
use unblame::lint::train::train;

/// Writers of labelled sentences that are split into a dev and a test part.
const WRITERS: [&str; 3] = ["a", "b", "c"];

fn read(path: &str) -> Vec<Labelled> {
    std::fs::read_to_string(path)
        .unwrap_or_default()
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

/// The project's own sentences of one writer.
fn written_by(writer: &str) -> Vec<Labelled> {
    let folder = std::env::var("UNBLAME_EVALS").unwrap_or_else(|_| "evals/blame".to_owned());
    read(&format!("{folder}/sentences-{writer}.jsonl"))
}

fn is_dev(one: &Labelled) -> bool {
    part_of(&one.text) == Part::Dev
}

/// The dev part and the test part of three writers; what the fourth wrote is for training only.
fn own() -> (Vec<Labelled>, Vec<Labelled>) {
    let (mut dev, test): (Vec<Labelled>, Vec<Labelled>) =
        WRITERS.iter().flat_map(|writer| written_by(writer)).partition(is_dev);
    dev.extend(written_by("d"));
    (dev, test)
}

/// Rules without the second opinion.
fn rules_alone() -> Model {
    Model { raise_from: 2.0, ..Model::default() }
}

fn print(name: &str, result: &Evaluation) {
    let score = &result.flagged;
    println!(
        "{name}: P {:.3} R {:.3} F1 {:.3} flagged clean {:.3} hard {:.3} | errors P {:.3} R {:.3} | tp {} fp {} fn {} tn {}",
        score.precision(),
        score.recall(),
        score.f1(),
        score.false_alarm_rate(),
        result.hard.false_alarm_rate(),
        result.errors.precision(),
        result.errors.recall(),
        score.true_positive,
        score.false_positive,
        score.false_negative,
        score.true_negative
    );
}

fn print_mistakes(result: &Evaluation) {
    for (one, findings) in &result.mistakes {
        let rules: Vec<String> =
            findings.iter().map(|finding| format!("{} {}", finding.rule, finding.message)).collect();
        println!(
            "{} {} {} {} {:?} | {} | {rules:?}",
            if one.label == 1 { "MISS" } else { "FALSE" },
            one.id,
            one.category,
            one.context,
            one.names,
            one.text
        );
    }
    println!("{:?}\n{:?}", result.by_category, result.by_rule);
}

#[test]
fn rules_alone_keep_their_precision() {
    let (dev, test) = own();
    let on_dev = evaluate(&dev, Some(&rules_alone()), true);
    let on_test = evaluate(&test, Some(&rules_alone()), false);
    print("dev, rules alone", &on_dev);
    print("test, rules alone", &on_test);
    if std::env::var("UNBLAME_SHOW").is_ok_and(|part| part == "dev") {
        print_mistakes(&on_dev);
    }
    assert!(on_test.flagged.precision() > 0.92, "{:?}", on_test.flagged);
    assert!(on_test.flagged.recall() > 0.48, "{:?}", on_test.flagged);
}

#[test]
#[ignore = "trains a model first, which takes a minute without optimisation"]
fn second_opinion_helps_on_sentences_it_never_saw() {
    let (dev, test) = own();
    let model = train(&dev).unwrap();
    let with = evaluate(&test, Some(&model), false);
    print("test, held out", &with);
    println!("{:?}", with.by_category);
    for writer in WRITERS {
        let own: Vec<Labelled> = written_by(writer).into_iter().filter(|one| !is_dev(one)).collect();
        print(&format!("test, held out, writer {writer}"), &evaluate(&own, Some(&model), false));
    }
    let more = std::env::var("UNBLAME_SENTENCES").unwrap_or_default();
    for path in more.split(',').filter(|path| !path.is_empty()) {
        print(path, &evaluate(&read(path), Some(&model), false));
    }
    let without = evaluate(&test, Some(&rules_alone()), false);
    assert!(with.flagged.f1() > without.flagged.f1() + 0.1);
    assert!(with.flagged.precision() > 0.92 && with.flagged.f1() > 0.82, "{:?}", with.flagged);
    assert!(with.hard.false_alarm_rate() <= 0.05, "{:?}", with.hard);
    assert!(with.errors.precision() > 0.95, "{:?}", with.errors);
    if let Ok(path) = std::env::var("UNBLAME_TRAIN") {
        let everything: Vec<Labelled> = dev.iter().chain(&test).cloned().collect();
        std::fs::write(path, serde_json::to_string(&train(&everything).unwrap()).unwrap() + "\n").unwrap();
    }
}

/// The best guide to a writer that nobody has seen: train without the one that is measured.
#[test]
#[ignore = "trains three models"]
fn second_opinion_helps_with_a_writer_it_never_saw() {
    for left_out in WRITERS {
        let others: Vec<Labelled> = WRITERS
            .iter()
            .filter(|writer| **writer != left_out)
            .flat_map(|writer| written_by(writer))
            .filter(is_dev)
            .chain(written_by("d"))
            .collect();
        let model = train(&others).unwrap();
        let dev: Vec<Labelled> = written_by(left_out).into_iter().filter(is_dev).collect();
        let result = evaluate(&dev, Some(&model), false);
        print(&format!("dev of writer {left_out}, trained on the others"), &result);
        assert!(result.flagged.precision() > 0.90, "{left_out}: {:?}", result.flagged);
        assert!(result.errors.precision() > 0.97, "{left_out}: {:?}", result.errors);
    }
}
