//! Checks each sentence of a postmortem against its footnotes and the evidence that was kept with the draft.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use super::{Error, redraft};
use crate::document::{self, SectionKind};
use crate::domain::{Claim, ClaimKind, Event, EventId, Verdict, Warning};
use crate::drafting::footnote;
use crate::drafting::ground::{
    Cited, Ledger, Sentences, Uncited, all_sentences, facts_hold, verify as ground,
};
use crate::store;

mod footnotes;

use footnotes::{Definitions, disagreements};

/// What checking a sentence found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Supported,
    Unverified,
    /// A person's statement: nothing is cited, or a source of their own.
    Human,
}

/// One sentence and what checking it found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checked {
    /// From 1.
    pub line: usize,
    pub text: String,
    pub evidence: Vec<EventId>,
    pub verdict: Standing,
    pub reason: Option<String>,
}

/// A footnote that does not say what was collected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// From 1.
    pub line: usize,
    pub id: EventId,
    pub reason: String,
}

/// What the sentences were checked against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// The events kept with the draft; the footnotes have to agree with them.
    KeptEvidence,
    /// The footnotes alone.
    Footnotes,
}

/// Every sentence of a document that cites evidence or that a person added, by line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verified {
    pub claims: Vec<Checked>,
    pub footnotes: Vec<Disagreement>,
    pub against: Against,
    #[serde(skip)]
    pub warnings: Vec<Warning>,
}

impl Verified {
    /// Whether a sentence is not carried by what it cites, or a footnote is not what was collected.
    #[must_use]
    pub fn has_findings(&self) -> bool {
        !self.footnotes.is_empty() || self.claims.iter().any(|claim| claim.verdict == Standing::Unverified)
    }
}

/// Checks a file against its own Evidence section and the evidence kept beside it.
///
/// # Errors
/// A file that cannot be read.
pub fn verify(path: &Path) -> Result<Verified, Error> {
    let source = store::read_input(path)?;
    let id = redraft::id_of(path, &source);
    let mut warnings = Vec::new();
    let (kept, base) = remembered(path, &id)?;
    match &kept {
        Some(kept) => warnings.extend(kept.broken.iter().map(|line| {
            let message = "this line is no event and is left out; `git checkout` the file, or draft again";
            Warning::new(kept.path.display().to_string(), Some(*line), message)
        })),
        None => warnings.push(only_footnotes(path, &id)),
    }
    let against = if kept.is_some() { Against::KeptEvidence } else { Against::Footnotes };
    let events = kept.map(|kept| kept.events);
    let (claims, footnotes) = judge(&source, events.as_deref(), base.as_deref());
    Ok(Verified { claims, footnotes, against, warnings })
}

/// What is wrong with the citations of a document, by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    /// Citations that lead nowhere and footnotes that do not say what was collected: no judgement of the wording.
    pub faults: Vec<(usize, String)>,
    /// Sentences with figures, quotations or names that are not in the kept lines they cite, and that no person confirmed.
    pub unfounded: Vec<(usize, String)>,
    /// Sentences whose wording the cited lines do not seem to carry, or that only a footnote could tell of.
    pub doubts: Vec<(usize, String)>,
}

