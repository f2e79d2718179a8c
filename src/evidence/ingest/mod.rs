//! Reads artifacts: one file a format, recognised by content.
