//! Pictures as SVG of our own: the timeline and the fishbone.

mod fishbone;
mod timeline;

pub use fishbone::fishbone;
pub use timeline::timeline;
