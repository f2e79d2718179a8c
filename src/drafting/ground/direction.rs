//! Which way things went: up or down, from one figure to another, before or after.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::ledger::Entry;
use super::pattern::pattern;
use super::support::content;
use crate::text::stem;

static UP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(rose|risen|rises?|rising|grew|grown?|growing|climb\w*|increas\w*|rais(ed?|es|ing)|jump(ed|s)?|surg(ed|es)|(went|gone|goes?|going) (back )?up|up again)\b",
    )
});
static DOWN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(fell|fallen|falls?|falling|dropp(ed|ing)|drops?|decreas\w*|declin\w*|lower(ed|s|ing)|shr[aiu]nk\w*|reduc\w*|halv(ed|es)|(went|gone|goes?|going) (back )?down|down again)\b",
    )
});
/// "From 50 to 0", "from 512Mi to 256Mi".
static MOVE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bfrom (\d[\d.,]*)\s?([a-z%]{0,3}) to (\d[\d.,]*)\s?([a-z%]{0,3})"));
static AROUND: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(before|after) (?:the |a |an |its )?([a-z0-9]{2,}(?: [a-z]{3,})?)"));

/// The moves that cited lines tell in figures, each with the words of what moved.
#[derive(Debug, Default)]
pub(super) struct Moves {
    moves: Vec<(BTreeSet<String>, f64, f64)>,
}

/// Words before and after a word for a direction that may name what moved.
const NEAR: usize = 4;

impl Moves {
    pub(super) fn of(entries: &[&Entry]) -> Self {
        let moves = entries.iter().flat_map(|entry| {
            MOVE.captures_iter(&entry.text).filter_map(|found| {
                let before: Vec<&str> = entry.text[..found.get(0)?.start()].split_whitespace().collect();
                let subject = before[before.len().saturating_sub(NEAR)..].join(" ");
                let (from, to) = pair(&found)?;
                Some((content(&subject), from, to))
            })
        });
        Self { moves: moves.collect() }
    }

    /// Whether figures allow a stem for a direction, whatever other words the lines use.
    pub(super) fn allow(&self, word: &str, sentence: &str) -> bool {
        let up = match word {
            "rais" | "raise" | "increas" | "grew" | "rose" | "higher" | "upper" | "up" => true,
            "lower" | "decreas" | "fell" | "shrink" | "shrank" | "drop" | "down" => false,
            _ => return false,
        };
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let plain = |word: &str| stem(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
        let Some(at) = words.iter().position(|other| plain(other) == word) else { return false };
        let around = content(&words[at.saturating_sub(NEAR)..words.len().min(at + NEAR)].join(" "));
        self.moves.iter().any(|(subject, from, to)| {
            (if up { from < to } else { from > to }) && !subject.is_disjoint(&around)
        })
    }
}

fn pair(found: &regex::Captures<'_>) -> Option<(f64, f64)> {
    let number = |at: usize| found[at].replace(',', "").trim_end_matches('.').parse::<f64>().ok();
    Some((number(1)?, number(3)?))
}

fn pairs(text: &str) -> Vec<(f64, f64)> {
    MOVE.captures_iter(text).filter_map(|found| pair(&found)).collect()
}

/// What a sentence turns round: the order of two figures, the way something went, or before and after.
pub(super) fn turned(sentence: &str, entries: &[&Entry]) -> Option<String> {
    let text = entries.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>().join("\n");
    let told = pairs(&text);
    for (from, to) in pairs(sentence) {
        if told.contains(&(to, from)) && !told.contains(&(from, to)) || later(from, to, entries) {
            return Some(format!("from {from} to {to}"));
        }
    }
    let ways = |text: &str| (UP.is_match(text), DOWN.is_match(text));
    let figures = |up: bool| told.iter().any(|(from, to)| if up { from < to } else { from > to });
    match (ways(sentence), ways(&text)) {
        ((true, false), (false, true)) if !figures(true) => {
            UP.find(sentence).map(|found| found.as_str().to_owned())
        }
        ((false, true), (true, false)) if !figures(false) => {
            DOWN.find(sentence).map(|found| found.as_str().to_owned())
        }
        _ => other_side(sentence, &text),
    }
}

/// Whether the figure that a sentence begins with stands only in lines after those of the figure that it ends with.
fn later(from: f64, to: f64, entries: &[&Entry]) -> bool {
    let times = |figure: f64| -> Vec<_> {
        let holds = |entry: &&&Entry| {
            entry
                .text
                .split(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.'))
                .any(|word| word.trim_end_matches(['.', ',']).replace(',', "").parse::<f64>() == Ok(figure))
        };
        entries.iter().filter(holds).map(|entry| entry.at).collect()
    };
    let (from, to) = (times(from), times(to));
    match (from.iter().min(), to.iter().max()) {
        (Some(first), Some(last)) => first > last,
        _ => false,
    }
}

/// "After the change" where the lines only know of "before the change".
fn other_side(sentence: &str, lines: &str) -> Option<String> {
    let phrases = |text: &str| -> Vec<(bool, String)> {
        let side =
            |found: regex::Captures<'_>| (found[1].eq_ignore_ascii_case("before"), found[2].to_lowercase());
        AROUND.captures_iter(text).map(side).collect()
    };
    let told = phrases(lines);
    phrases(sentence).into_iter().find_map(|(before, what)| {
        let said = |side: bool| told.iter().any(|(other, of)| *other == side && *of == what);
        (what.contains(' ') && said(!before) && !said(before))
            .then(|| format!("{} the {what}", if before { "before" } else { "after" }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_tell_the_way() {
        assert_eq!(pairs("from 9,400 to 12,000."), [(9_400.0, 12_000.0)]);
        assert_eq!(
            other_side(
                "It described the state after the DNS change.",
                "the setup before the DNS change in May"
            ),
            Some("after the dns change".to_owned())
        );
    }
}
