//! Git's reflog: `git reflog --date=iso` and the files below `.git/logs`, which tell what moved a branch and when.

use std::io::BufRead;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::entry::{Entry, change_kind, person, sha_key};
use crate::evidence::ingest::git_line::is_sha;
use crate::evidence::ingest::lines::Lines;
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct GitReflog;
pub(super) static ENTRY: GitReflog = GitReflog;

struct Move<'a> {
    sha: &'a str,
    moment: Option<Moment>,
    actor: Option<Actor>,
    what: &'a str,
}

/// `a1b2c3d HEAD@{2025-11-28 09:21:00 +0100}: commit: subject`.
fn shown(line: &str) -> Option<Move<'_>> {
    let (sha, rest) = line.split_once(' ')?;
    // Decorations stand between.
    let (_, rest) = rest.split_once("@{")?;
    let (inside, what) = rest.split_once("}: ")?;
    is_sha(sha).then(|| Move { sha, moment: moment::parse(inside), actor: None, what })
}

/// `<old> <new> Name <mail> 1683015072 +0200<TAB>commit: subject`.
fn raw(line: &str) -> Option<Move<'_>> {
    let (head, what) = line.split_once('\t')?;
    let mut words = head.splitn(3, ' ');
    let (old, sha, rest) = (words.next()?, words.next()?, words.next()?);
    if old.len() != 40 || sha.len() != 40 || !is_sha(old) || !is_sha(sha) {
        return None;
    }
    let (name, rest) = rest.split_once('<')?;
    let (mail, time) = rest.split_once("> ")?;
    let epoch = time.split(' ').next()?;
    Some(Move { sha, moment: moment::epoch_text(epoch), actor: person([Some(name), Some(mail)]), what })
}

impl Source for GitReflog {
    fn id(&self) -> &'static str {
        "git_reflog"
    }

    fn title(&self) -> &'static str {
        "git reflog"
    }

    fn describe(&self) -> &'static str {
        "git reflog --date=iso, or a file below .git/logs; without --date it carries no times."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let first: Vec<&str> = head.lines().take(10).collect();
        let known = first.iter().filter(|line| shown(line).is_some() || raw(line).is_some()).count();
        Confidence::Certain.when(known > 0 && known * 2 >= first.len())
    }

    fn read(&self, input: &mut dyn BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        let mut lines = Lines::new(input);
        while let Some((number, line)) = lines.next_text(out) {
            let Some(found) = shown(&line).or_else(|| raw(&line)) else {
                if !line.trim().is_empty() {
                    out.tally("no entry of a reflog", number);
                }
                continue;
            };
            if found.moment.is_none() {
                out.tally("an entry without a time; collect git reflog --date=iso", number);
                continue;
            }
            let (verb, subject) = found.what.split_once(": ").unwrap_or((found.what, ""));
            let verb = verb.split(' ').next().unwrap_or(verb);
            let kind = match verb {
                "revert" => EventKind::Rollback,
                "commit" | "merge" | "cherry-pick" | "pull" => change_kind(subject, EventKind::ChangeMerged),
                _ => EventKind::Log,
            };
            out.emit(
                Entry::new("git", SourceClass::Deploy, kind, found.moment)
                    .line(number)
                    .text(found.what)
                    .actor(found.actor)
                    .key(sha_key(Some(found.sha)).filter(|_| kind != EventKind::Log))
                    .label("sha", Some(found.sha))
                    .label("subtype", Some("reflog")),
            );
        }
    }
}
