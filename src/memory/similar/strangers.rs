//! The incidents that resemble a query only by chance: the level above which a match stands out.
//!
//! The sixth best cosine is nearly always a stranger's. How far the cosines fall from there to the twenty-first, divided by
//! the difference of the harmonic numbers, is the scale of an exponential tail (Rényi 1953), the history's own spread.

use super::calibrate::typical;
use super::fusion::Parts;
use super::rank::Candidate;

/// Place of the first stranger, from 0: more repeats of one failure than this are rare, and the cap below sees to them.
const NEAR: usize = 5;
/// Bounds of the last place that is looked at: a quarter of a small history, the twenty-first of a large one.
const FAR: (usize, usize) = (8, 20);
/// Incidents below which there are too few strangers to know their level.
const FEW: usize = 12;
/// Their level there, as measured on postmortems.
const USUAL_LEVEL: f32 = 0.25;
/// How many usual falls the sixth may stand above the last one: beyond, it is a repeat itself.
const CAP: f32 = 3.0;

/// The level of a query's strangers in one history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Strangers {
    level: f32,
    spread: Option<f32>,
}

impl Strangers {
    /// `parts` holds the cosines of all incidents in scope, `found` the character cosines of the best; `background` the
    /// spreads of sampled incidents, empty while they are being found.
    pub(super) fn of(parts: &[Parts], found: &[Candidate], background: &[f32]) -> Self {
        if parts.len() < FEW {
            return Self { level: USUAL_LEVEL, spread: None };
        }
        let far = (parts.len() / 4).clamp(FAR.0, FAR.1);
        let words = highest(parts.iter().map(|one| one.cosine), far);
        let grams = highest(found.iter().map(|one| one.parts.grams), far);
        let at = |place: usize| place_of(&words, place) + place_of(&grams, place);
        let fall: f32 = (NEAR + 2..=far + 1).map(|place| 1.0 / place as f32).sum();
        let (near, last) = (at(NEAR), at(far));
        let level = match typical(background) {
            Some(usual) => near.min(last + CAP * fall * usual),
            None => near,
        };
        Self { level, spread: Some((near - last) / fall) }
    }

    /// How far an incident with these parts stands above the strangers.
    pub(super) fn standout(&self, parts: Parts) -> f32 {
        parts.cosine + parts.grams - self.level
    }

    pub(super) fn spread(&self) -> Option<f32> {
        self.spread
    }
}

/// The values down to a place, best first.
fn highest(values: impl Iterator<Item = f32>, last: usize) -> Vec<f32> {
    let mut values: Vec<f32> = values.collect();
    if values.len() > last + 1 {
        values.select_nth_unstable_by(last, |a, b| b.total_cmp(a));
        values.truncate(last + 1);
    }
    values.sort_unstable_by(|a, b| b.total_cmp(a));
    values
}

fn place_of(values: &[f32], place: usize) -> f32 {
    values.get(place).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neighbours(cosines: &[f32]) -> Vec<Parts> {
        let strangers = (0..60).map(|n| 0.2 - n as f32 / 400.0);
        cosines.iter().copied().chain(strangers).map(|cosine| Parts { cosine, ..Parts::default() }).collect()
    }

    #[test]
    fn a_repeat_stands_out_however_many_there_are() {
        let best = Parts { cosine: 0.6, ..Parts::default() };
        let few = Strangers::of(&neighbours(&[0.6, 0.5]), &[], &[0.02; 30]);
        let many = Strangers::of(&neighbours(&[0.6; 9]), &[], &[0.02; 30]);
        assert!(few.standout(best) > 0.35 && many.standout(best) > 0.3, "{few:?} {many:?}");
        assert!(few.standout(Parts { cosine: 0.19, ..best }) < 0.01);
        assert!(few.spread().is_some_and(|spread| spread > 0.0));
        assert_eq!(Strangers::of(&neighbours(&[])[..5], &[], &[]).spread(), None);
    }
}
