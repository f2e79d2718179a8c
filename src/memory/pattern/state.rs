//! Whether a group is new, growing, steady or fading, judged by its rate in the last half year.

use jiff::Timestamp;

use crate::domain::PatternState;

/// Seconds of the half year that is compared with the half year before.
const WINDOW: i64 = 183 * 86_400;

/// The state of a group with incidents at `dates`, seen from `as_of`.
///
/// New: the first happened within the last half year. Fading: none since. Growing: more within it than in the half year
/// before. Steady otherwise, and where dates are missing.
pub(super) fn state(dates: &[Timestamp], as_of: Option<Timestamp>) -> PatternState {
    let (Some(as_of), Some(first)) = (as_of, dates.iter().min()) else { return PatternState::Steady };
    let age = |at: &Timestamp| as_of.as_second() - at.as_second();
    let recent = dates.iter().filter(|at| age(at) < WINDOW).count();
    let before = dates.iter().filter(|at| (WINDOW..2 * WINDOW).contains(&age(at))).count();
    if recent == 0 {
        PatternState::Fading
    } else if age(first) < WINDOW {
        PatternState::New
    } else if recent > before {
        PatternState::Growing
    } else {
        PatternState::Steady
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_follow_the_last_half_year() {
        let at = |day: &str| -> Timestamp { format!("{day}T00:00:00Z").parse().unwrap() };
        let as_of = Some(at("2025-12-31"));
        assert_eq!(state(&[at("2025-10-01")], as_of), PatternState::New);
        assert_eq!(state(&[at("2024-10-01")], as_of), PatternState::Fading);
        assert_eq!(state(&[at("2024-10-01"), at("2025-10-01")], as_of), PatternState::Growing);
        assert_eq!(state(&[at("2025-03-01"), at("2025-10-01")], as_of), PatternState::Steady);
        assert_eq!(state(&[], as_of), PatternState::Steady);
    }
}
