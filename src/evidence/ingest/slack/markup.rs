//! Turns Slack's mark-up into plain text.

use crate::evidence::ingest::Directory;

/// Plain text: `<@U1>` becomes `@name`, `<#C1|general>` `#general`, `<http://x|label>` `label (http://x)`; the three
/// escapes are undone after the mark-up has been split, once.
#[must_use]
pub(crate) fn plain(text: &str, directory: &Directory) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&unescape(&rest[..start]));
        let after = &rest[start + 1..];
        match after.find(['>', '<', '\n']).filter(|end| after.as_bytes()[*end] == b'>') {
            Some(end) => {
                reference(&after[..end], directory, &mut out);
                rest = &after[end + 1..];
            }
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(&unescape(rest));
    out
}

fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn reference(inside: &str, directory: &Directory, out: &mut String) {
    let (target, label) = match inside.split_once('|') {
        Some((target, label)) => (target, Some(label).filter(|label| !label.is_empty())),
        None => (inside, None),
    };
    let label = label.map(unescape);
    if let Some(id) = target.strip_prefix('@') {
        let name =
            directory.user(id).map(|user| user.name.clone()).or(label).unwrap_or_else(|| id.to_owned());
        out.push('@');
        out.push_str(name.trim_start_matches('@'));
    } else if let Some(id) = target.strip_prefix('#') {
        let name =
            label.or_else(|| directory.channel_name(id).map(str::to_owned)).unwrap_or_else(|| id.to_owned());
        out.push('#');
        out.push_str(&name);
    } else if let Some(command) = target.strip_prefix('!') {
        special(command, label, out);
    } else {
        let address = unescape(target);
        match label {
            Some(label) if address.strip_prefix("mailto:").is_some_and(|mail| mail == label) => {
                out.push_str(&label)
            }
            Some(label)
                if address == label
                    || address
                        .trim_start_matches("http://")
                        .trim_start_matches("https://")
                        .trim_end_matches('/')
                        == label.trim_end_matches('/') =>
            {
                out.push_str(&address);
            }
            Some(label) => {
                out.push_str(&label);
                out.push_str(" (");
                out.push_str(&address);
                out.push(')');
            }
            None => out.push_str(address.trim_start_matches("mailto:")),
        }
    }
}

/// `!here`, `!subteam^S1|@sre`, `!date^…|fallback`.
fn special(command: &str, label: Option<String>, out: &mut String) {
    if let Some(label) = label {
        let mention = command.starts_with("subteam") && !label.starts_with('@');
        if mention {
            out.push('@');
        }
        out.push_str(&label);
    } else {
        out.push('@');
        out.push_str(command.split('^').next().unwrap_or(command));
    }
}
