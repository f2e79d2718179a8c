//! What tables and plain records have in common: columns named in many ways, and what a source name implies.

use crate::domain::{EventKind, SourceClass};

use super::entry::{Entry, change_kind, machine, person};
use super::moment::Moment;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    Time,
    Date,
    Text,
    Actor,
    Source,
    Kind,
    Severity,
    Service,
    Link,
    Thread,
}

/// The role of a column by its name, in the languages people export in.
#[must_use]
pub(crate) fn column(name: &str) -> Option<Column> {
    let name = name.trim().trim_matches(['"', '\u{feff}', '*', '@', '_']).to_lowercase();
    let base = name.split(['(', '[']).next().unwrap_or_default().trim().replace([' ', '-'], "_");
    Some(match base.as_str() {
        "timestamp" | "time" | "datetime" | "date_time" | "date/time" | "at" | "when" | "ts"
        | "created_at" | "created_on" | "opened_at" | "createdat" | "created" | "occurred_at"
        | "occurred" | "event_time" | "eventtime" | "start_time" | "time_utc" | "utc" | "zeit"
        | "zeitpunkt" | "uhrzeit" | "zeitstempel" | "hora" | "fecha_hora" | "fecha_y_hora" | "heure"
        | "horodatage" | "ora" | "tijd" | "tid" | "時刻" | "日時" | "时间" | "logged_at" | "published_at"
        | "timestamp_utc" | "date_happened" => Column::Time,
        "date" | "day" | "datum" | "fecha" | "tag" | "jour" | "data" | "日付" | "日期" => Column::Date,
        "text" | "message" | "msg" | "description" | "event" | "summary" | "details" | "note" | "notes"
        | "body" | "content" | "title" | "what" | "comment" | "subject" | "beschreibung" | "ereignis"
        | "meldung" | "nachricht" | "descripción" | "descripcion" | "mensaje" | "evento" | "événement"
        | "evenement" | "texte" | "action" | "内容" | "メッセージ" | "what_happened"
        | "event_description" => Column::Text,
        "actor" | "user" | "username" | "user_name" | "author" | "who" | "name" | "person" | "by"
        | "sender" | "from" | "owner" | "implementer" | "implemented_by" | "assignee" | "assigned_to"
        | "reporter" | "reported_by" | "changed_by" | "created_by" | "opened_by" | "operator"
        | "engineer" | "requester" | "benutzer" | "autor" | "wer" | "usuario" | "auteur" | "qui"
        | "responsable" | "ユーザー" | "用户" => Column::Actor,
        "source" | "system" | "tool" | "channel" | "origin" | "quelle" | "fuente" | "kanal" | "ソース"
        | "来源" => Column::Source,
        "kind" | "type" | "event_type" | "category" | "art" | "tipo" => Column::Kind,
        "severity" | "level" | "priority" | "status" | "state" | "schwere" => Column::Severity,
        "service" | "affected_service" | "configuration_item" | "ci" | "service_name" | "component"
        | "host" | "hostname" | "instance" | "application" | "app" | "dienst" | "device" | "gerät"
        | "geraet" | "node" | "machine" | "equipment" | "sensor" => Column::Service,
        "link" | "url" | "permalink" | "html_url" => Column::Link,
        "thread" | "thread_id" | "thread_ts" => Column::Thread,
        _ => return None,
    })
}

/// Whether a name that is no usual one is still that of the time at which something happened or began.
#[must_use]
pub(crate) fn names_time(name: &str) -> bool {
    let base = name.split(['(', '[']).next().unwrap_or_default();
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in base.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() && before.is_lowercase() || words.is_empty() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    let any = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    let other = any(&[
        "end",
        "ended",
        "ends",
        "finish",
        "finished",
        "until",
        "due",
        "duration",
        "zone",
        "timezone",
        "elapsed",
        "response",
        "resolved",
        "closed",
        "spent",
        "total",
        "modified",
        "updated",
        "expires",
        "expiry",
        "to",
        "planned",
        "scheduled",
        "avg",
        "average",
        "max",
        "min",
        "run",
        "ms",
        "count",
    ]);
    !other
        && any(&[
            "time",
            "timestamp",
            "ts",
            "datetime",
            "date",
            "when",
            "at",
            "on",
            "start",
            "started",
            "begin",
            "began",
            "beginn",
            "opened",
            "created",
            "reported",
            "raised",
            "logged",
            "occurred",
            "happened",
            "stamp",
            "zeit",
            "inicio",
            "début",
            "debut",
            "received",
            "sent",
        ])
}

/// Whether a name that is no usual one is still that of a text.
#[must_use]
pub(crate) fn names_text(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let texts = [
        "description",
        "message",
        "summary",
        "title",
        "subject",
        "text",
        "details",
        "remark",
        "remarks",
        "problem",
        "symptom",
    ];
    words.into_iter().any(|word| texts.contains(&word))
}

/// The pieces of one row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub moment: Option<Moment>,
    pub text: String,
    pub actor: Option<String>,
    pub source: Option<String>,
    pub kind: Option<String>,
    pub severity: Option<String>,
    pub service: Option<String>,
    pub link: Option<String>,
    pub thread: Option<String>,
    /// Whether the text was put together from numbers.
    pub measured: bool,
}

