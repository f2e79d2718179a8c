//! DiscordChatExporter's pages and plain text of a channel.

use std::io::BufRead;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source, html};

pub(super) struct DiscordText;
pub(super) static ENTRY: DiscordText = DiscordText;

/// A message as far as it was read.
struct Message {
    line: usize,
    time: String,
    author: String,
    text: String,
}

/// `[10-Jun-24 11:01 AM] ada#0000 (pinned)`.
fn header(line: &str) -> Option<(&str, &str)> {
    let (time, author) = line.strip_prefix('[')?.split_once("] ")?;
    let author = author.strip_suffix(" (pinned)").unwrap_or(author).trim();
    let dated = time.contains(['-', '/', '.']) && time.contains(':') && time.len() <= 32;
    let named = !author.is_empty() && author.chars().count() <= 40;
    (dated && named && time.starts_with(|c: char| c.is_ascii_digit())).then_some((time, author))
}

/// What stands between `mark` and `end`.
fn between<'a>(text: &'a str, mark: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(mark)?;
    Some(rest.split_once(end).map_or(rest, |(inside, _)| inside))
}

/// Messages of a page; followers in a group name only the time, the group names the author.
fn page(text: &str) -> Vec<Message> {
    let mut found = Vec::new();
    let mut author = String::new();
    let mut line = 1;
    for piece in text.split("data-message-id=\"") {
        let first = found.is_empty() && !text.starts_with("data-message-id");
        if let Some(name) = between(piece, "class=\"chatlog__author\"", "</span>")
            .or_else(|| between(piece, "class=\"chatlog__author-name\"", "</span>"))
        {
            author = html::plain(name.split_once('>').map_or(name, |(_, name)| name));
        }
        let stamp = between(piece, "class=\"chatlog__timestamp\"", "</span>")
            .or_else(|| between(piece, "class=chatlog__timestamp", "</span>"))
            .or_else(|| between(piece, "chatlog__short-timestamp\"", "</div>"));
        let shown = stamp.map(|stamp| html::plain(stamp.split_once('>').map_or(stamp, |(_, shown)| shown)));
        let title = stamp.and_then(|stamp| between(stamp, "title=\"", "\"")).map(html::entities);
        let content =
            between(piece, "chatlog__content", "</div>").and_then(|content| content.split_once('>'));
        let embeds = piece.split("chatlog__embed-").skip(1).filter(|part| {
            ["title", "description", "field-name", "field-value"]
                .iter()
                .any(|part_name| part.starts_with(part_name))
        });
        let mut words: Vec<String> = content.map(|(_, content)| html::plain(content)).into_iter().collect();
        words.extend(embeds.filter_map(|part| {
            let inside = part.split_once('>')?.1;
            Some(html::plain(inside.split("</div>").next().unwrap_or(inside)))
        }));
        words.retain(|word| !word.is_empty());
        words.dedup();
        let time = title.filter(|title| moment::parse(title).is_some()).or(shown);
        if let Some(time) = time.filter(|_| !first || !words.is_empty()) {
            found.push(Message { line, time, author: author.clone(), text: words.join("\n") });
        }
        line += piece.matches('\n').count();
    }
    found
}

/// Numeric dates whose day and month could be swapped: another line of the same file may tell.
fn day_first(times: &[&str]) -> Option<bool> {
    times.iter().find_map(|time| {
        let mut parts = time.split(' ').next()?.split(['/', '.']).map(|part| part.parse::<u16>().ok());
        match (parts.next()??, parts.next()??) {
            (first, _) if first > 12 => Some(true),
            (_, second) if second > 12 => Some(false),
            _ => None,
        }
    })
}

fn parsed(time: &str, day_first: Option<bool>) -> Option<Moment> {
    moment::parse(time).or_else(|| {
        let (date, clock) = time.split_once(' ')?;
        let parts: Vec<&str> = date.split(['/', '.']).collect();
        let [first, second, year] = parts.as_slice() else { return None };
        let (day, month) = if day_first? { (first, second) } else { (second, first) };
        let year = if year.len() == 2 { format!("20{year}") } else { (*year).to_owned() };
        moment::parse(&format!("{year}-{month:0>2}-{day:0>2} {clock}"))
    })
}

impl Source for DiscordText {
    fn id(&self) -> &'static str {
        "discord_text"
    }

    fn title(&self) -> &'static str {
        "Discord, as page or text"
    }

    fn describe(&self) -> &'static str {
        "DiscordChatExporter's HTML or plain text of a channel; JSON tells more and is never ambiguous."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        if head.is_json() {
            return Confidence::None;
        }
        let exporter = head.text.contains("chatlog__message")
            || head.lines().next().is_some_and(|line| line.len() > 40 && line.chars().all(|c| c == '='))
                && head.lines().nth(1).is_some_and(|line| line.starts_with("Guild: "));
        Confidence::Certain.when(exporter)
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut lines = Lines::new(input);
        let mut messages: Vec<Message> = Vec::new();
        let (mut text, mut channel, mut is_page) = (String::new(), None, false);
        while let Some((number, line)) = lines.next_text(out) {
            is_page |= line.contains("chatlog__");
            if let Some(name) = line.strip_prefix("Channel: ") {
                channel = name.rsplit(" / ").next().map(str::to_owned);
            }
            if line.starts_with('<') || is_page {
                text.push_str(&line);
                text.push('\n');
            } else if let Some((time, author)) = header(&line) {
                let (time, author) = (time.to_owned(), author.trim_end_matches("#0000").to_owned());
                messages.push(Message { line: number, time, author, text: String::new() });
            } else if let Some(message) = messages.last_mut().filter(|_| !line.starts_with("=====")) {
                if !message.text.is_empty() {
                    message.text.push('\n');
                }
                message.text.push_str(&line);
            }
        }
        if is_page {
            messages = page(&text);
        }
        let times: Vec<&str> = messages.iter().map(|message| message.time.as_str()).collect();
        let order = day_first(&times);
        for message in messages {
            let text = message.text.split("Exported ").next().unwrap_or_default();
            let text = text.replace("{Attachments}\n", "").replace("{Embed}\n", "");
            let text = text.split("{Reactions}").next().unwrap_or_default().trim();
            let moment = parsed(&message.time, order);
            if moment.is_none() && moment::is_ambiguous(&message.time) {
                out.tally("day and month of the date could be swapped; export as JSON", message.line);
                continue;
            }
            let chat = moment.as_ref().and_then(|moment| chat_key(&message.author, text, &moment.when));
            let bot = message.author.ends_with("BOT");
            out.emit(
                Entry::new("discord", SourceClass::Chat, EventKind::Message, moment)
                    .line(message.line)
                    .text(text)
                    .actor(
                        person([Some(message.author.trim_end_matches("BOT"))])
                            .map(|actor| crate::evidence::Actor { bot, ..actor }),
                    )
                    .key(chat)
                    .label("channel", channel.as_deref()),
            );
        }
    }
}
