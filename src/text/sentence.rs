//! Sentences of plain prose.

use super::Span;

/// Words whose full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "etc", "vs", "approx", "ca", "cf", "no", "nr", "fig", "dr", "mr", "mrs", "ms", "st", "jan",
    "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "min", "max", "sec",
    "incl", "resp", "al", "a.m", "p.m", "u.s", "inc", "ltd", "corp", "dept",
];

/// Byte spans of the sentences of `text`, trimmed of white space; a line break alone does not end a sentence, an
/// empty line does. Numbers, versions, host names and common abbreviations keep their full stops.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            '.' => ends_at_full_stop(text, start, at),
            '!' | '?' | '…' => true,
            '\n' => {
                let rest = &text[at + 1..];
                let line = rest.split('\n').next().unwrap_or_default();
                !rest.is_empty() && line.trim().is_empty()
            }
            _ => false,
        };
        if !ends {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next_at, next)) = chars.peek() {
            if matches!(next, '.' | '!' | '?' | '…' | '"' | '\'' | ')' | ']' | '”' | '’' | '»' | '*' | '_')
            {
                end = next_at + next.len_utf8();
                chars.next();
            } else {
                break;
            }
        }
        let followed = text[end..].chars().next().is_none_or(char::is_whitespace);
        if followed || c == '\n' {
            push_trimmed(text, start, end, &mut found);
            start = end;
        }
    }
    push_trimmed(text, start, text.len(), &mut found);
    found
}

fn ends_at_full_stop(text: &str, start: usize, at: usize) -> bool {
    let next = text[at + 1..].chars().next();
    if next.is_some_and(|c| c.is_alphanumeric()) {
        return false; // 1.2, api.example, e.g
    }
    let before = text[start..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let word = before.to_lowercase();
    if ABBREVIATIONS.contains(&word.as_str()) {
        // "etc." and months end a sentence when a capital or nothing follows.
        let follower = text[at + 1..].trim_start().chars().next();
        return matches!(word.as_str(), "etc" | "no" | "a.m" | "p.m")
            && follower.is_none_or(char::is_uppercase);
    }
    let single_initial = word.chars().count() == 1 && before.chars().all(char::is_uppercase) && word != "i";
    let list_number =
        !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) && text[start..at].trim() == word;
    !(single_initial || list_number)
}

fn push_trimmed(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let piece = &text[start..end];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let lead = piece.len() - piece.trim_start().len();
        found.push(Span::new(start + lead, start + lead + trimmed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn full_stops_inside_tokens_do_not_end_a_sentence() {
        assert_eq!(
            split("We ran v1.2.3 on db.internal, e.g. twice. It held!  (Really.) Did it?\n\nYes"),
            ["We ran v1.2.3 on db.internal, e.g. twice.", "It held!", "(Really.)", "Did it?", "Yes"]
        );
    }

    #[test]
    fn soft_line_breaks_stay_inside() {
        assert_eq!(split("one\ntwo. three"), ["one\ntwo.", "three"]);
    }
}
