//! The door to a model: any OpenAI-compatible endpoint behind the port of `drafting`.
