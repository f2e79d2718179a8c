//! The figures of the linter on labelled sentences may not fall; `UNBLAME_SHOW=dev` prints its mistakes on the dev part.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that prints its figures")]

use unblame::lint::evaluate::{Evaluation, Labelled, Part, evaluate, part_of};
use unblame::lint::model::Model;
use unblame::lint::train::train;

fn sentences(path: &str) -> Vec<Labelled> {
    std::fs::read_to_string(path).unwrap_or_default().lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn print(name: &str, result: &Evaluation) {
    let score = &result.flagged;
    println!(
        "{name}: P {:.3} R {:.3} F1 {:.3} flagged clean {:.3} hard {:.3} | errors P {:.3} R {:.3} | tp {} fp {} fn {} tn {}",
        score.precision(), score.recall(), score.f1(), score.false_alarm_rate(), result.hard.false_alarm_rate(),
        result.errors.precision(), result.errors.recall(), score.true_positive, score.false_positive, score.false_negative, score.true_negative
    );
}

#[test]
fn figures_hold() {
    let extra = std::env::var("UNBLAME_SENTENCES").unwrap_or_default();
    let show = std::env::var("UNBLAME_SHOW").unwrap_or_default();
    let mut all: Vec<Labelled> = Vec::new();
    for part in ["a", "b"] {
        let own = sentences(&format!("evals/blame/sentences-{part}.jsonl"));
        let dir = std::env::var("UNBLAME_EVALS").unwrap_or_default();
        all.extend(if own.is_empty() { sentences(&format!("{dir}/sentences-{part}.jsonl")) } else { own });
    }
    let (dev, test): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| part_of(&one.text) == Part::Dev);
    if let Ok(path) = std::env::var("UNBLAME_TRAIN") {
        let everything: Vec<Labelled> = dev.iter().chain(&test).cloned().collect();
        let model = train(&everything).unwrap();
        std::fs::write(path, serde_json::to_string_pretty(&model).unwrap() + "\n").unwrap();
    }
    let mute = Model { raise_from: 2.0, ..Model::default() };
    print("dev  rules alone", &evaluate(&dev, Some(&mute), false));
    print("test rules alone", &evaluate(&test, Some(&mute), false));
    let model = train(&dev).unwrap();
    let dev_result = evaluate(&dev, Some(&model), true);
    print("dev  (in sample)", &dev_result);
    let test_result = evaluate(&test, Some(&model), false);
    print("test, held out", &test_result);
    println!("{:?}", test_result.by_category);
    for path in extra.split(',').filter(|path| !path.is_empty()) {
        print("rules alone", &evaluate(&sentences(path), Some(&mute), false));
        let result = evaluate(&sentences(path), Some(&model), true);
        print(path, &result);
        if show == "extra" {
            show_mistakes(&result);
        }
    }
    if show == "dev" {
        show_mistakes(&dev_result);
    }
}

fn show_mistakes(result: &Evaluation) {
    for (one, findings) in &result.mistakes {
        let rules: Vec<String> = findings.iter().map(|finding| format!("{} {}", finding.rule, finding.message)).collect();
        println!("{} {} {} {} {:?} | {} | {rules:?}", if one.label == 1 { "MISS" } else { "FALSE" }, one.id, one.category, one.context, one.names, one.text);
    }
    println!("{:?}\n{:?}", result.by_category, result.by_rule);
}
