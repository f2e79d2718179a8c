//! The engine: takes a document apart once, asks every rule, keeps one finding for each sentence and family.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use crate::domain::{Finding, Severity};
use crate::text::Span;
use crate::text::markdown::BlockKind;

use super::config::Config;
use super::language::{Pattern, PatternIndex, Sentence};
use super::lexicon::Lexicon;
use super::model::{self, Model, Opinion};
use super::page::Page;
use super::rule::{Hit, Phrases, Placed, Rule};
use super::suppress::{Suppression, suppressions};
use super::{rules, second_opinion};

/// Rules on what only people can add to a generated draft: metadata, owners, dates, actions.
const UNKNOWN_YET: &[&str] = &["STR005", "ACT003", "ACT004", "ACT009", "ACT010"];

/// Checks documents; cheap to make, usable from many threads.
#[derive(Clone, Debug, Default)]
pub struct Linter {
    config: Config,
    /// Instead of the shipped one.
    opinion: Option<Arc<Opinion>>,
}

/// What one document gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// In order of place.
    pub findings: Vec<Finding>,
    /// How many a suppression comment or a baseline silenced.
    pub suppressed: usize,
}

/// A rule's look at one sentence.
type Check = fn(&Sentence) -> Option<Hit>;

/// Words and patterns of all rules, made on first use.
struct Engine {
    lexicon: Lexicon,
    patterns: Vec<Pattern>,
    /// Rule and phrase group of each pattern.
    origins: Vec<Origin>,
    index: PatternIndex,
    /// Rules with a check of their own for sentences, in the order of the register.
    checks: Vec<(usize, Check)>,
}

#[derive(Clone, Copy)]
struct Origin {
    rule: usize,
    group: usize,
    excuse: bool,
}

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

impl Engine {
    fn new() -> Self {
        let mut lexicon = Lexicon::load();
        let mut patterns = Vec::new();
        let mut origins = Vec::new();
        for (rule, entry) in rules::ALL.iter().enumerate() {
            for (group, phrases) in entry.phrases.iter().enumerate() {
                let both = phrases.patterns.iter().map(|pattern| (pattern, false));
                for (pattern, excuse) in both.chain(phrases.unless.iter().map(|pattern| (pattern, true))) {
                    patterns.push(Pattern::parse(pattern, &mut lexicon));
                    origins.push(Origin { rule, group, excuse });
                }
            }
        }
        let index = PatternIndex::new(&patterns, &lexicon);
        let all = rules::ALL.iter().enumerate();
        let checks = all.filter_map(|(rule, entry)| entry.sentence.map(|check| (rule, check))).collect();
        Self { lexicon, patterns, origins, index, checks }
    }

    /// Matches of phrases: rule and hit.
    fn phrase_hits(&self, sentence: &Sentence) -> Vec<(usize, Hit)> {
        let candidates = self.index.candidates(sentence);
        let mut hits: Vec<(usize, usize, Hit)> = Vec::new();
        for &number in &candidates {
            let origin = self.origins[number as usize];
            let phrases: &Phrases = &rules::ALL[origin.rule].phrases[origin.group];
            if origin.excuse || !phrases.sections.has(sentence.section) {
                continue;
            }
            let Some((start, end)) = self.patterns[number as usize].find(sentence) else { continue };
            let rejected = phrases.negatable && (sentence.is_rejected(start) || sentence.is_mention());
            if rejected || phrases.guard.is_some_and(|guard| !guard(sentence, start, end)) {
                continue;
            }
            let rule = rules::ALL[origin.rule];
            let message = rule.message(sentence.slice(start, end));
            hits.push((origin.rule, origin.group, Hit { start, end, level: phrases.level, message }));
        }
        for &number in &candidates {
            let origin = self.origins[number as usize];
            let concerns =
                |(rule, group, _): &(usize, usize, Hit)| (*rule, *group) == (origin.rule, origin.group);
            if origin.excuse
                && hits.iter().any(concerns)
                && self.patterns[number as usize].find(sentence).is_some()
            {
                hits.retain(|hit| !concerns(hit));
            }
        }
        hits.into_iter().map(|(rule, _, hit)| (rule, hit)).collect()
    }
}