/// Looks at the citations of a document as [`verify`] does.
///
/// # Errors
/// Kept evidence that is there and cannot be read.
pub fn examine(path: &Path, source: &str) -> Result<Examined, Error> {
    let (kept, base) = remembered(path, &redraft::id_of(path, source))?;
    let judge = Judge::new(source, kept.as_ref().map(|kept| kept.events.as_slice()), base.as_deref());
    let changed = judge
        .footnotes
        .iter()
        .map(|one| (one.line, format!("the footnote {} is not what was collected: {}", one.id, one.reason)));
    let mut found = Examined { faults: changed.collect(), ..Examined::default() };
    for cited in all_sentences(source).cited {
        let labels = cited.evidence.iter().map(ToString::to_string).chain(cited.unknown.iter().cloned());
        let missing: Vec<String> = labels.filter(|label| !judge.definitions.has(label)).collect();
        found
            .faults
            .extend(missing.iter().map(|label| (cited.line, format!("`[^{label}]` leads to no footnote"))));
        // What was generated and not touched since was judged when it was drafted.
        if judge.fault(&cited).is_none()
            && !judge.is_untouched(&cited)
            && let (Standing::Unverified, reason) = judge.wording(&cited)
        {
            // A footnote is an excerpt; only the events themselves show that something is nowhere.
            let is_unfounded = kept.is_some() && !facts_hold(&cited.text, &cited.evidence, &judge.ledger);
            let list = if is_unfounded { &mut found.unfounded } else { &mut found.doubts };
            list.push((cited.line, reason.unwrap_or_default()));
        }
    }
    found.faults.sort();
    found.faults.dedup();
    Ok(found)
}

/// What was kept beside a file: its evidence and the text as it was generated.
fn remembered(path: &Path, id: &str) -> Result<(Option<store::Kept>, Option<String>), Error> {
    match path == Path::new("-") {
        true => Ok((None, None)),
        false => Ok((store::kept_evidence(path, id)?, store::kept_base(path, id)?)),
    }
}

fn only_footnotes(path: &Path, id: &str) -> Warning {
    let looked = if path == Path::new("-") {
        "standard input has no folder with kept evidence".to_owned()
    } else {
        format!("there is no {}", store::evidence_file(path, id).display())
    };
    let message = format!("{looked}; the sentences were checked against the footnotes of the file alone");
    Warning::new(path.display().to_string(), None, message)
}

/// Judges the sentences of `source`; `events` were kept with the draft, `base` is the text as it was generated.
fn judge(source: &str, events: Option<&[Event]>, base: Option<&str>) -> (Vec<Checked>, Vec<Disagreement>) {
    let judge = Judge::new(source, events, base);
    let found = all_sentences(source);
    let mut claims: Vec<Checked> = found.cited.into_iter().map(|cited| judge.cited(cited)).collect();
    claims.extend(found.uncited.into_iter().filter_map(|said| judge.uncited(said)));
    claims.sort_by_key(|claim| claim.line);
    (claims, judge.footnotes)
}

/// The sentences of the generated text.
struct Generated {
    cited: BTreeSet<(String, Vec<EventId>)>,
    words_of_cited: BTreeSet<String>,
    uncited: BTreeSet<String>,
}

impl Generated {
    fn of(base: &str) -> Self {
        let Sentences { cited, uncited } = all_sentences(base);
        Self {
            words_of_cited: cited.iter().map(|cited| cited.text.clone()).collect(),
            cited: cited.into_iter().map(|cited| (cited.text, cited.evidence)).collect(),
            uncited: uncited.into_iter().map(|said| said.text).collect(),
        }
    }
}

struct Judge<'a> {
    ledger: Ledger,
    /// Those that do not say what was collected.
    footnotes: Vec<Disagreement>,
    generated: Option<Generated>,
    definitions: Definitions,
    events: BTreeMap<EventId, &'a Event>,
}

impl<'a> Judge<'a> {
    /// `events` were kept with the draft, `base` is the text as it was generated.
    fn new(source: &str, events: Option<&'a [Event]>, base: Option<&str>) -> Self {
        let postmortem = document::parse(source).postmortem;
        let definitions = Definitions::of(source);
        Self {
            footnotes: events.map(|events| disagreements(&definitions, events)).unwrap_or_default(),
            ledger: match events {
                Some(events) => Ledger::from_kept(&postmortem, events),
                None => Ledger::from_document(&postmortem),
            },
            generated: base.map(Generated::of),
            definitions,
            events: events.into_iter().flatten().map(|event| (event.id, event)).collect(),
        }
    }

    fn cited(&self, cited: Cited) -> Checked {
        let (verdict, reason) = self.standing(&cited);
        Checked { line: cited.line, text: cited.text, evidence: cited.evidence, verdict, reason }
    }

