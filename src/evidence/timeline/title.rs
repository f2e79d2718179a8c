//! A name for an incident that nobody named: the tool's headline, the alert, the reported trouble, or what was taken back.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{Event, EventKind, Phase, Role, SourceClass, Timeline};
use crate::evidence::pattern;
use crate::text::unmarked;

use super::cues::is_symptom;

/// Characters of a title.
const LONGEST: usize = 80;
/// A clause with fewer words names nothing.
const FEWEST_WORDS: usize = 3;

static IMPACT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:impact (?:began|ended) \(as stated\)|summary|milestone [\w ]+):\s*(.+)"));
/// What people put before what they report.
static LEAD_IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\W*(?:(?:further |quick )?update|hi|hey|hello|ok(?:ay)?|so|hm+|ugh|um+|folks|all|team|everyone|heads up|fyi|(?:it|this) looks like|looks like|seems(?: like)?|i think|i (?:can )?see|(?:i'?m |we'?re |i am |we are )?(?:seeing|getting|noticing)|(?:outage|incident|issue|problem) reported|confirmed|verified|found it|is anyone else seeing|anyone else (?:seeing|getting)|(?:someone|users?|customers?|people) (?:is |are )?report(?:s|ed|ing)?)\b(?:,? (?:as|that|of)\b)?[\s,:;.!–-]*)+",
    )
});
/// Where the report ends and its reasons or doubts begin.
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[.!?](?:\s|$)|\s[–-]\s|[;,:]\s|\s\(|\b(?:which (?:is|means|explains)|because|so (?:that|i|we)|but|since \d|https?://)",
    )
});
static REVERTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:merge pull request #\d+ from [^:\s]+(?::\s*|$)|merged? )|\s*\([\w./-]+\.\w+\)$")
});
/// Words that point at what stood before.
static POINTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:this|that|it|these|those|they|not|no|ugh|same|still|did|do|does|could|should|maybe)\b")
});
/// What alert tools put around the name of the alert.
static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\W*\[[^\]]{1,24}\]\W*|:[a-z_]+:|\*|\W+$"));
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*\(?\bhttps?://[^\s)]+\)?"));
static FRAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:incident|alert|page)? ?#?\w* ?(?:triggered|opened|fired|created|firing)(?: with .*| #?\w+)?$",
    )
});

/// A name in the words of the evidence, at most 80 characters; `None` when nothing says what the trouble was. The
/// words are as collected: redact before showing.
#[must_use]
pub fn title(timeline: &Timeline) -> Option<String> {
    headline(timeline)
        .or_else(|| alert(timeline))
        .or_else(|| reported(timeline))
        .or_else(|| taken_back(timeline))
}

/// What an incident tool or status page calls it.
fn headline(timeline: &Timeline) -> Option<String> {
    timeline
        .events
        .iter()
        .filter(|event| event.kind != EventKind::Message)
        .find_map(|event| clause(IMPACT.captures(event.text.lines().next()?)?.get(1)?.as_str(), false))
}

fn alert(timeline: &Timeline) -> Option<String> {
    let alert = timeline.key_events().find(|event| event.kind == EventKind::AlertFired)?;
    let part = ADDRESS
        .replace_all(&unmarked(&alert.text), "")
        .split([':', '·', '\n'])
        .map(|part| TAG.replace_all(part, "").trim().to_owned())
        .find(|part| part.len() > 8 && !FRAME.is_match(part))?;
    Some(clip(&part))
}

/// The report that detection rests on, else the first finding that names trouble.
fn reported(timeline: &Timeline) -> Option<String> {
    let detected = timeline.phases.get(Phase::Detected);
    let first = detected.into_iter().flat_map(|mark| &mark.evidence);
    let first = first.filter_map(|id| timeline.events.iter().find(|event| event.id == *id));
    let later =
        timeline.key_events().filter(|event| matches!(event.role, Some(Role::Detection | Role::Diagnosis)));
    let by_people =
        |event: &&Event| !event.bot && matches!(event.class, SourceClass::Chat | SourceClass::Memory);
    first
        .chain(later)
        .filter(by_people)
        .find_map(|event| event.text.lines().find_map(|line| clause(&unmarked(line), true)))
}

/// The change that was taken back, as in a bare git log.
fn taken_back(timeline: &Timeline) -> Option<String> {
    let trigger = timeline.triggers.iter().find(|trigger| trigger.reverted_by.is_some())?;
    let event = timeline.events.iter().find(|event| event.id == trigger.event)?;
    let name = REVERTED.replace_all(event.text.lines().next()?, "").trim().to_owned();
    (name.len() > 3).then(|| clip(&format!("Rollback of “{name}”")))
}

/// The part of a line that says what was wrong; `trouble`: only when it names trouble.
fn clause(line: &str, trouble: bool) -> Option<String> {
    let rest = LEAD_IN.replace(line.trim(), "");
    let told = TAIL.find(&rest).map_or(&*rest, |tail| &rest[..tail.start()]).trim();
    let told = if trouble { told } else { rest.trim() };
    let points = POINTS.is_match(told);
    let plain = !points && !told.contains(['@', '`', '<']) && !told.contains("://");
    let names = !trouble || is_symptom(told);
    (plain && names && told.split_whitespace().count() >= FEWEST_WORDS).then(|| clip(&capitalised(told)))
}

/// A capital first letter, except in names such as `status.example`.
fn capitalised(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    if first.contains(['.', '/', '_', '-']) {
        return text.to_owned();
    }
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |initial| initial.to_uppercase().chain(chars).collect())
}

fn clip(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST - 1).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::clause;

    #[test]
    fn a_clause_names_the_trouble_alone() {
        for (line, expected) in [
            (
                "Outage reported, as portal.example is not responding",
                Some("portal.example is not responding"),
            ),
            (
                "further update: it looks like jobs land on the wrong queue which is why nothing moves",
                Some("Jobs land on the wrong queue"),
            ),
            ("hmm, checkout is slow for me, anyone else?", Some("Checkout is slow for me")),
            ("lunch anyone?", None),
            ("rolling back", None),
        ] {
            assert_eq!(clause(line, true).as_deref(), expected, "{line}");
        }
    }
}
