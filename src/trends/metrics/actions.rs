//! What became of the action items.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use serde_json::{Map, Value, json};

use crate::domain::{ActionItem, ActionKind, ActionStatus};
use crate::trends::charts::ageing_bars;
use crate::trends::record::Record;
use crate::trends::scope::start_day;
use crate::trends::statistics::wilson;
use crate::trends::wording::{percent, percent_range, plural, shortened};
use crate::trends::{Cell, Headline, Metric, Row, Scope, Section, Table};

pub(super) struct Actions;
pub(super) const ENTRY: Actions = Actions;

/// Share of actions that should be closed by their due date.
const ON_TIME_GOAL: f64 = 0.9;
/// Share of actions that should involve another team than the one that owns the postmortem.
const CROSS_TEAM_GOAL: f64 = 0.2;
/// Open actions listed by name.
const LISTED: usize = 25;

/// Ages in days at which the bars of the chart end.
const AGE_BANDS: [(&str, i64); 5] = [
    ("up to 30 days", 30),
    ("31–90 days", 90),
    ("91–180 days", 180),
    ("181–365 days", 365),
    ("over a year", i64::MAX),
];

impl Metric for Actions {
    fn name(&self) -> &'static str {
        "actions"
    }

    fn title(&self) -> &'static str {
        "Action items"
    }

    fn definition(&self) -> &'static str {
        "All action items of postmortems whose incident started by the day of judgement, as they stood at the end of \
         that day: one closed later counts as open. Closed = done; closed on time = closed on or before its due date; \
         overdue = open and its due date has passed; open over six months = open and the incident started more than \
         six calendar months before. On-time rate = closed on time divided by all that were due and not dropped (goal \
         90 %). Cross-team = owned by a team that the postmortem does not list as its own (goal over 20 %). \
         Dropped ones are neither open nor closed."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let book = Book::of(scope);
        let mut json = Map::new();
        json.insert("actions".to_owned(), book.json(scope));
        let (k, n) = book.on_time();
        let late = book.open_over_six_months.len();
        let overdue = book.overdue.len();
        let ages: Vec<(&str, usize)> =
            bands(&book.open, scope.as_of()).into_iter().map(|(band, held)| (band, held.len())).collect();
        Section {
            headline: Some(headline(k, n, overdue, late, book.open.len())),
            cautions: Vec::new(),
            findings: findings(&book),
            tables: tables(&book, scope),
            charts: ageing_bars(&ages, scope.as_of()).into_iter().collect(),
            json,
        }
    }
}

/// An action with its postmortem.
#[derive(Clone, Copy)]
pub(super) struct Held<'a> {
    pub(super) record: &'a Record,
    pub(super) action: &'a ActionItem,
}

impl Held<'_> {
    fn name(&self) -> String {
        format!("{} {}", self.record.id, self.action.id)
    }

    /// Days since the incident.
    fn age(&self, day: Date) -> i64 {
        start_day(self.record)
            .and_then(|start| start.until((Unit::Day, day)).ok())
            .map_or(0, |span| i64::from(span.get_days()))
    }
}

/// Whether an action still had to be done at the end of `day`.
pub(super) fn is_open_on(action: &ActionItem, day: Date) -> bool {
    match action.status {
        ActionStatus::Dropped => false,
        ActionStatus::Done => action.closed.is_some_and(|closed| closed > day),
        ActionStatus::Proposed | ActionStatus::Open | ActionStatus::InProgress => true,
    }
}

/// All actions sorted into their states; an action can be in several lists.
struct Book<'a> {
    all: Vec<Held<'a>>,
    closed: Vec<Held<'a>>,
    closed_on_time: Vec<Held<'a>>,
    closed_late: Vec<Held<'a>>,
    open: Vec<Held<'a>>,
    overdue: Vec<Held<'a>>,
    open_over_six_months: Vec<Held<'a>>,
    cross_team: Vec<Held<'a>>,
    dropped: usize,
}

