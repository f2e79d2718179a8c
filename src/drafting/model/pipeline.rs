//! The whole run: plan, ask, check, ask again once, fall back, put together.

use std::cell::RefCell;
use std::collections::BTreeMap;

use futures::StreamExt;

use super::ask::{Account, ask};
use super::check::{Sound, Unsound, check};
use super::plan::{Call, Limits, Plan, Planner, SECTIONS};
use super::prompts::Prompts;
use super::reply::{Asked, Reply};
use super::{actions, condense, layout, mend};
use crate::document::{Postmortem, Section, SectionKind};
use crate::domain::{Claim, Verdict};
use crate::drafting::extractive::{self, NOTICE};
use crate::drafting::ground::Ledger;
use crate::drafting::inert::{inert, plain_line};
use crate::drafting::page::Page;
use crate::drafting::reading::Reading;
use crate::drafting::{AnswerCache, Completion, Draft, DraftInput, Fallback, Request, sections, sufficiency};
use crate::redact::Redactor;

/// US dollars for a million tokens.
#[derive(Clone, Copy, Debug)]
pub struct Price {
    pub prompt_per_million: f64,
    pub completion_per_million: f64,
}

/// How a model is to be used.
pub struct ModelRun<'a> {
    pub completion: &'a dyn Completion,
    pub cache: Option<&'a dyn AnswerCache>,
    pub prompts: &'a Prompts,
    pub limits: Limits,
    /// Requests under way at one time.
    pub concurrency: usize,
    pub price: Option<Price>,
    /// No request is begun whose worst case, every token of its answer included, could bring the cost above this; needs
    /// a price.
    pub budget_usd: Option<f64>,
    /// Told what has been finished, for a person who waits.
    pub progress: &'a dyn Fn(&str),
    /// Told every request right before it leaves the machine.
    pub egress: &'a dyn Fn(&Request),
}

/// What became of one section, or of one part that was condensed.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) sound: Vec<Sound>,
    unsound: Vec<Unsound>,
    /// Why the model gave nothing that can be used.
    pub(super) failure: Option<String>,
}

impl Outcome {
    fn failed(reason: impl Into<String>) -> Self {
        Self { failure: Some(reason.into()), ..Self::default() }
    }
}

/// What the calls of a run brought.
#[derive(Default)]
struct Written {
    sections: BTreeMap<SectionKind, Outcome>,
    questions: Vec<Asked>,
    /// What the model was not shown, and why.
    left_out: Vec<Fallback>,
}

impl Written {
    fn nothing(reason: &str) -> Self {
        let all = SECTIONS.iter().map(|(kind, _)| (*kind, Outcome::failed(reason)));
        Self { sections: all.collect(), ..Self::default() }
    }

    fn add(&mut self, other: Self) {
        self.sections.extend(other.sections);
        self.questions.extend(other.questions);
    }
}

/// What all calls of one run share.
struct Run<'r, 'a> {
    run: &'r ModelRun<'r>,
    reading: &'r Reading<'a>,
    ledger: &'r Ledger,
    account: &'r Account,
    redactor: RefCell<&'r mut Redactor>,
}

/// Drafts with a model. Whatever the model does, every section stands: what it cannot deliver is extractive and says so.
pub async fn draft_with_model(input: &DraftInput<'_>, redactor: &mut Redactor, run: &ModelRun<'_>) -> Draft {
    let mut reading = Reading::new(input, redactor);
    let ledger = Ledger::new(input.timeline, redactor);
    let account = Account::new(run);
    let state =
        Run { run, reading: &reading, ledger: &ledger, account: &account, redactor: RefCell::new(redactor) };
    let written = state.written().await;
    if let Some(outcome) = written.sections.get(&SectionKind::Actions) {
        reading.actions = actions::merged(&reading.actions, &outcome.sound);
    }
    let (sections, claims, fallbacks) = put_together(&reading, &ledger, written);
    let mut front = extractive::front_matter(input, redactor);
    front.generated = vec![
        ("by".into(), input.tool.to_owned()),
        ("model".into(), plain_line(run.completion.model())),
        ("prompts".into(), run.prompts.id().to_owned()),
        ("evidence".into(), extractive::evidence_note(input, redactor)),
    ];
    let title = front.title.clone().unwrap_or_else(|| "Incident".to_owned());
    Draft {
        postmortem: Postmortem { front, title: inert(&title), preamble: NOTICE.to_owned(), sections },
        claims,
        fallbacks,
        usage: account.usage(),
    }
}

