//! What every rendering of foreign Markdown has in common: raw HTML is text, links lead where they say.

use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag};

use crate::document::{Postmortem, render};
use crate::text::markdown::options;

/// Markdown without front matter: title, preamble and sections.
pub(super) fn body(postmortem: &Postmortem) -> String {
    let plain = Postmortem { front: crate::document::FrontMatter::default(), ..postmortem.clone() };
    render(&plain)
}

/// Events of a document without comments, with raw HTML turned into text and links of other kinds than web, mail and
/// anchors cut.
pub(super) fn events(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    let mut in_comment = false;
    let shown = Parser::new_ext(markdown, options()).filter(move |event| match event {
        Event::Html(html) | Event::InlineHtml(html) => {
            let hidden = in_comment || html.trim_start().starts_with("<!--");
            in_comment = hidden && !html.contains("-->");
            !hidden
        }
        _ => true,
    });
    shown.map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { dest_url: safe(link_type, dest_url), link_type, title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { dest_url: safe(link_type, dest_url), link_type, title, id })
        }
        other => other,
    })
}

fn safe(kind: LinkType, address: CowStr<'_>) -> CowStr<'_> {
    let lower = address.trim().to_ascii_lowercase();
    let relative = !lower.contains(':') && !lower.starts_with("//");
    let known = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    if relative || known || kind == LinkType::Email { address } else { CowStr::Borrowed("#") }
}

/// For text and attributes of HTML and XML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// The facts of the front matter that a reader wants, in order.
pub(super) fn facts(postmortem: &Postmortem) -> Vec<(&'static str, String)> {
    let front = &postmortem.front;
    let time = |at: Option<jiff::Timestamp>| at.map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string());
    let list = |items: &[String]| (!items.is_empty()).then(|| items.join(", "));
    [
        ("Id", front.id.clone()),
        ("Status", front.status.map(|status| status.name().to_owned())),
        ("Severity", front.severity.clone()),
        ("Services", list(&front.services)),
        ("Teams", list(&front.teams)),
        ("Started", time(front.started_at)),
        ("Detected", time(front.detected_at)),
        ("Mitigated", time(front.mitigated_at)),
        ("Resolved", time(front.resolved_at)),
        ("Repeat of", list(&front.repeat_of)),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| (name, value)))
    .collect()
}
