//! One page that needs nothing else: no script, no font, no request.

use pulldown_cmark::{Event, Tag, TagEnd, html::push_html};

use super::markup::{body, escape, events, facts};
use crate::document::Postmortem;

const STYLE: &str = "
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 22%, transparent); }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
table { border-collapse: collapse; width: 100%; font-size: .95em; } th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; }
pre { overflow-x: auto; padding: .8rem; border: 1px solid var(--line); } code { font-size: .92em; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; } dt { font-weight: 600; } dd { margin: 0; }
sup a { text-decoration: none; } .note { font-size: .9em; margin: .2rem 0; } .note p { display: inline; }
@media print { body { margin: 0; max-width: none; } a { color: inherit; } }
";

/// The document as a page; footnote marks keep their event ids.
pub(super) fn page(postmortem: &Postmortem) -> String {
    let facts: String = facts(postmortem)
        .iter()
        .map(|(name, value)| format!("<dt>{name}</dt><dd>{}</dd>\n", escape(value)))
        .collect();
    let markdown = body(postmortem);
    let mut content = String::new();
    push_html(&mut content, events(&markdown).map(cite));
    let content = content.replacen("</h1>\n", &format!("</h1>\n<dl>\n{facts}</dl>\n"), 1);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{content}</body>\n</html>\n",
        escape(&postmortem.title)
    )
}

/// Footnotes under the ids of their events instead of running numbers.
fn cite(event: Event<'_>) -> Event<'_> {
    match event {
        Event::FootnoteReference(label) => {
            let label = escape(&label);
            Event::InlineHtml(format!("<sup><a href=\"#{label}\">{label}</a></sup>").into())
        }
        Event::Start(Tag::FootnoteDefinition(label)) => {
            let label = escape(&label);
            Event::Html(format!("<div class=\"note\" id=\"{label}\"><strong>{label}</strong> ").into())
        }
        Event::End(TagEnd::FootnoteDefinition) => Event::Html("</div>\n".into()),
        // A picture would be a request to somebody's server.
        Event::Start(Tag::Image { dest_url, title, id, link_type }) => {
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        other => other,
    }
}
