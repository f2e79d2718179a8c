//! Timelines for tests, written as one line for each event: `HH:MM:SS source kind Actor Name: text`.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::{
    Event, EventId, EventKind, Gap, Incident, Origin, PhaseMark, Phases, Precision, SourceClass, Timeline,
};

/// The day on which all test incidents happen, a Friday.
const DAY: &str = "2025-11-28";

/// Events from their lines; phases from the kinds; every record that is no plain message is a key event.
pub(crate) fn timeline(lines: &str) -> Timeline {
    let mut events: Vec<Event> = lines
        .lines()
        .filter(|line| !line.trim().is_empty())
        .enumerate()
        .map(|(i, line)| event(i, line.trim()))
        .collect();
    events.sort_by_key(|event| (event.at, event.id));
    let phases = phases(&events);
    let mut timeline = Timeline {
        incident: Incident {
            id: "INC-7".into(),
            title: "Checkout unavailable after a memory limit change".into(),
            severity: Some("SEV-1".into()),
            services: vec!["checkout".into()],
            ..Incident::default()
        },
        durations: phases.durations(),
        phases,
        events,
        ..Timeline::default()
    };
    timeline.gaps = gaps(&timeline);
    timeline
}

pub(crate) fn at(clock: &str) -> Timestamp {
    format!("{DAY}T{clock}Z").parse().unwrap()
}

