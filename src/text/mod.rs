//! Words: spans, lines, sentences, tokens and Markdown blocks, each with its position in the source.

mod fold;
mod line_index;
pub mod markdown;
mod nearest;
mod sentence;
mod span;
mod token;

pub use fold::fold;
pub use line_index::{LineIndex, Position};
pub use nearest::nearest;
pub use sentence::sentences;
pub use span::Span;
pub use token::{each_technical_token, is_stop_word, stem, technical_tokens, words};
