//! The figures of the linter on labelled sentences may not fall; `UNBLAME_SHOW=dev` prints its mistakes on the dev part.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that prints its figures")]

use unblame::lint::evaluate::{Evaluation, Labelled, Part, evaluate, part_of};

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
    let dev_result = evaluate(&dev, true);
    print("dev ", &dev_result);
    print("test", &evaluate(&test, false));
    for path in extra.split(',').filter(|path| !path.is_empty()) {
        let result = evaluate(&sentences(path), true);
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
