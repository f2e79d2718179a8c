//! JSON as it arrives: arrays, envelopes, concatenated pages, lines; read item by item, broken ends included.

mod field;
mod items;
mod repair;
mod scanner;
mod source;

pub use field::Field;
pub use items::{each, each_raw};
pub use repair::{parse_lenient, repair};
pub use source::{Json, JsonSource, dispatch};
