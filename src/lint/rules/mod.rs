//! The register of rules, in the order of the catalogue.

use super::rule::Rule;
use super::suppress::Suppression;

register! {
    /// Every rule; the manual, the configuration and the explanations are made from this list.
    Rule:
    named_person_as_cause,
    role_as_cause,
    team_as_cause,
    vendor_blame,
    handle_in_cause_section,
    possessive_fault,
    passive_by_person,
    commit_author_blame,
    human_error_label,
    fault_nouns,
    omission_by_person,
    inadvertence_by_person,
    five_whys_ends_at_person,
    mental_state_as_cause,
    self_blame,
    indefinite_person,
    pronoun_as_cause,
    should_have_human,
    would_could_have_human,
    if_only,
    supposed_to_human,
    agentless_omission,
    hindsight_marker,
    certainty_marker,
    inevitability,
    ignored_signal,
    accusing_question,
    character_adjective,
    work_quality_adjective,
    competence_appeal,
    blame_idiom,
    sarcasm,
    minimiser,
    slow_or_late_person,
    discipline,
    retrain_person,
    access_removal_of_person,
    shaming_task,
    exclusive_cause,
    single_cause_section,
    other_factors_denied,
    why_chain_too_short,
    vague_verb,
    attitude_action,
    no_owner,
    no_due_date,
    owner_is_everyone,
    vague_due_date,
    no_ticket,
    never_again,
    no_actions,
    process_only_fix,
    time_without_zone,
    mixed_zones,
    out_of_order,
    imprecise_time,
    speculation_in_timeline,
    missing_milestones,
    duration_mismatch,
    blame_in_timeline,
    missing_section,
    empty_section,
    placeholder,
    impact_without_number,
    missing_metadata,
    only_negatives,
    aws_key,
    jwt_or_bearer,
    private_key_block,
    url_credentials,
    vendor_token,
    password_assignment,
    email,
    phone,
    public_ip,
    internal_host,
    unknown_rule_in_suppression,
    unused_suppression,
    suppression_without_reason,
}

/// The rule with an id or a name, in any case.
#[must_use]
pub fn find(key: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id.eq_ignore_ascii_case(key) || rule.name.eq_ignore_ascii_case(key))
}

/// The rule id or name most like a mistyped one.
#[must_use]
pub fn nearest(key: &str) -> Option<&'static str> {
    crate::text::nearest(key, ALL.iter().flat_map(|rule| [rule.id, rule.name]))
}

/// What the rules about suppressions say of one: the rule and its message.
pub(super) fn of_suppression(order: &Suppression, used: bool) -> Vec<(&'static Rule, String)> {
    let unknown: Vec<&String> =
        order.rules.iter().filter(|name| !ALL.iter().any(|rule| order_names(name, rule))).collect();
    let mut found = Vec::new();
    for name in &unknown {
        let hint = nearest(name).map_or_else(String::new, |near| format!("; did you mean {near}?"));
        found.push((&unknown_rule_in_suppression::ENTRY, format!("there is no rule “{name}”{hint}")));
    }
    if !used && unknown.is_empty() {
        found.push((&unused_suppression::ENTRY, "this suppression matches no finding".to_owned()));
    }
    if !order.has_reason {
        found.push((
            &suppression_without_reason::ENTRY,
            "this suppression gives no reason after `--`".to_owned(),
        ));
    }
    found
}

fn order_names(name: &str, rule: &Rule) -> bool {
    name == rule.id || name == rule.name || (name.len() == 3 && rule.id.starts_with(name))
}
