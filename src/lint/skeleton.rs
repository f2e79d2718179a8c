//! The parts of a postmortem: which are missing, empty, or still hold the template's words.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Span;
use crate::text::markdown::BlockKind;

use super::ascii;
use super::page::Page;
use super::section::SectionKind;

/// What a postmortem must have unless the configuration says otherwise; a slash separates alternatives.
const REQUIRED: [&str; 5] =
    ["summary", "impact", "timeline", "root cause/contributing factors", "action items"];

static PLACEHOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    ascii::pattern(concat!(
        r"\b(?:TB[DCA]|TO[D]O|FIX[M]E|XXX+)\b|(?i:\blorem ipsum\b|\bto be (?:filled|completed|written|added|done|defined|determined|decided|announced|confirmed)(?: in| out| later)?\b",
        r"|\b(?:describe|insert|add|fill in|enter|write|your|put)\b[^.\n]{0,40}\bhere\b|\bplaceholder\b|\bfill (?:this )?(?:in|out)\b)",
        r"|<(?:your|insert|name|date|time|team|service|describe|title|author|add|fill|incident|owner)[^>\n]{0,40}>|\[(?:(?i:insert|describe|your|fill|add|name|date|time|title|todo|tbd)[^\]\n]{0,40})\]|\bYYYY-MM-DD\b|\bHH:MM\b|\{\{[^}\n]*\}\}"
    ))
});

/// The document is meant as a whole postmortem: it has at least two of the usual parts under headings.
pub(super) fn is_postmortem(page: &Page<'_>) -> bool {
    let mut kinds: Vec<SectionKind> = page
        .sections
        .iter()
        .filter(|section| section.heading.is_some() && section.level < 6)
        .filter_map(|section| section.kind)
        .filter(|kind| {
            matches!(
                kind,
                SectionKind::ExecutiveSummary
                    | SectionKind::Impact
                    | SectionKind::Timeline
                    | SectionKind::RootCause
                    | SectionKind::ContributingFactors
                    | SectionKind::Actions
                    | SectionKind::Lessons
            )
        })
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len() >= 2 && !page.config.fragments
}

/// Required parts that no heading opens.
pub(super) fn missing(page: &Page<'_>) -> Vec<String> {
    let required: Vec<String> = page
        .config
        .required_sections
        .clone()
        .unwrap_or_else(|| REQUIRED.iter().map(|&part| part.to_owned()).collect());
    required
        .into_iter()
        .filter(|part| {
            !part.split('/').any(|alternative| {
                let kind = SectionKind::told_by(alternative);
                page.sections.iter().any(|section| section.heading.is_some() && section.kind == kind)
                    || kind.is_some() && page.kinds.contains(&kind)
                    || kind == Some(SectionKind::Impact)
                        && in_metadata(page, &["impact", "affected", "users affected"])
            })
        })
        .collect()
}

fn in_metadata(page: &Page<'_>, labels: &[&str]) -> bool {
    page.blocks.iter().any(|block| {
        let lower = block.text.to_lowercase();
        labels.iter().any(|label| {
            lower.lines().any(|line| line.trim_start_matches("- ").starts_with(label)) && lower.contains(':')
        })
    })
}

/// Which of date, severity and author the document does not tell.
pub(super) fn missing_metadata(page: &Page<'_>) -> Vec<&'static str> {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        ascii::pattern(
            r"(?i)\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{4}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2},? \d{4}|\b\d{1,2}/\d{1,2}/\d{2,4}\b",
        )
    });
    let lower = page.lower();
    let mut missing = Vec::new();
    if !DATE.as_ref().is_some_and(|date| date.is_match(page.source)) {
        missing.push("date");
    }
    if !["sev", "severity", "priority", "p1", "p2", "p0"].iter().any(|word| lower.contains(word)) {
        missing.push("severity");
    }
    let front = page.front_matter().to_lowercase();
    let authored = ["author", "written by", "owner", "commander", "prepared by", "participants"]
        .iter()
        .any(|word| lower.contains(word));
    if !authored && !front.contains("generated") {
        missing.push("author");
    }
    missing
}

/// Nothing but blanks, comments, dashes or N/A.
pub(super) fn is_empty(body: &str) -> bool {
    let text = without_comments(body);
    let bare: String = text
        .trim()
        .trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '*' | '_' | '–' | '—' | '.' | ':' | '>' | '|' | '…')
        })
        .to_lowercase();
    matches!(bare.as_str(), "" | "n/a" | "n.a" | "na" | "not applicable" | "..." | "?")
}

/// Empty, or "none" with no reason.
pub(super) fn says_none(body: &str) -> bool {
    let bare = without_comments(body)
        .trim()
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '_' | '.' | '–' | '—' | '>'))
        .to_lowercase();
    is_empty(body)
        || matches!(
            bare.as_str(),
            "none"
                | "nothing"
                | "none so far"
                | "no actions"
                | "no action items"
                | "tbd"
                | "todo"
                | "to be done"
                | "to be decided"
                | "to be defined"
        )
}

/// "none" is said by another rule.
pub(super) fn says_none_in_words(body: &str) -> bool {
    says_none(body)
}

fn without_comments(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(open) = rest.find("<!--") {
        text.push_str(&rest[..open]);
        rest = rest[open..].find("-->").map_or("", |close| &rest[open + close + 3..]);
    }
    text.push_str(rest);
    text
}

/// Words of the template that are still there; code and quotations are left alone.
pub(super) fn placeholders(page: &Page<'_>) -> Vec<Span> {
    let Some(pattern) = PLACEHOLDER.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for (index, block) in page.blocks.iter().enumerate() {
        let text_block = matches!(
            block.kind,
            BlockKind::Paragraph
                | BlockKind::ListItem { .. }
                | BlockKind::TableCell { .. }
                | BlockKind::Heading(_)
        );
        if !text_block || block.quoted || page.kinds[index] == Some(SectionKind::Evidence) {
            continue;
        }
        for hit in pattern.find_iter(&block.text) {
            let quoted = block.text[..hit.start()].matches('"').count() % 2 == 1;
            if !block.style_at(hit.start()).code && !quoted {
                found.push(block.source_span(Span::new(hit.start(), hit.end())));
            }
        }
    }
    for block in &page.blocks {
        // inline HTML such as <your name> is no text for the parser
        if block.kind == BlockKind::Html && !block.text.starts_with("<!--") {
            found.extend(
                pattern
                    .find_iter(&block.text)
                    .map(|hit| block.source_span(Span::new(hit.start(), hit.end()))),
            );
        }
    }
    found
}
