//! Zabbix: problems, recoveries and what people wrote to them, from `event.get` and `problem.get`.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Zabbix;
pub(super) static ENTRY: Json<Zabbix> = Json(Zabbix);

fn severity(item: &Value) -> Option<&'static str> {
    let names = ["not classified", "information", "warning", "average", "high", "disaster"];
    names.get(usize::try_from(item.integer("severity")?).ok()?).copied()
}

impl JsonSource for Zabbix {
    fn id(&self) -> &'static str {
        "zabbix"
    }

    fn title(&self) -> &'static str {
        "Zabbix"
    }

    fn describe(&self) -> &'static str {
        "event.get or problem.get of the API with selectAcknowledges and selectHosts."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["result"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        Confidence::Certain.when(item.has_all(&["eventid", "clock", "objectid"]))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let name = item.str("name").unwrap_or("problem");
        let host = item.list("hosts").first().and_then(|host| host.first(&["name", "host"]));
        let recovered = item.text("value").as_deref() == Some("0");
        let kind = if recovered { EventKind::AlertResolved } else { EventKind::AlertFired };
        let mut text = if recovered { format!("Resolved: {name}") } else { name.to_owned() };
        if let Some(host) = host {
            text = format!("{text} ({host})");
        }
        let id = item.text("eventid").unwrap_or_default();
        out.emit(
            Entry::new("zabbix", SourceClass::Alerting, kind, item.moment("clock"))
                .text(&text)
                .key(Some(format!("zabbix:{id}")))
                .thread(Some(format!("zabbix:{id}")))
                .service(host)
                .label("severity", severity(item)),
        );
        if let Some(ended) = item.moment("r_clock") {
            let entry = Entry::new("zabbix", SourceClass::Alerting, EventKind::AlertResolved, Some(ended));
            out.emit(
                entry.text(format!("Resolved: {text}")).thread(Some(format!("zabbix:{id}"))).service(host),
            );
        }
        for one in item.list("acknowledges") {
            let message = one.str("message").unwrap_or("acknowledged");
            out.emit(
                Entry::new(
                    "zabbix",
                    SourceClass::Alerting,
                    EventKind::AlertAcknowledged,
                    one.moment("clock"),
                )
                .text(format!("{name}: {message}"))
                .actor(person([one.first(&["alias", "username"]), one.str("name"), one.str("userid")]))
                .thread(Some(format!("zabbix:{id}")))
                .service(host),
            );
        }
    }
}
