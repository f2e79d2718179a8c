//! The known word most like a mistyped one.

/// The candidate with the fewest edits, when they are few for the word's length; of equals the first by name.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .map(|known| (distance(&lower, &known.to_lowercase()), known))
        .min()
        .filter(|(distance, _)| *distance <= 2 + word.len() / 6)
        .map(|(_, known)| known)
}

/// Edit distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let cost = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_understood_and_another_word_is_not() {
        assert_eq!(nearest("peple", ["people", "teams"]), Some("people"));
        assert_eq!(nearest("colour", ["people", "teams"]), None);
    }
}
