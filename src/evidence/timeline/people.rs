//! One person under several names: ids, display names, mail addresses, git authors, logins.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::SourceClass;
use crate::evidence::pattern;
use crate::text::fold;

use super::fact::Fact;

static MACHINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\[bot\]$|\b(?:ro)?bot$|\b(?:robot|bot|app)\b|^(?:pagerduty|alertmanager|grafana|datadog|opsgenie|argo ?cd|jenkins)$",
    )
});

/// Gives every actor the one name that the evidence shows best, and makes machines machines everywhere.
pub(super) fn unify(facts: &mut [Fact]) {
    let mut met: BTreeMap<(&str, &[String], SourceClass, bool), usize> = BTreeMap::new();
    for fact in facts.iter() {
        if let Some(name) = &fact.actor {
            *met.entry((name, &fact.aliases, fact.class, fact.bot)).or_default() += 1;
        }
    }
    let mut people = People::default();
    for ((name, aliases, class, bot), times) in met {
        people.meet(name, aliases, class, bot, times);
    }
    people.join_first_names();
    let canonical = people.canonical();
    let mut names: BTreeMap<String, Option<&(String, bool)>> = BTreeMap::new();
    for fact in facts {
        let Some(name) = &mut fact.actor else { continue };
        let shown = match names.get(name) {
            Some(known) => *known,
            None => *names.entry(name.clone()).or_insert(canonical.get(&people.root(&key(name)))),
        };
        if let Some((shown, bot)) = shown {
            fact.bot = *bot;
            name.clone_from(shown);
        }
    }
}

/// A name as written: how often each class of source used it.
#[derive(Default)]
struct Spelling {
    uses: usize,
    class: Option<SourceClass>,
    shown: bool,
}

#[derive(Default)]
struct People {
    parent: BTreeMap<String, String>,
    spellings: BTreeMap<String, BTreeMap<String, Spelling>>,
    bots: BTreeSet<String>,
}

impl People {
    fn meet(&mut self, name: &str, aliases: &[String], class: SourceClass, bot: bool, times: usize) {
        let first = key(name);
        self.spell(&first, name, class, true, times);
        if bot || MACHINE.is_match(name) {
            self.bots.insert(first.clone());
        }
        for alias in aliases {
            let other = key(alias);
            if other.is_empty() {
                continue;
            }
            self.spell(&other, alias, class, false, times);
            self.union(&first, &other);
        }
    }

    fn spell(&mut self, key: &str, name: &str, class: SourceClass, shown: bool, times: usize) {
        self.parent.entry(key.to_owned()).or_insert_with(|| key.to_owned());
        let spelling =
            self.spellings.entry(key.to_owned()).or_default().entry(name.trim().to_owned()).or_default();
        spelling.uses += times;
        spelling.shown |= shown;
        spelling.class = Some(spelling.class.map_or(class, |known| known.min(class)));
    }

    fn root(&self, key: &str) -> String {
        let mut at = key;
        while let Some(parent) = self.parent.get(at) {
            if parent == at {
                break;
            }
            at = parent;
        }
        at.to_owned()
    }

    fn union(&mut self, a: &str, b: &str) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = if a <= b { (a, b) } else { (b, a) };
        self.parent.insert(high, low);
    }

    /// A first name alone is the one person whose full name begins with it, if there is only one.
    fn join_first_names(&mut self) {
        let mut by_first: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for spellings in self.spellings.values() {
            for name in spellings.keys().filter(|name| is_full(name)) {
                if let Some(first) = name.split_whitespace().next() {
                    by_first.entry(key(first)).or_default().insert(self.root(&key(name)));
                }
            }
        }
        let single: Vec<String> = self.spellings.keys().cloned().collect();
        for name in single {
            let Some(full) = by_first.get(&name) else { continue };
            if let [only] = full.iter().collect::<Vec<_>>()[..] {
                let (only, bot) = (only.clone(), self.is_bot(&name));
                if bot == self.is_bot(&only) {
                    self.union(&name, &only);
                }
            }
        }
    }

    fn is_bot(&self, key: &str) -> bool {
        let root = self.root(key);
        self.bots.iter().any(|bot| self.root(bot) == root)
    }

    /// Root to the name to show and whether it is a machine: full names first, as shown, then the most used.
    fn canonical(&self) -> BTreeMap<String, (String, bool)> {
        let mut groups: BTreeMap<String, Vec<(&String, &Spelling)>> = BTreeMap::new();
        for (key, spellings) in &self.spellings {
            groups.entry(self.root(key)).or_default().extend(spellings);
        }
        let bots: BTreeSet<String> = self.bots.iter().map(|bot| self.root(bot)).collect();
        let rank = |name: &str, spelling: &Spelling| {
            (!spelling.shown, !is_full(name), spelling.class, std::cmp::Reverse(spelling.uses))
        };
        groups
            .into_iter()
            .filter_map(|(root, mut names)| {
                names.sort_by(|a, b| rank(a.0, a.1).cmp(&rank(b.0, b.1)).then(a.0.cmp(b.0)));
                let shown = names.first()?.0.clone();
                let bot = bots.contains(&root);
                Some((root, (shown, bot)))
            })
            .collect()
    }
}

fn is_full(name: &str) -> bool {
    let mut words = name.split_whitespace();
    words.next().is_some() && words.next().is_some() && !name.contains('@')
}

/// Folded, without separators, and of a mail address only what stands before the `@`: `alex.brandt@example.com`, `Alex
/// Brandt` and `alexbrandt` are equal.
fn key(name: &str) -> String {
    let local = name.split_once('@').filter(|(local, _)| !local.is_empty()).map_or(name, |(local, _)| local);
    let local = local.trim_start_matches('@');
    fold(local).chars().filter(|c| c.is_alphanumeric()).collect()
}
