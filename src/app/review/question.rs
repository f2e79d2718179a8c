//! The open questions of a document and the answers that people give.

use super::part::parts;
use crate::document::SectionKind;
use crate::text::Span;
use crate::text::markdown::{BlockKind, blocks};

/// One item of the open questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Without mark-up.
    pub text: String,
    /// Who could know.
    pub ask: Option<String>,
    pub answer: Option<String>,
    /// The item with everything nested in it.
    span: Span,
    answer_span: Option<Span>,
}

/// How an answer begins, in the item below its question.
const ANSWER: &str = "Answer:";

impl Question {
    /// Where the items stand in the source; lists around them included.
    pub fn span_of_all(questions: &[Self]) -> impl Iterator<Item = Span> {
        questions.iter().map(|question| question.span)
    }
}

/// The questions in their order.
#[must_use]
pub fn questions(source: &str) -> Vec<Question> {
    let mut found: Vec<Question> = Vec::new();
    let sections = parts(source).into_iter().filter(|part| part.kind == Some(SectionKind::OpenQuestions));
    for section in sections {
        for block in blocks(section.span.of(source)) {
            let BlockKind::ListItem { depth, .. } = block.kind else { continue };
            let span = block.span.shifted(section.span.start);
            let text = block.text.trim();
            if depth == 1 {
                let (text, ask) = split_ask(text);
                found.push(Question { text, ask, answer: None, span, answer_span: None });
            } else if let (Some(answer), Some(question)) = (text.strip_prefix(ANSWER), found.last_mut()) {
                question.answer = Some(answer.trim().to_owned());
                question.answer_span = Some(span);
            }
        }
    }
    found
}

/// The source with an answer under a question; an empty answer takes it away. `None` when there is no such question.
#[must_use]
pub fn answered(source: &str, question: &str, answer: &str) -> Option<String> {
    let found = questions(source).into_iter().find(|known| known.text == question)?;
    let answer = answer.split_whitespace().collect::<Vec<_>>().join(" ");
    let eol = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let item = found.span.of(source);
    let kept = match found.answer_span {
        Some(span) => {
            let (before, after) = (&source[found.span.start..span.start], &source[span.end..found.span.end]);
            format!("{}{eol}{after}", before.trim_end())
        }
        None => item.to_owned(),
    };
    let kept = kept.trim_end();
    let tail = &item[item.trim_end().len()..];
    let new =
        if answer.is_empty() { kept.to_owned() } else { format!("{kept}{eol}  - **{ANSWER}** {answer}") };
    Some(format!("{}{new}{tail}{}", &source[..found.span.start], &source[found.span.end..]))
}

/// `Who owns it? Ask: finance.` in its two halves.
fn split_ask(text: &str) -> (String, Option<String>) {
    match text.rsplit_once("Ask:") {
        Some((question, ask)) => {
            (question.trim().to_owned(), Some(ask.trim().trim_end_matches('.').to_owned()))
        }
        None => (text.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "## Open questions\n\n- How many users? *Ask: support.*\n- Was revenue lost?\n\n## Unverified\n\nNothing.\n";

    #[test]
    fn an_answer_goes_under_its_question_and_can_be_mended() {
        let once = answered(SOURCE, "How many users?", "About\n40").unwrap();
        let first = &questions(&once)[0];
        assert_eq!((first.answer.as_deref(), first.ask.as_deref()), (Some("About 40"), Some("support")));
        let twice = answered(&once, "How many users?", "41").unwrap();
        assert!(
            twice.contains("*Ask: support.*\n  - **Answer:** 41\n- Was revenue lost?\n\n## Unverified"),
            "{twice}"
        );
        assert_eq!(answered(&twice, "How many users?", "").unwrap(), SOURCE);
        let last = answered(SOURCE, "Was revenue lost?", "No.").unwrap();
        assert!(last.contains("- Was revenue lost?\n  - **Answer:** No.\n\n## Unverified"), "{last}");
    }
}
