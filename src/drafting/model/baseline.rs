//! What people do without this program: everything in one prompt, a free answer. Measured beside the pipeline, never used.

use std::sync::LazyLock;

use minijinja::context;
use regex::{Captures, Regex};

use super::ask::{Account, ask_for};
use super::evidence;
use super::pipeline::ModelRun;
use crate::document::{self, Postmortem};
use crate::domain::{Claim, ClaimKind, EventId, Verdict};
use crate::drafting::ground::{Ledger, all_sentences, verify};
use crate::drafting::reading::Reading;
use crate::drafting::{DraftInput, Message, Request, Speaker, Usage};
use crate::redact::Redactor;

/// A free answer, read like any postmortem and judged by the same verifier.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    pub postmortem: Postmortem,
    /// The Markdown with the lines that it cites as footnotes.
    pub text: String,
    pub claims: Vec<Claim>,
    pub usage: Usage,
    /// Why there is no answer.
    pub failure: Option<String>,
}

#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static CITED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\s*\[(E?\d+(?:\s*[,;–-]\s*E?\d+)*)\]").expect("pattern"));

/// Asks once for the whole document. Secrets are replaced and names are roles here too, unlike in what people paste.
pub async fn baseline(input: &DraftInput<'_>, redactor: &mut Redactor, run: &ModelRun<'_>) -> Baseline {
    let reading = Reading::new(input, redactor);
    let ledger = Ledger::new(input.timeline, redactor);
    let account = Account::new(run);
    let lines = evidence::as_read(&evidence::lines(&reading));
    let inputs = context! { incident => evidence::incident(&reading), lines => lines };
    let asked = match run.prompts.render("baseline", inputs) {
        Ok(text) => Request {
            purpose: "everything in one prompt".to_owned(),
            messages: vec![Message { role: Speaker::User, content: redactor.redact(&text) }],
            schema: None,
            max_tokens: run.limits.answer,
        },
        Err(error) => return Baseline { failure: Some(error.to_string()), ..Baseline::default() },
    };
    let read = |text: &str| match text.trim() {
        "" => Err("it is empty".to_owned()),
        text => Ok(text.to_owned()),
    };
    match ask_for(run, &account, &asked, read).await {
        Ok(answer) => {
            let text = with_footnotes(&answer);
            let claims = claims(&text, &ledger);
            let postmortem = document::parse(&text).postmortem;
            Baseline { postmortem, text, claims, usage: account.usage(), failure: None }
        }
        Err(reason) => Baseline { usage: account.usage(), failure: Some(reason), ..Baseline::default() },
    }
}

/// `[12, 15]` as the footnotes of the format.
fn with_footnotes(answer: &str) -> String {
    let answer = answer.trim();
    let body =
        answer.strip_prefix("```markdown\n").or_else(|| answer.strip_prefix("```\n")).unwrap_or(answer);
    let marks = |found: &Captures<'_>| -> String {
        let ids = found[1].split(|c: char| !c.is_ascii_digit()).filter(|id| !id.is_empty());
        ids.map(|id| format!("[^E{id}]")).collect()
    };
    // A full stop in front of the marks, as the format has it.
    let text = CITED.replace_all(body.trim_end_matches("```"), marks).into_owned();
    let stopped = MARKED_STOP.replace_all(&text, "$2$1").into_owned();
    if stopped.contains("[^E") { stopped + "\n" } else { text + "\n" }
}

#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static MARKED_STOP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"((?:\[\^E\d+\])+)([.!])").expect("pattern"));

/// Every sentence of the prose; one without a citation has nothing that carries it.
fn claims(text: &str, ledger: &Ledger) -> Vec<Claim> {
    let found = all_sentences(text);
    let claim = |section: &str, text: &str, evidence: &[EventId]| {
        let kind = if section == "Open questions" { ClaimKind::Question } else { ClaimKind::Fact };
        let mut claim = Claim {
            section: section.to_owned(),
            text: text.to_owned(),
            kind,
            evidence: evidence.to_vec(),
            verdict: Verdict::Unverified,
            reason: None,
        };
        let finding = verify(&claim, ledger);
        (claim.verdict, claim.reason) = (finding.verdict, finding.reason);
        claim
    };
    let cited = found.cited.iter().map(|one| claim(&one.section, &one.text, &one.evidence));
    let bare =
        found.uncited.iter().filter(|one| !one.beside_citation && one.text.split_whitespace().count() > 3);
    cited.chain(bare.map(|one| claim(&one.section, &one.text, &[]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_numbers_become_footnotes() {
        let text = with_footnotes("```markdown\n## Impact\nIt fell [3]. It rose [E4, 5].\n```");
        assert_eq!(text, "## Impact\nIt fell.[^E3] It rose.[^E4][^E5]\n\n");
    }
}
