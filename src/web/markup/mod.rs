//! Markdown to HTML without trust: raw HTML becomes text, only web links stay links, images are named and not loaded.

mod links;
mod marks;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd, html::push_html};
use pulldown_cmark::{HeadingLevel, MetadataBlockKind};

use crate::app::review::Part;
use crate::domain::Finding;
use crate::text::Span;
use crate::text::markdown::options;

use links::is_safe;
use marks::Marks;

/// The HTML of one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    /// Of its heading, without the heading's tag.
    pub heading: String,
    pub body: String,
}

/// Renders these parts of a document, all or a few neighbours; text inside `skip` is left out, findings are underlined.
///
/// The whole document is read at once, so that footnotes and link definitions of other parts are known.
#[must_use]
pub fn render(source: &str, parts: &[Part], findings: &[Finding], skip: &[Span]) -> Vec<Html> {
    let mut writer = Writer { marks: Marks::new(findings), ..Writer::default() };
    let mut pages: Vec<(Vec<Event<'_>>, Vec<Event<'_>>)> = vec![Default::default(); parts.len()];
    let mut part = 0;
    let mut heading = None;
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
        if skip.iter().any(|span| span.contains(range.start)) {
            continue;
        }
        while parts.get(part + 1).is_some_and(|next| next.span.start <= range.start) {
            part += 1;
            heading = None;
        }
        let shown = parts.get(part).is_some_and(|part| part.span.contains(range.start));
        let Some((title, body)) = pages.get_mut(part).filter(|_| shown) else { continue };
        // The first heading of a part is its own; the page sets it apart from the text.
        match (&event, heading) {
            (Event::Start(Tag::Heading { level, .. }), None) if part > 0 || *level == HeadingLevel::H1 => {
                heading = Some(true);
                continue;
            }
            (Event::End(TagEnd::Heading(_)), Some(true)) => {
                heading = Some(false);
                continue;
            }
            _ => {}
        }
        let out = if heading == Some(true) { title } else { body };
        writer.take(event, range.into(), out);
    }
    pages.into_iter().map(|(title, body)| Html { heading: html(title), body: html(body) }).collect()
}

/// One line of Markdown as HTML, such as a table cell; footnotes it mentions are taken as known.
#[must_use]
pub fn inline(markdown: &str) -> String {
    let line = markdown.split_whitespace().collect::<Vec<_>>().join(" ").replace("\\|", "|");
    let labels: String = line
        .match_indices("[^")
        .filter_map(|(at, _)| line[at..].split_once(']').map(|(mark, _)| format!("\n\n{mark}]: .")))
        .collect();
    let text = format!("{line}{labels}");
    let mut writer = Writer::default();
    let mut events = Vec::new();
    for (event, range) in Parser::new_ext(&text, options()).into_offset_iter() {
        let is_frame = matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
        if range.start < line.len() && !is_frame {
            writer.take(event, Span::default(), &mut events);
        }
    }
    html(events)
}

fn html(events: Vec<Event<'_>>) -> String {
    let mut out = String::new();
    push_html(&mut out, events.into_iter());
    out
}

/// Text as HTML text.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[derive(Default)]
struct Writer {
    marks: Marks,
    /// Closing tags of the open links and images.
    closing: Vec<&'static str>,
    /// Lines of an HTML block so far.
    raw: Option<String>,
    in_front_matter: bool,
    mermaid: bool,
}

impl Writer {
    fn take<'a>(&mut self, event: Event<'a>, span: Span, out: &mut Vec<Event<'a>>) {
        let mut raw = |html: String| out.push(Event::InlineHtml(CowStr::from(html)));
        match event {
            Event::Start(Tag::MetadataBlock(
                MetadataBlockKind::YamlStyle | MetadataBlockKind::PlusesStyle,
            )) => {
                self.in_front_matter = true;
            }
            Event::End(TagEnd::MetadataBlock(_)) => self.in_front_matter = false,
            _ if self.in_front_matter => {}
            Event::Start(Tag::HtmlBlock) => self.raw = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => {
                let text = self.raw.take().unwrap_or_default();
                raw(format!("<pre class=\"raw\">{}</pre>", escaped(text.trim_end())));
            }
            Event::Html(text) => match &mut self.raw {
                Some(block) => block.push_str(&text),
                None => raw(format!("<pre class=\"raw\">{}</pre>", escaped(&text))),
            },
            Event::InlineHtml(text) => raw(format!("<code class=\"raw\">{}</code>", escaped(&text))),
            Event::Text(text) if self.mermaid => raw(escaped(&text)),
            Event::Text(text) => match self.marks.html(&text, span) {
                Some(html) => raw(html),
                None => out.push(Event::Text(text)),
            },
            Event::FootnoteReference(label) => raw(cite(&label)),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let label = escaped(&label);
                raw(format!(
                    "<div class=\"source\" id=\"ev-{label}\"><a class=\"cite\" href=\"#ev-{label}\" data-cite=\"{label}\">{label}</a> <div>"
                ));
            }
            Event::End(TagEnd::FootnoteDefinition) => raw("</div></div>\n".to_owned()),
            Event::Start(Tag::Link { dest_url, .. }) => raw(self.open_link(&dest_url)),
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.closing.push("</span>");
                raw(format!("<span class=\"image\" title=\"{}\">Image not loaded: ", escaped(&dest_url)));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                raw(self.closing.pop().unwrap_or_default().to_owned());
            }
            Event::TaskListMarker(done) => {
                let (label, sign) = if done { ("done", "☑") } else { ("not done", "☐") };
                raw(format!("<span role=\"img\" aria-label=\"{label}\">{sign}</span> "));
            }
            Event::Start(Tag::Table(columns)) => {
                raw("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">".to_owned());
                // Alignment would be an inline style, which the page's policy forbids.
                out.push(Event::Start(Tag::Table(vec![Alignment::None; columns.len()])));
            }
            Event::End(TagEnd::Table) => {
                out.push(event);
                out.push(Event::InlineHtml(CowStr::from("</div>")));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "mermaid" => {
                self.mermaid = true;
                raw("<details class=\"mermaid\"><summary>Diagram source</summary><pre>".to_owned());
            }
            Event::End(TagEnd::CodeBlock) if self.mermaid => {
                self.mermaid = false;
                raw("</pre></details>".to_owned());
            }
            Event::Start(Tag::CodeBlock(_)) => {
                out.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)))
            }
            other => out.push(other),
        }
    }

    fn open_link(&mut self, address: &str) -> String {
        let shown = escaped(address);
        if address.starts_with('#') {
            self.closing.push("</a>");
            format!("<a href=\"{shown}\">")
        } else if is_safe(address) {
            self.closing.push("</a>");
            format!("<a href=\"{shown}\" target=\"_blank\" rel=\"noopener noreferrer\">")
        } else {
            self.closing.push("</span>");
            format!("<span class=\"no-link\" title=\"{shown}\">")
        }
    }
}

fn cite(label: &str) -> String {
    let label = escaped(label);
    format!(
        "<a class=\"cite\" href=\"#ev-{label}\" data-cite=\"{label}\" aria-label=\"Evidence {label}\">{label}</a>"
    )
}

#[cfg(test)]
mod tests;
