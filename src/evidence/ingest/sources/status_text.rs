//! Posts of a status page copied as text: a word for the state, the message, and when it was posted below or above it.

use std::io::BufRead;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::prose::stamp;
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct StatusText;
pub(super) static ENTRY: StatusText = StatusText;

const STATES: [&str; 10] = [
    "investigating",
    "identified",
    "monitoring",
    "resolved",
    "update",
    "mitigated",
    "verifying",
    "in progress",
    "completed",
    "scheduled",
];

/// One post as far as it was read.
#[derive(Default)]
struct Post {
    line: usize,
    state: Option<&'static str>,
    text: Vec<String>,
    moment: Option<Moment>,
}

/// `Posted Jun 12, 2025 - 20:32 UTC`, `Posted 3 months ago. Jun 12, 2025 - 20:32 UTC`, or the bare time on a line.
fn posted(line: &str) -> Option<Moment> {
    let line = line.trim().trim_matches(['*', '_', '(', ')']);
    let told = line.strip_prefix("Posted").map(|rest| rest.trim_start_matches([' ', ':']));
    let told = told.map(|rest| rest.strip_prefix("on ").unwrap_or(rest));
    let told = told.map(|rest| rest.split_once("ago. ").map_or(rest, |(_, rest)| rest)).unwrap_or(line);
    let begins = told.split([' ', ',']).next().is_some_and(|word| {
        moment::month(word).is_some()
            || moment::is_weekday(word)
            || word.starts_with(|c: char| c.is_ascii_digit())
    });
    let dashed = told.replacen(" - ", " ", 1).replacen(" – ", " ", 1);
    let found = stamp(&dashed).filter(|_| begins)?;
    found.moment.filter(|_| found.text.trim_matches(['.', ' ']).is_empty())
}

/// The state that a line names, and what stands behind it: `Resolved`, `**Identified** - The cause …`.
fn state(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim_start_matches(['*', '#', '-', ' ', '[', '>']);
    STATES.iter().find_map(|state| {
        let head = line.get(..state.len()).filter(|head| head.eq_ignore_ascii_case(state))?;
        let rest = line[head.len()..].trim_start_matches(['*', ']', ' ']);
        let bare = rest.is_empty();
        let led = [" - ", "- ", "– ", ": "].iter().find_map(|mark| rest.strip_prefix(mark));
        let capital = head.starts_with(|c: char| c.is_uppercase());
        (capital && (bare || led.is_some())).then(|| (*state, led.unwrap_or_default().trim()))
    })
}

/// Reads the posts; each ends where its time, or the state of the next one, stands.
fn posts<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> (Option<String>, Vec<Post>) {
    let (mut title, mut found, mut open) = (None, Vec::new(), Post::default());
    let mut above = None;
    for (number, line) in lines {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if let Some(moment) = posted(line) {
            if open.state.is_some() && open.moment.is_none() && above != Some(true) {
                above = Some(false);
                open.moment = Some(moment);
                found.push(std::mem::take(&mut open));
            } else {
                above = Some(true);
                found.push(std::mem::take(&mut open));
                open.moment = Some(moment);
            }
        } else if let Some((state, rest)) = state(line) {
            if open.state.is_some() {
                let moment = open.moment.clone().filter(|_| above == Some(true));
                found.push(std::mem::replace(&mut open, Post { moment, ..Post::default() }));
            }
            (open.line, open.state) = (number, Some(state));
            open.text.extend((!rest.is_empty()).then(|| rest.to_owned()));
        } else if open.state.is_some() {
            open.text.push(line.to_owned());
        } else if title.is_none() {
            title = Some(line.trim_start_matches(['#', ' ', '*']).trim_end_matches('*').to_owned());
        }
    }
    found.push(open);
    found.retain(|post| post.state.is_some());
    (title, found)
}

impl Source for StatusText {
    fn id(&self) -> &'static str {
        "status_text"
    }

    fn title(&self) -> &'static str {
        "Status page as text"
    }

    fn describe(&self) -> &'static str {
        "Posts copied from a status page: Investigating, Identified, Monitoring, Resolved, Update, each with its time."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        if head.is_json() {
            return Confidence::None;
        }
        let (_, posts) = posts(head.text.lines().enumerate());
        let dated = posts.iter().filter(|post| post.moment.is_some() && !post.text.is_empty()).count();
        Confidence::Certain.when(dated > 0 && dated * 2 > posts.len())
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut text: Vec<String> = Vec::new();
        let mut lines = Lines::new(input);
        while let Some((_, line)) = lines.next_text(out) {
            text.push(line.into_owned());
        }
        let (title, mut posts) = posts(text.iter().enumerate().map(|(at, line)| (at + 1, line.as_str())));
        // Newest first on the page.
        posts.reverse();
        let title = title.unwrap_or_else(|| "incident".to_owned());
        for post in posts {
            let state = post.state.unwrap_or("update");
            out.emit(
                Entry::new("statuspage", SourceClass::Chat, EventKind::StatusUpdate, post.moment)
                    .text(format!("[{state}] {title} · {}", post.text.join("\n")))
                    .thread(Some(format!("statuspage:{title}")))
                    .label("status", Some(state))
                    .line(post.line),
            );
        }
    }
}
