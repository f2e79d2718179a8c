//! One spelling for severities and detection sources, whatever a team writes.

/// `SEV-1` … `SEV-5` of `SEV1`, `sev-1`, `S1`, `P1`, `Severity 1`, `critical`; `None` for anything else.
#[must_use]
pub fn severity_level(written: &str) -> Option<String> {
    let lower = written.trim().to_lowercase();
    let head = lower.split(['(', ',', '/', '–', '—']).next().unwrap_or_default().trim();
    let level = match head {
        "critical" | "blocker" => Some('1'),
        "major" | "high" => Some('2'),
        "moderate" | "medium" => Some('3'),
        "minor" | "low" => Some('4'),
        _ => numbered(head),
    };
    level.map(|digit| format!("SEV-{digit}"))
}

fn numbered(head: &str) -> Option<char> {
    let rest = ["severity", "sev", "priority", "level", "s", "p"]
        .iter()
        .find_map(|prefix| head.strip_prefix(prefix))
        .unwrap_or(head)
        .trim_start_matches(['-', '_', ' ', ':']);
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some(digit @ '0'..='5'), None) => Some(digit),
        (Some(digit @ '0'..='5'), Some(' ')) => Some(digit),
        _ => None,
    }
}

/// `alert`, `customer`, `engineer`, `support` where the words allow it, else what was written in lower case.
#[must_use]
pub fn detection_source(written: &str) -> String {
    let lower = written.trim().to_lowercase();
    let sources: [(&str, &[&str]); 4] = [
        ("alert", &["alert", "monitor", "pager", "automat", "synthetic", "probe", "metric"]),
        ("customer", &["customer", "user", "client", "social", "merchant"]),
        ("support", &["support", "help desk", "helpdesk", "service desk"]),
        (
            "engineer",
            &["engineer", "developer", "employee", "staff", "internal", "manual", "on-call", "operator"],
        ),
    ];
    let named = sources.iter().find(|(_, stems)| stems.iter().any(|stem| lower.contains(stem)));
    named.map_or(lower.clone(), |(name, _)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_of_many_spellings_are_one() {
        for written in
            ["SEV-1", "sev1", "Sev 1", "S1", "P1", "1", "Severity 1", "SEV-1 (critical)", "critical"]
        {
            assert_eq!(severity_level(written).as_deref(), Some("SEV-1"), "{written}");
        }
        for written in ["", "SEV-9", "SEV-12", "purple", "SEV-", "sev one", "high-ish"] {
            assert_eq!(severity_level(written), None, "{written}");
        }
    }

    #[test]
    fn ways_of_detection_keep_four_names() {
        for (written, name) in [
            ("PagerDuty alert", "alert"),
            ("Monitoring", "alert"),
            ("customer report", "customer"),
            ("Support desk", "support"),
            ("internal", "engineer"),
            ("Carrier pigeon", "carrier pigeon"),
        ] {
            assert_eq!(detection_source(written), name);
        }
    }
}
