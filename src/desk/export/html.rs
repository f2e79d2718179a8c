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
sup a { text-decoration: none; } sup + sup { margin-left: .3em; } .note { font-size: .9em; margin: .2rem 0; } .note p { display: inline; }
@media print { body { margin: 0; max-width: none; } a { color: inherit; } }
";

/// On paper: no dark colours, room for a binding, tables and sources that do not break in the middle of a line.
const PAPER: &str = "
@page { size: A4; margin: 20mm 18mm 22mm; @bottom-right { content: counter(page) ' / ' counter(pages); font: 9pt system-ui, sans-serif; color: #555; } @bottom-left { content: var(--running); font: 9pt system-ui, sans-serif; color: #555; } }
:root { color-scheme: light; --line: #c9c9c9; }
body { font: 10.5pt/1.5 Charter, 'Bitstream Charter', 'Palatino Linotype', 'Liberation Serif', Georgia, serif; max-width: 46rem; }
h1, h2, h3 { font-family: system-ui, 'Liberation Sans', sans-serif; break-after: avoid; }
h1 { font-size: 20pt; margin: 0 0 6mm; } h2 { font-size: 13pt; margin-top: 8mm; } h3 { font-size: 11pt; }
p, li { orphans: 3; widows: 3; } li, tr, .note, blockquote, dl { break-inside: avoid; }
table { font-size: 9pt; line-height: 1.35; } thead { display: table-header-group; } th { background: #f2f2f2; }
td:first-child { white-space: nowrap; } td:last-child, td code { overflow-wrap: anywhere; }
dl { font-size: 9.5pt; padding: 3mm 4mm; border: 1px solid var(--line); border-radius: 2mm; }
pre { white-space: pre-wrap; font-size: 8.5pt; } .note { font-size: 8.5pt; line-height: 1.4; overflow-wrap: anywhere; }
sup { line-height: 0; } sup a { color: #1d5b79; font-size: 7pt; }
@media print { body { max-width: none; padding: 0; } }
";

/// The document as a page; footnote marks keep their event ids.
pub(super) fn page(postmortem: &Postmortem) -> String {
    styled(postmortem, STYLE)
}

/// The document as a page that is to be printed.
pub(super) fn paper(postmortem: &Postmortem) -> String {
    // A quote or a backslash would end the string of the running title; `<` is none of a style sheet's signs.
    let running: String =
        postmortem.id().chars().filter(|c| c.is_alphanumeric() || " -_.".contains(*c)).collect();
    styled(postmortem, &format!("{STYLE}{PAPER}:root {{ --running: \"{running}\"; }}\n"))
}

fn styled(postmortem: &Postmortem, style: &str) -> String {
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
         <title>{}</title>\n<style>{style}</style>\n</head>\n<body>\n{content}</body>\n</html>\n",
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
