//! Applies the safe fixes of a report: redacted secrets and zones that the document itself states.

use crate::domain::Finding;

/// The source with all fixes applied, and how many; of overlapping fixes the first wins.
#[must_use]
pub fn apply_fixes(source: &str, findings: &[Finding]) -> (String, usize) {
    let mut fixes: Vec<(usize, usize, &str)> = findings
        .iter()
        .filter_map(|finding| {
            finding.fix.as_ref().map(|fix| (finding.span.0, finding.span.1, fix.replacement.as_str()))
        })
        .collect();
    fixes.sort_unstable();
    let mut fixed = String::with_capacity(source.len());
    let mut at = 0;
    let mut count = 0;
    for (start, end, replacement) in fixes {
        let (Some(kept), true) = (source.get(at..start), start >= at) else { continue };
        fixed.push_str(kept);
        fixed.push_str(replacement);
        at = end;
        count += 1;
    }
    fixed.push_str(source.get(at..).unwrap_or_default());
    (fixed, count)
}

#[cfg(test)]
mod tests {
    use crate::lint::{Config, Linter};

    use super::*;

    #[test]
    fn secrets_go_and_zones_come_and_a_second_run_changes_nothing() {
        let key = ["AKIA", "EXAMPLEEXAMPLE00"].concat();
        let source = format!("---\ntimezone: CET\n---\n## Notes\n\nThe job used {key} at night.\n");
        let linter = Linter::new(Config::default());
        let (fixed, count) = apply_fixes(&source, &linter.check("a.md", &source).findings);
        assert_eq!(count, 1);
        assert!(!fixed.contains(&key) && fixed.contains("AKIA****"));
        let (again, none) = apply_fixes(&fixed, &linter.check("a.md", &fixed).findings);
        assert_eq!((again, none), (fixed, 0));
    }
}
