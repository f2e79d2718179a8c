//! Settings: `unblame.toml`, environment and defaults, merged once.
