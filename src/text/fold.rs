//! Folding of names for comparison.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without diacritics and invisible characters, so that `Zsófia`, `ZSOFIA` and `zsófia` compare equal.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkd().filter(|&c| !is_combining_mark(c) && !is_invisible(c)).flat_map(char::to_lowercase).collect()
}

/// Zero-width and bidirectional control characters, which hide differences from a reader.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_fold_for_case_marks_and_invisible_characters() {
        assert_eq!(fold("Zs\u{200b}ófia"), "zsofia");
        assert_eq!(fold("Øyvind"), "øyvind");
    }
}
