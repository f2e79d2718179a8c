//! What a reviewer does with a draft: merge, readiness, actions, export.
