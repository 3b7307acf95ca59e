//! What is wrong with an input: collected, located, and printed in the manner of rustc.
//!
//! Every stage reports into one [`Diagnostics`] and the next stage starts only past its
//! [`gate`](Diagnostics::gate), so that one run shows all problems of an input.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::location::Location;

mod source;

pub use source::Source;

/// One problem of an input.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    /// What is wrong, in one sentence without a final period.
    pub message: String,
    /// Where in a document.
    pub location: Option<Location>,
    /// Where in a file.
    pub span: Option<Span>,
    /// What to do about it.
    pub help: Option<String>,
}

/// The stable name of a kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// What a problem stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The output is written without what the message names.
    Warning,
    /// Good to know; nothing is lost.
    Note,
}

/// A stretch of a source file.
#[derive(Debug, Clone)]
pub struct Span {
    pub source: Arc<Source>,
    /// Byte offsets into the text.
    pub range: Range<usize>,
}

/// The problems found so far.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

/// The input has errors, which the [`Diagnostics`] hold.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the input has errors")]
pub struct Rejected;

impl Diagnostic {
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, message)
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub fn location(mut self, location: impl Into<Location>) -> Self {
        self.location = Some(location.into());
        self
    }

    pub fn span(mut self, source: &Arc<Source>, range: Range<usize>) -> Self {
        self.span = Some(Span {
            source: Arc::clone(source),
            range,
        });
        self
    }

    /// Names the file where there is no place within it to name.
    pub fn file(self, source: &Arc<Source>) -> Self {
        self.span(source, 0..0)
    }

    fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            location: None,
            span: None,
            help: None,
        }
    }

    /// The diagnostic as text, with terminal colors if `styled`.
    pub fn render(&self, styled: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let message = single_line(&self.message);
        let mut group = Group::with_title(level.primary_title(&message).id(self.code.0));
        if let Some(span) = &self.span {
            let shown = span.shown();
            let snippet = span.snippet(shown.clone());
            // Of a line that is cut the columns of what is left would be shown.
            group = if span.is_cut(&shown) {
                let (line, column) = span.line_column();
                let origin = Origin::path(single_line(&span.source.name));
                group
                    .element(origin.line(line).char_column(column))
                    .element(snippet)
            } else {
                group.element(snippet.path(single_line(&span.source.name)))
            };
        }
        let pointer = self
            .location
            .as_ref()
            .map(|at| format!("at #{}", single_line(&at.pointer)));
        if let Some(pointer) = &pointer {
            group = group.element(Level::NOTE.message(pointer));
        }
        let help = self.help.as_deref().map(single_line);
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help));
        }
        let renderer = if styled {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.render(&[group])
    }
}

impl Span {
    /// What is shown of the source.
    fn shown(&self) -> Range<usize> {
        window(&self.source, &self.range)
    }

    /// Whether that begins within a line.
    fn is_cut(&self, shown: &Range<usize>) -> bool {
        let before = &self.source.text[..shown.start];
        !before.is_empty() && !before.ends_with('\n')
    }

    fn snippet(&self, window: Range<usize>) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let text = &self.source.text;
        let line_start = self.source.line(window.start);
        let Range { start, end } = self.range;
        let parts = [window.start..start, start..end, end..window.end];
        let [before, within, after] = parts.map(|part| visible(&text[part]));
        let span = before.len()..before.len() + within.len();
        Snippet::source([before, within, after].concat())
            .line_start(line_start)
            .annotation(AnnotationKind::Primary.span(span))
    }

    /// One-based line and column (in characters) of the start.
    pub fn line_column(&self) -> (usize, usize) {
        self.source.line_column(self.range.start)
    }
}

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Lets the next stage start if nothing found so far is an error.
    pub fn gate(&self) -> Result<(), Rejected> {
        match self.count(Severity::Error) {
            0 => Ok(()),
            _ => Err(Rejected),
        }
    }

    /// Makes every warning an error.
    pub fn deny_warnings(&mut self) {
        for diagnostic in &mut self.list {
            if diagnostic.severity == Severity::Warning {
                diagnostic.severity = Severity::Error;
            }
        }
    }

    /// Takes what was found elsewhere.
    pub fn extend(&mut self, found: Self) {
        self.list.extend(found.list);
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|d| d.severity == severity).count()
    }

    /// Sorts by file and place and drops repetitions, so that the report reads like the file.
    pub fn sort(&mut self) {
        self.list.sort_by_key(|d| {
            let span = d.span.as_ref();
            let place = span.map(|span| (span.source.name.clone(), span.range.start));
            (d.severity, place, d.code, d.message.clone())
        });
        let mut seen = BTreeSet::new();
        self.list.retain(|d| {
            let start = d.span.as_ref().map(|span| span.range.start);
            seen.insert((d.code, start, d.location.clone(), d.message.clone()))
        });
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(found: I) -> Self {
        let list = found.into_iter().collect();
        Self { list }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The lines that hold the span, so that a large document is not searched by the renderer.
/// A line of a minified document is cut to what surrounds the span.
fn window(source: &Source, span: &Range<usize>) -> Range<usize> {
    const REACH: usize = 120;
    let text = &source.text;
    let Range { start, end } = source.lines_around(span);
    // Of a line break of two characters none is shown.
    let end = if text[span.end..end].ends_with('\r') {
        end - 1
    } else {
        end
    };
    let near =
        floor(text, span.start.saturating_sub(REACH))..floor(text, span.end.saturating_add(REACH));
    if end - start > 4 * REACH && start < near.start {
        return near.start..end.min(near.end);
    }
    start..end.min(near.end.max(span.end))
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A text that the document has a part in, on one line, and as much of it as anyone reads.
fn single_line(text: &str) -> String {
    const LONGEST: usize = 2000;
    let shown = |c: char| {
        if c == '\n' || c == '\t' {
            '\u{fffd}'
        } else {
            c
        }
    };
    let start = text.char_indices().nth(LONGEST);
    let (start, more) = start.map_or((text, ""), |(at, _)| (&text[..at], " ..."));
    visible(start).chars().map(shown).collect::<String>() + more
}

/// The text without what moves the cursor, changes the color, or turns the direction of the text.
fn visible(text: &str) -> String {
    let hides = |c: char| match c {
        '\n' | '\t' => false,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        c => c.is_control(),
    };
    let shown = |c: char| if hides(c) { '\u{fffd}' } else { c };
    text.chars().map(shown).collect()
}
