//! Lines of the documents, found without reading the text again for each edit.

use std::ops::Range;

use crate::report::{Place, Side};

/// A text by its lines.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// Where each line begins.
    starts: Vec<usize>,
}

/// The texts of all files of a document, by their lines.
#[derive(Debug)]
pub struct Texts<'t> {
    document: Lines<'t>,
    others: Vec<Lines<'t>>,
}

/// Some lines of a text.
#[derive(Debug)]
pub struct Excerpt<'t> {
    pub lines: Vec<Line<'t>>,
    /// Lines of the value that are not shown.
    pub left: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// From 1.
    pub number: usize,
    pub text: &'t str,
    /// It belongs to the value; the others are around it.
    pub marked: bool,
}

impl<'t> Texts<'t> {
    pub fn of(side: &'t Side) -> Self {
        let others = side.others.iter().map(|other| Lines::of(&other.text));
        Self {
            document: Lines::of(&side.text),
            others: others.collect(),
        }
    }

    /// The text of the file that holds the place.
    pub fn of_place(&self, place: &Place) -> &Lines<'t> {
        let other = place.file.0.checked_sub(1);
        let other = other.and_then(|index| self.others.get(index));
        other.unwrap_or(&self.document)
    }
}

impl<'t> Lines<'t> {
    pub fn of(text: &'t str) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(after).collect();
        Self { text, starts }
    }

    /// Counted from 1; without its line break.
    pub fn line(&self, number: usize) -> Option<&'t str> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        let end = self.starts.get(number).copied().unwrap_or(self.text.len());
        let line = &self.text[start..end];
        (start < end || number == 1).then(|| line.trim_end_matches(['\r', '\n']))
    }

    /// Some lines, at most so many, and what is around them.
    pub fn around(&self, marked: &Range<usize>, context: usize, most: usize) -> Excerpt<'t> {
        let shown = marked.end.min(marked.start.saturating_add(most));
        let left = marked.end - shown;
        // What follows lines that are cut is not what is around them.
        let after = if left == 0 { context } else { 0 };
        let first = marked.start.saturating_sub(context).max(1);
        let numbers = first..shown.saturating_add(after);
        let lines = numbers.map_while(|number| {
            Some(Line {
                number,
                text: self.line(number)?,
                marked: (marked.start..shown).contains(&number),
            })
        });
        Excerpt {
            lines: lines.collect(),
            left,
        }
    }

    /// The lines that the document has of a place.
    fn of_place(&self, place: &Place) -> Range<usize> {
        let end = place.end_line.max(place.line).saturating_add(1);
        let start = place.line.min(self.starts.len());
        start..end.clamp(start, self.starts.len() + 1)
    }
}

/// The lines of a value.
pub fn all(lines: &Lines<'_>, place: &Place) -> Range<usize> {
    lines.of_place(place)
}

/// The lines in which two values differ: those at their ends that are the same are left out.
pub fn changed(base: (&Lines<'_>, &Place), head: (&Lines<'_>, &Place)) -> [Range<usize>; 2] {
    let (mut old, mut new) = (base.0.of_place(base.1), head.0.of_place(head.1));
    let same = |a: usize, b: usize| match (base.0.line(a), head.0.line(b)) {
        (Some(a), Some(b)) => a.trim() == b.trim(),
        _ => false,
    };
    let whole = [old.clone(), new.clone()];
    while !old.is_empty() && !new.is_empty() && same(old.start, new.start) {
        old.start += 1;
        new.start += 1;
    }
    while !old.is_empty() && !new.is_empty() && same(old.end - 1, new.end - 1) {
        old.end -= 1;
        new.end -= 1;
    }
    if old.is_empty() && new.is_empty() {
        whole
    } else {
        [old, new]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Lines, all, changed};
    use crate::report::Place;

    fn place(line: usize, end_line: usize) -> Place {
        Place {
            location: codegen::location::Location::default(),
            file: codegen::location::FileId::default(),
            value: Value::Null,
            line,
            end_line,
        }
    }

    #[test]
    fn a_line_has_no_break() {
        let lines = Lines::of("a\r\nb\n");
        assert_eq!(lines.line(1), Some("a"));
        assert_eq!(lines.line(2), Some("b"));
        assert_eq!(lines.line(3), None);
        assert_eq!(lines.line(0), None);
    }

    #[test]
    fn what_is_around_a_value_is_not_marked() {
        let lines = Lines::of("a\nb\nc\nd\ne\n");
        let excerpt = lines.around(&all(&lines, &place(2, 3)), 1, 9);
        let shown = excerpt.lines.iter().map(|line| (line.number, line.marked));
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [(1, false), (2, true), (3, true), (4, false)]
        );
    }

    #[test]
    fn a_long_value_is_cut_and_counted() {
        let lines = Lines::of("a\nb\nc\nd\ne\n");
        let excerpt = lines.around(&(2..6), 1, 2);
        assert_eq!(excerpt.lines.len(), 3);
        assert_eq!(excerpt.left, 2);
    }

    #[test]
    fn a_place_that_is_not_there_shows_nothing() {
        let lines = Lines::of("a");
        assert_eq!(all(&lines, &place(7, 3)), 1..2);
        assert!(Lines::of("a").around(&(7..7), 0, 9).lines.is_empty());
    }

    #[test]
    fn lines_that_are_the_same_are_not_changed() {
        let base = Lines::of("a:\n  b: 1\n  c: 2\n  d: 3\n");
        let head = Lines::of("\na:\n  b: 1\n  d: 3\n");
        let [old, new] = changed((&base, &place(1, 4)), (&head, &place(2, 4)));
        assert_eq!((old, new), (3..4, 4..4));
        let moved = changed((&base, &place(1, 2)), (&head, &place(2, 3)));
        assert_eq!(moved, [1..3, 2..4]);
    }
}
