//! unblame: from collected evidence to a blameless postmortem whose every sentence can be checked.
//!
//! The house has floors; a module imports only from floors strictly below its own, and the wings of floor 3 never
//! import each other. `tests/tidy.rs` reads the floor comments of this file and keeps them true.

/// Declares a register: the one list of the files in a folder that are plugged in, in the order in which they are used.
macro_rules! register {
    ($(#[$doc:meta])* $entry:ty: $($file:ident),* $(,)?) => {
        $(mod $file;)*
        $(#[$doc])*
        pub static ALL: &[&$entry] = &[$(&$file::ENTRY),*];
    };
}

// floor 0: words
pub mod text;
// floor 1: nouns
pub mod domain;
// floor 2: paper and gate
pub mod document;
pub mod redact;
// floor 3: wings, pure; siblings never import each other
pub mod desk;
pub mod drafting;
pub mod evidence;
pub mod lint;
pub mod memory;
pub mod trends;
// floor 4: doors, the only modules that open files, databases or sockets
pub mod config;
pub mod llm;
pub mod store;
// floor 5: verbs
pub mod app;
// floor 6: faces
pub mod lsp;
pub mod web;
// floor 7: front door
pub mod cli;
