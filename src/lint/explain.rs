//! Pages of the manual, made from the rules themselves.

use std::fmt::Write;

use super::rule::{Example, Rule};

impl Rule {
    /// The rule's page as Markdown: why, bad, good, what to ask, how to silence it.
    #[must_use]
    pub fn page_markdown(&self) -> String {
        let mut page = format!("# {} {}\n\n", self.id, self.name);
        let state = if self.on { "" } else { ", off unless configured" };
        let _ = writeln!(page, "Level: {}{state} · family: `{}`\n", self.level.name(), self.family);
        let _ = writeln!(page, "## Why\n\n{}\n\n## What it finds\n", self.rationale);
        examples(&mut page, self.bad);
        page.push_str("\n## What it leaves alone\n\n");
        examples(&mut page, self.good);
        let _ = writeln!(page, "\n## What to ask instead\n\n{}\n", self.question);
        let _ = write!(
            page,
            "## How to silence it\n\nIn the text: `<!-- unblame allow {0} -- why this is right here -->` before or in the paragraph.\nIn `unblame.toml`:\n\n```toml\n[lint.rules]\n{0} = \"off\" # or \"info\", \"warning\", \"error\"\n```\n",
            self.id
        );
        page
    }
}

fn examples(page: &mut String, examples: &[Example]) {
    for example in examples {
        if example.text.contains('\n') {
            let _ = writeln!(page, "```markdown\n{}\n```", example.text.trim_end());
        } else {
            let _ = writeln!(page, "- {}", example.text);
        }
    }
}

/// The table of all rules.
#[must_use]
pub fn catalogue_markdown() -> String {
    let mut page = String::from("# Rules\n\n| Rule | Name | Level | Family | Why |\n|---|---|---|---|---|\n");
    for rule in super::rules::ALL {
        let level = if rule.on { rule.level.name() } else { "off" };
        let _ = writeln!(
            page,
            "| [{0}]({0}.md) | {1} | {level} | {2} | {3} |",
            rule.id,
            rule.name,
            rule.family,
            rule.rationale.replace('|', "\\|")
        );
    }
    page
}
