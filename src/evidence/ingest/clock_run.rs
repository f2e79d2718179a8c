//! Times of day in the order of a text: which day each belongs to, and which are AM/PM slips.

use jiff::civil::Time;

/// One time of day as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tick {
    pub time: Time,
    /// Whether AM or PM was written, so that a slip of twelve hours is possible.
    pub half_day: bool,
    /// Midnights since the first line; set by [`settle`].
    pub day: i32,
    /// Whether AM and PM were taken for each other and the time was moved.
    pub corrected: bool,
}

impl Tick {
    #[must_use]
    pub(crate) fn new(time: Time, half_day: bool) -> Self {
        Self { time, half_day, day: 0, corrected: false }
    }
}

const HALF_DAY: i32 = 12 * 60;
/// Minutes by which neighbours of an AM/PM slip may be out of order.
const OUT_OF_ORDER: i32 = 10;

fn minutes(time: Time) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}

/// Mends AM/PM slips and counts midnights. In a paste times never fall: a fall is a slip when the other half of the
/// day fits between the neighbours, a quoted older line when the next line goes on where the text was, else a new day.
/// A fall of up to `slack` minutes is taken for a line out of order.
pub(crate) fn settle(ticks: &mut [Tick], slack: i32) {
    if is_newest_first(ticks) {
        ticks.reverse();
        settle_forward(ticks, slack);
        let last = ticks.last().map_or(0, |tick| tick.day);
        // The first line of the text is on its heading's day, the ones below lie before it.
        ticks.iter_mut().for_each(|tick| tick.day -= last);
        ticks.reverse();
    } else {
        settle_forward(ticks, slack);
    }
}

/// Whether the lines run backwards in time, as server logs on wikis do.
fn is_newest_first(ticks: &[Tick]) -> bool {
    let steps = ticks.windows(2).map(|pair| minutes(pair[1].time) - minutes(pair[0].time));
    // A step of more than half a day crosses midnight in the other direction.
    let (mut falls, mut rises) = (0, 0);
    for step in steps.filter(|step| *step != 0) {
        if (-HALF_DAY..0).contains(&step) || step > HALF_DAY {
            falls += 1;
        } else {
            rises += 1;
        }
    }
    falls >= 3 && falls > 3 * rises
}

fn settle_forward(ticks: &mut [Tick], slack: i32) {
    mend_slips(ticks);
    let mut day = 0;
    let mut last = match ticks.first() {
        Some(tick) => minutes(tick.time),
        None => return,
    };
    for index in 0..ticks.len() {
        let now = minutes(ticks[index].time);
        let fell = last - now;
        if fell > slack.max(0) {
            let next = ticks.get(index + 1).map(|tick| minutes(tick.time));
            let isolated = next.is_some_and(|next| next >= last && next - last < HALF_DAY / 2);
            if isolated && fell < HALF_DAY {
                ticks[index].day = day;
                continue;
            }
            day += 1;
        }
        ticks[index].day = day;
        if fell <= 0 || fell > slack {
            last = now;
        }
    }
}

/// Swaps AM and PM where only the swapped time lies between its neighbours.
fn mend_slips(ticks: &mut [Tick]) {
    for index in 0..ticks.len() {
        if !ticks[index].half_day {
            continue;
        }
        let now = minutes(ticks[index].time);
        let before = index.checked_sub(1).map(|at| minutes(ticks[at].time));
        let after = ticks.get(index + 1).map(|tick| minutes(tick.time));
        let swapped = (now + HALF_DAY) % (2 * HALF_DAY);
        let fits = |value: i32| {
            before.is_none_or(|before| before <= value) && after.is_none_or(|after| value <= after)
        };
        // Beside a slip of half a day, a line may also stand a few minutes out of order.
        let nearly = |value: i32| {
            before.is_none_or(|before| before - value <= OUT_OF_ORDER)
                && after.is_none_or(|after| value - after <= OUT_OF_ORDER)
        };
        let near = |value: i32| {
            before.is_none_or(|before| value - before <= 180)
                && after.is_none_or(|after| after - value <= 180)
        };
        let both = before.is_some() && after.is_some();
        let last_fell = before.is_some_and(|before| now < before) && after.is_none();
        if !fits(now) && (fits(swapped) || both && nearly(swapped)) && near(swapped) && (both || last_fell) {
            let shift = if swapped > now { 12 } else { -12 };
            if let Ok(time) = Time::new(
                ticks[index].time.hour() + shift,
                ticks[index].time.minute(),
                ticks[index].time.second(),
                0,
            ) {
                ticks[index].time = time;
                ticks[index].corrected = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::{Tick, settle};

    fn run(times: &[(i8, i8)], half_day: bool) -> Vec<(i8, i32)> {
        let mut ticks: Vec<Tick> =
            times.iter().map(|(h, m)| Tick::new(time(*h, *m, 0, 0), half_day)).collect();
        settle(&mut ticks, 0);
        ticks.iter().map(|tick| (tick.time.hour(), tick.day)).collect()
    }

    #[test]
    fn an_evening_time_between_two_morning_times_is_a_slip() {
        assert_eq!(run(&[(8, 20), (20, 21), (8, 23)], true), [(8, 0), (8, 0), (8, 0)]);
        assert_eq!(run(&[(20, 20), (8, 21), (20, 23)], true), [(20, 0), (20, 0), (20, 0)]);
    }

    #[test]
    fn a_text_with_the_newest_line_first_is_read_backwards() {
        assert_eq!(
            run(&[(9, 0), (8, 0), (7, 0), (0, 5), (23, 50)], false),
            [(9, 0), (8, 0), (7, 0), (0, 0), (23, -1)]
        );
    }

    #[test]
    fn a_fall_is_a_new_day_unless_the_text_goes_on_where_it_was() {
        assert_eq!(run(&[(23, 50), (0, 10), (0, 30)], false), [(23, 0), (0, 1), (0, 1)]);
        assert_eq!(run(&[(10, 30), (9, 5), (10, 31)], false), [(10, 0), (9, 0), (10, 0)]);
        assert_eq!(run(&[(17, 0), (9, 0), (9, 30)], false), [(17, 0), (9, 1), (9, 1)]);
    }
}