impl Row {
    /// The record of the row.
    #[must_use]
    pub(crate) fn entry(self, fallback: &str) -> Entry {
        let source =
            self.source.as_deref().map_or_else(|| fallback.to_owned(), |name| name.trim().to_lowercase());
        let (mut class, mut implied) = implied(&source, &self.text, self.measured);
        let logged = self.actor.is_none() && self.severity.as_deref().is_some_and(is_level);
        if class == SourceClass::Memory && logged {
            (class, implied) = (SourceClass::Automated, EventKind::Log);
        }
        let kind = self.kind.as_deref().and_then(named_kind).unwrap_or(implied);
        let actor = match class {
            SourceClass::Automated | SourceClass::Deploy => machine(self.actor.as_deref()),
            _ => person([self.actor.as_deref()]),
        };
        Entry::new(&source, class, kind, self.moment)
            .text(&self.text)
            .actor(actor)
            .service(self.service)
            .permalink(self.link)
            .thread(self.thread)
            .label("severity", self.severity)
            .label("subtype", self.kind)
    }
}

/// Whether a word is the level of a log line.
#[must_use]
pub(crate) fn is_level(word: &str) -> bool {
    const LEVELS: [&str; 17] = [
        "trace",
        "debug",
        "dbg",
        "info",
        "inf",
        "information",
        "notice",
        "warn",
        "wrn",
        "warning",
        "err",
        "error",
        "crit",
        "critical",
        "fatal",
        "alarm",
        "emerg",
    ];
    let word = word.trim_matches(['[', ']', ':', '|', ' ', '<', '>']);
    LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level))
}

/// The kind that a word in a table names.
#[must_use]
pub(crate) fn named_kind(word: &str) -> Option<EventKind> {
    let word = word.trim().to_lowercase().replace([' ', '-'], "_");
    Some(match word.as_str() {
        "alert" | "alert_fired" | "alarm" | "page" | "triggered" | "firing" => EventKind::AlertFired,
        "ack" | "acknowledged" | "alert_acknowledged" | "acknowledge" => EventKind::AlertAcknowledged,
        "alert_resolved" | "recovered" | "recovery" => EventKind::AlertResolved,
        "deploy" | "deployment" | "deployed" | "release" => EventKind::Deploy,
        "change_merged" | "merge" | "merged" | "pull_request" | "pr" => EventKind::ChangeMerged,
        "rollback" | "revert" => EventKind::Rollback,
        "config_change" | "config" | "configuration" | "change" | "feature_flag" => EventKind::ConfigChange,
        "escalation" | "escalated" | "escalate" => EventKind::Escalation,
        "declared" | "incident_declared" => EventKind::Declared,
        "decision" => EventKind::Decision,
        "action" | "mitigation" => EventKind::Action,
        "observation" => EventKind::Observation,
        "hypothesis" => EventKind::Hypothesis,
        "status_update" | "update" | "statuspage" => EventKind::StatusUpdate,
        "resolved" | "resolution" | "incident_resolved" => EventKind::Resolved,
        "message" | "chat" => EventKind::Message,
        "log" => EventKind::Log,
        "metric" | "metrics" => EventKind::Metric,
        _ => return None,
    })
}

/// Class and kind that the name of a system implies.
fn implied(source: &str, text: &str, measured: bool) -> (SourceClass, EventKind) {
    let any = |names: &[&str]| names.iter().any(|name| source.contains(name));
    if any(&["alertmanager", "pagerduty", "opsgenie", "victorops", "monitoring alert"]) {
        let text = text.to_lowercase();
        let kind = if text.contains("resolved") || text.contains("recovered") {
            EventKind::AlertResolved
        } else if text.contains("acknowledged") || text.contains("acked") {
            EventKind::AlertAcknowledged
        } else {
            EventKind::AlertFired
        };
        return (SourceClass::Alerting, kind);
    }
    if measured
        || any(&[
            "prometheus",
            "grafana",
            "metric",
            "datadog",
            "cloudwatch",
            "newrelic",
            "graphite",
            "influx",
            "dynatrace",
            "stackdriver",
        ])
    {
        return (SourceClass::Automated, EventKind::Metric);
    }
    if any(&["slack", "chat", "teams", "discord", "irc", "mattermost", "zulip", "bridge", "call", "zoom"]) {
        return (SourceClass::Chat, EventKind::Message);
    }
    if any(&[
        "kube", "k8s", "syslog", "log", "journal", "audit", "nginx", "kernel", "systemd", "database",
        "postgres",
    ]) {
        return (SourceClass::Automated, EventKind::Log);
    }
    if source == "ci"
        || any(&[
            "github",
            "gitlab",
            "deploy",
            "argo",
            "jenkins",
            "circleci",
            "buildkite",
            "spinnaker",
            "ci/cd",
        ])
    {
        let lower = text.to_lowercase();
        let deployed = ["deployed", "deploying", "rolled out", "rollout", "synced", "released"]
            .iter()
            .any(|word| lower.contains(word));
        let kind = if deployed {
            EventKind::Deploy
        } else if lower.contains("merged") {
            EventKind::ChangeMerged
        } else {
            EventKind::Log
        };
        return (SourceClass::Deploy, if kind == EventKind::Log { kind } else { change_kind(text, kind) });
    }
    if any(&["status page", "statuspage", "status_page"]) {
        return (SourceClass::Chat, EventKind::StatusUpdate);
    }
    if any(&[
        "batch",
        "cron",
        "job",
        "scheduler",
        "runner",
        "worker",
        "daemon",
        "sensor",
        "scada",
        "plc",
        "device",
        "gateway",
        "router",
        "firewall",
        "zabbix",
        "nagios",
        "icinga",
        "monitor",
    ]) || is_machine_written(text)
    {
        return (SourceClass::Automated, EventKind::Log);
    }
    (SourceClass::Memory, EventKind::Message)
}

/// Whether a text gives values by name, `exit=0 rows=12`, as no person writes.
fn is_machine_written(text: &str) -> bool {
    let named = |word: &&str| {
        word.split_once('=').is_some_and(|(name, value)| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
            !name.is_empty() && !value.is_empty() && name.chars().all(plain)
        })
    };
    text.split_whitespace().filter(named).count() >= 2
}
