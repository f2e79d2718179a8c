//! From byte offsets to lines and columns and back.

/// Line and column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// Where each line of a text begins.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// The text opens with a byte order mark, which no editor counts as a column.
    mark: bool,
}

impl LineIndex {
    #[must_use]
    pub fn new(source: &str) -> Self {
        let starts = std::iter::once(0)
            .chain(source.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1))
            .collect::<Vec<_>>();
        Self { starts, mark: source.starts_with('\u{feff}') }
    }

    /// Line of a byte offset, from 1.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// Byte offset at which `line` (from 1) begins; the last line's start for lines beyond the end.
    #[must_use]
    pub fn start_of(&self, line: usize) -> usize {
        self.starts[line.clamp(1, self.starts.len()) - 1]
    }

    #[must_use]
    pub fn position(&self, source: &str, offset: usize) -> Position {
        let line = self.line(offset);
        let start = self.starts[line - 1];
        let column = source.get(start..offset).map_or(1, |before| before.chars().count() + 1);
        let unseen = usize::from(self.mark && line == 1 && column > 1);
        Position { line, column: column - unseen }
    }

    #[must_use]
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "añb\nc";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 3), Position { line: 1, column: 3 });
        assert_eq!(index.position(text, text.len()), Position { line: 2, column: 2 });
        assert_eq!(index.start_of(2), 5);
        let marked = LineIndex::new("\u{feff}ab");
        assert_eq!(marked.position("\u{feff}ab", 4), Position { line: 1, column: 2 });
        assert_eq!(marked.position("\u{feff}ab", 0), Position { line: 1, column: 1 });
    }
}
