//! Token counts, offline; an estimate for models with a vocabulary of their own.

/// Tokens of a text as o200k counts them; only called once a model is configured, the table takes a moment to load.
#[must_use]
pub(super) fn count(text: &str) -> usize {
    tiktoken_rs::o200k_base_singleton().count_ordinary(text)
}

/// Whether a text has at most `limit` tokens, counted only where its length leaves a doubt.
#[must_use]
pub(super) fn fits(text: &str, limit: usize) -> bool {
    // No token is shorter than a byte.
    text.len() <= limit || count(text) <= limit
}
