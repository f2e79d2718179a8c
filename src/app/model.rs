//! Joins the drafter with a model: settings, prompts, cache of answers, log of what leaves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use super::Error;
use crate::config::{JsonMode, ModelSettings, Provider, SectionRequests, Settings};
use crate::drafting::{
    self, Arrangement, Baseline, Completion, CompletionError, Draft, DraftInput, Limits, ModelRun, Price,
    PromptError, Prompts, Request, Usage,
};
use crate::llm::{Azure, Endpoint, FileExchange, Form, OpenAiCompatible};
use crate::redact::Redactor;
use crate::store::{self, AnswerFolder};

/// Requests under way at one time, when the settings do not say.
const CONCURRENCY: usize = 4;
/// Version of Azure's interface that first held answers to a JSON schema.
const AZURE_VERSION: &str = "2024-10-21";

/// Whether and which model writes.
#[derive(Clone, Debug, Default)]
pub struct ModelRequest {
    /// A model, or a profile of the settings; wins over the one that they name.
    pub name: Option<String>,
    /// Use none, whatever is configured.
    pub offline: bool,
    /// File that takes every request, one JSON object a line, right before it leaves.
    pub egress_log: Option<PathBuf>,
    /// Folder through which requests and answers are exchanged as files, in place of a network.
    pub replies: Option<PathBuf>,
}

impl ModelRequest {
    fn chosen(&self, settings: &Settings) -> Option<ModelSettings> {
        if self.offline { None } else { settings.model_named(self.name.as_deref()) }
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
        let Some(model) = request.chosen(settings) else { return Ok(None) };
        let completion: Box<dyn Completion> = match &request.replies {
            Some(folder) => Box::new(FileExchange::new(model.name.as_deref().unwrap_or_default(), folder)),
            None => Box::new(OpenAiCompatible::new(endpoint(&model)?).map_err(|error| unusable(&error))?),
        };
        Ok(Some(Self {
            completion,
            prompts: prompts(&model)?,
            settings: model,
            answers: AnswerFolder::below(&settings.root),
            egress_log: request.egress_log.clone(),
        }))
    }

