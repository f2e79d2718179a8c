//! One request through cache, budget and egress log, with the account kept.

use std::cell::RefCell;

use super::pipeline::ModelRun;
use super::reply::{self, Reply};
use super::tokens;
use crate::drafting::{Finish, Request, Usage};

/// What the calls of one run have used so far.
#[derive(Debug, Default)]
pub(super) struct Account {
    usage: RefCell<Usage>,
}

impl Account {
    pub(super) fn new(run: &ModelRun<'_>) -> Self {
        let cost_usd = run.price.map(|_| 0.0);
        Self { usage: RefCell::new(Usage { cost_usd, ..Usage::default() }) }
    }

    pub(super) fn usage(&self) -> Usage {
        *self.usage.borrow()
    }

    fn add(&self, run: &ModelRun<'_>, prompt: u64, completion: u64) {
        let mut usage = self.usage.borrow_mut();
        usage.calls += 1;
        usage.prompt_tokens += prompt;
        usage.completion_tokens += completion;
        if let Some(price) = run.price {
            let cost = (prompt as f64 * price.prompt_per_million
                + completion as f64 * price.completion_per_million)
                / 1e6;
            usage.cost_usd = usage.cost_usd.map(|so_far| so_far + cost);
        }
    }

    fn spent(&self, run: &ModelRun<'_>) -> bool {
        match (run.budget_usd, self.usage.borrow().cost_usd) {
            (Some(budget), Some(cost)) => cost >= budget,
            _ => false,
        }
    }
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
    if account.spent(run) {
        return Err("the budget is used up".to_owned());
    }
    (run.egress)(request);
    let answer = run.completion.complete(request).await.map_err(|error| error.to_string())?;
    let counted = |given: u64, text: &dyn Fn() -> usize| if given > 0 { given } else { text() as u64 };
    let prompt = counted(answer.prompt_tokens, &|| {
        request.messages.iter().map(|message| tokens::count(message.content.as_str())).sum()
    });
    account.add(run, prompt, counted(answer.completion_tokens, &|| tokens::count(&answer.text)));
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
