//! Sections of a postmortem, recognised by their headings whatever the template calls them.

use crate::text::fold;

/// The sections that the tool knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    ExecutiveSummary,
    Impact,
    Timeline,
    ContributingFactors,
    RootCause,
    RecoveryAssessment,
    WentWell,
    Improve,
    Lessons,
    Actions,
    Similar,
    OpenQuestions,
    Unverified,
    Evidence,
    /// Who took part, and other lists beside the account such as a glossary; read, never written.
    Participants,
}

impl SectionKind {
    /// What the tool writes, in the order of a finished document.
    pub const ALL: [Self; 14] = [
        Self::ExecutiveSummary,
        Self::Impact,
        Self::Timeline,
        Self::ContributingFactors,
        Self::RootCause,
        Self::RecoveryAssessment,
        Self::WentWell,
        Self::Improve,
        Self::Lessons,
        Self::Actions,
        Self::Similar,
        Self::OpenQuestions,
        Self::Unverified,
        Self::Evidence,
    ];

    /// The heading that the tool writes.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::ExecutiveSummary => "Executive summary",
            Self::Impact => "Impact",
            Self::Timeline => "Timeline",
            Self::ContributingFactors => "Contributing factors",
            Self::RootCause => "Root cause analysis",
            Self::RecoveryAssessment => "Recovery assessment",
            Self::WentWell => "What went well",
            Self::Improve => "What could be improved",
            Self::Lessons => "Lessons learned",
            Self::Actions => "Action items",
            Self::Similar => "Similar incidents",
            Self::OpenQuestions => "Open questions",
            Self::Unverified => "Unverified",
            Self::Evidence => "Evidence",
            Self::Participants => "Participants",
        }
    }

    /// Other names for it, folded; the first entry that equals or begins a heading decides.
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::ExecutiveSummary => &[
                "executive summary",
                "summary",
                "overview",
                "abstract",
                "tl dr",
                "tldr",
                "what happened",
                "incident summary",
                "synopsis",
                "issue summary",
                "description",
                "problem statement",
            ],
            Self::Impact => &[
                "impact",
                "customer impact",
                "user impact",
                "business impact",
                "affected",
                "scope",
                "blast radius",
                "who was affected",
            ],
            Self::Timeline => &[
                "timeline",
                "chronology",
                "sequence of events",
                "incident timeline",
                "log of events",
                "time line",
            ],
            Self::ContributingFactors => &[
                "contributing factor",
                "contributing cause",
                "contributing condition",
                "factors",
                "causes",
                "conditions",
                "contributors",
            ],
            Self::RootCause => &[
                "root cause",
                "five whys",
                "5 whys",
                "why did it happen",
                "analysis",
                "cause",
                "trigger",
                "what caused",
                "rca",
                "technical analysis",
                "why it happened",
                "underlying cause",
            ],
            Self::RecoveryAssessment => &[
                "recovery assessment",
                "recovery",
                "response assessment",
                "detection and recovery",
                "detection",
                "resolution and recovery",
                "resolution",
                "response",
                "mitigation",
            ],
            Self::WentWell => &[
                "what went well",
                "went well",
                "what worked",
                "things that went well",
                "positives",
                "where we got lucky",
            ],
            Self::Improve => &[
                "what could be improved",
                "what went wrong",
                "what went poorly",
                "what did not go well",
                "what didnt go well",
                "improvements",
                "went poorly",
                "where we were unlucky",
                "what could have gone better",
            ],
            Self::Lessons => {
                &["lessons", "lesson", "learnings", "takeaways", "what we learned", "retrospective"]
            }
            Self::Actions => &[
                "action item",
                "action",
                "actions",
                "follow up",
                "follow ups",
                "followups",
                "followup",
                "remediation",
                "remediations",
                "next steps",
                "corrective",
                "preventive",
                "preventative",
                "prevention",
                "todo",
                "to do",
                "tasks",
                "tickets",
                "what we are doing",
                "what are we doing",
            ],
            Self::Similar => &["similar incident", "related incident", "previous incident", "past incident"],
            Self::OpenQuestions => &["open question", "questions", "unknowns", "unanswered"],
            Self::Unverified => &["unverified"],
            Self::Evidence => {
                &["evidence", "references", "sources", "footnotes", "supporting information", "appendix"]
            }
            Self::Participants => &[],
        }
    }

    /// Recognises a heading; numbering, emphasis, punctuation and case do not matter.
    #[must_use]
    pub fn of_heading(heading: &str) -> Option<Self> {
        let name = normal_heading(heading);
        Self::named(&name).or_else(|| {
            Self::ALL
                .into_iter()
                .flat_map(|kind| kind.synonyms().iter().map(move |synonym| (kind, *synonym)))
                .filter(|(_, synonym)| starts_with_words(&name, synonym))
                .max_by_key(|(_, synonym)| synonym.len())
                .map(|(kind, _)| kind)
        })
    }

    /// The kind of a text that is known to be a heading, in whatever words: house templates put the tell-tale word
    /// anywhere ("Why the cause stayed hidden", "Customer-facing impact").
    #[must_use]
    pub fn told_by(heading: &str) -> Option<Self> {
        let name = normal_heading(heading);
        let lower = heading.to_lowercase();
        Self::named(&name)
            .or_else(|| CUES.iter().find(|(cue, _)| lower.contains(cue)).map(|&(_, kind)| kind))
            .or_else(|| Self::of_heading(heading))
    }

    /// The section that goes by exactly this normal heading. "Why" alone asks for the cause; what follows it in a longer
    /// heading may ask for anything.
    fn named(name: &str) -> Option<Self> {
        if name == "why" {
            return Some(Self::RootCause);
        }
        Self::ALL.into_iter().find(|kind| kind.synonyms().contains(&name))
    }
}

