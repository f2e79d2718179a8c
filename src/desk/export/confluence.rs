//! Confluence's storage format: XHTML with macros for code.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd, html::push_html};

use super::markup::{body, escape, events, facts};
use crate::document::Postmortem;

/// The page's body; its title is a field of its own there and left out.
pub(super) fn storage(postmortem: &Postmortem) -> String {
    let rows: String = facts(postmortem)
        .iter()
        .map(|(name, value)| format!("<tr><th>{name}</th><td>{}</td></tr>", escape(value)))
        .collect();
    let head =
        if rows.is_empty() { String::new() } else { format!("<table><tbody>{rows}</tbody></table>\n") };
    let untitled = Postmortem { title: String::new(), ..postmortem.clone() };
    let markdown = body(&untitled);
    let mut in_code = false;
    let translated = events(&markdown).map(|event| translate(event, &mut in_code));
    let mut content = String::new();
    push_html(&mut content, translated);
    head + &content
}

fn translate<'e>(event: Event<'e>, in_code: &mut bool) -> Event<'e> {
    match event {
        Event::Start(Tag::CodeBlock(kind)) => {
            *in_code = true;
            let language = match &kind {
                CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default().to_owned(),
                CodeBlockKind::Indented => String::new(),
            };
            let parameter = if language.is_empty() {
                String::new()
            } else {
                format!("<ac:parameter ac:name=\"language\">{}</ac:parameter>", escape(&language))
            };
            Event::Html(
                format!("<ac:structured-macro ac:name=\"code\">{parameter}<ac:plain-text-body><![CDATA[")
                    .into(),
            )
        }
        Event::End(TagEnd::CodeBlock) => {
            *in_code = false;
            Event::Html("]]></ac:plain-text-body></ac:structured-macro>\n".into())
        }
        Event::Text(text) if *in_code => Event::Html(text.replace("]]>", "]]]]><![CDATA[>").into()),
        Event::FootnoteReference(label) => Event::InlineHtml(format!("<sup>{}</sup>", escape(&label)).into()),
        Event::Start(Tag::FootnoteDefinition(label)) => {
            Event::Html(format!("<p><strong>{}</strong></p>", escape(&label)).into())
        }
        Event::End(TagEnd::FootnoteDefinition) => Event::Html("\n".into()),
        Event::TaskListMarker(done) => Event::Text(if done { "☑ " } else { "☐ " }.into()),
        Event::Start(Tag::Image { dest_url, title, id, link_type }) => {
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        other => other,
    }
}