    fn standing(&self, cited: &Cited) -> (Standing, Option<String>) {
        match self.fault(cited) {
            Some(fault) => (Standing::Unverified, Some(fault)),
            None => self.wording(cited),
        }
    }

    /// A citation that leads nowhere, or to a footnote that somebody changed.
    fn fault(&self, cited: &Cited) -> Option<String> {
        let undefined = cited.unknown.iter().find(|mark| !self.definitions.has(mark));
        if let Some(mark) = undefined {
            return Some(format!("`[^{mark}]` has no definition in this file"));
        }
        let of_events = cited.evidence.iter().find(|id| !self.definitions.has(&id.to_string()));
        if let Some(id) = of_events {
            return Some(match self.events.get(id) {
                Some(event) => format!("under Evidence this line is missing: {}", footnote(event)),
                None => format!("`[^{id}]` has no definition under Evidence, so nobody can look it up"),
            });
        }
        let wrong = self.footnotes.iter().find(|wrong| cited.evidence.contains(&wrong.id))?;
        Some(format!("the footnote {} is not what was collected: {}", wrong.id, wrong.reason))
    }

    /// Whether the cited lines carry the words.
    fn wording(&self, cited: &Cited) -> (Standing, Option<String>) {
        let own_source =
            || cited.unknown.first().map(|mark| format!("it rests on `[^{mark}]`, which a person added"));
        if cited.evidence.is_empty() {
            return (Standing::Human, own_source());
        }
        let claim = Claim {
            section: cited.section.clone(),
            text: cited.text.clone(),
            kind: kind(&cited.text),
            evidence: cited.evidence.clone(),
            verdict: Verdict::Unverified,
            reason: None,
        };
        let found = ground(&claim, &self.ledger);
        if found.verdict == Verdict::Supported {
            return (Standing::Supported, found.reason);
        }
        // Figures that code computed from many events rest on more than the few that a sentence names.
        if self.is_untouched(cited) {
            return (
                Standing::Supported,
                Some("computed when the draft was made, and not changed since".to_owned()),
            );
        }
        let confirmed = cited.confirmed.as_ref().map(|why| format!("a person confirmed it: {why}"));
        match confirmed.or_else(own_source) {
            Some(reason) => (Standing::Human, Some(reason)),
            None => (Standing::Unverified, found.reason),
        }
    }

    /// Generated with these citations, word for word.
    fn is_untouched(&self, cited: &Cited) -> bool {
        let same = (cited.text.clone(), cited.evidence.clone());
        self.generated.as_ref().is_some_and(|generated| generated.cited.contains(&same))
    }

    /// A person's statement; `None` for what was generated and for what stands where nobody states anything.
    fn uncited(&self, said: Uncited) -> Option<Checked> {
        let words = said.text.split_whitespace().count();
        let mut reason = None;
        match &self.generated {
            Some(generated) if generated.uncited.contains(&said.text) => return None,
            Some(generated) if generated.words_of_cited.contains(&said.text) => {
                reason = Some("its citation was taken away".to_owned());
            }
            Some(_) if words < 2 => return None,
            Some(_) => {}
            None => {
                let kind = SectionKind::of_heading(&said.section);
                let tools_own = matches!(
                    kind,
                    Some(SectionKind::OpenQuestions | SectionKind::Unverified | SectionKind::Similar)
                );
                if tools_own || said.beside_citation || words < 3 {
                    return None;
                }
            }
        }
        Some(Checked {
            line: said.line,
            text: said.text,
            evidence: Vec::new(),
            verdict: Standing::Human,
            reason,
        })
    }
}

/// What a sentence says it is.
fn kind(text: &str) -> ClaimKind {
    let marked = ["Hypothesis:", "Suggestion:"].iter().any(|mark| text.trim_start().starts_with(mark));
    if marked { ClaimKind::Hypothesis } else { ClaimKind::Fact }
}
