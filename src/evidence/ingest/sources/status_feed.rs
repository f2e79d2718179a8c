//! RSS and Atom feeds of status pages: Statuspage, AWS, Azure, Google Cloud and others.

use std::io::{BufRead, Read as _};

use jiff::tz::Offset;

use crate::domain::{EventKind, Precision, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source, html, zone};

pub(super) struct StatusFeed;
pub(super) static ENTRY: StatusFeed = StatusFeed;

/// The largest feed that is held.
const LONGEST: u64 = 64 << 20;

/// The first element of a name inside a piece of XML, as text.
fn element(xml: &str, name: &str) -> Option<String> {
    let mut rest = xml;
    loop {
        let (_, after) = rest.split_once(&format!("<{name}"))?;
        rest = after;
        if !after.starts_with(['>', ' ', '\n', '\t']) {
            continue;
        }
        let (attributes, inside) = after.split_once('>')?;
        if attributes.ends_with('/') {
            continue;
        }
        let (inside, _) = inside.split_once(&format!("</{name}>"))?;
        let inside = inside.trim();
        let raw = inside.strip_prefix("<![CDATA[").and_then(|data| data.strip_suffix("]]>"));
        return Some(raw.map_or_else(|| html::entities(inside), str::to_owned).trim().to_owned());
    }
}

/// `<link>address</link>` or `<link href="address"/>`.
fn link(xml: &str) -> Option<String> {
    element(xml, "link").filter(|link| link.starts_with("http")).or_else(|| {
        let (_, after) = xml.split_once("<link")?;
        let (_, href) = after.split_once('>').map_or(after, |(tag, _)| tag).split_once("href=\"")?;
        Some(href.split_once('"')?.0.to_owned())
    })
}

/// The updates inside an item of Statuspage: `May 11, 14:36 UTC` on a line, then what was said. Their year is the
/// feed's.
fn updates(text: &str, year: i16) -> Vec<(Moment, String)> {
    let mut found: Vec<(Moment, String)> = Vec::new();
    for line in text.lines().map(str::trim) {
        let dated = line.split_once(", ").and_then(|(day, clock)| {
            let (clock, label) = moment::clock(clock.trim())?;
            zone::resolve(label.trim())?;
            let date = moment::date(&format!("{day}, {year}"))?;
            Some(Moment::civil(date.to_datetime(clock.time), Precision::Minute, zone::resolve(label.trim())))
        });
        match (dated, found.last_mut()) {
            (Some(moment), _) => found.push((moment, String::new())),
            (None, Some((_, said))) => {
                said.push_str(if said.is_empty() { "" } else { "\n" });
                said.push_str(line);
            }
            (None, None) => {}
        }
    }
    found
}

fn year(moment: &Moment) -> Option<i16> {
    match moment.when {
        When::Instant(at) => Some(Offset::UTC.to_datetime(at).year()),
        When::Local(at) => Some(at.year()),
        When::Clock { .. } => None,
    }
}

/// The word for the state of an incident that an update begins with: `Resolved - …`.
fn status(text: &str) -> Option<&str> {
    let (word, _) = text.split_once([' ', ':', '-'])?;
    let known =
        ["investigating", "identified", "monitoring", "resolved", "update", "postmortem", "scheduled"];
    known.contains(&word.to_lowercase().as_str()).then_some(word)
}

fn item(xml: &str, line: usize, out: &mut Output<'_>) {
    let title = html::plain(&element(xml, "title").unwrap_or_default());
    let published = ["pubDate", "published", "updated", "dc:date"];
    let moment = published.iter().find_map(|name| moment::parse(&element(xml, name)?));
    let updated = element(xml, "updated").and_then(|time| moment::parse(&time));
    let body = ["description", "content", "summary"].iter().find_map(|name| element(xml, name));
    let body = html::plain(&body.unwrap_or_default());
    let id = element(xml, "guid").or_else(|| element(xml, "id"));
    let entry = |moment: Option<Moment>, said: &str| {
        let text = match (title.is_empty(), said.is_empty()) {
            (false, false) => format!("{title} · {said}"),
            (false, true) => title.clone(),
            _ => said.to_owned(),
        };
        Entry::new("status page", SourceClass::Chat, EventKind::StatusUpdate, moment)
            .line(line)
            .text(text)
            .thread(id.as_ref().map(|id| format!("status:{id}")))
            .permalink(link(xml))
            .label("status", status(said).map(str::to_lowercase))
    };
    let mut inner = moment.as_ref().and_then(year).map(|year| updates(&body, year)).unwrap_or_default();
    // Newest first in the feed.
    inner.reverse();
    if inner.is_empty() {
        return out.emit(entry(updated.filter(|_| moment.is_none()).or(moment), &body));
    }
    for (at, said) in inner {
        out.emit(entry(Some(at), &said));
    }
}

impl Source for StatusFeed {
    fn id(&self) -> &'static str {
        "status_feed"
    }

    fn title(&self) -> &'static str {
        "Feeds of status pages"
    }

    fn describe(&self) -> &'static str {
        "history.rss or history.atom of a status page, and the feeds of AWS, Azure and Google Cloud."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let start = head.text.trim_start_matches(['\u{feff}', ' ', '\n', '\r']);
        let feed = ["<rss", "<feed", "<rdf:RDF"].iter().any(|mark| head.text.contains(mark));
        let dated = ["<pubDate>", "<updated>", "<published>"].iter().any(|mark| head.text.contains(mark));
        Confidence::Certain.when(start.starts_with('<') && feed && dated)
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut bytes = Vec::new();
        if let Err(error) = input.take(LONGEST).read_to_end(&mut bytes) {
            out.warn(None, format!("could not be read to the end ({error})"));
        }
        let text = String::from_utf8_lossy(&bytes);
        let name = if text.contains("<entry") { "entry" } else { "item" };
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        let (mut at, mut line) = (0, 1);
        while let Some(begin) = text[at..].find(&open).map(|found| at + found) {
            line += text[at..begin].matches('\n').count();
            let Some(end) = text[begin..].find(&close).map(|found| begin + found) else {
                return out.warn(line, "the feed ends in the middle of an item");
            };
            item(&text[begin + open.len()..end], line, out);
            line += text[begin..end].matches('\n').count();
            at = end;
        }
    }
}