impl<'a> Book<'a> {
    fn of(scope: &Scope<'a>) -> Self {
        let day = scope.as_of();
        let all: Vec<Held<'a>> = scope
            .known()
            .flat_map(|record| record.actions.iter().map(move |action| Held { record, action }))
            .collect();
        let known_teams: BTreeSet<String> =
            scope.past.iter().flat_map(|record| &record.teams).map(|name| name.to_lowercase()).collect();
        let with = |wanted: &dyn Fn(&Held<'a>) -> bool| -> Vec<Held<'a>> {
            all.iter().copied().filter(|held| wanted(held)).collect()
        };
        let open = |held: &Held<'a>| is_open_on(held.action, day);
        let closed = |held: &Held<'a>| held.action.status == ActionStatus::Done && !open(held);
        let in_time = |held: &Held<'a>| match (held.action.closed, held.action.due) {
            (Some(closed), Some(due)) => Some(closed <= due),
            _ => None,
        };
        Self {
            closed: with(&closed),
            closed_on_time: with(&|held| closed(held) && in_time(held) == Some(true)),
            closed_late: with(&|held| closed(held) && in_time(held) == Some(false)),
            open: with(&open),
            overdue: with(&|held| open(held) && held.action.due.is_some_and(|due| due < day)),
            open_over_six_months: with(&|held| open(held) && is_older_than_six_months(held.record, day)),
            cross_team: with(&|held| is_cross_team(held, &known_teams)),
            dropped: with(&|held| held.action.status == ActionStatus::Dropped).len(),
            all,
        }
    }

    /// Closed on time, and all that were due: those, the late ones and the overdue ones.
    fn on_time(&self) -> (usize, usize) {
        let k = self.closed_on_time.len();
        (k, k + self.closed_late.len() + self.overdue.len())
    }

    fn by_type(&self) -> BTreeMap<&'static str, usize> {
        let kinds = [ActionKind::Mitigate, ActionKind::Prevent, ActionKind::Detect, ActionKind::Process];
        let mut counts: BTreeMap<&'static str, usize> = kinds.iter().map(|kind| (kind.name(), 0)).collect();
        for held in &self.all {
            *counts.entry(held.action.kind.map_or("untyped", ActionKind::name)).or_default() += 1;
        }
        counts
    }

    fn json(&self, scope: &Scope<'_>) -> Value {
        let (k, n) = self.on_time();
        let interval = wilson(k as u64, n as u64);
        let proposed_in =
            |held: &&Held<'_>| held.record.started.is_some_and(|at| scope.period().contains(at));
        let (first, last) = (scope.period().first_day(), scope.period().last_day());
        let closed_in = |held: &&Held<'_>| held.action.closed.is_some_and(|day| first <= day && day <= last);
        let undated = |held: &&Held<'_>| held.action.closed.is_none();
        let bands: Map<String, Value> = bands(&self.open, scope.as_of())
            .into_iter()
            .map(|(band, held)| (band.to_owned(), json!(held.len())))
            .collect();
        json!({
            "proposed": self.all.len(),
            "closed": self.closed.len(),
            "closed_on_time": self.closed_on_time.len(),
            "open": self.open.len(),
            "overdue": self.overdue.len(),
            "open_over_6_months": self.open_over_six_months.len(),
            "cross_team": self.cross_team.len(),
            "by_type": self.by_type(),
            "closed_late": self.closed_late.len(),
            "closed_without_date": self.closed.iter().filter(undated).count(),
            "dropped": self.dropped,
            "on_time": {"k": k, "n": n, "rate": (n > 0).then(|| k as f64 / n as f64), "interval": interval.map(|(a, b)| [a, b])},
            "ages": bands,
            "period": {
                "proposed": self.all.iter().filter(proposed_in).count(),
                "closed": self.closed.iter().filter(closed_in).count(),
            },
            "overdue_actions": self.overdue.iter().map(Held::name).collect::<Vec<_>>(),
            "open_actions": self.open.iter().map(Held::name).collect::<Vec<_>>(),
            "cross_team_actions": self.cross_team.iter().map(Held::name).collect::<Vec<_>>(),
        })
    }
}

fn is_older_than_six_months(record: &Record, day: Date) -> bool {
    let limit = day.checked_sub(6.months()).unwrap_or(day);
    start_day(record).is_some_and(|start| start < limit)
}

/// Owned by a team that the postmortem does not name as its own: `@kim (platform)`, or the team itself as owner.
fn is_cross_team(held: &Held<'_>, known_teams: &BTreeSet<String>) -> bool {
    let Some(owner) = held.action.owner.as_deref() else { return false };
    let team = match (owner.rfind('('), owner.rfind(')')) {
        (Some(from), Some(to)) if from < to => owner[from + 1..to].trim().to_lowercase(),
        _ => owner.trim().trim_start_matches('@').to_lowercase(),
    };
    let is_a_team = owner.contains('(') || known_teams.contains(&team);
    let own = |name: &String| name.eq_ignore_ascii_case(&team);
    is_a_team && !held.record.teams.is_empty() && !held.record.teams.iter().any(own)
}

/// Open actions by age; every band is present.
fn bands<'a>(open: &[Held<'a>], day: Date) -> Vec<(&'static str, Vec<Held<'a>>)> {
    let mut from = -1;
    AGE_BANDS
        .iter()
        .map(|&(name, to)| {
            let inside =
                open.iter().copied().filter(|held| (from + 1..=to).contains(&held.age(day).max(0))).collect();
            from = to;
            (name, inside)
        })
        .collect()
}

