//! The blame linter: an engine and a register of rules.
