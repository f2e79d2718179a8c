//! The review page: one document in the browser, on this machine only.

mod api;
mod assets;
mod gate;
mod markup;
mod page;
mod picture;
mod server;
mod templates;
mod view;

pub use server::{Server, ServerError};