fn headline(k: usize, n: usize, overdue: usize, late: usize, open: usize) -> Headline {
    let rate = wilson(k as u64, n as u64).map_or_else(
        || "No action was due".to_owned(),
        |interval| {
            format!(
                "{k} of {n} actions that were due were closed on time ({}; the goal is 90 %)",
                percent_range(interval)
            )
        },
    );
    let so = match (overdue, late) {
        (0, _) => "nothing is overdue".to_owned(),
        (_, 0) => format!(
            "{overdue} of {open} open ones are overdue: give each a date that will be kept, or drop it in writing"
        ),
        _ => format!(
            "{overdue} of {open} open ones are overdue and {late} are older than six months: decide on each to fund it or to drop it in writing"
        ),
    };
    Headline { rank: 4, text: format!("{rate}; {so}.") }
}

fn findings(book: &Book<'_>) -> Vec<String> {
    let mut findings = Vec::new();
    let (k, n) = book.on_time();
    if let Some((low, high)) = wilson(k as u64, n as u64) {
        let goal = if low >= ON_TIME_GOAL {
            "the goal of 90 % is met"
        } else if high < ON_TIME_GOAL {
            "the goal of 90 % is missed by more than chance"
        } else {
            "whether the goal of 90 % is met cannot be told"
        };
        findings.push(format!("Closed on time: {k} of {n} ({}); {goal}.", percent(k as f64 / n as f64)));
    }
    let typed: usize =
        book.by_type().iter().filter(|(name, _)| **name != "untyped").map(|(_, count)| count).sum();
    if typed > 0 {
        let count = |name: &str| book.by_type().get(name).copied().unwrap_or_default();
        findings.push(format!(
            "Of {typed} typed actions {} prevent, {} detect, {} mitigate and {} change a process.",
            count("prevent"),
            count("detect"),
            count("mitigate"),
            count("process")
        ));
    }
    if !book.all.is_empty() {
        let share = book.cross_team.len() as f64 / book.all.len() as f64;
        let goal = if share > CROSS_TEAM_GOAL { "above" } else { "not above" };
        findings.push(format!(
            "{} of {} involve another team ({}), {goal} the 20 % that systemic work needs.",
            book.cross_team.len(),
            plural(book.all.len(), "action"),
            percent(share)
        ));
    }
    findings
}

fn tables(book: &Book<'_>, scope: &Scope<'_>) -> Vec<Table> {
    let behind = |held: &[Held<'_>]| {
        let mut ids: Vec<String> = held.iter().map(|held| held.record.id.clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    let mut states = Table::new("states", format!("States on {}", scope.as_of()), &["State", "Actions"]);
    for (name, held) in [
        ("proposed in all", &book.all),
        ("closed", &book.closed),
        ("closed on time", &book.closed_on_time),
        ("closed late", &book.closed_late),
        ("open", &book.open),
        ("overdue", &book.overdue),
        ("open over six months", &book.open_over_six_months),
        ("cross-team", &book.cross_team),
    ] {
        states.rows.push(Row::new(vec![name.into(), Cell::count(held.len())], behind(held)));
    }
    let mut types = Table::new("types", "By type", &["Type", "Actions"]);
    for (name, count) in book.by_type() {
        let of: Vec<Held<'_>> = book
            .all
            .iter()
            .copied()
            .filter(|held| held.action.kind.map_or("untyped", ActionKind::name) == name)
            .collect();
        types.rows.push(Row::new(vec![name.into(), Cell::count(count)], behind(&of)));
    }
    let mut overdue = Table::new(
        "overdue",
        format!("Overdue on {}, the longest first", scope.as_of()),
        &["Action", "What", "Due", "Days over"],
    );
    let mut late = book.overdue.clone();
    late.sort_by_key(|held| (held.action.due, held.record.id.clone(), held.action.id.clone()));
    for held in late.iter().take(LISTED) {
        let over = held.action.due.and_then(|due| due.until((Unit::Day, scope.as_of())).ok());
        let over = over.map_or(0, |span| span.get_days());
        overdue.rows.push(Row::new(
            vec![
                held.name().into(),
                shortened(&held.action.action, 90).into(),
                held.action.due.map(|due| due.to_string()).unwrap_or_default().into(),
                Cell::number(f64::from(over), over.to_string()),
            ],
            vec![held.record.id.clone()],
        ));
    }
    if late.len() > LISTED {
        overdue.note = format!("{LISTED} of {} are listed; the JSON report has all.", late.len());
    }
    let mut tables = vec![states, types];
    if !overdue.rows.is_empty() {
        tables.push(overdue);
    }
    tables
}
