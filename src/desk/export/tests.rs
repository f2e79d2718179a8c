//! Exports show the document and carry nothing dangerous with them.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use super::*;
use crate::document::parse;
use crate::redact::Options;

const SOURCE: &str = "---\nid: INC-7\ntitle: Checkout down\nstatus: final\nseverity: SEV-1\nservices: [checkout]\nstarted_at: 2025-11-28T09:22:00Z\nresolved_at: 2025-11-28T09:55:00Z\ncommander: Maya Okafor\n---\n# Checkout down <script>alert(1)</script>\n\n> Draft.\n\n## Executive summary\n\nErrors lasted *33 minutes*.[^E1] Maya Okafor <b>led</b>, [run](javascript:alert(1)) and [wiki](https://wiki.example.com/a). ![pixel](https://evil.example/p.png) <!channel>\n\n## Impact\n\n- 12 tickets from Northwind; ask maya@example.com\n\n## Action items\n\n| ID | Action | Owner | Due | Status | Tracking |\n|---|---|---|---|---|---|\n| A-1 | Raise `limit` [^E1] | Maya Okafor | 2025-12-15 | open | OPS-1 |\n\n## Fishbone\n\n```mermaid\ngraph ]]> x\n```\n\n## Evidence\n\n[^E1]: 2025-11-28 · slack · \"down\" (s.json#1)\n";

#[test]
fn html_is_self_contained_and_inert() {
    let page = export(&parse(SOURCE).postmortem, Target::Html);
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("javascript:"), "{page}");
    assert!(page.contains("<sup><a href=\"#E1\">E1</a></sup>") && page.contains("id=\"E1\""));
    insta::assert_snapshot!(page[page.find("<body>").unwrap()..]);
}

#[test]
fn confluence_gets_well_formed_storage() {
    let storage = export(&parse(SOURCE).postmortem, Target::Confluence);
    assert!(storage.contains("<![CDATA[graph ]]]]><![CDATA[> x"), "{storage}");
    insta::assert_snapshot!(storage);
}

#[test]
fn slack_mentions_nobody() {
    let message = export(&parse(SOURCE).postmortem, Target::Slack);
    assert!(!message.contains("<!channel>"));
    insta::assert_snapshot!(message);
}

#[test]
fn comments_are_for_the_file_and_leave_no_export() {
    let source = "# T\n\n## Impact\n\nOne.[^E1] <!-- unblame confirm -- seen --> Two.\n\n<!-- of\nthe file -->\n\nThree <b>four</b>.\n";
    for target in [Target::Html, Target::Confluence, Target::Slack] {
        let text = export(&parse(source).postmortem, target);
        assert!(!text.contains("confirm") && !text.contains("the file"), "{target:?}: {text}");
        assert!(text.contains("Two."), "{target:?}: {text}");
    }
}

#[test]
fn json_holds_every_section() {
    let value: serde_json::Value =
        serde_json::from_str(&export(&parse(SOURCE).postmortem, Target::Json)).unwrap();
    assert_eq!(value["sections"].as_array().unwrap().len(), 5);
    assert_eq!(value["actions"][0]["due"], "2025-12-15");
}

#[test]
fn outsiders_see_neither_names_nor_evidence() {
    let options = Options { customers: vec!["Northwind".to_owned()], ..Options::default() };
    let sanitized = sanitize(&parse(SOURCE).postmortem, &options, &[]);
    assert_eq!(sanitized.left_out, ["Evidence", "Fishbone"]);
    let text = export(&sanitized.postmortem, Target::Markdown);
    for secret in ["Maya", "example.com>", "Northwind", "OPS-1", "[^E1]", "maya@"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    insta::assert_snapshot!(text);
}

/// People with names that are hard to find: accents, words of every day, one name only.
const PEOPLE: [&str; 6] =
    ["Maya Okafor", "Tomás Lindqvist", "Will Chase", "Grace O'Neill", "casey", "Jean-Luc Périer"];

/// Ways in which a text names a person.
fn spelled(name: &str, way: usize) -> String {
    let plain = crate::text::fold(name).replace('\'', "");
    let first = name.split([' ', '-']).next().unwrap();
    let last = name.split(' ').next_back().unwrap();
    match way {
        0 => name.to_owned(),
        1 => format!("@{}", plain.replace(' ', ".")),
        2 => format!("{}@example.com", plain.replace(' ', ".")),
        3 => capital(first),
        4 => format!("{}'s", capital(last)),
        5 => name.to_uppercase(),
        6 => format!("**{name}**"),
        7 => format!("[{name}](https://people.example.com/{})", plain.replace(' ', "_")),
        8 => format!("branch/{}_fix", plain.replace(' ', "-")),
        _ => format!("\"{}\"", capital(first)),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(120))]
    #[test]
    fn no_participant_is_named_to_outsiders(
        people in proptest::collection::vec((0..6usize, 0..10usize, 0..8usize), 1..14),
        target in 0..6usize,
    ) {
        let mut source = SOURCE.to_owned();
        for (person, way, place) in &people {
            let said = spelled(PEOPLE[*person], *way);
            let (at, text) = match place {
                0 => ("## Executive summary\n\n", format!("Then {said} restarted it. ")),
                1 => ("## Impact\n\n", format!("{said} called. ")),
                2 => ("|---|---|---|---|---|---|\n", format!("| A-2 | ask {} again | {} | 2025-12-15 | open | – |\n", said.replace('|', ""), PEOPLE[*person])),
                3 => ("commander: ", format!("{}, ", PEOPLE[*person])),
                4 => ("[^E1]: ", format!("{said}: ")),
                5 => ("# Checkout down", format!(" ({said})")),
                6 => ("status: final\n", format!("roles: {{scribe: \"{}\"}}\n", PEOPLE[*person])),
                _ => ("- 12 tickets", format!(" of {said}")),
            };
            let place = source.find(at).unwrap() + at.len();
            let repeats_a_key = at == "status: final\n" && source.contains("roles:");
            if !repeats_a_key {
                source.insert_str(place, &text);
            }
        }
        let known: Vec<String> = PEOPLE.iter().map(|&name| name.to_owned()).collect();
        let sanitized = sanitize(&parse(&source).postmortem, &Options::default(), &known).postmortem;
        let target = [Target::Html, Target::Paper, Target::Confluence, Target::Slack, Target::Json, Target::Markdown][target];
        let text = export(&sanitized, target);
        // Everyday words are names only where they are written like one.
        let cased: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
        for part in ["maya", "okafor", "tomas", "tomás", "lindqvist", "casey", "périer", "perier", "neill", "luc"] {
            proptest::prop_assert!(!cased.iter().any(|word| word.to_lowercase() == part), "{part} in\n{text}\nfrom\n{source}");
        }
        for part in ["Will", "Chase", "Grace", "WILL", "CHASE", "GRACE"] {
            proptest::prop_assert!(!cased.iter().any(|word| word == part), "{part} in\n{text}\nfrom\n{source}");
        }
    }
}
