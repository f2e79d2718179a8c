//! Character 4-grams of the beginning of an incident: they catch spellings, inflections and phrases that stems miss.

use super::clean::{clean, head};
use crate::domain::PastIncident;

/// Characters of the body that count.
const HEAD: usize = 2_000;

/// Number of buckets that grams are hashed into.
pub(super) const BUCKETS: usize = 1 << 16;

/// A gram's bucket and how often it occurs, ordered by bucket.
pub(super) type GramCounts = Vec<(u16, u16)>;

/// Counts of the hashed 4-grams of title and head of the body.
pub(super) fn grams(incident: &PastIncident) -> GramCounts {
    // What is cleaned away may be half of a log.
    grams_of(&clean(&incident.title), &clean(head(&incident.text, 2 * HEAD)))
}

/// The same from texts that are clean already.
pub(super) fn grams_of(title: &str, body: &str) -> GramCounts {
    let body = head(body, HEAD);
    let mut buckets = Vec::with_capacity(title.len() + body.len());
    let mut window = [' '; 4];
    let mut filled = 1;
    let mut push = |c: char| {
        if c == ' ' && window[3] == ' ' {
            return;
        }
        window.rotate_left(1);
        window[3] = c;
        filled += 1;
        if filled >= 4 {
            buckets.push(bucket(&window));
        }
    };
    for c in title.chars().chain([' ']).chain(body.chars()) {
        if c.is_alphanumeric() {
            c.to_lowercase().for_each(&mut push);
        } else {
            push(' ');
        }
    }
    push(' ');
    buckets.sort_unstable();
    let mut counts: GramCounts = Vec::new();
    for bucket in buckets {
        match counts.last_mut() {
            Some((last, count)) if *last == bucket => *count = count.saturating_add(1),
            _ => counts.push((bucket, 1)),
        }
    }
    counts
}

/// FNV-1a over the code points, folded to 16 bits; part of the cache format, so it must not change without a new version.
fn bucket(window: &[char; 4]) -> u16 {
    let mut hash: u32 = 0x811c_9dc5;
    for &c in window {
        for byte in u32::from(c).to_le_bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    ((hash >> 16) ^ (hash & 0xffff)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spacing_and_case_do_not_change_the_grams() {
        let one = PastIncident {
            title: "Memory limit".into(),
            text: "OOM  killed!".into(),
            ..PastIncident::default()
        };
        let two = PastIncident {
            title: "memory\tLIMIT".into(),
            text: "oom, killed".into(),
            ..PastIncident::default()
        };
        assert_eq!(grams(&one), grams(&two));
        assert!(grams(&PastIncident::default()).is_empty());
    }
}