/// Parts of words that tell a section wherever they stand in its heading; the first that occurs decides.
const CUES: &[(&str, SectionKind)] = &[
    ("went well", SectionKind::WentWell),
    ("what worked", SectionKind::WentWell),
    ("lucky", SectionKind::WentWell),
    ("luck", SectionKind::WentWell),
    ("similar incident", SectionKind::Similar),
    ("related incident", SectionKind::Similar),
    ("open question", SectionKind::OpenQuestions),
    ("unverified", SectionKind::Unverified),
    ("evidence", SectionKind::Evidence),
    ("action", SectionKind::Actions),
    ("follow-up", SectionKind::Actions),
    ("follow up", SectionKind::Actions),
    ("followup", SectionKind::Actions),
    ("next step", SectionKind::Actions),
    ("remediation", SectionKind::Actions),
    ("corrective", SectionKind::Actions),
    ("preventi", SectionKind::Actions),
    ("to do", SectionKind::Actions),
    ("todo", SectionKind::Actions),
    ("measures", SectionKind::Actions),
    ("could be improved", SectionKind::Improve),
    ("could have gone", SectionKind::Improve),
    ("went wrong", SectionKind::Improve),
    ("went badly", SectionKind::Improve),
    ("not go well", SectionKind::Improve),
    ("went poorly", SectionKind::Improve),
    ("didn't go", SectionKind::Improve),
    ("to improve", SectionKind::Improve),
    ("improvement", SectionKind::Improve),
    ("improve", SectionKind::Improve),
    ("lesson", SectionKind::Lessons),
    ("learn", SectionKind::Lessons),
    ("takeaway", SectionKind::Lessons),
    ("retrospective", SectionKind::Lessons),
    ("timeline", SectionKind::Timeline),
    ("chronolog", SectionKind::Timeline),
    ("sequence of events", SectionKind::Timeline),
    ("contributing", SectionKind::ContributingFactors),
    ("factors", SectionKind::ContributingFactors),
    ("cause", SectionKind::RootCause),
    ("whys", SectionKind::RootCause),
    ("why it happened", SectionKind::RootCause),
    ("why did", SectionKind::RootCause),
    ("trigger", SectionKind::RootCause),
    ("analysis", SectionKind::RootCause),
    ("fault", SectionKind::RootCause),
    ("impact", SectionKind::Impact),
    ("affected", SectionKind::Impact),
    ("damage", SectionKind::Impact),
    ("recovery", SectionKind::RecoveryAssessment),
    ("resolution", SectionKind::RecoveryAssessment),
    ("detection", SectionKind::RecoveryAssessment),
    ("response", SectionKind::RecoveryAssessment),
    ("mitigation", SectionKind::RecoveryAssessment),
    ("participant", SectionKind::Participants),
    ("attendee", SectionKind::Participants),
    ("metadata", SectionKind::Participants),
    ("people", SectionKind::Participants),
    ("responders", SectionKind::Participants),
    ("glossary", SectionKind::Participants),
    ("summary", SectionKind::ExecutiveSummary),
    ("overview", SectionKind::ExecutiveSummary),
    ("what happened", SectionKind::ExecutiveSummary),
    ("tl;dr", SectionKind::ExecutiveSummary),
    ("description", SectionKind::ExecutiveSummary),
    ("abstract", SectionKind::ExecutiveSummary),
    ("problem", SectionKind::ExecutiveSummary),
    ("background", SectionKind::ExecutiveSummary),
];

