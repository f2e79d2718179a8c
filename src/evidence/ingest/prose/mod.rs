//! Times in prose: the lines of notes, timelines and pasted conversations that begin with one.

mod day;
mod stamp;

pub use day::{divider, find_date, header_zone, pasted_instant};
pub use stamp::{Stamp, stamp};
