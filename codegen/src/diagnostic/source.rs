//! A file that was read, and where its lines are.

use std::ops::Range;
use std::sync::OnceLock;

/// A file that was read.
#[derive(Debug, Default)]
pub struct Source {
    /// The path as the user gave it.
    pub name: String,
    pub text: String,
    index: OnceLock<Index>,
}

/// Made when a line is first asked for, since there can be as many questions as lines.
#[derive(Debug)]
struct Index {
    /// Where each line but the first begins.
    lines: Vec<usize>,
    /// How many characters begin before each [`STRETCH`] of bytes.
    characters: Vec<usize>,
}

/// A minified document is one line of megabytes, whose characters are not counted anew for each column.
const STRETCH: usize = 4096;

impl Source {
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            index: OnceLock::new(),
        }
    }

    /// The number of the line that holds the byte, from 1.
    pub fn line(&self, offset: usize) -> usize {
        let lines = &self.index().lines;
        lines.partition_point(|start| *start <= offset) + 1
    }

    /// The line, and the column in characters, both from 1.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let line = self.line(offset);
        let start = self.line_start(line);
        let column = self.characters_before(offset) - self.characters_before(start) + 1;
        (line, column)
    }

    /// The bytes of the lines that hold the range, without the last line break.
    pub fn lines_around(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.line_start(self.line(range.start));
        let next = self.index().lines.get(self.line(range.end) - 1);
        let end = next.map_or(self.text.len(), |next| next - 1);
        start..end
    }

    fn line_start(&self, line: usize) -> usize {
        line.checked_sub(2)
            .map_or(0, |index| self.index().lines[index])
    }

    fn characters_before(&self, offset: usize) -> usize {
        let stretch = offset / STRETCH;
        self.index().characters[stretch]
            + characters(&self.text.as_bytes()[stretch * STRETCH..offset])
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.text))
    }
}

impl Index {
    fn of(text: &str) -> Self {
        let mut before = vec![0];
        for stretch in text.as_bytes().chunks_exact(STRETCH) {
            before.push(before[before.len() - 1] + characters(stretch));
        }
        Self {
            lines: text.match_indices('\n').map(|(at, _)| at + 1).collect(),
            characters: before,
        }
    }
}

/// How many characters begin in the bytes.
fn characters(utf8: &[u8]) -> usize {
    let begins = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
    utf8.iter().filter(begins).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_those_that_counting_finds() {
        let text = format!("ü\n\n{}ü{}\r\nend", "é".repeat(3000), "x".repeat(5000));
        let source = Source::new("a", text.clone());
        for (at, _) in text.char_indices() {
            let before = &text[..at];
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let counted = (
                before.matches('\n').count() + 1,
                before[start..].chars().count() + 1,
            );
            assert_eq!(source.line_column(at), counted, "{at}");
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
            assert_eq!(source.lines_around(&(at..at)), start..end, "{at}");
        }
        assert_eq!(source.line_column(text.len()), (4, 4));
        assert_eq!(Source::default().line_column(0), (1, 1));
    }
}
