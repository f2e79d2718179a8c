//! The words inside Slack's blocks and attachments, which bots use instead of text.

use serde_json::Value;

use crate::evidence::ingest::json::Field;

/// The text of blocks, one line a block, still in mark-up.
#[must_use]
pub(super) fn blocks(blocks: &Value) -> String {
    let lines: Vec<String> =
        blocks.as_array().into_iter().flatten().map(block).filter(|line| !line.trim().is_empty()).collect();
    lines.join("\n")
}

fn block(block: &Value) -> String {
    match block.str("type") {
        Some("rich_text") => block.list("elements").iter().map(rich).collect::<Vec<_>>().join("\n"),
        Some("image") => block.first(&["alt_text", "title/text"]).unwrap_or_default().to_owned(),
        Some("actions" | "divider") => String::new(),
        _ => {
            let mut parts: Vec<&str> = block.str("text/text").into_iter().collect();
            parts.extend(block.list("fields").iter().filter_map(|field| field.str("text")));
            parts.extend(
                block.list("elements").iter().filter_map(|element| element.first(&["text", "text/text"])),
            );
            parts.join("\n")
        }
    }
}

/// One element of rich text, written back in the mark-up of plain text so that references are resolved in one place.
fn rich(element: &Value) -> String {
    let inner = || element.list("elements").iter().map(rich);
    match element.str("type").unwrap_or_default() {
        "text" => {
            let text = element.at("text").and_then(Value::as_str).unwrap_or_default();
            text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
        }
        "user" => format!("<@{}>", element.str("user_id").unwrap_or_default()),
        "channel" => format!("<#{}>", element.str("channel_id").unwrap_or_default()),
        "usergroup" => format!("<!subteam^{}>", element.str("usergroup_id").unwrap_or_default()),
        "broadcast" => format!("<!{}>", element.str("range").unwrap_or("channel")),
        "emoji" => format!(":{}:", element.str("name").unwrap_or_default()),
        "link" => match (element.str("url"), element.str("text")) {
            (Some(url), Some(text)) => format!("<{url}|{text}>"),
            (Some(url), None) => format!("<{url}>"),
            _ => String::new(),
        },
        "rich_text_list" => inner().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n"),
        _ => inner().collect(),
    }
}

/// The text of attachments in reading order; the fallback when there is nothing else.
#[must_use]
pub(super) fn attachments(attachments: &Value) -> String {
    let lines: Vec<String> = attachments
        .as_array()
        .into_iter()
        .flatten()
        .map(attachment)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

fn attachment(attachment: &Value) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut add = |text: String| {
        let text = text.trim().to_owned();
        if !text.is_empty() && !parts.contains(&text) {
            parts.push(text);
        }
    };
    for member in ["pretext", "title", "text"] {
        add(attachment.str(member).unwrap_or_default().to_owned());
    }
    for field in attachment.list("fields") {
        let value = field.text("value").unwrap_or_default();
        add(match field.str("title") {
            Some(title) => format!("{title}: {value}"),
            None => value,
        });
    }
    add(attachment.at("blocks").map(blocks).unwrap_or_default());
    if parts.is_empty() {
        parts.extend(attachment.str("fallback").map(str::to_owned));
    }
    parts.join("\n")
}
