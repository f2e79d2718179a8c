//! Embeddings of redacted text from the same kind of endpoint as the prose.

use serde_json::{Value, json};

use super::OpenAiCompatible;
use crate::drafting::CompletionError;
use crate::redact::Redacted;

impl OpenAiCompatible {
    /// One vector for each text, in their order.
    ///
    /// # Errors
    /// A refusal, an unreachable server, or an answer that has not one vector of one length for each text.
    pub async fn embed(&self, texts: &[Redacted]) -> Result<Vec<Vec<f32>>, CompletionError> {
        let input: Vec<&str> = texts.iter().map(Redacted::as_str).collect();
        let body = json!({"model": self.endpoint.model, "input": input});
        let answer: Result<Value, _> = self.client.embeddings().create_byot(body).await;
        let answer = answer.map_err(|error| self.failure(error))?;
        vectors(&answer, texts.len()).ok_or_else(|| {
            CompletionError::Unreadable("the answer has not one embedding for each text".to_owned())
        })
    }
}

/// The vectors by their `index`, or in the order of the answer.
fn vectors(answer: &Value, wanted: usize) -> Option<Vec<Vec<f32>>> {
    let items = answer.get("data")?.as_array()?;
    let mut found = vec![Vec::new(); wanted];
    for (at, item) in items.iter().enumerate() {
        let place = item.get("index").and_then(Value::as_u64).map_or(at, |index| index as usize);
        let numbers = item.get("embedding")?.as_array()?;
        let vector: Option<Vec<f32>> = numbers.iter().map(|one| one.as_f64().map(|one| one as f32)).collect();
        *found.get_mut(place)? = vector?;
    }
    let length = found.first()?.len();
    (length > 0 && found.iter().all(|one| one.len() == length)).then_some(found)
}
