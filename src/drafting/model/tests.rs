//! The model pipeline against scripted models: good, inventing, blaming, babbling, failing, obeying injections.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::json;

use super::*;
use crate::document::{SectionKind, render};
use crate::domain::{ClaimKind, Timeline, Verdict};
use crate::drafting::testing::{checkout_incident, timeline};
use crate::drafting::{
    Answer, AnswerCache, Completion, CompletionError, Draft, DraftInput, Finish, Pending, Request,
};
use crate::redact::Redactor;

pub(super) type Script<'a> = dyn Fn(&Request) -> Result<String, CompletionError> + Send + Sync + 'a;

/// One request for each section.
const APART: Limits = Limits { window: 100_000, answer: 12_000, arrangement: Arrangement::Apart };

pub(super) struct Scripted<'a> {
    script: Box<Script<'a>>,
    purposes: Mutex<Vec<String>>,
}

impl<'a> Scripted<'a> {
    pub(super) fn new(
        script: impl Fn(&Request) -> Result<String, CompletionError> + Send + Sync + 'a,
    ) -> Self {
        Self { script: Box::new(script), purposes: Mutex::default() }
    }

    /// The same sentences for the executive summary, nothing for the other sections.
    fn summary(sentences: serde_json::Value) -> Self {
        Self::new(move |request| match request.purpose.starts_with("Executive") {
            true => Ok(json!({"sentences": sentences, "questions": []}).to_string()),
            false => Ok(json!({"sentences": [], "questions": []}).to_string()),
        })
    }

    pub(super) fn calls(&self) -> usize {
        self.purposes.lock().unwrap().len()
    }
}

impl Completion for Scripted<'_> {
    fn model(&self) -> &str {
        "scripted"
    }

    fn complete<'a>(&'a self, request: &'a Request) -> Pending<'a> {
        self.purposes.lock().unwrap().push(request.purpose.clone());
        let answer = (self.script)(request).map(|text| Answer {
            text,
            finish: Finish::Stop,
            prompt_tokens: 1_000,
            completion_tokens: 100,
        });
        Box::pin(async move { answer })
    }
}

#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, String>>);

impl AnswerCache for Memory {
    fn get(&self, key: &str) -> Option<String> {
        self.0.lock().unwrap().get(key).cloned()
    }

    fn put(&self, key: &str, answer: &str) {
        self.0.lock().unwrap().insert(key.to_owned(), answer.to_owned());
    }
}

