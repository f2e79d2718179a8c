//! The door to a model: any OpenAI-compatible endpoint behind the port of `drafting`.

mod client;
mod embeddings;
mod endpoint;
mod files;
mod profile;
mod reply;
mod transport;

pub use client::OpenAiCompatible;
pub use endpoint::Endpoint;
pub use files::FileExchange;

#[cfg(test)]
mod tests;
