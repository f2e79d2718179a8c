//! Times, spans and quotations put in by code where a model wrote a placeholder.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::domain::EventId;
use crate::drafting::inert::clip;
use crate::drafting::reading::{Line, Reading};
use crate::drafting::wording::{between, clock, day};

/// Longest quotation in a sentence.
const QUOTE: usize = 220;

#[expect(clippy::expect_used, reason = "a constant pattern, covered by the test of this file")]
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\s*(at|day|span|quote|count)\s*:\s*\[?\^?E?(\d+)\]?\s*(?:[:,-]\s*\[?\^?E?(\d+)\]?\s*)?\}")
        .expect("pattern")
});

/// The sentence with its placeholders filled, and the ids that they used.
///
/// # Errors
/// Names the placeholder that cannot be filled.
pub(super) fn fill(reading: &Reading<'_>, text: &str) -> Result<(String, Vec<EventId>), String> {
    let mut used = Vec::new();
    let mut problem = None;
    let filled =
        PLACEHOLDER.replace_all(text, |found: &Captures<'_>| match value(reading, found, &mut used) {
            Ok(value) => value,
            Err(reason) => {
                problem.get_or_insert(reason);
                String::new()
            }
        });
    if let Some(reason) = problem {
        return Err(reason);
    }
    if filled.contains(['{', '}']) {
        return Err("it holds a placeholder of an unknown form".to_owned());
    }
    // "at 09:32 UTC UTC" where the model wrote the zone as well.
    Ok((filled.replace("UTC UTC", "UTC"), used))
}

fn value(reading: &Reading<'_>, found: &Captures<'_>, used: &mut Vec<EventId>) -> Result<String, String> {
    let mut event = |group: usize| -> Result<&Line<'_>, String> {
        let id = found
            .get(group)
            .and_then(|id| id.as_str().parse().ok().map(EventId))
            .ok_or_else(|| format!("`{}` names no line", &found[0]))?;
        let line = reading.line(id).ok_or_else(|| format!("{id} is not in the evidence"))?;
        used.push(id);
        Ok(line)
    };
    let first = event(2)?;
    Ok(match &found[1] {
        "at" => format!("{} UTC", clock(first.event.at)),
        "day" => day(first.event.at).to_string(),
        "span" => between(first.event.at, event(3)?.event.at),
        "count" => first.event.count.to_string(),
        _ if first.judges || first.instructs => {
            return Err(format!("{} is not fit for quoting", first.event.id));
        }
        _ => format!("\"{}\"", clip(&first.prose, QUOTE).replace('"', "'")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::testing::{checkout_incident, read};

    #[test]
    fn code_puts_in_times_and_words() {
        let timeline = checkout_incident();
        read(&timeline, |reading| {
            let (text, used) =
                fill(reading, "It began at {at:2} and lasted {span:E2:15}: {quote: E9 }.").unwrap();
            assert_eq!(
                text,
                "It began at 09:22 UTC and lasted 33 minutes: \"Restarts make no difference. Escalating to second line\"."
            );
            assert_eq!(used, [EventId(2), EventId(2), EventId(15), EventId(9)]);
            assert_eq!(fill(reading, "at {at:E99}").unwrap_err(), "E99 is not in the evidence");
            assert!(fill(reading, "{quote:E7}").is_err(), "blame is not quoted");
            assert!(fill(reading, "{time:E2}").is_err());
        });
    }
}
