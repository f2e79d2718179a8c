//! The figures of the linter on labelled sentences may not fall.
//!
//! `UNBLAME_SHOW=dev cargo test --test blame -- --nocapture` prints the mistakes on the dev part; the held-out measurement, which
//! trains on the dev part first, runs with `--ignored`; `UNBLAME_TRAIN=models/blame.json` writes the model trained on everything.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that prints its figures")]

use unblame::lint::evaluate::{Evaluation, Labelled, Part, evaluate, part_of};
use unblame::lint::model::Model;
use unblame::lint::train::train;

fn read(path: &str) -> Vec<Labelled> {
    std::fs::read_to_string(path)
        .unwrap_or_default()
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

/// The project's own sentences: the dev part and the test part.
fn own() -> (Vec<Labelled>, Vec<Labelled>) {
    let folder = std::env::var("UNBLAME_EVALS").unwrap_or_else(|_| "evals/blame".to_owned());
    let all: Vec<Labelled> =
        ["a", "b"].iter().flat_map(|part| read(&format!("{folder}/sentences-{part}.jsonl"))).collect();
    all.into_iter().partition(|one| part_of(&one.text) == Part::Dev)
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
    assert!(on_test.flagged.precision() > 0.90, "{:?}", on_test.flagged);
    assert!(on_test.flagged.recall() > 0.45, "{:?}", on_test.flagged);
}

#[test]
#[ignore = "trains a model first, which takes a minute without optimisation"]
fn second_opinion_helps_on_sentences_it_never_saw() {
    let (dev, test) = own();
    let model = train(&dev).unwrap();
    let with = evaluate(&test, Some(&model), false);
    print("test, held out", &with);
    println!("{:?}", with.by_category);
    for path in
        std::env::var("UNBLAME_SENTENCES").unwrap_or_default().split(',').filter(|path| !path.is_empty())
    {
        print(path, &evaluate(&read(path), Some(&model), false));
    }
    let without = evaluate(&test, Some(&rules_alone()), false);
    assert!(with.flagged.f1() > without.flagged.f1() + 0.1);
    assert!(with.flagged.precision() > 0.90 && with.flagged.f1() > 0.80, "{:?}", with.flagged);
    if let Ok(path) = std::env::var("UNBLAME_TRAIN") {
        let everything: Vec<Labelled> = dev.iter().chain(&test).cloned().collect();
        std::fs::write(path, serde_json::to_string(&train(&everything).unwrap()).unwrap() + "\n").unwrap();
    }
}