impl<'r, 'a> Run<'r, 'a> {
    fn planner(&self) -> Planner<'r, 'r, 'a> {
        Planner { reading: self.reading, prompts: self.run.prompts, limits: self.run.limits }
    }

    async fn written(&self) -> Written {
        if !sufficiency::enough(self.reading.timeline) {
            return Written::nothing("the evidence is too thin for a model");
        }
        let plan = self.planner().plan(&mut self.redactor.borrow_mut());
        match plan {
            Ok(Plan::Whole(calls)) => self.all(calls).await,
            Ok(Plan::Parts(parts)) => self.condensed(&parts).await,
            Err(error) => Written::nothing(&error.to_string()),
        }
    }

    /// All calls, as many at a time as allowed.
    async fn all(&self, calls: Vec<Call>) -> Written {
        let answers = calls.iter().map(|call| async move {
            let written = self.call(call).await;
            (self.run.progress)(&call.request.purpose);
            written
        });
        let mut answers = futures::stream::iter(answers).buffered(self.run.concurrency.max(1));
        let mut all = Written::default();
        while let Some(written) = answers.next().await {
            all.add(written);
        }
        all
    }

    /// Facts from each part first, then the sections over the facts and the key lines.
    async fn condensed(&self, parts: &[Call]) -> Written {
        let answers = parts.iter().map(|part| async move {
            let outcome = match ask(self.run, self.account, &part.request).await {
                Ok(reply) => self.mended(&part.request.purpose, &reply).await,
                Err(reason) => Outcome::failed(reason),
            };
            (self.run.progress)(&part.request.purpose);
            outcome
        });
        let outcomes: Vec<Outcome> =
            futures::stream::iter(answers).buffered(self.run.concurrency.max(1)).collect().await;
        if outcomes.iter().all(|outcome| outcome.sound.is_empty())
            && let Some(reason) = outcomes.iter().find_map(|outcome| outcome.failure.clone())
        {
            return Written::nothing(&reason);
        }
        let reduced = condense::calls(&self.planner(), parts, &outcomes, &mut self.redactor.borrow_mut());
        match reduced {
            Ok((calls, left_out)) => {
                let mut written = self.all(calls).await;
                written.left_out = left_out;
                written
            }
            Err(error) => Written::nothing(&error.to_string()),
        }
    }

    /// Asks for the sections of one call, and once more for what was not sound.
    async fn call(&self, call: &Call) -> Written {
        let reply = match ask(self.run, self.account, &call.request).await {
            Ok(reply) => reply,
            Err(reason) => {
                let all = call.sections.iter().map(|kind| (*kind, Outcome::failed(&reason)));
                return Written { sections: all.collect(), ..Written::default() };
            }
        };
        let outcome = self.mended(&call.request.purpose, &reply).await;
        let mut sections: BTreeMap<SectionKind, Outcome> =
            call.sections.iter().map(|kind| (*kind, Outcome::default())).collect();
        // A sentence without a known section is not lost: it opens the document.
        let place = |name: &str| {
            let named = SECTIONS.iter().find(|(kind, stage)| *stage == name && call.sections.contains(kind));
            named.map(|(kind, _)| *kind).or(call.sections.first().copied())
        };
        for sound in outcome.sound {
            if let Some(section) = place(&sound.section).and_then(|kind| sections.get_mut(&kind)) {
                section.sound.push(sound);
            }
        }
        for bad in outcome.unsound {
            if let Some(section) = place(&bad.proposed.section).and_then(|kind| sections.get_mut(&kind)) {
                section.unsound.push(bad);
            }
        }
        for section in sections.values_mut().filter(|section| section.sound.is_empty()) {
            section.failure = Some(if !section.unsound.is_empty() {
                "no sentence of the model was carried by its evidence".to_owned()
            } else if reply.cut {
                "the answer of the model broke off before it".to_owned()
            } else {
                "the model wrote nothing".to_owned()
            });
        }
        Written { sections, questions: reply.questions, ..Written::default() }
    }

    /// The sentences of an answer that hold, after asking once more for those that did not.
    async fn mended(&self, purpose: &str, reply: &Reply) -> Outcome {
        let (mut sound, mut unsound) = self.judge(reply);
        if !unsound.is_empty() {
            let again = mend::request(
                &self.planner(),
                self.ledger,
                purpose,
                &unsound,
                &mut self.redactor.borrow_mut(),
            );
            if let Ok(again) = again
                && let Ok(second) = ask(self.run, self.account, &again).await
            {
                let (mended, still) = self.judge(&second);
                let known: Vec<String> = sound.iter().map(|sound| sound.text.clone()).collect();
                sound.extend(mended.into_iter().filter(|sound| !known.contains(&sound.text)));
                // What was left out the second time is gone; what is still wrong is shown as unverified.
                unsound = still;
            }
        }
        Outcome { sound, unsound, failure: None }
    }

    fn judge(&self, reply: &Reply) -> (Vec<Sound>, Vec<Unsound>) {
        let mut sound: Vec<Sound> = Vec::new();
        let mut unsound = Vec::new();
        for sentence in &reply.sentences {
            match check(self.reading, self.ledger, sentence) {
                Ok(good)
                    if sound.iter().any(|other| other.text == good.text && other.section == good.section) => {
                }
                Ok(good) => sound.push(good),
                Err(bad) => unsound.push(bad),
            }
        }
        (sound, unsound)
    }
}

