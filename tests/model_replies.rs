//! Replays recorded answers of a model over frozen evidence: what it said well must stand, what is planted must not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // a failing unwrap is a failing test

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use unblame::app::IntakeRequest;
use unblame::config::Settings;
use unblame::document::{Postmortem, SectionKind, render};
use unblame::domain::{Claim, ClaimKind, Severity, Timeline, Verdict};
use unblame::drafting::{
    Answer, Completion, CompletionError, Draft, DraftInput, Finish, Limits, Message, ModelRun, Pending,
    Prompts, Request, draft_with_model, requests,
};
use unblame::lint::Linter;
use unblame::redact::Redactor;

const FOLDER: &str = "evals/replies";
/// Least share of the recorded sentences that must stand.
const KEPT: f64 = 0.95;

/// Most tokens of a first request for one of its evidence.
const SENT: f64 = 1.3;

/// Answers by the purpose of a request, so that a change of the prompt does not part question and answer.
struct Recorded {
    /// Folder for what was asked; none where the answers were changed.
    kept_in: Option<PathBuf>,
    answers: BTreeMap<String, String>,
}

/// Where a run leaves what it asked and what came of it.
fn asked_in(fixture: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("replies").join(fixture)
}

impl Recorded {
    fn of(fixture: &str, change: Option<&dyn Fn(&mut Value)>) -> Self {
        let files = [("All sections", "all-sections.json"), ("All sections, once more", "once-more.json")];
        let answers = files.into_iter().filter_map(|(purpose, file)| {
            let text = std::fs::read_to_string(format!("{FOLDER}/{fixture}/{file}")).ok()?;
            let mut answer: Value = serde_json::from_str(&text).unwrap();
            if let Some(change) = change.filter(|_| purpose == "All sections") {
                change(&mut answer);
            }
            Some((purpose.to_owned(), answer.to_string()))
        });
        Self { kept_in: change.is_none().then(|| asked_in(fixture)), answers: answers.collect() }
    }

    /// Puts what a model would see where whoever records an answer anew can take it from.
    fn keep(&self, request: &Request) {
        let Some(folder) = &self.kept_in else { return };
        std::fs::create_dir_all(folder).unwrap();
        let said = |message: &Message| {
            format!("[{}]\n{}\n", json!(message.role).as_str().unwrap(), message.content.as_str())
        };
        let mut text: Vec<String> = request.messages.iter().map(said).collect();
        text.extend(
            request.schema.as_ref().map(|schema| format!("[schema of the answer]\n{}\n", schema.schema)),
        );
        let name = request.purpose.to_lowercase().replace(", ", "-").replace(' ', "-");
        std::fs::write(folder.join(format!("{name}.txt")), text.join("\n")).unwrap();
    }
}

impl Completion for Recorded {
    fn model(&self) -> &'static str {
        "recorded"
    }

    fn complete<'a>(&'a self, request: &'a Request) -> Pending<'a> {
        self.keep(request);
        let answer = self.answers.get(&request.purpose).cloned();
        Box::pin(async move {
            let text =
                answer.ok_or_else(|| CompletionError::Unreadable("nothing was recorded".to_owned()))?;
            Ok(Answer { text, finish: Finish::Stop, prompt_tokens: 0, completion_tokens: 0 })
        })
    }
}

