//! The whole run: plan, ask for all sections at once, check, ask again once, fall back, put together.

use std::cell::RefCell;
use std::collections::BTreeMap;

use futures::StreamExt;
use minijinja::context;

use super::ask::{Account, ask};
use super::check::{Sound, Unsound, check};
use super::layout;
use super::plan::{self, Limits, Plan, SECTIONS};
use super::prompts::Prompts;
use crate::document::{Postmortem, Section, SectionKind};
use crate::domain::{Claim, Verdict};
use crate::drafting::extractive::{self, NOTICE};
use crate::drafting::ground::Ledger;
use crate::drafting::inert::{inert, plain_line};
use crate::drafting::page::Page;
use crate::drafting::reading::Reading;
use crate::drafting::{
    AnswerCache, Completion, Draft, DraftInput, Fallback, Message, Request, Speaker, sections, sufficiency,
};
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
    /// No request is begun once this much is spent; needs a price.
    pub budget_usd: Option<f64>,
    /// Told what has been finished, for a person who waits.
    pub progress: &'a dyn Fn(&str),
    /// Told every request right before it leaves the machine.
    pub egress: &'a dyn Fn(&Request),
}

/// What became of one section.
struct Outcome {
    sound: Vec<Sound>,
    unsound: Vec<Unsound>,
    questions: Vec<String>,
    /// Why the model gave nothing that can be used.
    failure: Option<String>,
}

impl Outcome {
    fn failed(reason: impl Into<String>) -> Self {
        Self { sound: Vec::new(), unsound: Vec::new(), questions: Vec::new(), failure: Some(reason.into()) }
    }
}

/// What all calls of one run share.
struct Run<'r, 'a> {
    run: &'r ModelRun<'r>,
    reading: &'r Reading<'a>,
    ledger: &'r Ledger,
    account: Account,
    redactor: RefCell<&'r mut Redactor>,
}

/// Drafts with a model. Whatever the model does, every section stands: what it cannot deliver is extractive and says so.
pub async fn draft_with_model(input: &DraftInput<'_>, redactor: &mut Redactor, run: &ModelRun<'_>) -> Draft {
    let reading = Reading::new(input, redactor);
    let ledger = Ledger::new(input.timeline, redactor);
    let state = Run {
        run,
        reading: &reading,
        ledger: &ledger,
        account: Account::new(run),
        redactor: RefCell::new(redactor),
    };
    let outcomes = state.outcomes().await;
    let (written, claims, fallbacks) = state.put_together(outcomes);
    let usage = state.account.usage();
    let mut front = extractive::front_matter(input, redactor);
    front.generated = vec![
        ("by".into(), input.tool.to_owned()),
        ("model".into(), plain_line(run.completion.model())),
        ("prompts".into(), run.prompts.id().to_owned()),
        ("evidence".into(), extractive::evidence_note(input, redactor)),
    ];
    let title = front.title.clone().unwrap_or_else(|| "Incident".to_owned());
    Draft {
        postmortem: Postmortem {
            front,
            title: inert(&title),
            preamble: NOTICE.to_owned(),
            sections: written,
        },
        claims,
        fallbacks,
        usage,
    }
}

impl Run<'_, '_> {
    async fn outcomes(&self) -> BTreeMap<SectionKind, Outcome> {
        let all = |reason: &str| SECTIONS.iter().map(|(kind, _)| (*kind, Outcome::failed(reason))).collect();
        if !sufficiency::enough(self.reading.timeline) {
            return all("the evidence is too thin for a model");
        }
        let requests = match self.requests().await {
            Ok(requests) => requests,
            Err(reason) => return all(&reason),
        };
        let calls = SECTIONS.iter().zip(&requests).map(|((kind, _), request)| async move {
            let outcome = self.section(request).await;
            (self.run.progress)(&request.purpose);
            (*kind, outcome)
        });
        futures::stream::iter(calls)
            .buffer_unordered(self.run.concurrency.max(1))
            .collect::<BTreeMap<_, _>>()
            .await
    }