/// A finding before levels, suppression and positions.
struct Candidate {
    rule: usize,
    placed: Placed,
    sentence: Option<usize>,
    quoted: bool,
}

impl Linter {
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self { config, opinion: None }
    }

    /// A linter with another second opinion than the shipped one, for training and measuring.
    #[must_use]
    pub fn with_model(config: Config, model: &Model) -> Self {
        Self { config, opinion: Some(Arc::new(Opinion::new(model))) }
    }

    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// What the second opinion sees of the first sentence of a document.
    #[must_use]
    pub fn features(&self, source: &str) -> Vec<String> {
        let engine = &*ENGINE;
        let page = Page::new(source, &self.config, &engine.lexicon);
        let Some(sentence) = page.sentences.first() else { return Vec::new() };
        second_opinion::features(sentence)
    }

    /// Findings of one document; `path` only goes into the findings.
    #[must_use]
    pub fn check(&self, path: &str, source: &str) -> Report {
        let engine = &*ENGINE;
        let page = Page::new(source, &self.config, &engine.lexicon);
        let mut candidates = self.sentence_candidates(engine, &page);
        for (rule, entry) in rules::ALL.iter().enumerate() {
            if let Some(check) = entry.page
                && self.config.severity(entry).is_some()
            {
                let mut placed = Vec::new();
                check(&page, &mut placed);
                candidates.extend(placed.into_iter().map(|placed| Candidate {
                    rule,
                    placed,
                    sentence: None,
                    quoted: false,
                }));
            }
        }
        let leveled = self.level(candidates, page.is_generated_draft());
        let kept = one_for_each_family(leveled);
        self.finish(path, &page, kept)
    }

    fn sentence_candidates(&self, engine: &Engine, page: &Page<'_>) -> Vec<Candidate> {
        let mut found = Vec::new();
        for (number, sentence) in page.sentences.iter().enumerate() {
            let mut hits = engine.phrase_hits(sentence);
            hits.extend(
                engine.checks.iter().filter_map(|(rule, check)| check(sentence).map(|hit| (*rule, hit))),
            );
            self.second_opinion(sentence, &mut hits);
            found.extend(hits.into_iter().map(|(rule, hit)| Candidate {
                rule,
                placed: Placed {
                    span: page.span_of(sentence, hit.start, hit.end),
                    message: hit.message,
                    fix: None,
                    level: hit.level,
                },
                sentence: Some(number),
                quoted: sentence.quoted,
            }));
        }
        found
    }

    /// Lowers what the model finds clean to info; raises what it finds blameful and no rule found.
    fn second_opinion(&self, sentence: &Sentence, hits: &mut Vec<(usize, Hit)>) {
        // Most sentences have no finding to lower and nothing that a finding could rest on: the model is not asked.
        if hits.is_empty() && !second_opinion::is_suspect(sentence) {
            return;
        }
        let Some(opinion) = self.opinion.as_deref().or_else(|| model::shipped()) else { return };
        let Some(verdict) = second_opinion::verdict(opinion, sentence) else { return };
        if verdict.probability < opinion.lower_below {
            hits.iter_mut().for_each(|(_, hit)| hit.level = Some(Severity::Info));
        }
        let silent =
            hits.iter().all(|(rule, hit)| hit.level.unwrap_or(rules::ALL[*rule].level) == Severity::Info);
        if silent
            && verdict.probability >= second_opinion::raise_from(opinion, sentence)
            && let Some((id, hit)) = second_opinion::explain(sentence, &verdict)
        {
            hits.extend(rules::ALL.iter().position(|rule| rule.id == id).map(|rule| (rule, hit)));
        }
    }

    /// Gives every candidate its level and drops what is off. What nobody knows yet is no fault of a fresh draft: there it
    /// is a note, and `unblame check` asks for it before review.
    fn level(&self, candidates: Vec<Candidate>, fresh: bool) -> Vec<(Severity, Candidate)> {
        candidates
            .into_iter()
            .filter_map(|candidate| {
                let rule = rules::ALL[candidate.rule];
                let own = self.config.severity(rule)?;
                let level =
                    if self.config.is_set(rule) { own } else { candidate.placed.level.unwrap_or(own) };
                if candidate.quoted {
                    return self.config.quotes.then_some((Severity::Info, candidate));
                }
                let unknown_yet = fresh && UNKNOWN_YET.contains(&rule.id);
                Some((if unknown_yet { Severity::Info } else { level }, candidate))
            })
            .collect()
    }

    fn finish(&self, path: &str, page: &Page<'_>, kept: Vec<(Severity, Candidate)>) -> Report {
        let code = |at: usize| {
            page.blocks.iter().any(|block| {
                block.span.contains(at)
                    && (block.kind == BlockKind::Code
                        || block
                            .segments
                            .iter()
                            .any(|segment| segment.style.code && segment.source.contains(at)))
            })
        };
        let orders = if page.source.contains("unblame ") {
            suppressions(page.source, &page.lines, code)
        } else {
            Vec::new()
        };
        let mut used = vec![false; orders.len()];
        let mut report = Report::default();
        for (severity, candidate) in kept {
            let rule = rules::ALL[candidate.rule];
            let finding = finding(path, page, rule, severity, &candidate.placed);
            match orders.iter().position(|order| {
                order.names(rule) && (order.lines.0..=order.lines.1).contains(&finding.line)
            }) {
                Some(order) => {
                    used[order] = true;
                    report.suppressed += 1;
                }
                None => report.findings.push(finding),
            }
        }
        self.judge_orders(path, page, &orders, &used, &mut report.findings);
        report.findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
        report
    }

    /// Findings about the suppressions themselves.
    fn judge_orders(
        &self,
        path: &str,
        page: &Page<'_>,
        orders: &[Suppression],
        used: &[bool],
        findings: &mut Vec<Finding>,
    ) {
        for (order, used) in orders.iter().zip(used) {
            for (rule, message) in rules::of_suppression(order, *used) {
                if let Some(severity) = self.config.severity(rule) {
                    findings.push(finding(path, page, rule, severity, &Placed::new(order.span, message)));
                }
            }
        }
    }
}

