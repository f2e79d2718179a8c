//! Chains of "Why?" with their last answers.

use crate::text::Span;
use crate::text::markdown::BlockKind;

use super::language::{AgentKind, Sentence};
use super::lexicon::Classes;
use super::page::Page;
use super::section::SectionKind;
use super::subject;

/// The end of one chain.
pub(super) struct Answer {
    pub(super) span: Span,
    /// It has a human subject or names a trait.
    pub(super) human: bool,
    /// Number of answers in the chain.
    pub(super) length: usize,
    /// The chain's numbering starts with 1, so that its length can be judged.
    pub(super) first_is_one: bool,
}

/// Last answers of all chains of a document.
pub(super) fn last_answers(page: &Page<'_>) -> Vec<Answer> {
    let mut found = Vec::new();
    let mut chain: Vec<(usize, Option<u64>)> = Vec::new();
    for (index, block) in page.blocks.iter().enumerate() {
        let tells_causes =
            matches!(page.kinds[index], Some(SectionKind::RootCause | SectionKind::ContributingFactors));
        if !tells_causes || matches!(block.kind, BlockKind::Heading(_)) {
            finish(page, &mut chain, &mut found);
            continue;
        }
        let lower = block.text.to_lowercase();
        let why = lower
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' ' | '*'))
            .starts_with("why");
        if why {
            let ordinal = match block.kind {
                BlockKind::ListItem { ordinal, .. } => ordinal,
                _ => lower.split(['.', ')']).next().and_then(|number| number.trim().parse().ok()),
            };
            chain.push((index, ordinal));
        } else if !chain.is_empty()
            && !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem { .. })
        {
            finish(page, &mut chain, &mut found);
        }
    }
    finish(page, &mut chain, &mut found);
    found
}

fn finish(page: &Page<'_>, chain: &mut Vec<(usize, Option<u64>)>, found: &mut Vec<Answer>) {
    let (Some(&(_, first)), Some(&(last, _))) = (chain.first(), chain.last()) else { return };
    let answer = page
        .sentences
        .iter()
        .rev()
        .find(|sentence| sentence.block == last && !sentence.text.trim_end().ends_with('?'));
    if let Some(answer) = answer {
        found.push(Answer {
            span: page.span_of(
                answer,
                answer.lead.min(answer.tokens.len().saturating_sub(1)),
                answer.tokens.len(),
            ),
            human: is_human(answer),
            length: chain.len(),
            first_is_one: first == Some(1),
        });
    }
    chain.clear();
}

fn is_human(sentence: &Sentence) -> bool {
    let faulted = sentence.clauses().iter().any(|clause| subject::ground(sentence, clause).is_some());
    let trait_of = sentence.agents.first().is_some_and(|agent| {
        agent.start <= sentence.lead + 1
            && !matches!(agent.kind, AgentKind::First)
            && sentence.is_one_of(
                agent.end,
                &["was", "were", "is", "are", "had", "has", "did", "does", "never", "forgot"],
            )
            && !sentence.has_condition()
    });
    let acts = sentence.clauses().iter().any(|clause| {
        let subject = &sentence.agents[clause.agent];
        subject.start <= sentence.lead
            && !matches!(clause.kind, AgentKind::First | AgentKind::Vendor)
            && !clause.passive
            && !sentence.has_condition()
    });
    let judged =
        (0..sentence.tokens.len()).any(|at| sentence.has(at, Classes::FAULT_ADJECTIVE.or(Classes::ATTITUDE)));
    faulted || trait_of || acts || judged
}
