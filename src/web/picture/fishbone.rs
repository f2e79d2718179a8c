//! The fishbone of contributing factors: one bone for each category that has any.

use std::fmt::Write as _;

use crate::document::Factor;
use crate::domain::FactorCategory;
use crate::web::markup::escaped;

const WIDTH: i64 = 920;
/// Room for the effect at the head.
const HEAD: i64 = 190;
const LINE: i64 = 15;
/// Letters on one line of a factor: what there is room for beside the next bone, between these.
const LETTERS: std::ops::RangeInclusive<i64> = 22..=58;
/// Room that a letter of a factor takes; an upper bound for the fonts of the page.
const LETTER: i64 = 7;
const EFFECT_LETTERS: usize = 22;
/// Lines shown of one factor.
const LINES: usize = 3;

/// The picture, or nothing without factors.
#[must_use]
pub fn fishbone(effect: &str, factors: &[Factor]) -> Option<String> {
    let mut bones: Vec<(&str, Vec<&str>)> = Vec::new();
    let categories = FactorCategory::ALL.map(Some).into_iter().chain([None]);
    for category in categories {
        let own = factors.iter().filter(|factor| factor.category == category);
        let texts: Vec<&str> = own.map(|factor| factor.text.as_str()).collect();
        if !texts.is_empty() {
            bones.push((category.map_or("other", FactorCategory::name), texts));
        }
    }
    if bones.is_empty() {
        return None;
    }
    let columns = i64::try_from(bones.len().div_ceil(2)).ok()?;
    let step = (WIDTH - HEAD - 20) / columns;
    // The text of a bone leans over by a quarter of its height.
    let letters = usize::try_from(((step - 60) / LETTER).clamp(*LETTERS.start(), *LETTERS.end())).ok()?;
    let wrapped: Vec<Vec<Vec<String>>> = bones
        .iter()
        .map(|(_, texts)| texts.iter().map(|text| wrapped(&plain(text), letters, LINES)).collect())
        .collect();
    let tall = |parity: usize| {
        let own = wrapped.iter().enumerate().filter(|(at, _)| at % 2 == parity);
        own.map(|(_, texts)| 34 + texts.iter().map(|lines| LINE * lines.len() as i64 + 8).sum::<i64>()).max()
    };
    let up = tall(0).unwrap_or(0);
    let down = tall(1).unwrap_or(30);
    let spine = up + 12;
    let height = spine + down + 12;
    let mut svg = format!(
        "<svg class=\"fishbone\" viewBox=\"0 0 {WIDTH} {height}\" aria-hidden=\"true\"><line class=\"spine\" x1=\"10\" y1=\"{spine}\" x2=\"{}\" y2=\"{spine}\"/>",
        WIDTH - HEAD
    );
    for (at, ((name, _), texts)) in bones.iter().zip(&wrapped).enumerate() {
        let foot = WIDTH - HEAD - 14 - step * (at as i64 / 2);
        let above = at % 2 == 0;
        bone(&mut svg, name, texts, foot, spine, if above { -up } else { down });
    }
    head(&mut svg, effect, spine);
    svg.push_str("</svg>");
    Some(svg)
}

/// A bone from the spine outwards with its factors beside it; `reach` is negative for bones above.
fn bone(svg: &mut String, name: &str, texts: &[Vec<String>], foot: i64, spine: i64, reach: i64) {
    let tip = foot - reach.abs() / 4;
    let end = spine + reach + if reach < 0 { 16 } else { -16 };
    // Writing to a String cannot fail.
    let _ = write!(
        svg,
        "<line class=\"bone\" x1=\"{foot}\" y1=\"{spine}\" x2=\"{tip}\" y2=\"{end}\"/><text class=\"category\" x=\"{tip}\" y=\"{}\">{}</text>",
        if reach < 0 { end - 5 } else { end + 14 },
        escaped(name)
    );
    let mut y = if reach < 0 { end + 14 } else { spine + 22 };
    for lines in texts {
        let share = (y - spine) as f64 / (end - spine) as f64;
        let x = foot + ((tip - foot) as f64 * share) as i64 - 10;
        let _ = write!(svg, "<text class=\"factor\" text-anchor=\"end\">");
        for (at, line) in lines.iter().enumerate() {
            let _ = write!(svg, "<tspan x=\"{x}\" y=\"{}\">{}</tspan>", y + LINE * at as i64, escaped(line));
        }
        svg.push_str("</text>");
        y += LINE * lines.len() as i64 + 8;
    }
}

fn head(svg: &mut String, effect: &str, spine: i64) {
    let lines = wrapped(effect, EFFECT_LETTERS, 5);
    let half = LINE * lines.len() as i64 / 2 + 12;
    let left = WIDTH - HEAD;
    let _ = write!(
        svg,
        "<rect class=\"effect\" x=\"{left}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\"/><text class=\"effect\">",
        spine - half,
        HEAD - 4,
        half * 2
    );
    let first = spine - LINE * lines.len() as i64 / 2 + 11;
    for (at, line) in lines.iter().enumerate() {
        let _ = write!(
            svg,
            "<tspan x=\"{}\" y=\"{}\">{}</tspan>",
            left + 14,
            first + LINE * at as i64,
            escaped(line)
        );
    }
    svg.push_str("</text>");
}

/// Footnote marks and quotation marks around the whole say nothing in a picture.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, mark)) = rest.split_once("[^") {
        plain.push_str(before);
        rest = mark.split_once(']').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.trim().trim_end_matches('.').trim_matches('"').to_owned()
}

/// Words on lines of at most `letters`, the last line ending in an ellipsis when not all fits.
fn wrapped(text: &str, letters: usize, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > letters {
            if lines.len() == most {
                if let Some(line) = lines.last_mut() {
                    line.push('…');
                }
                return lines;
            }
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_factors_are_cut_at_words_and_hostile_ones_escaped() {
        assert_eq!(wrapped("one two three four", 8, 2), ["one two", "three…"]);
        let factor = Factor { category: None, text: "<script>".to_owned() };
        let svg = fishbone("</svg><script>", &[factor]).unwrap();
        assert!(!svg.contains("<script"), "{svg}");
        assert_eq!(fishbone("x", &[]), None);
        assert_eq!(plain("\"No alert on memory\".[^E23][^E4]"), "No alert on memory");
    }
}
