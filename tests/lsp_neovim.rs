//! A real client: headless Neovim starts the server, shows diagnostics and applies a code action.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test that says why it is skipped")]

use std::process::Command;

#[test]
fn neovim_shows_diagnostics_and_applies_a_code_action() {
    if Command::new("nvim").arg("--version").output().is_err() {
        eprintln!("skipped: nvim is not installed (Debian package neovim)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("incident.md");
    std::fs::write(&file, "## Root cause\n\n🙂 Reason: manual error.\n").unwrap();
    std::fs::write(folder.path().join("unblame.toml"), "").unwrap();
    let script = std::path::absolute("tests/editors/neovim.lua").unwrap();
    let output = Command::new("nvim")
        .args(["--headless", "--clean", "-n"])
        .arg(&file)
        .arg("-c")
        .arg(format!("luafile {}", script.display()))
        .env("UNBLAME", env!("CARGO_BIN_EXE_unblame"))
        .env("XDG_STATE_HOME", folder.path())
        .env("XDG_DATA_HOME", folder.path())
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let mended = std::fs::read_to_string(&file).unwrap();
    assert_eq!(
        mended, "## Root cause\n\n🙂 Reason: manual error. <!-- unblame allow BLM009 -- reason -->\n",
        "{said}"
    );
    assert!(said.contains("diagnostic BLM009 at 2:13"), "{said}");
    assert!(said.contains("silenced"), "{said}");
}
