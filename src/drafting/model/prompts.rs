//! Prompts: files with a head, which a folder of the user's may replace one by one.

use std::collections::BTreeMap;

use minijinja::{Environment, UndefinedBehavior, Value};
use serde::Deserialize;

/// The prompts compiled in, by stage.
const BUILT_IN: &[(&str, &str)] = &[
    ("system", include_str!("../../../prompts/system.md")),
    ("evidence", include_str!("../../../prompts/evidence.md")),
    ("sections", include_str!("../../../prompts/sections.md")),
    ("executive_summary", include_str!("../../../prompts/executive_summary.md")),
    ("impact", include_str!("../../../prompts/impact.md")),
    ("contributing_factors", include_str!("../../../prompts/contributing_factors.md")),
    ("root_cause", include_str!("../../../prompts/root_cause.md")),
    ("recovery_assessment", include_str!("../../../prompts/recovery_assessment.md")),
    ("went_well", include_str!("../../../prompts/went_well.md")),
    ("improve", include_str!("../../../prompts/improve.md")),
    ("lessons", include_str!("../../../prompts/lessons.md")),
    ("actions", include_str!("../../../prompts/actions.md")),
    ("retry", include_str!("../../../prompts/retry.md")),
    ("map", include_str!("../../../prompts/map.md")),
    ("baseline", include_str!("../../../prompts/baseline.md")),
];

/// A prompt that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PromptError {
    #[error("no stage is called `{0}`; the stages are {stages}", stages = BUILT_IN.iter().map(|(stage, _)| *stage).collect::<Vec<_>>().join(", "))]
    UnknownStage(String),
    #[error("prompt `{stage}`: {reason}")]
    Invalid { stage: String, reason: String },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    stage: String,
    version: u32,
    /// What the template may use; documents the prompt for those who replace it.
    #[serde(default)]
    inputs: Vec<String>,
}

/// The prompts of one run.
#[derive(Debug)]
pub struct Prompts {
    environment: Environment<'static>,
    id: String,
}

impl Prompts {
    /// The prompts compiled in, with those of the user in place of the same stage.
    ///
    /// # Errors
    /// An unknown stage, a head that does not fit, or a template that cannot be rendered.
    pub fn new(replacements: &BTreeMap<String, String>) -> Result<Self, PromptError> {
        if let Some(stage) =
            replacements.keys().find(|stage| BUILT_IN.iter().all(|(known, _)| known != stage))
        {
            return Err(PromptError::UnknownStage(stage.clone()));
        }
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let mut hasher = blake3::Hasher::new();
        let mut versions = 0;
        for (stage, built_in) in BUILT_IN {
            let source = replacements.get(*stage).map_or(*built_in, String::as_str).replace("\r\n", "\n");
            let invalid = |reason: String| PromptError::Invalid { stage: (*stage).to_owned(), reason };
            let (head, body) = source
                .strip_prefix("---\n")
                .and_then(|rest| rest.split_once("\n---\n"))
                .ok_or_else(|| invalid("it begins with no `---` head".to_owned()))?;
            let head: Head = serde_saphyr::from_str(head).map_err(|error| invalid(error.to_string()))?;
            if head.stage != *stage {
                return Err(invalid(format!("its head says `{}`", head.stage)));
            }
            let inputs: Vec<&str> = head.inputs.iter().map(String::as_str).collect();
            environment
                .add_template_owned((*stage).to_owned(), body.trim().to_owned())
                .map_err(|error| invalid(error.to_string()))?;
            let used = environment
                .get_template(stage)
                .map_err(|error| invalid(error.to_string()))?
                .undeclared_variables(false);
            if let Some(unknown) = used.iter().find(|name| !inputs.contains(&name.as_str())) {
                return Err(invalid(format!(
                    "it uses `{unknown}`, which its head does not list under inputs"
                )));
            }
            hasher.update(source.as_bytes());
            versions = versions.max(head.version);
        }
        let id = format!("v{versions} {}", &hasher.finalize().to_hex()[..12]);
        Ok(Self { environment, id })
    }

    /// Version and content hash, for the front matter.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// A prompt with its inputs filled in.
    ///
    /// # Errors
    /// When a replaced template asks for what the stage does not give.
    pub fn render(&self, stage: &str, inputs: Value) -> Result<String, PromptError> {
        let invalid = |error: minijinja::Error| PromptError::Invalid {
            stage: stage.to_owned(),
            reason: error.to_string(),
        };
        self.environment.get_template(stage).map_err(invalid)?.render(inputs).map_err(invalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_can_be_replaced_and_mistakes_are_named() {
        let with =
            |stage: &str, text: &str| Prompts::new(&BTreeMap::from([(stage.to_owned(), text.to_owned())]));
        let built_in = Prompts::new(&BTreeMap::new()).unwrap();
        assert!(built_in.render("system", Value::UNDEFINED).unwrap().contains("{at:12}"));
        let own = with("lessons", "---\nstage: lessons\nversion: 2\n---\nOurs.").unwrap();
        assert_eq!(own.render("lessons", Value::UNDEFINED).unwrap(), "Ours.");
        assert_ne!(own.id(), built_in.id());
        for (stage, text, expected) in [
            ("lesson", "", "no stage is called `lesson`"),
            ("lessons", "Ours.", "no `---` head"),
            ("lessons", "---\nstage: map\nversion: 1\n---\n", "its head says `map`"),
            ("lessons", "---\nstage: lessons\nversion: 1\n---\n{{ evidence }}", "uses `evidence`"),
        ] {
            let error = with(stage, text).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
