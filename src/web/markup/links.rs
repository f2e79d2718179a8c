//! Which addresses may stand behind a link.

/// Whether a browser may be sent there: the web and mail, nothing that runs code or reads local files.
pub(super) fn is_safe(address: &str) -> bool {
    // Browsers ignore control characters inside an address, so a scheme must be judged without them.
    let plain: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let plain = plain.to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| plain.starts_with(scheme))
}
