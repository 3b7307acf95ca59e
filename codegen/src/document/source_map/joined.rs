//! Flow collections and quoted texts on one line each, for a parser that is strict about how their
//! further lines are indented: YAML itself wants them deeper than the key, but common readers do not.

/// Where flow collections go deeper than that, if they do.
pub fn deeper_than(text: &str, most: usize) -> Option<usize> {
    let opens = text.bytes().filter(|byte| matches!(byte, b'[' | b'{'));
    if opens.count() <= most {
        return None;
    }
    let mut joiner = Joiner::of(text);
    while joiner.at < text.len() && joiner.deepest <= most {
        joiner.token();
    }
    (joiner.deepest > most).then_some(joiner.deepest_at)
}

/// The text with the line breaks, comments and indents in such values as spaces. Each byte stays
/// where it is.
pub fn joined(text: &str) -> String {
    let mut joiner = Joiner::of(text);
    while joiner.at < text.len() {
        joiner.token();
    }
    // Only whole comments and line breaks became spaces.
    String::from_utf8(joiner.out).unwrap_or_else(|_| text.to_owned())
}

struct Joiner<'a> {
    text: &'a [u8],
    out: Vec<u8>,
    at: usize,
    /// The column of the last key or dash: what is deeper belongs to its value.
    parent: Option<usize>,
    /// Where the line of the last column began.
    line: usize,
    seen: usize,
    /// How deep flow collections go, and where first.
    deepest: usize,
    deepest_at: usize,
}

