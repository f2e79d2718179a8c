//! The register of readiness checks.

register! { dyn super::Check:
    head,
    conflicts,
    secrets,
    writing,
    empty_sections,
    citations,
    facts,
    doubts,
    unverified,
    open_questions,
    actions,
    repeats,
    reviewers,
}
