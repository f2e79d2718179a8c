//! The postmortem as a document: front matter, sections, tables; `parse(render(x)) == x`.

mod actions;
mod factors;
mod front_matter;
mod metadata;
mod moment;
mod parse;
mod postmortem;
mod render;
mod section;

pub use actions::action_items;
pub use factors::{Factor, factors};
pub use front_matter::{FrontMatter, Status};
pub use moment::{Moment, parse_moment};
pub use parse::{Parsed, Problem, parse};
pub use postmortem::Postmortem;
pub use render::{render, yaml_scalar};
pub use section::{Section, SectionKind};

#[cfg(test)]
mod tests;
