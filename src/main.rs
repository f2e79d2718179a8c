//! Parses, runs, prints, exits.

fn main() -> std::process::ExitCode {
    unblame::cli::main()
}