fn event(index: usize, line: &str) -> Event {
    let mut words = line.splitn(4, ' ');
    let (clock, source, kind, rest) =
        (words.next().unwrap(), words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
    let (actor, text) = rest.split_once(": ").unwrap();
    let kind: EventKind = serde_json::from_value(kind.into()).unwrap();
    let class = match source {
        "slack" => SourceClass::Chat,
        "pagerduty" | "alertmanager" => SourceClass::Alerting,
        "github" => SourceClass::Deploy,
        "notes" => SourceClass::Memory,
        _ => SourceClass::Automated,
    };
    Event {
        id: EventId(u32::try_from(index + 1).unwrap()),
        at: at(clock),
        until: None,
        precision: Precision::Second,
        source: source.into(),
        class,
        kind,
        role: None,
        actor: (actor != "-").then(|| actor.to_owned()),
        bot: actor == "-",
        text: text.replace("\\n", "\n"),
        count: 1,
        key: kind != EventKind::Message,
        thread: None,
        services: Vec::new(),
        origin: Origin { file: format!("{source}.json"), line: index + 1, permalink: None },
        also: Vec::new(),
        fingerprint: format!("{index:016x}"),
    }
}

fn phases(events: &[Event]) -> Phases {
    let first = |kinds: &[EventKind]| {
        events.iter().find(|event| kinds.contains(&event.kind)).map(|event| PhaseMark {
            at: event.at,
            evidence: vec![event.id],
            confidence: 0.9,
        })
    };
    Phases {
        started: first(&[EventKind::Deploy, EventKind::Log, EventKind::AlertFired]),
        detected: first(&[EventKind::AlertFired]),
        acknowledged: first(&[EventKind::AlertAcknowledged]),
        mitigated: first(&[EventKind::AlertResolved]),
        resolved: first(&[EventKind::Resolved]),
    }
}

fn gaps(timeline: &Timeline) -> Vec<Gap> {
    let (Some(from), Some(to)) = (&timeline.phases.started, &timeline.phases.resolved) else {
        return Vec::new();
    };
    let open: Vec<Timestamp> =
        timeline.events.iter().map(|event| event.at).filter(|at| (from.at..=to.at).contains(at)).collect();
    open.windows(2)
        .map(|pair| Gap { from: pair[0], to: pair[1], seconds: pair[1].as_second() - pair[0].as_second() })
        .filter(|gap| gap.seconds >= 300)
        .collect()
}

/// A whole incident as people collect it: a limit change, kills, restarts that do not help, a revert, a review.
pub(crate) fn checkout_incident() -> Timeline {
    let mut timeline = timeline(CHECKOUT);
    timeline.incident.roles = BTreeMap::from([("commander".to_owned(), "Solveig Brandt".to_owned())]);
    timeline
}

const CHECKOUT: &str = "\
09:14:30 github change_merged Tariq Osei: PR #812 merged: lower the memory limit of checkout from 512Mi to 256Mi
09:22:00 kubernetes deploy -: Scaled up replica set checkout-7d4b8 to 3
09:31:40 kubernetes log -: Back-off restarting failed container, reason=OOMKilled exit=137
09:32:00 alertmanager alert_fired -: CheckoutErrorRate: 5xx share above 5 %
09:33:21 pagerduty alert_acknowledged Mika Oyelaran: acknowledged on the phone
09:35:12 slack message Mika Oyelaran: On it. Checkout is throwing errors and I see pods marked OOMKilled
09:36:40 slack message Rene Duval: checkout has been dead for ages, this is Tariq's fault, can he be careful for once?
09:38:03 slack action Mika Oyelaran: Restarting the affected pods now
09:43:06 slack escalation Mika Oyelaran: Restarts make no difference. Escalating to second line
09:45:10 slack declared Solveig Brandt: I take incident command. This is a SEV-1
09:49:08 slack observation Jordan Ekwueme: Looked at the limits of checkout: they were changed today, 512Mi to 256Mi. I'm reverting that
09:49:55 slack hypothesis Nkechi Obi: or did the database fail over? replica lag jumped at 09:32
09:51:06 github rollback Jordan Ekwueme: Revert PR #815 merged
09:54:30 slack observation Nkechi Obi: Database ruled out: no failover. The replica lag comes from retries of checkout
09:55:00 alertmanager alert_resolved -: CheckoutErrorRate resolved
09:58:01 slack resolved Solveig Brandt: Resolved as of 09:55 UTC. We keep watching for 30 minutes
10:06:50 slack message Haruka Thiel: First rough look: ca. 2,000 failed checkouts, do not quote yet
10:20:31 slack message Ipek Yildiz: Support: 63 tickets about the payment step between 09:32 and 10:15
10:31:47 slack message Haruka Thiel: Final count from the order log: 1,846 failed checkouts, error share peaked at 31.7 % at 09:41 UTC. The 2,000 from before is obsolete
10:41:03 slack message Solveig Brandt: While it is fresh: what made this possible? Conditions, not people
10:43:29 slack message Jordan Ekwueme: The pipeline has no check of resource limits at all. Nothing compares a limit with what the pods really use
10:45:51 slack message Tariq Osei: The file I changed is the shared base of both environments. The title of my PR does not mention production
10:48:17 slack message Casey Lindqvist: No alert on memory below 90 % of the limit. At 09:24 the new pods were at 78 %, nobody could have noticed
10:50:40 slack message Jordan Ekwueme: Production syncs automatically and there is no automatic rollback when a rollout turns unhealthy
10:53:12 slack message Mika Oyelaran: The runbook checkout-errors has no step for OOM kills
10:54:42 slack message Nkechi Obi: our own retries in payments made it worse, three tries without backoff
10:55:59 slack message Rene Duval: did anyone see my blue headset?
11:02:45 slack message Solveig Brandt: And what went well?
11:04:08 slack message Ipek Yildiz: Support knew within minutes that somebody was on it. That calmed the chats a lot
11:05:30 slack message Casey Lindqvist: acknowledged in under two minutes, and Mika escalated early instead of trying a third restart
11:15:00 slack message Solveig Brandt: Proposals for actions: what, who, until when
11:17:42 slack message Jordan Ekwueme: I'll add a policy check to the pipeline that refuses limit changes below observed usage by 2025-12-12. Done when a test PR with 64Mi goes red
11:19:20 slack message Casey Lindqvist: @Jordan can you set up a memory alert at 80 % of the limit for all production namespaces before 15 December? I'd review it
11:20:05 slack message Jordan Ekwueme: yes, mine. tracking as OPS-4521
11:22:31 slack message Mika Oyelaran: I'll write the OOM step into the checkout-errors runbook by 2025-12-03, @Casey would you read it?
11:25:14 slack message Tariq Osei: I split base and overlays for checkout, until Friday next week
11:28:50 slack message Nkechi Obi: retries with backoff in payments: I take it, 2025-12-19
11:33:16 slack message Solveig Brandt: someone should find out what automatic rollback would cost us with the current version
11:36:02 slack message Jordan Ekwueme: Lesson for me: a config change deserves the same canary as code
11:52:03 slack message Rene Duval: sorry for what I wrote this morning
15:42:15 slack message Solveig Brandt: Taking the rollback question myself: written proposal by 2026-01-30
";

/// Runs `check` on the reading of a timeline that passed an unchanged redactor and a silent linter.
pub(crate) fn read(timeline: &Timeline, check: impl FnOnce(&super::reading::Reading<'_>)) {
    let input = super::DraftInput {
        timeline,
        matches: &[],
        warnings: &[],
        tool: "unblame test",
        lint: &|_| Vec::new(),
    };
    check(&super::reading::Reading::new(&input, &mut crate::redact::Redactor::default()));
}
