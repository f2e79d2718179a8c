//! Between bytes and the positions of the protocol; the only place that knows how columns are counted.

use std::path::PathBuf;

use lsp_types::{
    Diagnostic, DiagnosticSeverity, InitializeParams, NumberOrString, Position, PositionEncodingKind, Range,
    Uri,
};

use crate::domain::{Finding, Severity};

/// How columns are counted: bytes when the client can, else UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
}

impl Encoding {
    pub(super) fn agreed(params: &InitializeParams) -> Self {
        let offered =
            params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_ref());
        let can_bytes = offered.is_some_and(|kinds| kinds.contains(&PositionEncodingKind::UTF8));
        if can_bytes { Self::Utf8 } else { Self::Utf16 }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }
}

/// Position of a byte offset.
pub(super) fn position(text: &str, offset: usize, encoding: Encoding) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|&byte| byte == b'\n').count();
    let column: usize = before[line_start..].chars().map(|c| encoding.width(c)).sum();
    let narrow = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    Position::new(narrow(line), narrow(column))
}

/// Byte offset of a position; beyond the end of a line, the line's end.
pub(super) fn offset(text: &str, position: Position, encoding: Encoding) -> usize {
    let mut start = 0;
    for _ in 0..position.line {
        match text[start..].find('\n') {
            Some(newline) => start += newline + 1,
            None => return text.len(),
        }
    }
    let line = text[start..].split('\n').next().unwrap_or_default();
    let line = line.strip_suffix('\r').unwrap_or(line);
    let mut column = 0;
    for (at, c) in line.char_indices() {
        if column >= position.character as usize {
            return start + at;
        }
        column += encoding.width(c);
    }
    start + line.len()
}

/// The path of a `file:` URI, percent signs resolved.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let path = uri.as_str().strip_prefix("file://")?;
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    let path = String::from_utf8(bytes).ok()?;
    // file:///C:/work
    let drive = path.strip_prefix('/').filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

pub(super) fn range(text: &str, span: (usize, usize), encoding: Encoding) -> Range {
    Range::new(position(text, span.0, encoding), position(text, span.1, encoding))
}

pub(super) fn diagnostic(text: &str, finding: &Finding, encoding: Encoding) -> Diagnostic {
    Diagnostic {
        range: range(text, finding.span, encoding),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Info => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.rule.clone())),
        source: Some("unblame".to_owned()),
        message: format!("{}\n{}", finding.message, finding.help),
        ..Diagnostic::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_survive_the_way_there_and_back_in_both_encodings() {
        let text = "a\n🙂é x\nz";
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            for (at, _) in text.char_indices() {
                assert_eq!(offset(text, position(text, at, encoding), encoding), at, "{encoding:?}");
            }
        }
        assert_eq!(position(text, 8, Encoding::Utf16), Position::new(1, 3));
        assert_eq!(position(text, 8, Encoding::Utf8), Position::new(1, 6));
        assert_eq!(offset(text, Position::new(9, 9), Encoding::Utf16), text.len());
        assert_eq!(offset("ab\r\nc", Position::new(0, 99), Encoding::Utf16), 2);
    }

    #[test]
    fn file_addresses_become_paths() {
        let path = |uri: &str| path_of(&uri.parse().unwrap()).map(|path| path.to_string_lossy().into_owned());
        assert_eq!(path("file:///home/a%20b/%C3%A9"), Some("/home/a b/é".to_owned()));
        assert_eq!(path("file:///C:/work"), Some("C:/work".to_owned()));
        assert_eq!(path("untitled:1"), None);
    }
}
