//! From placed records to the timeline of one incident.

mod clock;
mod collapse;
mod cues;
mod day;
mod fact;
mod merge;
mod offset;
mod options;
mod people;
mod relay;
mod reversal;
mod stamps;

pub use options::Options;
