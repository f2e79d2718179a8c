//! Tokens of further vendors, each known by a prefix of its own; one line a vendor.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Rule, always};
use crate::redact::{Kind, Reach};

pub(super) static ENTRY: Rule = Rule {
    id: "vendor-token",
    kind: Kind::Secret,
    about: "Tokens of Atlassian, Cloudflare, Databricks, DigitalOcean, Discord, Docker, Doppler, Grafana, HashiCorp, Hugging Face, Linear, Mailgun, New Relic, PagerDuty, Sentry, Shopify, Square, Telegram, age",
    trigger: r"ATATT3|dapi[0-9a-f]|do[opr]_v1_|discord(?:app)?\.com/api/webhooks|dckr_|dp\.(?:pt|st|ct|sa)\.|gl(?:sa|c)_|hv[sbr]\.|hf_|lin_api_|key-[0-9a-f]|NRAK-|NRII-|NRJS-|sntry[su]_|shp(?:at|ca|pa|ss)_|sq0|:AA|AGE-SECRET-KEY|\bu\+|v1\.0-[0-9a-f]|outlook\.office",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(concat!(
            r"(?-u:\b)(?:ATATT3[A-Za-z0-9_=-]{40,300}",
            r"|v1\.0-[0-9a-f]{24}-[0-9a-f]{60,150}",
            r"|dapi[0-9a-f]{32}(?:-\d)?",
            r"|do[opr]_v1_[0-9a-f]{40,64}",
            r"|discord(?:app)?\.com/api/webhooks/\d{15,20}/[A-Za-z0-9_-]{40,100}",
            r"|dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,40}",
            r"|dp\.(?:pt|st|ct|sa)\.[A-Za-z0-9._-]{20,80}",
            r"|gl(?:sa|c)_[A-Za-z0-9_+/=]{20,300}",
            r"|hv[sbr]\.[A-Za-z0-9_-]{20,300}",
            r"|hf_[A-Za-z0-9]{30,40}",
            r"|lin_api_[A-Za-z0-9]{30,50}",
            r"|key-[0-9a-f]{32}",
            r"|NR(?:AK|II|JS)-[A-Za-z0-9-]{18,40}",
            r"|u\+[A-Za-z0-9_+-]{18}",
            r"|sntry[su]_[A-Za-z0-9+/=_-]{40,300}",
            r"|shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",
            r"|sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{20,50}",
            r"|\d{8,10}:AA[A-Za-z0-9_-]{32,34}",
            r"|AGE-SECRET-KEY-1[A-Z0-9]{50,60}",
            r"|[a-z0-9]+\.webhook\.office\.com/webhookb2/[A-Za-z0-9@/-]{40,250}|outlook\.office\.com/webhook/[A-Za-z0-9@/-]{40,250})",
        ))
        .ok()
    }),
    accept: always,
};
