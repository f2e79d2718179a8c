//! A message in Slack's mark-up: what happened, whom it hit, what will be done.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::markup::{events, facts};
use crate::document::{Postmortem, SectionKind, action_items};
use crate::text::markdown::without_marks;

/// Characters that Slack still shows in one message.
const LONGEST: usize = 3_900;

/// The message, cut at a line when it is too long for one.
pub(super) fn message(postmortem: &Postmortem) -> String {
    let wanted = ["Severity", "Services", "Started", "Resolved"];
    let head: Vec<String> = facts(postmortem)
        .into_iter()
        .filter(|(name, _)| wanted.contains(name))
        .map(|(name, value)| format!("{name}: {}", escape(&value)))
        .collect();
    let mut out = format!("*{}*\n{}\n", escape(&postmortem.title), head.join(" · "));
    for kind in [SectionKind::ExecutiveSummary, SectionKind::Impact] {
        if let Some(text) = postmortem.section_text(kind).filter(|text| !text.trim().is_empty()) {
            out.push_str(&format!("\n*{}*\n{}\n", kind.heading(), mrkdwn(&text).trim_end()));
        }
    }
    let actions = action_items(postmortem);
    if !actions.is_empty() {
        out.push_str("\n*Action items*\n");
    }
    for item in actions {
        let due = item.due.map(|due| format!(", due {due}")).unwrap_or_default();
        out.push_str(&format!("• {} ({}{due})\n", escape(&item.action), item.status.name()));
    }
    cut(out)
}

fn cut(message: String) -> String {
    if message.chars().count() <= LONGEST {
        return message;
    }
    let kept: String = message.chars().take(LONGEST).collect();
    let end = kept.rfind('\n').unwrap_or(kept.len());
    format!("{}\n…\n", &kept[..end])
}

/// Slack reads `&`, `<` and `>` as mark-up of its own; so no text can mention a channel or a person.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn mrkdwn(markdown: &str) -> String {
    let mut out = String::new();
    let mut in_link = false;
    let markdown = without_marks(markdown);
    for event in events(&markdown) {
        match event {
            Event::Text(text) => out.push_str(&escape(&text)),
            Event::Code(code) => out.push_str(&format!("`{}`", escape(&code))),
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => out.push('*'),
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => out.push('_'),
            Event::Start(Tag::Item) => out.push_str("• "),
            // `<#…>` and a bare path would be mentions or dead ends there.
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.contains(':') => {
                in_link = true;
                out.push_str(&format!("<{}|", escape(&dest_url)));
            }
            Event::End(TagEnd::Link) if std::mem::take(&mut in_link) => out.push('>'),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::End(TagEnd::TableCell) => out.push_str(" · "),
            Event::End(
                TagEnd::Item
                | TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::CodeBlock,
            ) if !out.ends_with('\n') => {
                out.push('\n');
            }
            _ => {}
        }
    }
    out
}
