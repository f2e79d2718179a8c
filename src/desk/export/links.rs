//! Links of a text for outsiders: what leads inside is cut, its words stay.

use std::net::IpAddr;
use std::sync::LazyLock;

use regex::{Captures, Regex};

type Pattern = LazyLock<Option<Regex>>;

static INLINE: Pattern =
    LazyLock::new(|| Regex::new(r#"!?\[([^\]]*)\]\(\s*<?((?:[^()\s>]|\([^()]*\))*)>?[^)]*\)"#).ok());
static DEFINITION: Pattern =
    LazyLock::new(|| Regex::new(r"(?m)^ {0,3}\[[^\]^][^\]]*\]:\s*<?(\S+?)>?(?:\s.*)?$\n?").ok());
static BARE: Pattern = LazyLock::new(|| {
    Regex::new(r"(?i)(?: ?\()?`?<?\b((?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>`|)\]]+)>?`?\)?").ok()
});

/// Endings of host names that only insiders reach.
const INSIDE: [&str; 12] = [
    "internal",
    "local",
    "localhost",
    "corp",
    "lan",
    "intranet",
    "home",
    "private",
    "svc",
    "test",
    "invalid",
    "arpa",
];
/// Places where teams work: what is linked there is theirs.
const WORKPLACES: [&str; 26] = [
    "slack.com",
    "atlassian.net",
    "pagerduty.com",
    "opsgenie.com",
    "datadoghq.com",
    "datadoghq.eu",
    "grafana.net",
    "github.com",
    "githubusercontent.com",
    "gitlab.com",
    "bitbucket.org",
    "sentry.io",
    "notion.so",
    "notion.site",
    "google.com",
    "teams.microsoft.com",
    "sharepoint.com",
    "office.com",
    "zoom.us",
    "newrelic.com",
    "splunkcloud.com",
    "honeycomb.io",
    "rootly.com",
    "incident.io",
    "firehydrant.io",
    "linear.app",
];

/// Markdown whose links lead only where everybody may go; `internal` are suffixes of the organisation's own hosts.
pub(super) fn without_internal_links(markdown: &str, internal: &[String]) -> String {
    let inside = |address: &str| leads_inside(address, internal);
    let pass =
        |pattern: &Pattern, text: String, replace: &dyn Fn(&Captures<'_>) -> String| match pattern.as_ref() {
            Some(regex) => regex.replace_all(&text, replace).into_owned(),
            None => text,
        };
    let text = pass(&INLINE, markdown.to_owned(), &|found| match inside(&found[2]) {
        true => found[1].to_owned(),
        false => found[0].to_owned(),
    });
    let text = pass(&DEFINITION, text, &|found| match inside(&found[1]) {
        true => String::new(),
        false => found[0].to_owned(),
    });
    pass(&BARE, text, &|found| match inside(&found[1]) {
        true => {
            let (before, after) = (found[0].starts_with([' ', '(']), found[0].ends_with(')'));
            match (before, after) {
                (true, true) => String::new(),
                (true, false) => " (internal link".to_owned(),
                (false, true) => "(internal link))".to_owned(),
                (false, false) => "(internal link)".to_owned(),
            }
        }
        false => found[0].to_owned(),
    })
}

/// Whether only insiders can follow the address: no web address, a host of their own, a workplace, or secrets in it.
fn leads_inside(address: &str, internal: &[String]) -> bool {
    let lower = address.trim().to_lowercase();
    let Some(rest) = lower
        .strip_prefix("https://")
        .or(lower.strip_prefix("http://"))
        .or(lower.strip_prefix("www.").map(|_| lower.as_str()))
    else {
        return true;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, ""));
    let under = |suffix: &str| host == suffix || host.ends_with(&format!(".{suffix}"));
    authority.contains('@')
        || !port.is_empty()
        || !host.contains('.')
        || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
        || INSIDE.iter().chain(&WORKPLACES).any(|suffix| under(suffix))
        || internal.iter().any(|suffix| under(&suffix.trim_start_matches(['*', '.']).to_lowercase()))
        || ["token", "key=", "signature", "password"].iter().any(|secret| rest.contains(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_ways_inside_go() {
        let internal = ["corp.example.net".to_owned()];
        let cut = |text: &str| without_internal_links(text, &internal);
        assert_eq!(
            cut("[board](https://grafana.corp.example.net/d/1) and ![graph](./a.png)"),
            "board and graph"
        );
        assert_eq!(
            cut("see <https://acme.slack.com/archives/C1/p2>, `http://wiki/x`, http://10.0.0.1/a"),
            "see (internal link), (internal link), (internal link)"
        );
        let public = "[status](https://status.example.com/42) https://www.rust-lang.org/a";
        assert_eq!(cut(public), public);
        assert_eq!(cut("[a][1]\n\n[1]: https://acme.atlassian.net/OPS-1 \"t\"\nend"), "[a][1]\n\nend");
        assert_eq!(
            cut("ssh://host/a https://status.example.com/?token=1"),
            "(internal link) (internal link)"
        );
    }
}
