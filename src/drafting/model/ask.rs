//! One request through cache, budget and egress log, with the account kept.

use std::cell::{Cell, RefCell};

use super::pipeline::ModelRun;
use super::reply::{self, Reply};
use super::tokens;
use crate::drafting::{CompletionError, Finish, Request, Usage};

/// What the calls of one run have used so far.
#[derive(Debug, Default)]
pub(super) struct Account {
    usage: RefCell<Usage>,
    /// Most that the requests under way may still cost, US dollars.
    reserved: Cell<f64>,
}

impl Account {
    pub(super) fn new(run: &ModelRun<'_>) -> Self {
        let cost_usd = run.price.map(|_| 0.0);
        Self { usage: RefCell::new(Usage { cost_usd, ..Usage::default() }), reserved: Cell::new(0.0) }
    }

    pub(super) fn usage(&self) -> Usage {
        *self.usage.borrow()
    }

    fn add(&self, run: &ModelRun<'_>, prompt: u64, completion: u64) {
        let mut usage = self.usage.borrow_mut();
        usage.calls += 1;
        usage.prompt_tokens += prompt;
        usage.completion_tokens += completion;
        let cost = cost(run, prompt, completion);
        usage.cost_usd = usage.cost_usd.map(|so_far| so_far + cost);
    }

    /// Books a request without an answer. A refusal costs nothing; what was read and then lost is paid for all the same.
    fn add_failed(&self, run: &ModelRun<'_>, request: &Request, error: &CompletionError) {
        let worked_on = error.lost_answer() || matches!(error, CompletionError::Unreadable(_));
        let prompt = if worked_on { prompt_tokens(request) } else { 0 };
        let mut usage = self.usage.borrow_mut();
        usage.failed += 1;
        usage.prompt_tokens += prompt;
        usage.cost_usd = usage.cost_usd.map(|so_far| so_far + cost(run, prompt, 0));
    }

    /// Sets aside the most that a request can cost; nothing is begun that could bring the whole above the budget.
    fn reserve(&self, run: &ModelRun<'_>, request: &Request) -> Result<f64, String> {
        let worst = cost(run, prompt_tokens(request), u64::from(request.max_tokens));
        let spent = self.usage.borrow().cost_usd.unwrap_or_default() + self.reserved.get();
        match run.budget_usd {
            Some(budget) if run.price.is_some() && spent + worst > budget => Err(format!(
                "the budget of {budget:.2} USD does not cover it: {spent:.2} USD are spent or under way, and this request can cost up to {worst:.2} USD"
            )),
            _ => {
                self.reserved.set(self.reserved.get() + worst);
                Ok(worst)
            }
        }
    }

    fn release(&self, worst: f64) {
        self.reserved.set((self.reserved.get() - worst).max(0.0));
    }
}

/// US dollars, 0 without a price.
fn cost(run: &ModelRun<'_>, prompt: u64, completion: u64) -> f64 {
    run.price.map_or(0.0, |price| {
        (prompt as f64 * price.prompt_per_million + completion as f64 * price.completion_per_million) / 1e6
    })
}

/// Tokens of what is sent, counted here; a schema is sent too.
fn prompt_tokens(request: &Request) -> u64 {
    let messages: usize =
        request.messages.iter().map(|message| tokens::count(message.content.as_str())).sum();
    let schema = request.schema.as_ref().map_or(0, |schema| tokens::count(&schema.schema.to_string()));
    (messages + schema) as u64
}

/// Sends a request or takes its answer from the cache, and reads it.
///
/// # Errors
/// In words for the note under a section that falls back.
pub(super) async fn ask(run: &ModelRun<'_>, account: &Account, request: &Request) -> Result<Reply, String> {
    ask_for(run, account, request, reply::read).await
}

/// The same for an answer of any form.
pub(super) async fn ask_for<T>(
    run: &ModelRun<'_>,
    account: &Account,
    request: &Request,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<T, String> {
    let key = key(run, request);
    if let Some(text) = run.cache.and_then(|cache| cache.get(&key))
        && let Ok(reply) = read(&text)
    {
        account.usage.borrow_mut().cached += 1;
        return Ok(reply);
    }
    let mut repeats = run.completion.repeats();
    let answer = loop {
        let worst = account.reserve(run, request)?;
        (run.egress)(request);
        let answer = run.completion.complete(request).await;
        account.release(worst);
        match answer {
            Ok(answer) => break answer,
            Err(error) => {
                account.add_failed(run, request, &error);
                if repeats == 0 || !error.lost_answer() {
                    return Err(error.to_string());
                }
                // Each attempt is booked and has to fit the budget by itself.
                repeats -= 1;
            }
        }
    };
    let prompt = if answer.prompt_tokens > 0 { answer.prompt_tokens } else { prompt_tokens(request) };
    let completion = match answer.completion_tokens {
        0 => tokens::count(&answer.text) as u64,
        given => given,
    };
    account.add(run, prompt, completion);
    if answer.finish == Finish::Filtered {
        return Err("the provider withheld the answer".to_owned());
    }
    let reply = read(&answer.text).map_err(|reason| format!("the model's answer is not usable: {reason}"))?;
    if let Some(cache) = run.cache {
        cache.put(&key, &answer.text);
    }
    Ok(reply)
}

/// Model and content of a request: equal questions have equal keys.
fn key(run: &ModelRun<'_>, request: &Request) -> String {
    format!("{} {}", run.completion.model(), request.id())
}
