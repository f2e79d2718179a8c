//! `git log` in its usual formats: default, fuller, raw, with `--stat` and `--graph`, patches as mail, separated fields,
//! one-liners.

use std::io::BufRead;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::entry::{Entry, change_kind, person};
use crate::evidence::ingest::git_line::{OneLine, is_sha, one_line, ungraphed};
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct GitLog;
pub(super) static ENTRY: GitLog = GitLog;

/// Told of commits in layouts without dates, and of dates such as `3 days ago`.
const NO_TIME: &str =
    "a commit without a time; collect git log --format='%H%x09%aI%x09%an%x09%cI%x09%cn%x09%s'";

/// A commit as far as the format tells.
#[derive(Default)]
struct Commit {
    line: usize,
    sha: String,
    merge: bool,
    author: Option<Actor>,
    /// Committer date if there is one, for that is when it landed.
    landed: Option<Moment>,
    authored: Option<Moment>,
    message: Vec<String>,
    files: Vec<String>,
}

/// `commit <sha>`, or the first line of a patch written as mail.
fn commit_line(line: &str) -> Option<&str> {
    let line = ungraphed(line);
    let mail = line.strip_prefix("From ").filter(|rest| rest.ends_with("Mon Sep 17 00:00:00 2001"));
    let word = line.strip_prefix("commit ").or(mail)?.split_whitespace().next()?;
    is_sha(word).then_some(word)
}

/// `Name <mail>`.
fn signature(text: &str) -> Option<Actor> {
    let (name, mail) =
        text.split_once('<').map_or((text, None), |(name, mail)| (name, Some(mail.trim_end_matches('>'))));
    person([Some(name), mail])
}

/// The number of the pull request that a subject names: `Merge pull request #12 …`, `title (#12)`, bors' `Auto merge of #12`.
fn pull_number(subject: &str) -> Option<&str> {
    let digits = |text: &'_ str| text.bytes().take_while(u8::is_ascii_digit).count();
    for mark in ["Merge pull request #", "Auto merge of #", "Merge #", "Rollup merge of #"] {
        if let Some(rest) = subject.strip_prefix(mark) {
            return rest.get(..digits(rest)).filter(|number| !number.is_empty());
        }
    }
    let rest = subject.rsplit_once("(#")?.1;
    let number = rest.get(..digits(rest))?;
    (!number.is_empty() && rest[number.len()..].trim() == ")").then_some(number)
}

/// The commits that a message says it takes back.
fn reverted(message: &[String]) -> Option<&str> {
    let line = message.iter().find_map(|line| line.split_once("This reverts commit "))?.1;
    line.split(|c: char| !c.is_ascii_hexdigit()).next().filter(|sha| is_sha(sha))
}

impl Commit {
    fn emit(self, out: &mut Output<'_>) {
        if self.landed.is_none() && self.authored.is_none() {
            return out.tally(NO_TIME, self.line);
        }
        let subject = self.message.first().cloned().unwrap_or_default();
        let number = pull_number(&subject);
        let is_merge = self.merge || subject.starts_with("Merge ") || subject.starts_with("Auto merge");
        // The title of a merged pull request is the second line of a merge commit.
        let title = self.message.get(1).filter(|_| is_merge);
        let mut text = match title {
            Some(title) => format!("{subject}: {title}"),
            None => subject.clone(),
        };
        if text.is_empty() {
            text = format!("commit {}", &self.sha[..self.sha.len().min(7)]);
        }
        if !self.files.is_empty() {
            text = format!("{text} ({})", self.files.join(", "));
        }
        let landed = is_merge || number.is_some();
        let words = format!("{subject} {}", title.map_or("", String::as_str));
        let kind = change_kind(&words, EventKind::ChangeMerged);
        let authored = self.authored.as_ref().and_then(Moment::at).map(|at| at.to_string());
        out.emit(
            Entry::new("git", SourceClass::Deploy, kind, self.landed.or(self.authored))
                .line(self.line)
                .text(text)
                .actor(self.author)
                .key(number.map(|number| format!("pr:{number}")))
                .key(self.sha.get(..7).map(|sha| format!("sha:{}", sha.to_lowercase())))
                .label("sha", Some(self.sha.as_str()))
                .label("reverts", reverted(&self.message))
                .label("authored_at", authored)
                .label("subtype", Some(if landed { "merge" } else { "commit" })),
        );
    }
}

