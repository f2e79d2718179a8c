//! Marks that chat programs put around words: emphasis, code, emoji codes.

/// Emoji codes that stand for a word or a state; all others only decorate.
const SIGNS: [(&str, &str); 26] = [
    ("+1", "👍"),
    ("-1", "👎"),
    ("100", "💯"),
    ("arrow_down", "⬇"),
    ("arrow_right", "➡"),
    ("arrow_up", "⬆"),
    ("ballot_box_with_check", "☑"),
    ("chart_with_downwards_trend", "📉"),
    ("chart_with_upwards_trend", "📈"),
    ("checkered_flag", "🏁"),
    ("construction", "🚧"),
    ("exclamation", "❗"),
    ("eyes", "👀"),
    ("green_circle", "🟢"),
    ("heavy_check_mark", "✔"),
    ("large_green_circle", "🟢"),
    ("large_yellow_circle", "🟡"),
    ("negative_squared_cross_mark", "❎"),
    ("no_entry", "⛔"),
    ("ok", "🆗"),
    ("question", "❓"),
    ("red_circle", "🔴"),
    ("thumbsup", "👍"),
    ("warning", "⚠"),
    ("white_check_mark", "✅"),
    ("x", "❌"),
];

/// Longer text is a pasted log, in which stars and colons mean themselves.
const LONGEST: usize = 4 << 10;

/// The words without the marks: `:fire: *api* answers \`503\`` becomes `api answers 503`. Codes that say something
/// become their sign. Struck-out words keep their marks, for they are taken back; text with a fence of code stays.
#[must_use]
pub fn unmarked(text: &str) -> String {
    if text.len() > LONGEST || text.contains("```") || !text.contains(['*', '_', '`', ':']) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let mark = chars[at];
        let opens = at == 0 || !chars[at - 1].is_alphanumeric() && chars[at - 1] != mark;
        let closing = if opens { closing(&chars, at) } else { None };
        match closing {
            Some(end) if mark == '`' => out.extend(&chars[at + 1..end]),
            Some(end) if mark == ':' => {
                let code: String = chars[at + 1..end].iter().collect();
                let sign = SIGNS.iter().find(|(name, _)| *name == code).map_or("", |(_, sign)| sign);
                out.push_str(sign);
            }
            // What stands inside may be marked as well.
            Some(end) => out.push_str(&unmarked(&chars[at + 1..end].iter().collect::<String>())),
            None => out.push(mark),
        }
        at = closing.unwrap_or(at) + 1;
    }
    let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { text.to_owned() } else { words }
}

/// Where the mark at `at` is closed: on the same line, around something, at the end of a word.
fn closing(chars: &[char], at: usize) -> Option<usize> {
    let mark = chars[at];
    if !matches!(mark, '*' | '_' | '`' | ':') {
        return None;
    }
    let first = chars.get(at + 1)?;
    if first.is_whitespace() || *first == mark {
        return None;
    }
    let rest = chars[at + 1..].iter().take_while(|c| **c != '\n');
    let end = at + 1 + rest.take_while(|c| **c != mark).count();
    let after = chars.get(end + 1);
    let closed = chars.get(end) == Some(&mark)
        && !chars[end - 1].is_whitespace()
        && after.is_none_or(|c| !c.is_alphanumeric() && *c != mark);
    let is_code = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_+-".contains(*c);
    let code = mark != ':'
        || chars[at + 1..end].iter().all(is_code)
            && chars[at + 1..end].iter().any(|c| !c.is_ascii_digit() || end - at > 3);
    (closed && code).then_some(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::unmarked;

    #[test]
    fn marks_go_and_words_stay() {
        for (marked, plain) in [
            (":fire: *api* answers with `503`, _again_", "api answers with 503, again"),
            ("*_both_* of them", "both of them"),
            ("rollback done :white_check_mark:", "rollback done ✅"),
            (":rotating_light: *Triggered* #42: BasketDown", "Triggered #42: BasketDown"),
            ("set memory_limit and a_b_c to 2*3*4", "set memory_limit and a_b_c to 2*3*4"),
            ("at 10:30:45 and a::b and std::io", "at 10:30:45 and a::b and std::io"),
            ("* a list item * here", "* a list item * here"),
            ("~2.4.0~ 2.4.1", "~2.4.0~ 2.4.1"),
            ("`a_b *c*` stays", "a_b *c* stays"),
            ("```\n*x*\n```", "```\n*x*\n```"),
            (":tada:", ":tada:"),
        ] {
            assert_eq!(unmarked(marked), plain, "{marked}");
        }
    }

    proptest! {
        #[test]
        fn no_letter_is_added(text in "[a-z*_`: \n]{0,40}") {
            let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).count();
            prop_assert!(letters(&unmarked(&text)) <= letters(&text));
        }
    }
}