    /// What the model writes when everything is pasted into one prompt, for comparison.
    pub(super) fn baseline(&self, input: &DraftInput<'_>, mut redactor: Redactor) -> Result<Baseline, Error> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::Output)?;
        let run = ModelRun {
            completion: self.completion.as_ref(),
            cache: Some(&self.answers),
            prompts: &self.prompts,
            limits: limits(&self.settings),
            concurrency: 1,
            price: None,
            budget_usd: None,
            progress: &|_| {},
            egress: &|_| {},
        };
        Ok(runtime.block_on(drafting::baseline(input, &mut redactor, &run)))
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
    let failed = if usage.failed > 0 { format!(", {} failed", usage.failed) } else { String::new() };
    format!(
        "{} calls{failed}, {} answers from the cache, {} tokens sent, {} received{cost}, {:.1} s",
        usage.calls,
        usage.cached,
        usage.prompt_tokens,
        usage.completion_tokens,
        time.as_secs_f64()
    )
}

/// The model that would write with everything that holds for it, as TOML. Its key is only said to be there; no program is
/// asked for it.
///
/// # Errors
/// No model is named.
pub fn model_profile(request: &ModelRequest, settings: &Settings) -> Result<String, Error> {
    let Some(model) = request.chosen(settings) else { return Err(no_model()) };
    let name = model.name.clone().unwrap_or_default();
    let default = Endpoint::new(name.as_str(), model.address(), None);
    let limits = limits(&model);
    let key = match (&model.key_command, &model.key) {
        (Some(command), _) => {
            format!("printed by {}", command.first().map_or("an empty command", String::as_str))
        }
        (None, Some(_)) => "set".to_owned(),
        (None, None) => "none".to_owned(),
    };
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let sections = match limits.arrangement {
        Arrangement::Together => "together",
        Arrangement::Apart => "apart",
        Arrangement::Condensed => "condensed",
    };
    let json = match model.json_mode() {
        JsonMode::Schema => "schema",
        JsonMode::Object => "object",
        JsonMode::Plain => "plain",
    };
    let mut lines = vec![
        "[model]".to_owned(),
        format!("name = {}", quoted(&name)),
        format!("base_url = {}", quoted(&default.shown())),
        format!("window = {}", limits.window),
        format!("answer = {}", limits.answer),
        format!("sections = {}", quoted(sections)),
        format!("json = {}", quoted(json)),
        format!("stream = {}", model.stream),
        format!("concurrency = {}", model.concurrency.unwrap_or(CONCURRENCY).max(1)),
        format!("timeout_seconds = {}", model.timeout_seconds.map_or(default.silence.as_secs(), u64::from)),
        format!("retries = {}", model.retries.unwrap_or(default.retries)),
    ];
    lines.extend(model.price.map(|[sent, received]| format!("price = [{sent:?}, {received:?}]")));
    lines.extend(model.budget_usd.map(|budget| format!("budget_usd = {budget:?}")));
    lines.extend(
        model.prompts.as_ref().map(|folder| format!("prompts = {}", quoted(&folder.to_string_lossy()))),
    );
    lines.push(format!("# key: {key}"));
    Ok(lines.join("\n") + "\n")
}

fn no_model() -> Error {
    Error::usage(
        "no model is named, so nothing would be sent",
        "name one with --model, UNBLAME_MODEL or `name` under [model] in unblame.toml",
    )
}

/// What would be sent first, one JSON object a line.
pub(super) fn requests(
    input: &DraftInput<'_>,
    mut redactor: Redactor,
    request: &ModelRequest,
    settings: &Settings,
) -> Result<String, Error> {
    let Some(model) = request.chosen(settings) else { return Err(no_model()) };
    let prompts = prompts(&model)?;
    let requests =
        drafting::requests(input, &mut redactor, &prompts, limits(&model)).map_err(|error| unfit(&error))?;
    Ok(requests.iter().map(|request| line(request) + "\n").collect())
}

/// A request with its id, by which an answer can be told to belong to it.
fn line(request: &Request) -> String {
    let mut value = serde_json::json!(request);
    value["id"] = request.id().into();
    value.to_string()
}

/// Where the chosen model is, with its key.
pub(super) fn endpoint(model: &ModelSettings) -> Result<Endpoint, Error> {
    let name = model.name.clone().unwrap_or_default();
    let azure = match model.provider {
        Provider::Azure if model.base_url.is_none() => {
            return Err(Error::usage(
                "a model at Azure needs the address of its resource",
                "set `base_url` beside provider = \"azure\" in unblame.toml",
            ));
        }
        Provider::Azure => Some(Azure {
            deployment: model.deployment.clone().unwrap_or_else(|| name.clone()),
            api_version: model.api_version.clone().unwrap_or_else(|| AZURE_VERSION.to_owned()),
        }),
        _ => None,
    };
    let key = model.fetch_key().map_err(|error| Error::Environment {
        what: error.to_string(),
        help: "try the command by itself, or pass --offline to draft without a model".to_owned(),
    })?;
    let default = Endpoint::new(name, model.address(), key.as_deref());
    Ok(Endpoint {
        silence: model
            .timeout_seconds
            .map_or(default.silence, |seconds| Duration::from_secs(seconds.max(1).into())),
        retries: model.retries.unwrap_or(default.retries),
        stream: model.stream,
        form: match model.json_mode() {
            JsonMode::Schema => Form::Schema,
            JsonMode::Object => Form::Object,
            JsonMode::Plain => Form::Plain,
        },
        azure,
        ..default
    })
}

fn limits(settings: &ModelSettings) -> Limits {
    let default = Limits::default();
    Limits {
        window: settings.window.unwrap_or(default.window),
        answer: settings.answer.unwrap_or(default.answer),
        arrangement: match settings.sections {
            SectionRequests::Together => Arrangement::Together,
            SectionRequests::Apart => Arrangement::Apart,
            SectionRequests::Condensed => Arrangement::Condensed,
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
        help: "check the address and the key, or pass --offline to draft without a model".to_owned(),
    }
}