/// Reads the long formats, whose commits begin with `commit <sha>`.
#[derive(Default)]
struct Long {
    commit: Option<Commit>,
    in_message: bool,
    /// `--graph` draws in front of every line, so that messages are known by the empty line before them alone.
    graph: bool,
}

impl Long {
    fn line(&mut self, number: usize, line: &str, out: &mut Output<'_>) {
        if let Some(sha) = commit_line(line) {
            self.finish(out);
            self.commit = Some(Commit { line: number, sha: sha.to_owned(), ..Commit::default() });
            self.in_message = false;
            self.graph = line.starts_with(['*', '|']);
            return;
        }
        let Some(commit) = &mut self.commit else { return };
        let plain = ungraphed(line);
        if self.graph && plain.is_empty() {
            self.in_message = true;
            return;
        }
        if self.graph && self.in_message && commit.message.len() < 20 {
            commit.message.push(plain.to_owned());
            return;
        }
        let line = if self.graph { plain } else { line };
        if let Some(message) = line.strip_prefix("    ") {
            self.in_message = true;
            if !message.trim().is_empty() && commit.message.len() < 20 {
                commit.message.push(message.trim().to_owned());
            }
            return;
        }
        if self.in_message {
            // `path | 2 +-` below the message.
            if let Some((path, change)) = line.trim().split_once(" | ")
                && commit.files.len() < 5
                && change.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == 'B')
            {
                commit.files.push(path.trim().to_owned());
            }
            return;
        }
        // The raw format: `author Name <mail> 1718008800 +0200`.
        if let Some((role @ ("author" | "committer"), rest)) = line.split_once(' ')
            && let Some((who, time)) = rest.rsplit_once("> ")
        {
            let at = time.split(' ').next().and_then(moment::parse);
            if role == "author" {
                (commit.author, commit.authored) = (signature(who), at);
            } else {
                commit.landed = at;
            }
            return;
        }
        let Some((name, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match name.trim() {
            "Merge" => commit.merge = true,
            "Author" | "From" => commit.author = signature(value),
            "Subject" => {
                let title = value.strip_prefix("[PATCH").and_then(|rest| rest.split_once("] "));
                commit.message.push(title.map_or(value, |(_, title)| title).to_owned());
            }
            "Date" | "AuthorDate" => commit.authored = moment::parse(value),
            "CommitDate" => commit.landed = moment::parse(value),
            _ => {}
        }
    }

    fn finish(&mut self, out: &mut Output<'_>) {
        if let Some(commit) = self.commit.take() {
            commit.emit(out);
        }
    }
}

/// The columns of a log with separators: named in a header or guessed from one line.
struct Columns {
    separator: char,
    sha: usize,
    authored: Option<usize>,
    landed: Option<usize>,
    author: Option<usize>,
    subject: usize,
}

impl Columns {
    fn of(line: &str) -> Option<(Self, bool)> {
        let separator =
            ['\t', '|', '\u{1f}', '\0', ';'].into_iter().find(|mark| line.matches(*mark).count() >= 2)?;
        let cells: Vec<&str> = line.split(separator).map(str::trim).collect();
        let find = |names: &[&str]| {
            cells.iter().position(|cell| names.contains(&cell.to_ascii_lowercase().as_str()))
        };
        if let Some(sha) = find(&["hash", "sha", "commit", "commit_hash", "oid"]) {
            let columns = Self {
                separator,
                sha,
                authored: find(&["author_date", "authored", "date", "authordate", "timestamp", "time"]),
                landed: find(&["committer_date", "commit_date", "committed", "commitdate"]),
                author: find(&["author", "author_name"]),
                subject: find(&["subject", "message", "title"])?,
            };
            return Some((columns, true));
        }
        let sha =
            cells.iter().position(|cell| is_sha(cell) && !cell.bytes().all(|byte| byte.is_ascii_digit()))?;
        let dates: Vec<usize> =
            (0..cells.len()).filter(|at| *at != sha && moment::parse(cells[*at]).is_some()).collect();
        let words: Vec<usize> =
            (0..cells.len()).filter(|at| *at != sha && !dates.contains(at) && !is_sha(cells[*at])).collect();
        let columns = Self {
            separator,
            sha,
            authored: dates.first().copied(),
            landed: dates.get(1).copied(),
            author: words.first().copied().filter(|_| words.len() > 1),
            subject: *words.last()?,
        };
        (!dates.is_empty()).then_some((columns, false))
    }