fn put_together(
    reading: &Reading<'_>,
    ledger: &Ledger,
    written: Written,
) -> (Vec<Section>, Vec<Claim>, Vec<Fallback>) {
    let mut page = Page::new(ledger);
    let mut sections = Vec::new();
    let mut fallbacks = written.left_out;
    let mut outcomes = written.sections;
    for writer in sections::ALL {
        let kind = writer.kind();
        page.open(kind);
        if kind == SectionKind::OpenQuestions {
            written.questions.iter().for_each(|asked| layout::ask(reading, &mut page, asked));
        }
        let body = match outcomes.remove(&kind) {
            Some(outcome) => {
                outcome.unsound.iter().for_each(|bad| page.claims.push(unverified(kind, bad)));
                match outcome.failure {
                    None => layout::body(kind, reading, &mut page, &outcome.sound, *writer),
                    Some(reason) => {
                        let body = format!(
                            "{}\n\n*This section was put together without the model: {}.*",
                            writer.write(reading, &mut page),
                            inert(reason.trim_end_matches('.'))
                        );
                        fallbacks.push(Fallback { section: kind.heading().to_owned(), reason });
                        body
                    }
                }
            }
            None => writer.write(reading, &mut page),
        };
        sections.push(Section::new(kind, body));
    }
    (sections, page.claims, fallbacks)
}

/// What a model said and the evidence does not carry; wording at fault is not repeated.
fn unverified(kind: SectionKind, bad: &Unsound) -> Claim {
    let text =
        if bad.wording { "A sentence whose wording was at fault".to_owned() } else { bad.text.clone() };
    Claim {
        section: kind.heading().to_owned(),
        text,
        kind: bad.kind,
        evidence: bad.evidence.clone(),
        verdict: Verdict::Unverified,
        reason: Some(bad.reason.clone()),
    }
}
