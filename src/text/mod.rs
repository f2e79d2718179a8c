//! Words: spans, lines, sentences, tokens and Markdown blocks, each with its position in the source.

mod chat_marks;
mod fold;
mod line_index;
pub mod markdown;
mod nearest;
mod plural;
mod sentence;
mod span;
mod token;

pub use chat_marks::unmarked;
pub use fold::fold;
pub use line_index::{LineIndex, Position};
pub use nearest::nearest;
pub use plural::plural;
pub use sentence::sentences;
pub use span::Span;
pub use token::{each_technical_token, is_stop_word, stem, technical_tokens, words};
