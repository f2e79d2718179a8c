//! The review page: local, loopback only.
