//! Writes the new status into the front matter and leaves every other byte alone.

use jiff::Timestamp;

use super::Stage;

/// The document with `status` set; a final one also gets `published_at` unless it has it.
#[must_use]
pub fn promote(source: &str, stage: Stage, now: Timestamp) -> String {
    let status = format!("status: {}", stage.name());
    let published = (stage == Stage::Final).then(|| {
        let second = Timestamp::from_second(now.as_second()).unwrap_or(now);
        format!("published_at: {second}")
    });
    let Some(head_end) = front_matter_end(source) else {
        let lines: Vec<String> = std::iter::once(status).chain(published).collect();
        return format!("---\n{}\n---\n{source}", lines.join("\n"));
    };
    let (head, body) = source.split_at(head_end);
    let ending = if head.contains("\r\n") { "\r\n" } else { "\n" };
    let mut has_status = false;
    let mut has_published = false;
    let mut out = String::new();
    for line in head.split_inclusive('\n') {
        has_published |= line.starts_with("published_at:");
        if line.starts_with("status:") && !has_status {
            has_status = true;
            out.push_str(&status);
            let comment = line.find(" #").map_or("", |at| line[at..].trim_end());
            out.push_str(comment);
            out.push_str(ending);
        } else {
            out.push_str(line);
        }
    }
    if !has_status {
        out.push_str(&status);
        out.push_str(ending);
    }
    for line in published.into_iter().filter(|_| !has_published) {
        out.push_str(&line);
        out.push_str(ending);
    }
    out.push_str(body);
    out
}

/// Byte at which the closing `---` of the front matter begins.
fn front_matter_end(source: &str) -> Option<usize> {
    let mut at = 0;
    for (number, line) in source.split_inclusive('\n').enumerate() {
        let fence = line.trim_end() == "---";
        match (number, fence) {
            (0, false) => return None,
            (0, true) | (_, false) => at += line.len(),
            (_, true) => return Some(at),
        }
    }
    None
}