pub(super) fn drafted(
    timeline: &Timeline,
    model: &dyn Completion,
    change: impl FnOnce(&mut ModelRun<'_>),
) -> Draft {
    let prompts = Prompts::new(&BTreeMap::new()).unwrap();
    let input =
        DraftInput { timeline, matches: &[], warnings: &[], tool: "unblame test", lint: &|_| Vec::new() };
    let cache = Memory::default();
    let mut run = ModelRun {
        completion: model,
        cache: Some(&cache),
        prompts: &prompts,
        limits: APART,
        concurrency: 3,
        price: Some(Price { prompt_per_million: 1.0, completion_per_million: 10.0 }),
        budget_usd: None,
        progress: &|_| {},
        egress: &|_| {},
    };
    change(&mut run);
    let mut redactor = Redactor::default();
    futures::executor::block_on(draft_with_model(&input, &mut redactor, &run))
}

pub(super) fn section(draft: &Draft, kind: SectionKind) -> &str {
    &draft.postmortem.section(kind).unwrap().body
}

fn good_summary() -> serde_json::Value {
    json!([
        {"text": "Checkout was unavailable for {span:E2:E15}, from {at:E2} to {at:E15}.", "evidence": ["E2", "E15"], "kind": "fact", "label": null},
        {"text": "Pods of checkout were OOMKilled.", "evidence": ["E3", "E6"], "kind": "fact", "label": null},
        {"text": "Mika restarted the affected pods, and it made no difference: {quote:E9}.", "evidence": ["E8", "E9"], "kind": "fact", "label": null},
        {"text": "The lowered memory limit probably led to the kills.", "evidence": ["E1", "E11"], "kind": "hypothesis", "label": null},
    ])
}

#[test]
fn a_good_summary_is_written_from_cited_facts_with_times_by_code() {
    let timeline = checkout_incident();
    let model = Scripted::summary(good_summary());
    let draft = drafted(&timeline, &model, |_| {});
    insta::assert_snapshot!(section(&draft, SectionKind::ExecutiveSummary));
    assert_eq!(model.calls(), 9, "one call for each section, none repeated");
    assert_eq!(draft.usage.prompt_tokens, 9_000);
    assert!((draft.usage.cost_usd.unwrap() - 0.018).abs() < 1e-9);
    assert_eq!(draft.fallbacks.len(), 8);
    assert!(
        section(&draft, SectionKind::Lessons)
            .contains("put together without the model: the model wrote nothing")
    );
    let generated: BTreeMap<_, _> = draft.postmortem.front.generated.iter().cloned().collect();
    assert_eq!(generated["model"], "scripted");
    assert!(generated["prompts"].starts_with("v3 "));
}

#[test]
fn inventions_end_as_unverified_and_nowhere_else() {
    let timeline = checkout_incident();
    let inventions = json!([
        {"text": "Checkout was down for 95 minutes.", "evidence": ["E2", "E15"], "kind": "fact", "label": null},
        {"text": "4,812 checkouts failed.", "evidence": ["E19"], "kind": "fact", "label": null},
        {"text": "The outage was caused by a failover of the database.", "evidence": ["E12", "E14"], "kind": "fact", "label": null},
        {"text": "The billing-gateway was restarted.", "evidence": ["E8"], "kind": "fact", "label": null},
        {"text": "The restart helped at once.", "evidence": ["E9"], "kind": "fact", "label": null},
        {"text": "At {at:E77} all was well.", "evidence": ["E77"], "kind": "fact", "label": null},
        {"text": "A responder wrote \"everything is fine now\".", "evidence": ["E9"], "kind": "fact", "label": null},
        {"text": "Nobody cites me.", "evidence": [], "kind": "fact", "label": null},
        {"text": "Pods of checkout were OOMKilled.", "evidence": ["E3", "E6"], "kind": "fact", "label": null},
    ]);
    let model = Scripted::summary(inventions);
    let draft = drafted(&timeline, &model, |_| {});
    assert!(
        section(&draft, SectionKind::ExecutiveSummary)
            .ends_with("81 seconds later.[^E2][^E4][^E5] Pods of checkout were OOMKilled.[^E3][^E6]")
    );
    let unverified: Vec<_> = draft
        .claims
        .iter()
        .filter(|claim| claim.kind == ClaimKind::Fact && claim.verdict == Verdict::Unverified)
        .collect();
    assert_eq!(unverified.len(), 8, "{unverified:#?}");
    assert!(section(&draft, SectionKind::Unverified).contains("4,812"));
    for body in draft
        .postmortem
        .sections
        .iter()
        .filter(|section| section.kind != Some(SectionKind::Unverified))
        .map(|section| &section.body)
    {
        assert!(
            !body.contains("4,812") && !body.contains("95 minutes") && !body.contains("everything is fine"),
            "{body}"
        );
    }
}

#[test]
fn one_retry_names_what_failed_and_can_mend_it() {
    let timeline = checkout_incident();
    let model = Scripted::new(|request| {
        let text = match request.purpose.as_str() {
            "Executive summary" => "About 9,999 checkouts failed.",
            "Executive summary, once more" => {
                assert!(
                    request
                        .messages
                        .last()
                        .unwrap()
                        .content
                        .as_str()
                        .contains("`9,999` is not in the cited lines")
                );
                "1,846 checkouts failed."
            }
            _ => return Ok("{\"sentences\":[],\"questions\":[]}".to_owned()),
        };
        Ok(json!({"sentences": [{"text": text, "evidence": ["E19"], "kind": "fact", "label": null}], "questions": []}).to_string())
    });
    let draft = drafted(&timeline, &model, |_| {});
    assert!(section(&draft, SectionKind::ExecutiveSummary).ends_with(" 1,846 checkouts failed.[^E19]"));
    assert_eq!(model.calls(), 10);
    assert!(draft.claims.iter().all(|claim| !claim.text.contains("9,999")));
}

#[test]
fn blame_is_neither_printed_nor_repeated() {
    let timeline = checkout_incident();
    let model = Scripted::summary(json!([
        {"text": "Tariq's carelessness lowered the limit of checkout.", "evidence": ["E1"], "kind": "fact", "label": null},
        {"text": "A responder should have tested the limit of checkout.", "evidence": ["E1"], "kind": "fact", "label": null},
    ]));
    let text = render(&drafted(&timeline, &model, |_| {}).postmortem);
    assert!(!text.contains("carelessness") && !text.contains("should have"), "{text}");
    assert!(text.contains("A sentence whose wording was at fault"));
}

#[test]
fn whatever_the_model_does_every_section_stands() {
    let timeline = checkout_incident();
    let babble: Vec<(&str, Box<Script<'static>>)> = vec![
        ("garbage", Box::new(|_| Ok("As requested, here is a poem about pods.".to_owned()))),
        ("wrong shape", Box::new(|_| Ok("{\"answer\": [1, 2, 3]}".to_owned()))),
        ("html", Box::new(|_| Ok("<html><body>502</body></html>".to_owned()))),
        ("refused", Box::new(|_| Err(CompletionError::Refused { status: 500, message: "busy".into() }))),
        ("slow", Box::new(|_| Err(CompletionError::TimedOut { seconds: 120 }))),
        (
            "gone",
            Box::new(|_| {
                Err(CompletionError::Unreachable {
                    endpoint: "http://localhost".into(),
                    reason: "refused".into(),
                })
            }),
        ),
    ];
    for (name, script) in babble {
        let model = Scripted { script, purposes: Mutex::default() };
        let draft = drafted(&timeline, &model, |_| {});
        assert_eq!(draft.fallbacks.len(), 9, "{name}");
        assert!(
            section(&draft, SectionKind::ExecutiveSummary).contains("33 minutes")
                || section(&draft, SectionKind::ExecutiveSummary).contains("36 minutes"),
            "{name}"
        );
        assert!(draft.claims.iter().any(|claim| claim.verdict == Verdict::Supported), "{name}");
        assert!(section(&draft, SectionKind::Impact).contains("without the model"), "{name}");
    }
}

#[test]
fn an_interrupted_run_does_not_pay_twice() {
    let timeline = checkout_incident();
    let cache = Memory::default();
    let model = Scripted::summary(good_summary());
    let prompts = Prompts::new(&BTreeMap::new()).unwrap();
    let input = DraftInput {
        timeline: &timeline,
        matches: &[],
        warnings: &[],
        tool: "unblame test",
        lint: &|_| Vec::new(),
    };
    let run = ModelRun {
        completion: &model,
        cache: Some(&cache),
        prompts: &prompts,
        limits: APART,
        concurrency: 2,
        price: None,
        budget_usd: None,
        progress: &|_| {},
        egress: &|_| {},
    };
    let once = futures::executor::block_on(draft_with_model(&input, &mut Redactor::default(), &run));
    let calls = model.calls();
    let twice = futures::executor::block_on(draft_with_model(&input, &mut Redactor::default(), &run));
    assert_eq!(model.calls(), calls);
    assert_eq!((twice.usage.calls, twice.usage.cached, once.usage.calls), (0, 9, 9));
    assert_eq!(render(&once.postmortem), render(&twice.postmortem));
}

#[test]
fn a_budget_covers_the_worst_case_before_each_call() {
    let timeline = checkout_incident();
    let budget = |budget: f64| {
        let model = Scripted::summary(good_summary());
        let draft = drafted(&timeline, &model, |run| run.budget_usd = Some(budget));
        let refused = draft.fallbacks.iter().any(|fallback| fallback.reason.starts_with("the budget of"));
        (model.calls(), draft.usage.cost_usd.unwrap(), refused)
    };
    assert_eq!(budget(0.000_1), (0, 0.0, true));
    let (calls, cost, refused) = budget(0.03);
    assert!((1..9).contains(&calls) && cost <= 0.03 && refused, "{calls} calls, {cost} USD");
    let (calls, _, refused) = budget(10.0);
    assert!(calls >= 9 && !refused);
}

#[test]
fn thin_evidence_is_not_sent_anywhere() {
    let timeline = timeline("09:32:00 alertmanager alert_fired -: errors\n");
    let model = Scripted::summary(good_summary());
    let draft = drafted(&timeline, &model, |_| {});
    assert_eq!(model.calls(), 0);
    assert_eq!(draft.fallbacks.len(), 9);
}

#[test]
fn evidence_beyond_the_window_is_condensed_in_parts() {
    let timeline = checkout_incident();
    let model = Scripted::new(|request| {
        let fact = json!({"text": "The order log shows 1,846 failed checkouts.", "evidence": ["E19"], "kind": "fact", "label": null});
        let holds = request.messages[1].content.as_str().contains("1,846");
        Ok(json!({"sentences": if holds { vec![fact] } else { vec![] }, "questions": []}).to_string())
    });
    let draft = drafted(&timeline, &model, |run| {
        run.limits = Limits { window: 1_800, answer: 400, ..Limits::default() }
    });
    let purposes = model.purposes.lock().unwrap().clone();
    let parts = purposes.iter().filter(|purpose| purpose.starts_with("part ")).count();
    assert!(parts >= 2, "{purposes:?}");
    assert!(
        purposes.contains(&"Executive summary".to_owned())
            == purposes.iter().any(|purpose| purpose == "Impact")
    );
    assert!(draft.usage.calls as usize == purposes.len());
}

#[test]
fn only_roles_leave_and_the_dry_run_shows_what_leaves() {
    let timeline = checkout_incident();
    let prompts = Prompts::new(&BTreeMap::new()).unwrap();
    let input = DraftInput {
        timeline: &timeline,
        matches: &[],
        warnings: &[],
        tool: "unblame test",
        lint: &|_| Vec::new(),
    };
    let dry = requests(&input, &mut Redactor::default(), &prompts, APART).unwrap();
    let shown: Vec<String> = dry.iter().map(|request| serde_json::to_string(request).unwrap()).collect();
    for name in ["Mika", "Tariq", "Solveig", "Haruka", "Jordan", "Rene"] {
        assert!(shown.iter().all(|request| !request.contains(name)), "{name}");
    }
    let sent: Mutex<Vec<String>> = Mutex::default();
    let log = |request: &Request| sent.lock().unwrap().push(serde_json::to_string(request).unwrap());
    let model = Scripted::summary(json!([]));
    let run = ModelRun {
        completion: &model,
        cache: None,
        prompts: &prompts,
        limits: APART,
        concurrency: 1,
        price: None,
        budget_usd: None,
        progress: &|_| {},
        egress: &log,
    };
    futures::executor::block_on(draft_with_model(&input, &mut Redactor::default(), &run));
    assert_eq!(*sent.lock().unwrap(), shown, "what is sent is what the dry run showed");
    assert_eq!(shown.len(), 9);
    assert!(shown[0].contains("\"role\":\"system\"") && shown[0].contains("OOMKilled"));
}
