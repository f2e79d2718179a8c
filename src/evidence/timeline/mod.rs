//! Places records in time, merges them, and finds phases, gaps and conflicts.
