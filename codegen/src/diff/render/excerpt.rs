//! Lines of the documents, found without reading the text again for each edit.

use crate::diff::Place;

/// A text by its lines.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// Where each line begins.
    starts: Vec<usize>,
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

    /// The lines of a value, at most so many, with some around it.
    pub fn around(&self, place: &Place, context: usize, most: usize) -> Excerpt<'t> {
        let end = place.end_line.max(place.line);
        let shown = end.min(place.line.saturating_add(most.saturating_sub(1)));
        let left = end - shown;
        // What follows a value that is cut is not what is around it.
        let after = if left == 0 { context } else { 0 };
        let first = place.line.saturating_sub(context).max(1);
        let numbers = first..=shown.saturating_add(after);
        let lines = numbers.map_while(|number| {
            Some(Line {
                number,
                text: self.line(number)?,
                marked: (place.line..=shown).contains(&number),
            })
        });
        Excerpt {
            lines: lines.collect(),
            left,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::Lines;
    use crate::diff::Place;

    fn place(line: usize, end_line: usize) -> Place {
        Place {
            pointer: String::new(),
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
        let excerpt = lines.around(&place(2, 3), 1, 9);
        let shown = excerpt.lines.iter().map(|line| (line.number, line.marked));
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [(1, false), (2, true), (3, true), (4, false)]
        );
    }

    #[test]
    fn a_long_value_is_cut_and_counted() {
        let lines = Lines::of("a\nb\nc\nd\ne\n");
        let excerpt = lines.around(&place(2, 5), 1, 2);
        assert_eq!(excerpt.lines.len(), 3);
        assert_eq!(excerpt.left, 2);
    }

    #[test]
    fn a_place_that_is_not_there_shows_nothing() {
        assert!(Lines::of("a").around(&place(7, 3), 1, 9).lines.is_empty());
    }
}