/// Lower case, without numbering, mark-up and punctuation, single spaces.
fn normal_heading(heading: &str) -> String {
    let folded = fold(heading).replace(['\'', '’'], "");
    let plain: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let mut words: Vec<&str> = plain.split_whitespace().collect();
    let numbering = |word: &&str| word.chars().all(|c| c.is_ascii_digit());
    while words.len() > 1 && words.first().is_some_and(numbering) && words.get(1) != Some(&"whys") {
        words.remove(0);
    }
    while words.len() > 1 && matches!(words.first(), Some(&"the" | &"our" | &"a" | &"an")) {
        words.remove(0);
    }
    words.join(" ")
}

/// Whether `name` begins with `synonym` at a word border; a plural `s` is allowed.
fn starts_with_words(name: &str, synonym: &str) -> bool {
    name.strip_prefix(synonym)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || rest == "s" || rest.starts_with("s "))
}

/// A heading with the text up to the next heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub heading: String,
    /// 2 for the main sections.
    pub level: u8,
    pub kind: Option<SectionKind>,
    /// Markdown between this heading and the next, without surrounding empty lines.
    pub body: String,
}

impl Section {
    /// A main section under the tool's own heading.
    #[must_use]
    pub fn new(kind: SectionKind, body: impl Into<String>) -> Self {
        Self { heading: kind.heading().to_owned(), level: 2, kind: Some(kind), body: body.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_common_templates_are_recognised() {
        for (heading, kind) in [
            ("3. Root Cause(s)", SectionKind::RootCause),
            ("**Customer impact**", SectionKind::Impact),
            ("Follow-ups", SectionKind::Actions),
            ("5 Whys", SectionKind::RootCause),
            ("Why?", SectionKind::RootCause),
            ("What didn't go well", SectionKind::Improve),
            ("Contributing Factors & Causes", SectionKind::ContributingFactors),
            ("Where we got lucky", SectionKind::WentWell),
            ("TL;DR", SectionKind::ExecutiveSummary),
        ] {
            assert_eq!(SectionKind::of_heading(heading), Some(kind), "{heading}");
        }
        assert_eq!(SectionKind::of_heading("Participants"), None);
        assert_eq!(SectionKind::of_heading("Why we page twice"), None);
    }

    #[test]
    fn a_heading_of_a_house_template_is_told_by_a_word_anywhere_in_it() {
        for (heading, kind) in [
            ("Root Cause(s)", SectionKind::RootCause),
            ("Where we got lucky", SectionKind::WentWell),
            ("Mitigation actions", SectionKind::Actions),
            ("Customer-facing impact", SectionKind::Impact),
            ("What went badly", SectionKind::Improve),
            ("Chronology (UTC)", SectionKind::Timeline),
            ("People involved", SectionKind::Participants),
        ] {
            assert_eq!(SectionKind::told_by(heading), Some(kind), "{heading}");
        }
        assert_eq!(SectionKind::told_by("Thanks"), None);
    }
}
