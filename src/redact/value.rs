//! What a value next to a telling word looks like: a placeholder, an identifier, or a secret.

/// Words that stand where a secret would stand but are none.
const PLACEHOLDERS: &[&str] = &[
    "changeme",
    "change-me",
    "change_me",
    "example",
    "placeholder",
    "redacted",
    "removed",
    "masked",
    "hidden",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "pass",
    "pwd",
    "token",
    "apikey",
    "api_key",
    "api-key",
    "yourpassword",
    "your_password",
    "your-password",
    "your_token",
    "your-token",
    "your_api_key",
    "mypassword",
    "null",
    "none",
    "nil",
    "undefined",
    "empty",
    "unset",
    "unknown",
    "true",
    "false",
    "yes",
    "no",
    "todo",
    "tbd",
    "n/a",
    "string",
    "str",
    "int",
    "bool",
    "env",
    "vault",
    "missing",
    "required",
    "invalid",
    "expired",
    "wrong",
    "incorrect",
    "rejected",
    "revoked",
    "rotated",
    "reset",
    "changed",
    "failed",
    "failure",
    "error",
    "denied",
    "mismatch",
    "disabled",
    "enabled",
    "default",
    "optional",
    "blank",
    "same",
    "sensitive",
    "username",
    "user",
];

/// Empty, masked, a variable to be filled in, or a word that stands for a secret.
pub(super) fn is_placeholder(value: &str) -> bool {
    let bare =
        value.trim_matches(|c: char| matches!(c, '"' | '\'' | '`' | '.' | ',' | '!' | '?' | ';' | ')' | '('));
    let lower = bare.to_ascii_lowercase();
    let masked = bare.chars().filter(|c| matches!(c, '*' | '•' | '●' | '█' | '.' | '…' | '#' | '?')).count();
    let mut letters = lower.chars();
    let first = letters.next();
    let repeated = first.is_none_or(|first| letters.all(|c| c == first));
    repeated
        || masked * 2 > bare.chars().count()
        || bare.contains("...")
        || bare.contains('…')
        || bare.contains("***")
        || lower.contains("xxxx")
        || is_variable(value)
        || PLACEHOLDERS.contains(&lower.as_str())
        || lower.starts_with("your")
        || lower.starts_with("my-")
        || lower.contains("redacted")
        || lower.contains("example")
        || lower.contains("placeholder")
        || lower.starts_with("changeme")
        || lower.starts_with("vault:")
        || lower.starts_with("secretref")
        || lower.starts_with("arn:")
        || lower.starts_with("ref+")
}

/// A reference that something else fills in: `${X}`, `$X`, `{{ x }}`, `<x>`, `%s`, `[x]`, `env.X`, `os.getenv(…)`.
fn is_variable(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'', '`']);
    let dollar = value.strip_prefix('$').is_some_and(|rest| {
        rest.starts_with(['{', '(', '['])
            || rest.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit())
    });
    dollar
        || value.contains("{{")
        || value.starts_with(['<', '{', '[', '%', '!', '@', '|', '>'])
        || value.starts_with("env.")
        || value.starts_with("process.env")
        || value.starts_with("secrets.")
        || value.starts_with("var.")
        || value.contains("getenv(")
        || value.contains("environ")
        || value.ends_with("()")
}

/// Shannon entropy in bits per byte.
pub(super) fn entropy(value: &str) -> f64 {
    let mut counts = [0u32; 256];
    for byte in value.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let total = value.len() as f64;
    counts
        .iter()
        .filter(|&&count| count > 0)
        .map(|&count| {
            let share = f64::from(count) / total;
            -share * share.log2()
        })
        .sum()
}

/// Whether the classes of characters are mixed as in generated keys: a digit, a letter, and either both cases or length.
pub(super) fn looks_random(value: &str, least: usize) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let upper = value.bytes().any(|byte| byte.is_ascii_uppercase());
    let lower = value.bytes().any(|byte| byte.is_ascii_lowercase());
    value.len() >= least && (upper || lower) && digits > 0 && entropy(value) >= 2.8
}

/// `8-4-4-4-12` hexadecimal digits.
pub(super) fn is_uuid(value: &str) -> bool {
    let groups: Vec<&str> = value.split('-').collect();
    groups.len() == 5
        && groups
            .iter()
            .zip([8, 4, 4, 4, 12])
            .all(|(group, width)| group.len() == width && group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_secrets() {
        for placeholder in [
            "",
            "****",
            "${DB_PASSWORD}",
            "$TOKEN",
            "<password>",
            "changeme",
            "xxxxxxxx",
            "{{ pw }}",
            "sk-...abcd",
        ] {
            assert!(is_placeholder(placeholder), "{placeholder}");
        }
        for secret in ["hunter2", "$uper5ecret", "Tr0ub4dor&3", "correct-horse-9"] {
            assert!(!is_placeholder(secret), "{secret}");
        }
    }

    #[test]
    fn entropy_grows_with_variety() {
        assert!(entropy("aaaa") < 0.01);
        assert!((entropy("abcd") - 2.0).abs() < 1e-9);
    }
}
