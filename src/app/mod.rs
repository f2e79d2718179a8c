//! Verbs: one file each, joining wings and doors; they return values and never print.
