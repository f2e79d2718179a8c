//! The page's templates, compiled in; everything they are given is escaped unless they say otherwise.

use minijinja::value::Serde;
use minijinja::{Environment, Error};
use serde::Serialize;

macro_rules! pages {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("pages/", $name)))),*]
    };
}

/// The environment with every page.
pub(super) fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    let pages = pages![
        "page.html",
        "masthead.html",
        "head.html",
        "outline.html",
        "part.html",
        "actions.html",
        "questions.html",
        "desk.html",
        "matches.html",
        "changes.html",
        "help.html",
    ];
    for (name, source) in pages {
        // The templates are part of the program and `every_template_parses` tests them.
        let _ = environment.add_template(name, source);
    }
    environment
}

/// Fills a template in.
pub(super) fn render(
    environment: &Environment<'_>,
    name: &str,
    view: impl Serialize,
) -> Result<String, Error> {
    environment.get_template(name)?.render(Serde(view))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_template_parses() {
        assert_eq!(super::environment().templates().count(), 11);
    }
}
