//! How many incidents there were, by severity, service and way of detection.

use serde_json::{Map, Value, json};

use crate::trends::charts::count_bars;
use crate::trends::counts::{self, Counted};
use crate::trends::scope::ids;
use crate::trends::wording::{decimals, list, percent, plural};
use crate::trends::{Headline, Metric, Scope, Section, Verdict};

pub(super) struct Incidents;
pub(super) const ENTRY: Incidents = Incidents;

/// Services shown; the JSON report has all.
const SHOWN: usize = 10;

impl Metric for Incidents {
    fn name(&self) -> &'static str {
        "incidents"
    }

    fn title(&self) -> &'static str {
        "How many incidents"
    }

    fn definition(&self) -> &'static str {
        "An incident belongs to the quarter (UTC) in which it started. Counts come with the exact 95 % Poisson \
         interval (Garwood): the range of underlying rates that such a count fits. Compared with the previous four \
         quarters pooled (fewer where the history is younger) by the exact conditional binomial test, Holm-corrected \
         within each table. An incident with several services counts for each of them."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let total = counts::total(scope);
        let severities = counts::grouped(scope, |record| record.severity.iter().cloned().collect());
        let services = counts::grouped(scope, |record| record.services.clone());
        let detection = counts::grouped(scope, |record| {
            vec![record.detection.clone().unwrap_or_else(|| "not stated".to_owned())]
        });
        let unknown = ids(scope.current.iter().copied().filter(|record| record.severity.is_none()));
        let mut value = total.json();
        value["by_severity"] = by_name(&severities);
        value["by_service"] = by_name(&services);
        value["by_detection"] = by_name(&detection);
        value["unknown_severity"] = json!({"n": unknown.len(), "incidents": unknown});
        let mut json = Map::new();
        json.insert("incidents".to_owned(), value);
        let mut all = vec![total.clone()];
        all.extend(severities.iter().cloned());
        let shown: Vec<Counted> = top(services, SHOWN);
        Section {
            headline: Some(headline(&total, &severities, scope)),
            cautions: cautions(&total, scope),
            findings: findings(&severities, &detection),
            charts: count_bars(scope).into_iter().collect(),
            tables: vec![
                counts::table("severity", "By severity", "Severity", &all),
                counts::table(
                    "service",
                    "By service, those with most incidents in the quarter",
                    "Service",
                    &shown,
                ),
                counts::table("detection", "By way of detection", "Detected by", &detection),
            ],
            json,
        }
    }
}

fn by_name(groups: &[Counted]) -> Value {
    Value::Object(groups.iter().map(|group| (group.name.clone(), group.json())).collect())
}

/// Those with most incidents, then by name.
fn top(mut groups: Vec<Counted>, most: usize) -> Vec<Counted> {
    groups.sort_by(|a, b| {
        (b.now.len(), b.before.len()).cmp(&(a.now.len(), a.before.len())).then_with(|| a.name.cmp(&b.name))
    });
    groups.retain(|group| !group.now.is_empty());
    groups.truncate(most);
    groups
}

fn headline(total: &Counted, severities: &[Counted], scope: &Scope<'_>) -> Headline {
    let severe = severities.iter().find(|group| group.name == "SEV-1").map_or(0, |group| group.now.len());
    let usual = total.usual().map_or_else(
        || "there is no earlier quarter to compare with".to_owned(),
        |usual| format!("the quarters before had {} on average", decimals(usual, 1)),
    );
    let so = match total.verdict {
        Verdict::Worse => {
            format!("that is more than chance explains ({}), so ask what is new", total.p_words())
        }
        Verdict::Improved => format!("that is fewer than chance explains ({})", total.p_words()),
        Verdict::Noise => {
            "a difference that cannot be told apart from noise, so it needs no explanation".to_owned()
        }
        Verdict::Insufficient => "so the number stands alone".to_owned(),
    };
    let text = format!(
        "{} had {}, {} of them SEV-1; {usual}: {so}.",
        scope.period(),
        plural(total.now.len(), "incident"),
        if severe == 0 { "none".to_owned() } else { severe.to_string() }
    );
    Headline { rank: 1, text }
}

fn cautions(total: &Counted, scope: &Scope<'_>) -> Vec<String> {
    let (low, high) = total.interval();
    let mut cautions = Vec::new();
    if scope.elapsed() < 1.0 {
        cautions.push(format!(
            "On {} the quarter was not over: {} of it had passed, and comparisons of counts allow for that.",
            scope.as_of(),
            percent(scope.elapsed())
        ));
    }
    cautions.push(format!(
        "A count of {} fits any underlying rate from {} to {} a quarter; the next quarter can differ by as much without any change in reliability.",
        total.now.len(),
        decimals(low, 1),
        decimals(high, 1)
    ));
    cautions
}

fn findings(severities: &[Counted], detection: &[Counted]) -> Vec<String> {
    let mut findings = Vec::new();
    let changed: Vec<String> = severities
        .iter()
        .filter(|group| matches!(group.verdict, Verdict::Improved | Verdict::Worse))
        .map(|group| {
            let usual = decimals(group.usual().unwrap_or_default(), 1);
            format!("{} ({} against {usual} a quarter, {})", group.name, group.now.len(), group.p_words())
        })
        .collect();
    findings.push(if changed.is_empty() {
        "No severity differs from the quarters before by more than chance explains.".to_owned()
    } else {
        format!("More or fewer than chance explains: {}.", list(&changed))
    });
    let total: usize = detection.iter().map(|group| group.now.len()).sum();
    if let Some(alerts) = detection.iter().find(|group| group.name == "alert").filter(|_| total > 0) {
        findings.push(format!(
            "{} of {total} were found by an alert; the others were found by people first.",
            alerts.now.len()
        ));
    }
    findings
}
