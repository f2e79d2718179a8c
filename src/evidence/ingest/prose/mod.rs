//! Times in prose: the lines of notes, timelines and pasted conversations that begin with one.

mod day;
mod naming;
mod stamp;

pub(crate) use day::{divider, find_date, header_zone, pasted_instant};
pub(crate) use naming::{Naming, speaker};
pub(crate) use stamp::{Stamp, stamp, trailing_stamp};