    fn commit(&self, number: usize, line: &str) -> Option<Commit> {
        let cells: Vec<&str> =
            line.splitn(self.subject.max(self.sha) + 1, self.separator).map(str::trim).collect();
        let cells: Vec<&str> = if cells.len() > self.subject {
            cells
        } else {
            line.split(self.separator).map(str::trim).collect()
        };
        let date = |at: Option<usize>| moment::parse(cells.get(at?)?);
        let sha = cells.get(self.sha).filter(|sha| is_sha(sha))?;
        Some(Commit {
            line: number,
            sha: (*sha).to_owned(),
            author: self.author.and_then(|at| signature(cells.get(at)?)),
            landed: date(self.landed),
            authored: date(self.authored),
            message: cells.get(self.subject).map(|subject| (*subject).to_owned()).into_iter().collect(),
            ..Commit::default()
        })
    }
}

/// A commit on one line.
fn short(number: usize, found: &OneLine<'_>) -> Commit {
    Commit {
        line: number,
        sha: found.sha.to_owned(),
        author: found.author.and_then(signature),
        authored: found.at.clone(),
        message: vec![found.subject.to_owned()],
        ..Commit::default()
    }
}

/// Whether most lines are commits on one line each. Without times the ids alone must leave no doubt.
fn are_one_liners(head: &Head) -> bool {
    let lines: Vec<&str> = head.lines().take(30).collect();
    let found: Vec<OneLine<'_>> = lines.iter().filter_map(|line| one_line(line)).collect();
    let timed = found.iter().filter(|line| line.at.is_some() || line.aged).count();
    let lettered = found.iter().filter(|line| line.sha.bytes().any(|byte| byte.is_ascii_lowercase())).count();
    (timed > 0 && timed * 2 >= lines.len())
        || (lines.len() > 1 && lettered * 2 >= lines.len() && found.len() == lines.len())
}

impl Source for GitLog {
    fn id(&self) -> &'static str {
        "git_log"
    }

    fn title(&self) -> &'static str {
        "git log"
    }

    fn describe(&self) -> &'static str {
        "git log of the days around the incident, best with --first-parent --format='%H%x09%aI%x09%an%x09%cI%x09%cn%x09%s'."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let mut lines = head.lines();
        let long = head.lines().any(|line| commit_line(line).is_some())
            && head.lines().map(ungraphed).any(|line| {
                ["Author:", "AuthorDate:", "author ", "From: "].iter().any(|mark| line.starts_with(mark))
            });
        if long {
            return Confidence::Certain;
        }
        if !head.is_json() && are_one_liners(head) {
            return Confidence::Strong;
        }
        let Some(first) = lines.next() else { return Confidence::None };
        let Some((columns, header)) = Columns::of(first) else { return Confidence::None };
        let rows: Vec<&str> = if header { lines.take(5).collect() } else { head.lines().take(5).collect() };
        let fit = rows
            .iter()
            .filter(|row| columns.commit(1, row).is_some_and(|commit| commit.authored.is_some()))
            .count();
        Confidence::Strong.when(fit > 0 && fit * 2 >= rows.len())
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut lines = Lines::new(input);
        let mut long = Long::default();
        let mut columns: Option<Columns> = None;
        let mut is_long = false;
        while let Some((number, line)) = lines.next_text(out) {
            let line = line.into_owned();
            is_long |= commit_line(&line).is_some();
            if is_long {
                long.line(number, &line, out);
                continue;
            }
            if line.trim().is_empty() {
                continue;
            }
            if columns.is_none() && !one_line(&line).is_some_and(|found| found.at.is_some() || found.aged) {
                let found = Columns::of(&line);
                let header = found.as_ref().is_some_and(|(_, header)| *header);
                columns = found.map(|(columns, _)| columns);
                if header {
                    continue;
                }
            }
            match columns.as_ref().and_then(|columns| columns.commit(number, &line)) {
                Some(commit) => commit.emit(out),
                None => match one_line(&line) {
                    Some(found) if found.at.is_none() => out.tally(NO_TIME, number),
                    Some(found) => short(number, &found).emit(out),
                    None => out.tally("no commit id", number),
                },
            }
        }
        long.finish(out);
    }
}