impl<'a> Joiner<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            text: text.as_bytes(),
            out: text.as_bytes().to_vec(),
            at: 0,
            parent: None,
            line: 0,
            seen: 0,
            deepest: 0,
            deepest_at: 0,
        }
    }

    /// Passes what begins here, outside of flow collections.
    fn token(&mut self) {
        let start = self.at;
        match self.peek(0) {
            b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
            b'#' => self.skip_line(),
            b'%' if self.column(start) == 0 => self.skip_line(),
            b'-' | b'.' if self.is_marker() => {
                self.parent = None;
                self.at += 3;
            }
            b'[' | b'{' => {
                self.flow();
                self.key(start);
            }
            b'"' | b'\'' => {
                self.quoted();
                self.blank(start..self.at);
                self.key(start);
            }
            b'&' | b'*' | b'!' => self.skip_word(),
            b'-' | b'?' | b':' if self.is_blank(1) => {
                self.parent = Some(self.column(start));
                self.at += 1;
            }
            b'|' | b'>' => self.skip_deeper_lines(),
            _ => self.plain(start),
        }
    }

    /// A plain text is a key, or goes on for all deeper lines.
    fn plain(&mut self, start: usize) {
        while !self.is_break() {
            if self.is_comment() {
                return self.skip_line();
            }
            if self.key(start) {
                return;
            }
            self.at += 1;
        }
        self.skip_deeper_lines();
    }

    /// Whether what began at `start` ends here as a key.
    fn key(&mut self, start: usize) -> bool {
        let is_key = self.peek(0) == b':' && self.is_blank(1);
        if is_key {
            self.parent = Some(self.column(start));
            self.at += 1;
        }
        is_key
    }

    /// A collection that is never closed is left as it is.
    fn flow(&mut self) {
        let start = self.at;
        let mut comments = Vec::new();
        let mut depth: usize = 0;
        while self.at < self.text.len() {
            match self.peek(0) {
                b'[' | b'{' => {
                    depth += 1;
                    if depth > self.deepest {
                        (self.deepest, self.deepest_at) = (depth, self.at);
                    }
                }
                b']' | b'}' => depth = depth.saturating_sub(1),
                b'"' | b'\'' => {
                    self.quoted();
                    continue;
                }
                b'#' if self.is_comment() => {
                    let comment = self.at;
                    self.skip_line();
                    comments.push(comment..self.at);
                    continue;
                }
                b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {}
                _ => {
                    self.flow_plain();
                    continue;
                }
            }
            self.at += 1;
            if depth == 0 {
                for comment in comments {
                    self.out[comment].fill(b' ');
                }
                return self.blank(start..self.at);
            }
        }
    }

    fn flow_plain(&mut self) {
        let is_end = |byte| matches!(byte, b',' | b'[' | b']' | b'{' | b'}');
        while !self.is_break() && !is_end(self.peek(0)) && !self.is_comment() {
            if self.peek(0) == b':' && (self.is_blank(1) || is_end(self.peek(1))) {
                return;
            }
            self.at += 1;
        }
    }

    fn quoted(&mut self) {
        let quote = self.peek(0);
        self.at += 1;
        while self.at < self.text.len() {
            match self.peek(0) {
                b'\\' if quote == b'"' => self.at += 2,
                // Two in a text are one.
                byte if byte == quote && quote == b'\'' && self.peek(1) == quote => self.at += 2,
                byte => {
                    self.at += 1;
                    if byte == quote {
                        return;
                    }
                }
            }
        }
        self.at = self.text.len();
    }

    fn blank(&mut self, range: std::ops::Range<usize>) {
        for byte in &mut self.out[range] {
            if matches!(byte, b'\r' | b'\n') {
                *byte = b' ';
            }
        }
    }

    fn skip_deeper_lines(&mut self) {
        loop {
            self.skip_line();
            let Some(line) = self.text.get(self.at + 1..) else {
                self.at = self.text.len();
                return;
            };
            let indent = line.iter().take_while(|byte| **byte == b' ').count();
            let is_empty = matches!(line.get(indent), None | Some(b'\r' | b'\n'));
            if !is_empty && Some(indent) <= self.parent {
                return;
            }
            self.at += 1;
        }
    }

    fn skip_line(&mut self) {
        while !self.is_break() {
            self.at += 1;
        }
    }

    fn skip_word(&mut self) {
        while !self.is_blank(0) {
            self.at += 1;
        }
    }

    fn is_comment(&self) -> bool {
        let before = self.at.checked_sub(1).map(|at| self.text[at]);
        self.peek(0) == b'#' && matches!(before, None | Some(b' ' | b'\t' | b'\r' | b'\n'))
    }

    fn is_break(&self) -> bool {
        matches!(self.text.get(self.at), None | Some(b'\n'))
    }

    fn is_blank(&self, ahead: usize) -> bool {
        let byte = self.text.get(self.at + ahead);
        matches!(byte, None | Some(b' ' | b'\t' | b'\r' | b'\n'))
    }

    /// A space past the end.
    fn peek(&self, ahead: usize) -> u8 {
        self.text.get(self.at + ahead).copied().unwrap_or(b' ')
    }

    /// Whether a document begins or ends here.
    fn is_marker(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let is_marker = rest.starts_with(b"---") || rest.starts_with(b"...");
        is_marker && self.is_blank(3) && self.column(self.at) == 0
    }

    /// Asked for from the first to the last, so that no line is walked twice.
    fn column(&mut self, at: usize) -> usize {
        let since = &self.text[self.seen..at];
        if let Some(newline) = since.iter().rposition(|byte| *byte == b'\n') {
            self.line = self.seen + newline + 1;
        }
        self.seen = at;
        at - self.line
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::SourceMap;
    use super::{deeper_than, joined};
    use crate::diagnostic::Source;

    /// Layouts of values under the key of a schema; `last: 1` follows each.
    const LAYOUTS: [&str; 18] = [
        "enum: [\n  \"a\",\n  \"b\"\n]",
        "enum: [ a,\n  b ]",
        "enum: [\na, b]",
        "properties: {\n\"f\": {\n\"g\": [1]\n}\n}",
        "enum: [ # a ] here, it's \"one\n  a, # ü ]\n# [\n]",
        "enum: [\n  \"]\", ']''[', it's, a#b, \"\\\"]\",\n]",
        "enum: [\r\n  a\r\n]",
        "enum: [\n\ta,\n\tb\n]",
        "text: \"two\n\n lines [\"",
        "text: 'two\nlines {'\nenum: [\n]",
        "text: |\n  [ it's\n\n  {\nenum: [\n]",
        "text: >2-\n    [\n  \"\nenum: [\n]",
        "text: it's\n  [a](b and\n  {\nenum: [\n]",
        "text:\n  some\n  [ 'more\nenum: [\n]",
        "list:\n- - |\n    [\n  - a: |\n      {\n    b: [\n    ]\n- \"c\nd\"\n- [\n]",
        "list:\n- !t &a [\n  b\n  ]\n- *a\n- ? [\n  c\n]\n  : d",
        "\"quoted\": [\n]\n'too': {\n}",
        "# it's [\ntext: a b # it's {\nenum: [\n]",
    ];

    #[test]
    fn what_follows_a_layout_has_its_own_line() {
        for layout in LAYOUTS {
            for head in ["", "%YAML 1.1\n---\n", "---\n"] {
                let indented = layout.replace('\n', "\n    ");
                let text = format!("{head}a:\n  b:\n    {indented}\n    last: 1\nend: 2\n");
                assert!(
                    serde_yaml::from_str::<serde_yaml::Value>(&text).is_ok(),
                    "{text}"
                );
                let last = text.lines().count();
                let places = places(&text);
                assert_eq!(
                    places.lines("/a/b/last"),
                    Some(last - 1..=last - 1),
                    "{text}"
                );
                assert_eq!(places.lines("/end"), Some(last..=last), "{text}");
            }
        }
    }

    #[test]
    fn each_item_has_its_own_line() {
        let text = "a:\n  enum: [\n    \"b\", # ü\n  # ü\n  c\n  ]\n  d: {\n  e: [\n  f]\n  }\n";
        let places = places(text);
        let line = |pointer| places.lines(pointer);
        assert_eq!(line("/a/enum"), Some(2..=6));
        assert_eq!(line("/a/enum/0"), Some(3..=3));
        assert_eq!(line("/a/enum/1"), Some(5..=5));
        assert_eq!(line("/a/d/e"), Some(8..=9));
        assert_eq!(line("/a/d/e/0"), Some(9..=9));
    }

    #[test]
    fn bytes_stay_where_they_are() {
        let text = "a: [\n  'ü\n  ü', # ü\n]\nb: |\n  [\n]\n";
        let expected = "a: [   'ü   ü',      ]\nb: |\n  [\n]\n";
        assert_eq!(joined(text), expected);
        assert_eq!(joined("a: [\n1"), "a: [\n1");
    }

    #[test]
    fn only_collections_are_deep() {
        let open = "[{".repeat(100);
        let closed = format!("{}{}", "[".repeat(200), "]".repeat(200));
        for text in [
            format!("a: '{open}'\nb: 1\n"),
            format!("a: |\n  {open}\n  {open}\nb: [1]\n"),
            format!("# {open}\na: it's {open}\n"),
            "a: [{}]\n".repeat(200),
        ] {
            assert_eq!(deeper_than(&text, 128), None, "{text}");
        }
        for text in [
            format!("a: {open}"),
            format!("a: {closed}\nb: 1\n"),
            format!("- {closed}"),
        ] {
            assert!(deeper_than(&text, 128).is_some(), "{text}");
        }
        assert_eq!(deeper_than("[ [ [1]]]", 2), Some(4));
    }

    fn places(text: &str) -> SourceMap {
        SourceMap::of(Arc::new(Source::new("a", text)))
    }
}
