//! The postmortem as a document: front matter, sections, tables; `parse(render(x)) == x`.
