//! STR004 The impact has no number, share or duration.

use crate::domain::Severity;
use crate::lint::language::Kind;
use crate::lint::lexicon::Classes;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "STR004",
    name: "impact-without-number",
    family: "impact-unquantified",
    level: Severity::Info,
    rationale: "The impact has no number, share or duration.",
    question: "How many users, requests or orders, for how long?",
    bad: &[document("## Impact\n\nMany users had trouble.\n")],
    good: &[
        document("## Impact\n\n2.2% of users (about 8,100) for 17 min\n"),
        document("## Impact\n\nForty-one hearings were adjourned.\n"),
    ],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for section in page.sections_of(SectionKind::Impact) {
        let body = page.body(section);
        let sentences: Vec<_> = page
            .sentences
            .iter()
            .filter(|sentence| body.contains(page.blocks[sentence.block].span.start))
            .collect();
        let counted = sentences.iter().any(|sentence| {
            sentence.tokens.iter().any(|token| {
                token.kind == Kind::Number
                    || token.classes.any(Classes::NUMBER)
                        && !matches!(
                            token.span.of(&sentence.text),
                            "many" | "Many" | "several" | "Several" | "few" | "Few"
                        )
            }) || sentence.any_word(&[
                "forty",
                "fifty",
                "sixty",
                "twenty",
                "thirty",
                "half",
                "no",
                "none",
                "forty-one",
                "all",
                "two",
                "one",
                "ten",
                "six",
            ])
        });
        if !sentences.is_empty() && !counted {
            found.push(Placed::new(page.heading_span(section), "the impact is told without a number"));
        }
    }
}
