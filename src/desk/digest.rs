//! What happened in the history since a day: incidents, promises made, kept and broken.

use jiff::civil::Date;

use super::actions::{Standing, Tracked};

/// One incident of the digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub title: String,
    pub severity: Option<String>,
    pub started: Date,
    pub status: Option<String>,
    pub repeat_of: Vec<String>,
    /// The first sentences of its summary, without mark-up.
    pub summary: Vec<String>,
    /// Of the file, as a link from where the digest is read.
    pub path: String,
}

/// The digest as Markdown: incidents from `since` to `until`, both included, and the items as they stand at its end.
#[must_use]
pub fn digest(entries: &[Entry], items: &[Tracked], since: Date, until: Date) -> String {
    let mut incidents: Vec<&Entry> =
        entries.iter().filter(|entry| (since..=until).contains(&entry.started)).collect();
    incidents.sort_by_key(|entry| (entry.started, &entry.id));
    let mut out = format!("# Incidents from {since} to {until}\n\n");
    if incidents.is_empty() {
        out.push_str("No incident started in this time.\n");
    }
    for entry in incidents {
        let severity = entry.severity.as_deref().map(|severity| format!(", {severity}")).unwrap_or_default();
        let repeat = if entry.repeat_of.is_empty() {
            String::new()
        } else {
            format!("; a repeat of {}", entry.repeat_of.join(", "))
        };
        let status =
            entry.status.as_deref().map(|status| format!("; postmortem: {status}")).unwrap_or_default();
        out.push_str(&format!(
            "- {} {} ({}{severity}{status}{repeat})\n",
            link(&entry.id, &entry.path),
            plain(&entry.title),
            entry.started
        ));
        if !entry.summary.is_empty() {
            out.push_str(&format!("  {}\n", plain(&entry.summary.join(" "))));
        }
    }
    let in_time = |day: Option<Date>| day.is_some_and(|day| (since..=until).contains(&day));
    section(&mut out, "Closed", items.iter().filter(|one| in_time(one.item.closed)));
    section(
        &mut out,
        "Came due and is open",
        items.iter().filter(|one| in_time(one.item.due) && one.standing(until) != Standing::Closed),
    );
    section(&mut out, "Open for more than six months", items.iter().filter(|one| one.is_ageing(until)));
    out
}

fn section<'i>(out: &mut String, heading: &str, items: impl Iterator<Item = &'i Tracked>) {
    let mut lines = String::new();
    for one in items {
        let due = one.item.due.map(|due| format!(", due {due}")).unwrap_or_default();
        lines.push_str(&format!("- {}: {}{due}\n", link(&one.key, &one.path), one.item.action));
    }
    if !lines.is_empty() {
        out.push_str(&format!("\n## {heading}\n\n{lines}"));
    }
}

/// A bold link, or the bold words where no file is known.
fn link(words: &str, path: &str) -> String {
    let words = plain(words);
    if path.is_empty() {
        return format!("**{words}**");
    }
    let path = path.replace('%', "%25").replace(' ', "%20").replace('(', "%28").replace(')', "%29");
    format!("**[{words}]({path})**")
}

/// Words that mean nothing to Markdown.
fn plain(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        if matches!(c, '\\' | '[' | ']' | '*' | '`' | '<' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_quiet_week_is_said() {
        let text = digest(&[], &[], date(2025, 12, 1), date(2025, 12, 7));
        assert!(text.contains("No incident started"));
        assert!(!text.contains("##"));
    }

    #[test]
    fn incidents_of_the_time_are_listed_in_order() {
        let entry = |id: &str, day| Entry {
            id: id.to_owned(),
            title: "Down".to_owned(),
            severity: Some("SEV-2".to_owned()),
            started: date(2025, 12, day),
            status: None,
            repeat_of: vec!["INC-1".to_owned()],
            summary: vec!["It [fell].".to_owned(), "It rose.".to_owned()],
            path: format!("past incidents/{id}.md"),
        };
        let text = digest(
            &[entry("INC-9", 8), entry("INC-8", 7), entry("INC-7", 1)],
            &[],
            date(2025, 12, 1),
            date(2025, 12, 7),
        );
        let told = |id: &str, day: u8| {
            format!(
                "- **[{id}](past%20incidents/{id}.md)** Down (2025-12-0{day}, SEV-2; a repeat of INC-1)\n  It \\[fell\\]. It rose.\n"
            )
        };
        assert!(text.ends_with(&format!("\n\n{}{}", told("INC-7", 1), told("INC-8", 7))), "{text}");
    }
}
