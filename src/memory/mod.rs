//! The memory of the organisation: matches, patterns and the decisions of people.
