//! The review page from outside: over HTTP as an attacker would, and in a real browser as a reviewer does.
#![allow(clippy::unwrap_used, clippy::print_stderr)] // a failing unwrap is a failing test; skips are told

mod axe;
mod browser;
mod chromium;
mod speed;
mod started;
mod web;
