//! What all of Slack's forms share: the message object and its mark-up.

mod blocks;
pub(crate) mod markup;
mod message;
pub(crate) mod paste;

pub(crate) use markup::plain;
pub(crate) use message::{Channel, Message, is_message};
