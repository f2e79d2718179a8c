//! Aligned columns for terminals, wide characters counted as they are shown.

use unicode_width::UnicodeWidthStr;

/// Lays rows out in columns two spaces apart; the last column is left as long as it is.
#[must_use]
pub fn aligned(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = header.iter().map(|cell| cell.width()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut out = String::new();
    push_row(&mut out, header.iter().copied(), &widths);
    for row in rows {
        push_row(&mut out, row.iter().map(String::as_str), &widths);
    }
    out
}

fn push_row<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>, widths: &[usize]) {
    let mut line = String::new();
    for (cell, width) in cells.zip(widths) {
        line.push_str(cell);
        line.push_str(&" ".repeat(width - cell.width() + 2));
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

/// Whether a text needs no wrapping where standard output goes; only terminals wrap.
#[must_use]
pub fn fits_the_terminal(text: &str) -> bool {
    let terminal = console::Term::stdout();
    !terminal.is_term() || text.lines().all(|line| line.width() <= usize::from(terminal.size().1))
}

/// The first `limit` columns' worth of a text on one line, with `…` where it was cut.
#[must_use]
pub fn shortened(text: &str, limit: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.width() <= limit {
        return line;
    }
    let mut short = String::new();
    for c in line.chars() {
        if short.width() + 2 > limit {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}

/// A span of time as people say it: `33 min`, `2 h 5 min`, `45 s`.
#[must_use]
pub fn duration(seconds: i64) -> String {
    let sign = if seconds < 0 { "−" } else { "" };
    let seconds = seconds.abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes, rest) {
        (0, 0, s) => format!("{sign}{s} s"),
        (0, m, 0) => format!("{sign}{m} min"),
        (0, m, s) => format!("{sign}{m} min {s} s"),
        (h, 0, _) => format!("{sign}{h} h"),
        (h, m, _) => format!("{sign}{h} h {m} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_under_wide_characters() {
        let table =
            aligned(&["who", "what"], &[vec!["障害".into(), "x".into()], vec!["a".into(), "y".into()]]);
        assert_eq!(table, "who   what\n障害  x\na     y\n");
    }

    #[test]
    fn durations_read_like_speech() {
        assert_eq!(
            (duration(1980), duration(45), duration(7500)),
            ("33 min".into(), "45 s".into(), "2 h 5 min".into())
        );
    }
}
