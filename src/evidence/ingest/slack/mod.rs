//! What all of Slack's forms share: the message object and its mark-up.

mod blocks;
mod markup;
mod message;

pub use markup::plain;
pub use message::{Channel, Message, is_message, is_ts};
