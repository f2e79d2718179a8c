//! Which sentences of a long message a timeline shows: what broke, was found, was done, came back.

use std::sync::LazyLock;

use regex::Regex;

use crate::drafting::reading::{Line, Reading};

/// Cues of what a reader wants to know, with their weight.
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static CUES: LazyLock<Vec<(f64, Regex)>> = LazyLock::new(|| {
    [
        (2.0, r"(?i)\b(root cause|caused|because|turns out|found|the (issue|problem) is|due to|culprit|tracked|which is why|explains)\b"),
        (1.5, r"(?i)\b(fail\w*|errors?|down|broken|unavailable|unhealthy|not ?ready|crash\w*|panic\w*|throttl\w*|timeouts?|stuck|5\d\d|oom\w*|exhaust\w*|overload\w*|slow\w*|inaccessible|killed|evicted)\b"),
        (1.5, r"(?i)\b(fixed|recover\w*|resolved|restored|back (up|to normal)|healthy|done|looks good|all clear|works again|went away)\b"),
        (1.5, r"(?i)\b(revert\w*|roll\w* ?back|restart\w*|deploy\w*|scal\w+ (up|down|out)|migrat\w*|drain\w*|delet\w*|bring\w* up|brought up|disabl\w*|enabl\w*|bump\w*|increas\w*|merg\w*|pag\w+|escalat\w*|failover|failing over|patch\w*)\b"),
        (0.5, r"\d"),
        (-1.5, r"(?i)^\W*(thanks|thank you|hi|hello|hey|sorry|lol|haha|oh|hm+|ok(ay)?|nice|sweet|cool|yes|yeah|no)\b[^.]{0,20}$"),
        (-1.5, r"(?i)\b(unfortunately|probably|perhaps|maybe|seems? (that|like)|might be|ought|should have)\b"),
        (-0.5, r"\?$"),
    ]
    .into_iter()
    .map(|(weight, pattern)| (weight, Regex::new(pattern).expect("pattern")))
    .collect()
});

/// What counts against pasted output beside the words of the person who pasted it.
const PASTED: f64 = 3.0;
/// Characters between two sentences.
const JOINT: usize = 3;

fn weight(sentence: &str) -> f64 {
    CUES.iter().filter(|(_, cue)| cue.is_match(sentence)).map(|(weight, _)| weight).sum()
}

/// A quotation of at most `limit` characters: the whole message when it is short, else its most telling sentences, in
/// their order. `None` when the linter or the guard objects to every one of them.
#[must_use]
pub fn quotation(reading: &Reading<'_>, line: &Line<'_>, limit: usize) -> Option<String> {
    if line.prose.chars().count() <= limit
        && let Some(whole) = reading.quotation(&line.prose, limit)
    {
        return Some(whole);
    }
    let mut sentences: Vec<(f64, &str)> = line
        .parts
        .iter()
        .enumerate()
        .filter(|(_, sentence)| reading.quotation(sentence, limit).is_some())
        .map(|(at, sentence)| {
            (weight(sentence) - if at < line.typed { 0.0 } else { PASTED }, sentence.as_str())
        })
        .collect();
    sentences.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut shown: Vec<&str> = Vec::new();
    let mut left = limit;
    for (weight, sentence) in sentences {
        let length = sentence.chars().count() + JOINT;
        if shown.is_empty() || length <= left && weight >= 0.0 {
            shown.push(sentence);
            left = left.saturating_sub(length);
        }
    }
    let chosen = line.sentences(|sentence| shown.contains(&sentence))?;
    reading.quotation(&chosen, limit)
}

#[cfg(test)]
mod tests {
    use super::weight;

    #[test]
    fn what_was_found_or_done_outweighs_small_talk() {
        assert!(weight("we are throttled because the disks are small") > weight("oh that is fun"));
        assert!(weight("reverting the deploy now") > weight("can somebody look?"));
        assert!(weight("Unfortunately we know nothing") < 0.0);
    }
}