    /// The section requests: over the whole evidence, or over the facts condensed from its parts.
    async fn requests(&self) -> Result<Vec<Request>, String> {
        let plan =
            plan::plan(self.reading, self.run.prompts, self.run.limits, &mut self.redactor.borrow_mut())
                .map_err(|error| error.to_string())?;
        let parts = match plan {
            Plan::Whole(requests) => return Ok(requests),
            Plan::Parts(parts) => parts,
        };
        let calls = parts.iter().map(|part| async move {
            let outcome = self.section(part).await;
            (self.run.progress)(&part.purpose);
            outcome
        });
        let outcomes: Vec<Outcome> =
            futures::stream::iter(calls).buffered(self.run.concurrency.max(1)).collect().await;
        if let Some(reason) = outcomes.iter().find_map(|outcome| outcome.failure.clone()) {
            return Err(reason);
        }
        let facts: Vec<String> = outcomes
            .iter()
            .flat_map(|outcome| &outcome.sound)
            .map(|sound| {
                serde_json::json!([
                    sound.evidence.iter().map(ToString::to_string).collect::<Vec<_>>(),
                    sound.text
                ])
                .to_string()
            })
            .collect();
        let shown = plan::shown(self.reading, self.run.prompts, &facts).map_err(|error| error.to_string())?;
        plan::sections(self.run.prompts, self.run.limits, &shown, &mut self.redactor.borrow_mut())
            .map_err(|error| error.to_string())
    }

    /// Asks for one section, and once more for what was not sound.
    async fn section(&self, request: &Request) -> Outcome {
        let (reply, answer) = match ask(self.run, &self.account, request).await {
            Ok(answered) => answered,
            Err(reason) => return Outcome::failed(reason),
        };
        let (mut sound, mut unsound) = self.judge(&reply.sentences);
        if !unsound.is_empty()
            && let Some(again) = self.again(request, &answer, &unsound)
            && let Ok((second, _)) = ask(self.run, &self.account, &again).await
        {
            let (mended, still) = self.judge(&second.sentences);
            let known: Vec<String> = sound.iter().map(|sound| sound.text.clone()).collect();
            sound.extend(mended.into_iter().filter(|sound| !known.contains(&sound.text)));
            // What was left out the second time is gone; what is still wrong is shown as unverified.
            unsound = still;
        }
        let failure = sound.is_empty().then(|| {
            if unsound.is_empty() {
                "the model wrote nothing".to_owned()
            } else {
                "no sentence of the model was carried by its evidence".to_owned()
            }
        });
        Outcome { sound, unsound, questions: reply.questions, failure }
    }

    fn judge(&self, proposed: &[super::reply::Proposed]) -> (Vec<Sound>, Vec<Unsound>) {
        let mut sound = Vec::new();
        let mut unsound = Vec::new();
        for sentence in proposed {
            match check(self.reading, self.ledger, sentence) {
                Ok(good) => sound.push(good),
                Err(bad) => unsound.push(bad),
            }
        }
        (sound, unsound)
    }

    /// The same conversation with the discarded sentences named.
    fn again(&self, request: &Request, answer: &str, unsound: &[Unsound]) -> Option<Request> {
        let problems: Vec<String> =
            unsound.iter().map(|bad| format!("{:?} – {}", bad.text, bad.reason)).collect();
        let retry = self.run.prompts.render("retry", context! { problems => problems }).ok()?;
        let mut redactor = self.redactor.borrow_mut();
        let mut again = request.clone();
        again.purpose = format!("{}, once more", request.purpose);
        again.messages.push(Message { role: Speaker::Assistant, content: redactor.redact(answer) });
        again.messages.push(Message { role: Speaker::User, content: redactor.redact(&retry) });
        Some(again)
    }

    fn put_together(
        &self,
        mut outcomes: BTreeMap<SectionKind, Outcome>,
    ) -> (Vec<Section>, Vec<Claim>, Vec<Fallback>) {
        let mut page = Page::new(self.ledger);
        let mut written = Vec::new();
        let mut fallbacks = Vec::new();
        for writer in sections::ALL {
            let kind = writer.kind();
            page.open(kind);
            let body = match outcomes.remove(&kind) {
                Some(outcome) => {
                    outcome.unsound.iter().for_each(|bad| page.claims.push(unverified(kind, bad)));
                    outcome
                        .questions
                        .iter()
                        .for_each(|question| layout::ask(self.reading, &mut page, question));
                    match outcome.failure {
                        None => layout::body(kind, self.reading, &mut page, &outcome.sound, *writer),
                        Some(reason) => {
                            let body = format!(
                                "{}\n\n*This section was put together without the model: {}.*",
                                writer.write(self.reading, &mut page),
                                inert(reason.trim_end_matches('.'))
                            );
                            fallbacks.push(Fallback { section: kind.heading().to_owned(), reason });
                            body
                        }
                    }
                }
                None => writer.write(self.reading, &mut page),
            };
            written.push(Section::new(kind, body));
        }
        (written, page.claims, fallbacks)
    }
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