fn drafted(fixture: &str, change: Option<&dyn Fn(&mut Value)>) -> (Timeline, Draft) {
    let text = std::fs::read_to_string(format!("{FOLDER}/{fixture}/timeline.json")).unwrap();
    let timeline: Timeline = serde_json::from_str(&text).unwrap();
    let linter = Linter::new(unblame::lint::Config::default());
    let lint = |sentence: &str| {
        let findings = linter.check("", sentence).findings.into_iter();
        findings.filter(|finding| finding.severity != Severity::Info).map(|finding| finding.message).collect()
    };
    let input =
        DraftInput { timeline: &timeline, matches: &[], warnings: &[], tool: "unblame test", lint: &lint };
    let model = Recorded::of(fixture, change);
    let prompts = Prompts::new(&BTreeMap::new()).unwrap();
    let run = ModelRun {
        completion: &model,
        cache: None,
        prompts: &prompts,
        limits: Limits::default(),
        concurrency: 4,
        price: None,
        budget_usd: None,
        progress: &|_| {},
        egress: &|_| {},
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let draft = runtime.block_on(draft_with_model(&input, &mut Redactor::default(), &run));
    (timeline, draft)
}

fn told(draft: &Draft) -> Vec<&Claim> {
    draft.claims.iter().filter(|claim| claim.kind != ClaimKind::Question).collect()
}

fn body(postmortem: &Postmortem, kind: SectionKind) -> &str {
    postmortem.section(kind).map(|section| section.body.as_str()).unwrap_or_default()
}

/// Cited share of the sentences of the sections that a model writes.
fn cited(draft: &Draft) -> f64 {
    let sections = [
        SectionKind::ExecutiveSummary,
        SectionKind::Impact,
        SectionKind::WentWell,
        SectionKind::Improve,
        SectionKind::Lessons,
    ];
    let bodies = sections.map(|kind| body(&draft.postmortem, kind).to_owned()).join("\n");
    let lines: Vec<&str> = bodies
        .lines()
        .map(str::trim)
        .filter(|line| line.split_whitespace().count() > 3 && !line.starts_with(['*', '#', '|']))
        .collect();
    lines.iter().filter(|line| line.contains("[^E")).count() as f64 / lines.len().max(1) as f64
}

#[test]
fn recorded_answers_become_a_whole_draft() {
    let mut shares = Vec::new();
    for (fixture, spans) in [
        ("payment-frontend-2025-11-28", ["33 minutes", "10 minutes", "8 minutes"]),
        ("ingress-2025-03-15", ["54 minutes", "6 minutes", "30 minutes"]),
    ] {
        let (timeline, draft) = drafted(fixture, None);
        let text = render(&draft.postmortem);
        std::fs::write(asked_in(fixture).join("draft.md"), &text).unwrap();
        assert_eq!(draft.postmortem.sections.len(), 14, "{fixture}");
        assert!(draft.fallbacks.is_empty(), "{fixture}: {:?}", draft.fallbacks);
        let told = told(&draft);
        let kept = told.iter().filter(|claim| claim.verdict == Verdict::Supported).count();
        let share = kept as f64 / told.len() as f64;
        println!("{fixture}: {kept} of {} kept = {share:.3}, cited lines {:.3}", told.len(), cited(&draft));
        shares.push((fixture, share));
        assert!(cited(&draft) >= 0.95, "{fixture}: cited {:.3}", cited(&draft));
        for span in spans {
            assert!(text.contains(span), "{fixture}: {span}");
        }
        for gap in &timeline.gaps {
            let from = gap.from.to_zoned(jiff::tz::TimeZone::UTC).strftime("%H:%M").to_string();
            let shown = body(&draft.postmortem, SectionKind::Timeline)
                .lines()
                .any(|line| line.contains(&from) && line.contains("No recorded activity"));
            assert!(shown, "{fixture}: the gap at {from}");
        }
        for conflict in &timeline.conflicts {
            let ids: Vec<String> = conflict.evidence.iter().map(|id| format!("[^{id}]")).collect();
            let shown = text.lines().any(|line| ids.iter().all(|id| line.contains(id.as_str())));
            assert!(shown, "{fixture}: {}", conflict.what);
        }
    }
    for (fixture, share) in shares {
        assert!(share >= KEPT, "{fixture}: kept {share:.3}");
    }
}

/// Falsehoods as a model invents them, citing real lines.
const PLANTED: &[(&str, &[&str])] = &[
    ("Failed requests cost 48,213 dollars.", &["E10", "E16"]),
    ("The incident lasted 4 hours and 11 minutes.", &["E9", "E16"]),
    ("The alert fired at 23:58 UTC.", &["E16"]),
    ("The outage was caused by an overloaded network link.", &["E10", "E16"]),
    ("billing-gateway stopped answering.", &["E10"]),
    ("87.3 % of the customers lost their orders.", &["E10", "E16"]),
    ("Ticket OPS-99817 tracks the fix.", &["E20"]),
    ("Engineers rebooted the mainframe twice.", &["E20"]),
    ("The vendor confirmed a defect in its firmware.", &["E10", "E20"]),
    ("A backup from 2019-04-01 was restored.", &["E20"]),
    ("Everything is documented.", &["E90404"]),
];

#[test]
fn sentences_planted_between_recorded_ones_do_not_stand() {
    for fixture in ["payment-frontend-2025-11-28", "ingress-2025-03-15"] {
        let planted = |answer: &mut Value| {
            for section in ["executive_summary", "impact", "improve"] {
                for (text, evidence) in PLANTED {
                    let sentence = json!({"section": section, "text": text, "evidence": evidence, "kind": "fact", "label": null, "check": null});
                    answer["sentences"].as_array_mut().unwrap().push(sentence);
                }
            }
        };
        let (_, draft) = drafted(fixture, Some(&planted));
        for (text, _) in PLANTED {
            let text = text.trim_end_matches('.');
            let stands = draft
                .claims
                .iter()
                .any(|claim| claim.verdict == Verdict::Supported && claim.text.contains(text));
            let shown = draft
                .postmortem
                .sections
                .iter()
                .filter(|section| section.kind != Some(SectionKind::Unverified))
                .any(|section| section.body.contains(text));
            assert!(!stands && !shown, "{fixture}: {text}");
        }
    }
}

/// Tokens of the first requests over those of the evidence itself: time, source, person and text of every record that is
/// left after joining repeats, redacted.
#[test]
fn tokens_sent_for_the_tokens_of_the_evidence() {
    let count = |text: &str| tiktoken_rs::o200k_base_singleton().count_ordinary(text);
    for folder in [
        "fixtures/incidents/payment-frontend-2025-11-28",
        "fixtures/incidents/ingress-2025-03-15",
        "evals/timeline/cases/dev/hospital-lab-results-2024-10-27",
    ] {
        let intake = IntakeRequest { incident: folder.into(), ..IntakeRequest::default() };
        let timeline = unblame::app::timeline(&intake, &Settings::default()).unwrap();
        let mut redactor = Redactor::default();
        let evidence: usize = timeline
            .events
            .iter()
            .map(|event| {
                let actor = event.actor.clone().unwrap_or_default();
                let time = event.at.strftime("%H:%M:%S");
                count(redactor.redact(&format!("{time} {} {actor}: {}\n", event.source, event.text)).as_str())
            })
            .sum();
        let prompts = Prompts::new(&BTreeMap::new()).unwrap();
        let nothing = |_: &str| Vec::new();
        let input = DraftInput {
            timeline: &timeline,
            matches: &[],
            warnings: &[],
            tool: "unblame test",
            lint: &nothing,
        };
        let first = requests(&input, &mut Redactor::default(), &prompts, Limits::default()).unwrap();
        let messages = |request: &Request| -> Vec<usize> {
            request.messages.iter().map(|message| count(message.content.as_str())).collect()
        };
        let shown: usize = first.iter().map(|request| messages(request)[1]).sum();
        let schemas: usize = first
            .iter()
            .filter_map(|request| request.schema.as_ref())
            .map(|schema| count(&schema.schema.to_string()))
            .sum();
        let sent: usize = schemas + first.iter().flat_map(messages).sum::<usize>();
        let share = |of: usize| of as f64 / evidence as f64;
        println!(
            "{folder}: {} records, {evidence} tokens of evidence; {} requests, {sent} tokens sent = {:.2}; without the fixed prompt {shown} = {:.2}",
            timeline.events.len(),
            first.len(),
            share(sent),
            share(shown)
        );
        assert_eq!(first.len(), 1, "{folder}: the evidence is sent once");
        assert!(share(sent) <= SENT, "{folder}: {:.2}", share(sent));
    }
}
