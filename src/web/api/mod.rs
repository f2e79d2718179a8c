//! What the page's script asks for, in JSON.

mod decide;
mod edit;
mod failure;
mod preview;
mod read;
mod stage;

pub(super) use decide::decide;
pub(super) use edit::{edit, unsaved};
pub(super) use failure::Failure;
pub(super) use preview::preview;
pub(super) use read::{changes, evidence, matches, part};
pub(super) use stage::stage;
