//! One request through cache, budget and egress log, with the account kept.

use std::cell::{Cell, RefCell};

use super::pipeline::ModelRun;
use super::reply::{self, Reply};
use super::tokens;
use crate::drafting::{Finish, Request, Usage};

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
    let key = key(run, request);
    if let Some(text) = run.cache.and_then(|cache| cache.get(&key))
        && let Ok(reply) = reply::read(&text)
    {
        account.usage.borrow_mut().cached += 1;
        return Ok(reply);
    }
    let worst = account.reserve(run, request)?;
    (run.egress)(request);
    let answer = run.completion.complete(request).await;
    account.release(worst);
    let answer = answer.map_err(|error| error.to_string())?;
    let prompt = if answer.prompt_tokens > 0 { answer.prompt_tokens } else { prompt_tokens(request) };
    let completion = match answer.completion_tokens {
        0 => tokens::count(&answer.text) as u64,
        given => given,
    };
    account.add(run, prompt, completion);
    if answer.finish == Finish::Filtered {
        return Err("the provider withheld the answer".to_owned());
    }
    let reply =
        reply::read(&answer.text).map_err(|reason| format!("the model's answer is not usable: {reason}"))?;
    if let Some(cache) = run.cache {
        cache.put(&key, &answer.text);
    }
    Ok(reply)
}

/// Model and content of a request: equal questions have equal keys.
fn key(run: &ModelRun<'_>, request: &Request) -> String {
    format!("{} {}", run.completion.model(), request.id())
}