/// Of several findings on one sentence and family the most serious stays, then the one earlier in the catalogue.
fn one_for_each_family(mut leveled: Vec<(Severity, Candidate)>) -> Vec<(Severity, Candidate)> {
    leveled.sort_by_key(|(severity, candidate)| {
        (candidate.sentence, *severity, candidate.rule, candidate.placed.span)
    });
    let mut seen = BTreeSet::new();
    leveled.retain(|(_, candidate)| {
        let family = rules::ALL[candidate.rule].family;
        match candidate.sentence {
            Some(sentence) => seen.insert((Some(sentence), family, Span::default())),
            None => seen.insert((None, family, candidate.placed.span)),
        }
    });
    leveled
}

fn finding(path: &str, page: &Page<'_>, rule: &Rule, severity: Severity, placed: &Placed) -> Finding {
    let start = page.lines.position(page.source, placed.span.start);
    let end = page.lines.position(page.source, placed.span.end);
    Finding {
        path: path.to_owned(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        span: (placed.span.start, placed.span.end),
        rule: rule.id.to_owned(),
        severity,
        category: rule.family.to_owned(),
        message: placed.message.clone(),
        help: rule.question.to_owned(),
        fix: placed.fix.clone(),
    }
}

impl Rule {
    /// "Anyone could see" reads as …: the rule's name in words with the phrase.
    pub(crate) fn message(&self, phrase: &str) -> String {
        format!("“{phrase}”: {}", self.name.replace('-', " "))
    }
}

/// Base form of a verb by its id.
pub(crate) fn base_form(lemma: u32) -> Option<&'static str> {
    ENGINE.lexicon.word_of(lemma)
}
