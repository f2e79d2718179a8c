//! Which one of several: the region, the pool, the team, the environment that the cited lines name and no other.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::pattern::pattern;
use crate::text::is_stop_word;

/// What stands behind these names one of several.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(region|zone|cluster|pool|shard|rack|site|tenant)s? ([a-z][a-z0-9-]*)\b")
});
/// What stands before these does.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b([a-z][a-z0-9-]*) (team)\b"));
/// Teams that every incident has.
const ANY_TEAM: &str =
    "response incident engineering whole same entire responding responsible other another our their";
const ENVIRONMENTS: [(&str, &[&str]); 2] =
    [("production", &["production", "prod"]), ("staging", &["staging", "stage"])];

/// Every region, pool and the like that a text names.
pub(super) fn qualified(text: &str) -> Vec<(String, String)> {
    let lower = text.to_lowercase();
    let name = |found: regex::Captures<'_>| (found[1].to_owned(), found[2].to_owned());
    BEHIND.captures_iter(&lower).map(name).filter(|(_, name)| !is_stop_word(name)).collect()
}

/// A qualifier of the sentence in whose place the cited lines have another one; `everywhere` are those of the incident.
pub(super) fn other(sentence: &str, lines: &str, everywhere: &BTreeSet<(String, String)>) -> Option<String> {
    let (said, told) = (sentence.to_lowercase(), lines.to_lowercase());
    let words: BTreeSet<&str> = told.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
    let known = |name: &str| {
        words.contains(name) || words.iter().any(|word| word.split('-').any(|part| part == name))
    };
    let told_behind = qualified(&told);
    let swapped = qualified(&said).into_iter().find(|pair @ (of, name)| {
        // What is nowhere called so may be a verb: "the zone reached them".
        let is_name = everywhere.contains(pair) || name.contains(|c: char| c == '-' || c.is_ascii_digit());
        is_name && !known(name) && told_behind.iter().any(|(other, _)| other == of)
    });
    if let Some((of, name)) = swapped {
        return Some(format!("{of} {name}"));
    }
    let any =
        |name: &str| is_stop_word(name) || ANY_TEAM.split(' ').any(|word| word == name) || name == "on-call";
    let teams: Vec<String> =
        BEFORE.captures_iter(&told).map(|found| found[1].to_owned()).filter(|name| !any(name)).collect();
    let team = BEFORE
        .captures_iter(&said)
        .map(|found| found[1].to_owned())
        .find(|name| !any(name) && !known(name) && !teams.is_empty());
    if let Some(team) = team {
        return Some(format!("{team} team"));
    }
    let names = |text: &BTreeSet<&str>, forms: &[&str]| forms.iter().any(|form| text.contains(form));
    let own: BTreeSet<&str> = said.split(|c: char| !c.is_alphanumeric()).collect();
    let mut elsewhere = ENVIRONMENTS.iter().filter(|(_, forms)| names(&own, forms) && !names(&words, forms));
    elsewhere.find_map(|(name, _)| {
        // A sentence that sets both against each other may infer one of them.
        let instead = ENVIRONMENTS
            .iter()
            .any(|(other, forms)| other != name && names(&words, forms) && !names(&own, forms));
        instead.then(|| (*name).to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_several_is_the_one_that_the_lines_name() {
        let everywhere = qualified("none in region south").into_iter().collect();
        let lines = "invoice-mailer runs in region north, paging the messaging team, tested on staging";
        for (sentence, wrong) in [
            ("It ran in region south.", Some("region south")),
            ("It ran in region north.", None),
            ("The database team was paged.", Some("database team")),
            ("The responding team was paged.", None),
            ("It was tested on production.", Some("production")),
            ("It failed in production, although staging had shown nothing.", None),
            ("The region was affected.", None),
        ] {
            assert_eq!(other(sentence, lines, &everywhere).as_deref(), wrong, "{sentence}");
        }
    }
}
