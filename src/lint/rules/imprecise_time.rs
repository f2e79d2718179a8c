//! TIM004 Approximate times cannot be compared with the evidence.

use crate::domain::Severity;
use crate::lint::entries::is_time_column;
use crate::lint::language::{Kind, Sentence};
use crate::lint::page::Page;
use crate::lint::rule::{Phrases, Placed, Rule, timeline};
use crate::lint::section::{SectionKind, Sections};
use crate::text::Span;
use crate::text::markdown::BlockKind;

pub(super) static ENTRY: Rule = Rule {
    id: "TIM004",
    name: "imprecise-time",
    family: "time-imprecise",
    level: Severity::Info,
    rationale: "Approximate times cannot be compared with the evidence.",
    question: "What does the access log, the alert or the chat say?",
    bad: &[timeline("some time after lunch the queue grew")],
    good: &[timeline("13:05-13:20 UTC the queue grew (from the access log)")],
    phrases: &[Phrases {
        sections: Sections::TIMELINE,
        patterns: &[
            "some|around|about|shortly|roughly|approximately|circa|sometime time|after|before|around|noon|midday|midnight|lunch|#",
            "around|about|approx|approximately|roughly|ca|circa|~ #",
            "after|before|around|during lunch|breakfast|dinner|the? meeting|stand-up|standup",
            "later|earlier that|in the|on day|morning|afternoon|evening|night|day",
            "a few|couple|some of? minutes|hours|moments later|after|earlier|before",
            "< early|late|mid|this|that morning|afternoon|evening|night",
            "< shortly|soon|later|eventually|afterwards|meanwhile",
            "< in the early|late|small hours|morning|afternoon|evening",
            "< a? bit|little|while|moment later|after|afterwards|before|earlier",
            "< roughly|about|around|approximately|some|nearly|almost an|a|half|one|two|three an? hour|hours|minute|minutes later|after|afterwards|before|earlier",
            "< roughly|about|around|approximately|some|nearly|almost an|a|half|one|two|three hour|hours|minute|minutes later|after|afterwards|before|earlier",
        ],
        guard: Some(is_a_time),
        ..Phrases::BLANK
    }],
    page: Some(check_page),
    ..Rule::BLANK
};

/// Words of a time cell that holds no clock time.
const ROUGHLY: &[&str] = &[
    "about",
    "around",
    "roughly",
    "approximately",
    "approx",
    "circa",
    "ca",
    "shortly",
    "soon",
    "later",
    "after",
    "afterwards",
    "before",
    "early",
    "late",
    "noon",
    "midday",
    "midnight",
    "lunch",
    "morning",
    "afternoon",
    "evening",
    "night",
    "hours",
    "moments",
    "meanwhile",
    "eventually",
    "sometime",
];

/// Cells of time columns hold no prose, so that no phrase is sought in them.
fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for (index, block) in page.blocks_in(SectionKind::Timeline) {
        let BlockKind::TableCell { row, column, .. } = block.kind else { continue };
        if row == 0 || !(column == 0 || is_time_column(page.header_of(index))) {
            continue;
        }
        let lower = block.text.to_lowercase();
        let clock = lower.contains(':') && lower.bytes().any(|byte| byte.is_ascii_digit());
        let rough = lower.split(|c: char| !c.is_alphanumeric()).any(|word| ROUGHLY.contains(&word));
        if !clock && rough && lower.split_whitespace().count() <= 6 {
            let span = block.source_span(Span::new(0, block.text.len()));
            found.push(Placed::new(span, format!("“{}”: imprecise time", block.text.trim())));
        }
    }
}

/// "about 400 requests" is a count, "about 22:10" a time.
fn is_a_time(sentence: &Sentence, start: usize, end: usize) -> bool {
    let number = (start..end).find(|&i| sentence.tokens[i].kind == Kind::Number);
    let opens = start <= sentence.lead || start <= 1;
    number.map_or(opens || start < sentence.lead + 3, |at| sentence.word(at).contains(':'))
}
