//! From a timeline to a draft: extractive or by a model, every sentence grounded in cited events.
