//! Zone labels as people write them, turned into IANA names and fixed offsets.

use jiff::tz::Offset;

/// The offset of a label that leaves no doubt: `Z`, `UTC`, `GMT`, `+01:00`, `-0800`, `UTC+2`.
#[must_use]
pub(crate) fn fixed_offset(label: &str) -> Option<Offset> {
    let label = label.trim().trim_matches(['(', ')', '[', ']']);
    if matches!(label, "Z" | "z")
        || ["utc", "gmt", "zulu", "etc/utc"].iter().any(|name| label.eq_ignore_ascii_case(name))
    {
        return Some(Offset::UTC);
    }
    let digits = match label.get(..3) {
        Some(head) if head.eq_ignore_ascii_case("utc") || head.eq_ignore_ascii_case("gmt") => {
            label[3..].trim()
        }
        _ => label,
    };
    let (sign, digits) = match digits.as_bytes().first()? {
        b'+' => (1, &digits[1..]),
        b'-' => (-1, &digits[1..]),
        _ => return digits.strip_prefix('\u{2212}').and_then(|rest| offset(-1, rest)),
    };
    offset(sign, digits)
}

fn offset(sign: i32, digits: &str) -> Option<Offset> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
        return None;
    }
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if digits.len() > 2 => digits.split_at(digits.len() - 2),
        None => (digits, "0"),
    };
    let (hours, minutes) =
        (hours.parse::<i32>().ok()?, minutes.get(..2).unwrap_or(minutes).parse::<i32>().ok()?);
    // No zone is further away; larger numbers are ids, prices, coordinates.
    if hours > 25 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

/// IANA name or fixed offset (`+01:00`) for a label. Winter and summer abbreviations both mean the region: people
/// write `PST` in summer.
#[must_use]
pub(crate) fn resolve(label: &str) -> Option<String> {
    let label = label.trim().trim_matches(['(', ')', '[', ']', '.', ',', ':']);
    if let Some(offset) = fixed_offset(label) {
        return Some(written(offset));
    }
    let name = match label.to_ascii_lowercase().as_str() {
        "pst" | "pdt" | "pt" | "pacific" | "us/pacific" | "pacific time" | "pacific time (us & canada)" => {
            "America/Los_Angeles"
        }
        "mst" | "mdt" | "mt" | "us/mountain" | "mountain time" | "mountain time (us & canada)" => {
            "America/Denver"
        }
        "cst" | "cdt" | "ct" | "us/central" | "central time" | "central time (us & canada)" => {
            "America/Chicago"
        }
        "est" | "edt" | "et" | "eastern" | "us/eastern" | "eastern time" | "eastern time (us & canada)" => {
            "America/New_York"
        }
        "bst" | "london" | "uk" => "Europe/London",
        "wet" | "west" => "Europe/Lisbon",
        "cet" | "cest" | "mez" | "mesz" | "berlin" => "Europe/Berlin",
        "paris" => "Europe/Paris",
        "amsterdam" => "Europe/Amsterdam",
        "madrid" => "Europe/Madrid",
        "eet" | "eest" => "Europe/Helsinki",
        "msk" => "Europe/Moscow",
        "ist" => "Asia/Kolkata",
        "jst" | "tokyo" => "Asia/Tokyo",
        "kst" | "seoul" => "Asia/Seoul",
        "sgt" | "singapore" => "Asia/Singapore",
        "hkt" => "Asia/Hong_Kong",
        "aest" | "aedt" | "sydney" => "Australia/Sydney",
        "awst" | "perth" => "Australia/Perth",
        "nzst" | "nzdt" => "Pacific/Auckland",
        "brt" => "America/Sao_Paulo",
        _ => return iana(label),
    };
    Some(name.to_owned())
}

/// A label that has the form of an IANA name, `Europe/Berlin`.
fn iana(label: &str) -> Option<String> {
    let (area, place) = label.split_once('/')?;
    let areas = [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
        "US",
        "Etc",
    ];
    let named = !place.is_empty() && place.chars().all(|c| c.is_ascii_alphanumeric() || "_-+/".contains(c));
    (areas.contains(&area) && named).then(|| label.to_owned())
}

/// `UTC` or `+01:00`.
#[must_use]
pub(crate) fn written(offset: Offset) -> String {
    let seconds = offset.seconds();
    if seconds == 0 {
        return "UTC".to_owned();
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() % 3600 / 60)
}
