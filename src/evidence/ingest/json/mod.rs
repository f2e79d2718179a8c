//! JSON as it arrives: arrays, envelopes, concatenated pages, lines; read item by item, broken ends included.

mod field;
mod items;
mod repair;
mod scanner;
mod source;

pub(crate) use field::Field;
pub(crate) use items::{each, each_raw};
pub(crate) use repair::{parse_lenient, repair};
pub use source::JsonSource;
pub(crate) use source::{Json, dispatch};
