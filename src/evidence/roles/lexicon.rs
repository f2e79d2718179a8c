//! Word classes that tell roles apart in any field: what people do, see, hope, say and settle.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Stems of what people do to a system.
const ACTS: &str = "add appli apply attach block boot bounc bump cancel chang clear copi copy cut delet deploy disabl drain \
enabl fix flush free grew grow install issu kick kill lower merg mount mov patch paus pin pinned point \
pull purg push put rais ran re-enabl re-run rebuild rebuilt releas reload remov replay rerun resend \
reset restart revert roll rotat run scal send sent set start stop submit swap switch tak take took trigg \
unblock upload";
/// What trouble looks like.
const SYMPTOMS: &str = "404 500 503 alarm alert blank broken crash crashes dead delayed denied down duplicate empty error errors \
fail failed failing fails firing frozen gone hang hangs late lost missing nothing red refused silent \
slow spike stale stuck timeout timeouts twice unavailable unreachable wrong";
/// What recovery looks like.
const RECOVERS: &str = "again arrive arrives back better clean down dropping drops falling fine flows good green healthy load \
loads moving normal ok okay ready recovered recovering restored serve serves through up work working \
works";
/// How people say that it is over.
const ENDS: &str = "all close closed closing complete confirm confirmed confirms done end ended ends finished over resolved \
solved stable verified";
/// Reaching and informing people.
const TELLS: &str = "ack asked banner bridge call called comms customer customers hand handing help helpdesk info inform \
informed joined joining lead mail mails notes page paged paging post posted provider scribe status \
support tell ticket told update vendor wrote";
/// Guessing.
const DOUBTS: &str = "believe believed bet could doubt guess if looks maybe might perhaps possibly probably seems smells \
sounds suspect theory think unless wonder";
/// Settling what will be done.
const SETTLES: &str = "accept agreed decide decided freeze from go hold instead keep leave let's lets next no not only plan \
rather skip stay stop tomorrow until wait we will";

/// Number of classes.
pub(super) const CLASSES: usize = 7;

/// Of every listed word the classes that it is in, one bit a class.
static CLASSES_OF: LazyLock<FxHashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut known: FxHashMap<&'static str, u8> = FxHashMap::default();
    for (at, class) in [ACTS, SYMPTOMS, RECOVERS, ENDS, TELLS, DOUBTS, SETTLES].into_iter().enumerate() {
        for word in class.split_whitespace() {
            *known.entry(word).or_default() |= 1 << at;
        }
    }
    known
});

/// Whether a word in lower case, or its stem, belongs to each class.
pub(super) fn classes(word: &str) -> [bool; CLASSES] {
    let of = |word: &str| CLASSES_OF.get(word).copied().unwrap_or_default();
    let found = of(word) | of(stem(word)) & 1;
    std::array::from_fn(|at| found & (1 << at) != 0)
}

/// The word without the ending of its tense or number; crude, but the same for `deployed` and `deploying`.
pub(super) fn stem(word: &str) -> &str {
    ["ing", "ed", "es", "s", "ly"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|rest| rest.len() > 2))
        .unwrap_or(word)
}

/// The form of a word by its ending: `#` for a number.
pub(super) fn form(word: &str) -> &'static str {
    const PAST: [&str; 11] =
        ["sent", "put", "ran", "took", "built", "cut", "made", "gone", "done", "set", "begun"];
    match word {
        "#" => "#",
        _ if word.len() > 4 && word.ends_with("ing") => "ing",
        _ if word.len() > 3 && (word.ends_with("ed") || PAST.contains(&word)) => "ed",
        _ if word.len() > 4 && word.ends_with('s') => "s",
        _ => "w",
    }
}
