//! Map and reduce, and money, where things go wrong on the way.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use super::tests::{Scripted, drafted, section};
use super::*;
use crate::document::SectionKind;
use crate::drafting::testing::checkout_incident;
use crate::drafting::{Answer, Completion, CompletionError, Draft, Finish, Pending, Request};

const CONDENSED: Limits = Limits { window: 100_000, answer: 12_000, arrangement: Arrangement::Condensed };
/// Too small for the incident, so that parts come first and each section is asked for by itself.
const NARROW: Limits = Limits { window: 1_800, answer: 400, arrangement: Arrangement::Together };

fn one(section: &str, text: &str, evidence: u32) -> String {
    json!({"sentences": [{"section": section, "text": text, "evidence": [evidence], "kind": "fact", "label": ""}]})
        .to_string()
}

fn nothing() -> String {
    json!({"sentences": []}).to_string()
}

fn reasons(draft: &Draft) -> String {
    draft.fallbacks.iter().map(|fallback| format!("{}: {}\n", fallback.section, fallback.reason)).collect()
}

/// What the evidence of a request shows besides headings.
fn shows(request: &Request, words: &str) -> bool {
    request.messages.iter().any(|message| message.content.as_str().contains(words))
}

#[test]
fn a_part_that_comes_back_as_garbage_is_said_and_the_others_are_used() {
    let timeline = checkout_incident();
    let model = Scripted::new(|request| match request.purpose.as_str() {
        part if part.starts_with("part ") && shows(request, "1,846") => {
            Ok(one("facts", "The order log shows 1,846 failed checkouts.", 19))
        }
        part if part.starts_with("part ") => Ok("<html>busy</html>".to_owned()),
        "All sections" => {
            assert!(shows(request, "19 fact: The order log shows 1,846 failed checkouts."));
            Ok(one("impact", "1,846 checkouts failed.", 19))
        }
        _ => Ok(nothing()),
    });
    let draft = drafted(&timeline, &model, |run| run.limits = CONDENSED);
    assert!(
        reasons(&draft).contains("were not read except for key lines: the model's answer is not usable"),
        "{}",
        reasons(&draft)
    );
    assert!(section(&draft, SectionKind::Impact).contains("1,846 checkouts failed.[^E19]"));
    assert_eq!(draft.postmortem.sections.len(), 14);
}

#[test]
fn parts_that_all_fail_leave_the_offline_text() {
    let timeline = checkout_incident();
    let model = Scripted::new(|_| Err(CompletionError::Refused { status: 400, message: "no".into() }));
    let draft = drafted(&timeline, &model, |run| run.limits = CONDENSED);
    assert_eq!(draft.fallbacks.len(), 9, "{}", reasons(&draft));
    assert!(section(&draft, SectionKind::Impact).contains("without the model"));
}

#[test]
fn one_section_over_condensed_facts_can_fail_alone() {
    let timeline = checkout_incident();
    let model = Scripted::new(|request| match request.purpose.as_str() {
        part if part.starts_with("part ") && shows(request, "1,846") => {
            Ok(one("facts", "The order log shows 1,846 failed checkouts.", 19))
        }
        "Impact" => Ok(one("impact", "1,846 checkouts failed.", 19)),
        "Lessons learned" => Err(CompletionError::Refused { status: 400, message: "no".into() }),
        "Executive summary" => Ok("{\"sentences\": [{\"text\": ".to_owned()),
        _ => Ok(nothing()),
    });
    let draft = drafted(&timeline, &model, |run| run.limits = NARROW);
    assert!(section(&draft, SectionKind::Impact).contains("1,846 checkouts failed.[^E19]"));
    assert!(reasons(&draft).contains("Lessons learned: the model refused the request with status 400"));
    assert!(reasons(&draft).contains("Executive summary: the model's answer is not usable"));
}

#[test]
fn a_budget_that_covers_no_part_or_only_some_is_kept() {
    let timeline = checkout_incident();
    let run = |budget: f64| {
        let model = Scripted::new(|request| match request.purpose.starts_with("part ") {
            true if shows(request, "1,846") => {
                Ok(one("facts", "The order log shows 1,846 failed checkouts.", 19))
            }
            _ => Ok(nothing()),
        });
        let draft = drafted(&timeline, &model, |run| {
            run.limits = CONDENSED;
            run.concurrency = 1;
            run.budget_usd = Some(budget);
        });
        (model.calls(), draft)
    };
    let (calls, draft) = run(0.001);
    assert_eq!((calls, draft.fallbacks.len()), (0, 9));
    assert!(reasons(&draft).contains("the budget of"));
    // A part can cost up to 26 thousandths: 2,500 tokens of answer and what it reads.
    let (calls, draft) = run(0.028);
    assert!(calls >= 1 && draft.usage.cost_usd.unwrap() <= 0.028, "{calls}: {:?}", draft.usage);
    assert!(reasons(&draft).contains("the budget of"), "{}", reasons(&draft));
    assert_eq!(draft.postmortem.sections.len(), 14);
}

/// Loses the first answers.
struct Slow {
    losses: u32,
    asked: AtomicU32,
}

impl Completion for Slow {
    fn model(&self) -> &str {
        "slow"
    }

    fn repeats(&self) -> u32 {
        3
    }

    fn complete<'a>(&'a self, _: &'a Request) -> Pending<'a> {
        let lost = self.asked.fetch_add(1, Ordering::Relaxed) < self.losses;
        Box::pin(async move {
            match lost {
                true => Err(CompletionError::TimedOut { seconds: 1 }),
                false => Ok(Answer {
                    text: nothing(),
                    finish: Finish::Stop,
                    prompt_tokens: 1_000,
                    completion_tokens: 10,
                }),
            }
        })
    }
}

#[test]
fn every_attempt_whose_answer_was_lost_is_paid_for() {
    let timeline = checkout_incident();
    let run = |losses: u32, budget: Option<f64>| {
        let model = Slow { losses, asked: AtomicU32::new(0) };
        let draft = drafted(&timeline, &model, |run| {
            run.limits = Limits::default();
            run.budget_usd = budget;
        });
        (model.asked.into_inner(), draft.usage)
    };
    let (asked, usage) = run(2, None);
    assert_eq!((asked, usage.calls, usage.failed), (3, 1, 2));
    assert!(usage.prompt_tokens > 3_000, "the request was read three times: {usage:?}");
    let (asked, usage) = run(9, None);
    assert_eq!((asked, usage.calls, usage.failed), (4, 0, 4));
    // The answer may cost twelve hundredths, the evidence less than three thousandths at each attempt.
    let (asked, usage) = run(9, Some(0.1245));
    assert!(asked < 4 && usage.cost_usd.unwrap() <= 0.1245, "{asked}: {usage:?}");
}
