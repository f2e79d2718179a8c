//! The field `repeat_of` of a postmortem's front matter, changed without touching anything else of the file.

use std::path::{Path, PathBuf};

use super::{Error, Overwrite, read_text, write_atomically};

/// Sets the field to one id, or takes it out where it names just that id; `None` when the file has no front matter, says
/// something else already, or needs no change.
pub fn set_repeat_of(page: &Path, earlier: &str, is_repeat: bool) -> Result<Option<PathBuf>, Error> {
    let text = read_text(page)?;
    let Some(changed) = changed(&text, earlier, is_repeat) else { return Ok(None) };
    write_atomically(page, changed.as_bytes(), Overwrite::Yes)?;
    Ok(Some(page.to_owned()))
}

fn changed(text: &str, earlier: &str, is_repeat: bool) -> Option<String> {
    let end_of_line = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.first()?.trim_start_matches('\u{feff}').trim_end() != "---" {
        return None;
    }
    let close = 1 + lines.get(1..)?.iter().position(|line| matches!(line.trim_end(), "---" | "..."))?;
    let known = (1..close).find(|&at| lines[at].trim_start().starts_with("repeat_of:"));
    // JSON is YAML: the quotes keep any id one scalar.
    let field = format!("repeat_of: [{}]{end_of_line}", serde_json::Value::from(earlier));
    match (known, is_repeat) {
        (None, true) => lines.insert(close, &field),
        (Some(at), false) => {
            let named = lines[at].trim().trim_start_matches("repeat_of:").trim();
            let bare = named.trim_matches(['[', ']']).trim().trim_matches(['"', '\'']);
            if bare != earlier {
                return None;
            }
            lines.remove(at);
        }
        _ => return None,
    }
    Some(lines.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_line_comes_and_goes() {
        let page = "---\nid: PI-2\n# a remark\n---\n# Title\n";
        let set = changed(page, "PI-1", true).unwrap();
        assert_eq!(set, "---\nid: PI-2\n# a remark\nrepeat_of: [\"PI-1\"]\n---\n# Title\n");
        assert_eq!(changed(&set, "PI-1", true), None);
        assert_eq!(changed(&set, "PI-0", false), None, "what somebody else named stays");
        assert_eq!(changed(&set, "PI-1", false).unwrap(), page);
        assert_eq!(changed("# No head\n", "PI-1", true), None);
        assert!(changed("---\r\nid: x\r\n---\r\n", "y", true).unwrap().contains("[\"y\"]\r\n---"));
    }
}
