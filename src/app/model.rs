//! Joins the drafter with a model: settings, prompts, cache of answers, log of what leaves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use super::Error;
use crate::config::{ModelSettings, SectionRequests, Settings};
use crate::drafting::{
    self, Arrangement, Completion, CompletionError, Draft, DraftInput, Limits, ModelRun, Price, PromptError,
    Prompts, Request, Usage,
};
use crate::llm::{Endpoint, FileExchange, OpenAiCompatible};
use crate::redact::Redactor;
use crate::store::{self, AnswerFolder};

/// Requests under way at one time, when the settings do not say.
const CONCURRENCY: usize = 4;

/// Whether and which model writes.
#[derive(Clone, Debug, Default)]
pub struct ModelRequest {
    /// Wins over the settings.
    pub name: Option<String>,
    /// Use none, whatever is configured.
    pub offline: bool,
    /// File that takes every request, one JSON object a line, right before it leaves.
    pub egress_log: Option<PathBuf>,
    /// Folder through which requests and answers are exchanged as files, in place of a network.
    pub replies: Option<PathBuf>,
}

impl ModelRequest {
    fn name<'a>(&'a self, settings: &'a ModelSettings) -> Option<&'a str> {
        if self.offline { None } else { self.name.as_deref().or(settings.name.as_deref()) }
    }
}

/// A connected model with everything a draft needs of it.
pub(super) struct Writer {
    completion: Box<dyn Completion>,
    prompts: Prompts,
    settings: ModelSettings,
    answers: AnswerFolder,
    egress_log: Option<PathBuf>,
}

impl Writer {
    /// `None` when no model is named or the request says offline.
    ///
    /// # Errors
    /// An address that is none, or prompts that cannot be used.
    pub(super) fn connect(request: &ModelRequest, settings: &Settings) -> Result<Option<Self>, Error> {
        let Some(name) = request.name(&settings.model) else { return Ok(None) };
        let model = &settings.model;
        let completion: Box<dyn Completion> = match &request.replies {
            Some(folder) => Box::new(FileExchange::new(name, folder)),
            None => {
                let mut endpoint = Endpoint::new(name, model.base_url.as_deref(), model.key.as_deref());
                endpoint.stream = model.stream;
                Box::new(OpenAiCompatible::new(endpoint).map_err(|error| unusable(&error))?)
            }
        };
        Ok(Some(Self {
            completion,
            prompts: prompts(model)?,
            settings: model.clone(),
            answers: AnswerFolder::below(&settings.root),
            egress_log: request.egress_log.clone(),
        }))
    }

    /// Drafts; sections that the model cannot deliver are the offline text.
    pub(super) fn draft(
        &self,
        input: &DraftInput<'_>,
        mut redactor: Redactor,
        progress: &dyn Fn(&str),
    ) -> Result<Draft, Error> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .map_err(Error::Output)?;
        let failed: Mutex<Option<store::Error>> = Mutex::new(None);
        let egress = |request: &Request| {
            if let Some(path) = &self.egress_log
                && let Err(error) = store::append_line(path, &line(request))
                && let Ok(mut failed) = failed.lock()
            {
                failed.get_or_insert(error);
            }
        };
        progress(&format!("drafting with {}", self.completion.model()));
        let begun = std::time::Instant::now();
        let run = ModelRun {
            completion: self.completion.as_ref(),
            cache: Some(&self.answers),
            prompts: &self.prompts,
            limits: limits(&self.settings),
            concurrency: self.settings.concurrency.unwrap_or(CONCURRENCY).max(1),
            price: self.settings.price.map(|[prompt, completion]| Price {
                prompt_per_million: prompt,
                completion_per_million: completion,
            }),
            budget_usd: self.settings.budget_usd,
            progress,
            egress: &egress,
        };
        let draft = runtime.block_on(drafting::draft_with_model(input, &mut redactor, &run));
        progress(&account(&draft.usage, begun.elapsed()));
        match failed.into_inner().ok().flatten() {
            Some(error) => Err(error.into()),
            None => Ok(draft),
        }
    }
}

/// What the run took, in one line for a person.
fn account(usage: &Usage, time: Duration) -> String {
    let cost = usage.cost_usd.map(|cost| format!(", {cost:.4} USD")).unwrap_or_default();
    format!(
        "{} calls, {} answers from the cache, {} tokens sent, {} received{cost}, {:.1} s",
        usage.calls,
        usage.cached,
        usage.prompt_tokens,
        usage.completion_tokens,
        time.as_secs_f64()
    )
}

/// What would be sent first, one JSON object a line.
pub(super) fn requests(
    input: &DraftInput<'_>,
    mut redactor: Redactor,
    request: &ModelRequest,
    settings: &Settings,
) -> Result<String, Error> {
    if request.name(&settings.model).is_none() {
        return Err(Error::usage(
            "no model is named, so nothing would be sent",
            "name one with --model, UNBLAME_MODEL or `name` under [model] in unblame.toml",
        ));
    }
    let prompts = prompts(&settings.model)?;
    let requests = drafting::requests(input, &mut redactor, &prompts, limits(&settings.model))
        .map_err(|error| unfit(&error))?;
    Ok(requests.iter().map(|request| line(request) + "\n").collect())
}

/// A request with its id, by which an answer can be told to belong to it.
fn line(request: &Request) -> String {
    let mut value = serde_json::json!(request);
    value["id"] = request.id().into();
    value.to_string()
}

fn limits(settings: &ModelSettings) -> Limits {
    let default = Limits::default();
    Limits {
        window: settings.window.unwrap_or(default.window),
        answer: settings.answer.unwrap_or(default.answer),
        arrangement: match settings.sections {
            SectionRequests::Together => Arrangement::Together,
            SectionRequests::Apart => Arrangement::Apart,
        },
    }
}

/// The prompts compiled in, with those of the settings' folder in place of the same stage.
fn prompts(settings: &ModelSettings) -> Result<Prompts, Error> {
    let mut replacements = BTreeMap::new();
    if let Some(folder) = &settings.prompts {
        for path in store::files_in(folder)? {
            if path.extension().is_some_and(|extension| extension == "md") {
                replacements.insert(stem(&path), store::read_text(&path)?);
            }
        }
    }
    Prompts::new(&replacements).map_err(|error| unfit(&error))
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn unfit(error: &PromptError) -> Error {
    Error::input(error.to_string(), "compare the prompt with the one that the program carries, in prompts/")
}

fn unusable(error: &CompletionError) -> Error {
    Error::Environment {
        what: error.to_string(),
        help: "check OPENAI_BASE_URL, or pass --offline to draft without a model".to_owned(),
    }
}
