//! Workflow commands of GitHub Actions: annotations on the lines of the changed file.
//!
//! Of each kind GitHub shows ten for a step and drops the rest without a word, so that no more are
//! written, and the last says how many there would be. The summary of the step is
//! [`markdown::render_within`](super::markdown::render_within) with its
//! [`STEP_SUMMARY`](super::markdown::STEP_SUMMARY).

use std::cell::OnceCell;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::sections::{Section, Sections};
use super::{headline, short};
use crate::report::{Place, Report, Row};
use codegen::diagnostic::{Diagnostics, Source};
use codegen::document::Plain;

/// What GitHub shows of each kind in one step.
pub(super) const SHOWN: usize = 10;
/// GitHub shows an annotation below its last line; below a long value nobody would find it.
const LINES: usize = 8;

/// What one step says, however many documents have changed: the worst of all first.
pub fn render(reports: &[Report]) -> String {
    let heads: Vec<Head<'_>> = reports.iter().map(Head::of).collect();
    let mut edits: Vec<(Section, &Row, &Head<'_>)> = Vec::new();
    for (report, head) in reports.iter().zip(&heads) {
        let sections = Sections::of(report).open.into_iter();
        let rows =
            sections.flat_map(|(section, rows)| rows.into_iter().map(move |row| (section, row)));
        edits.extend(rows.map(|(section, row)| (section, row, head)));
    }
    edits.sort_by_key(|(section, ..)| *section);
    let mut commands: Vec<Command> = reports.iter().filter_map(warning).take(SHOWN).collect();
    let mut left = 0;
    for (section, row, head) in edits {
        let kind = kind(section);
        if count(&commands, kind) < room(kind) {
            commands.push(command(kind, section, row, head))
        } else {
            left += 1
        }
    }
    if left > 0 {
        commands.push(rest(reports, left));
    }
    commands.sort_by_key(|command| command.kind);
    commands.iter().map(Command::line).collect()
}

/// From the worst, as GitHub calls them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Annotation {
    Error,
    Warning,
    Notice,
}

/// One annotation.
pub(super) struct Command {
    pub kind: Annotation,
    pub file: Option<String>,
    pub lines: Option<RangeInclusive<usize>>,
    /// GitHub takes one only where it is one line.
    pub column: Option<usize>,
    pub title: String,
    pub message: String,
}

/// The head, read only if something was removed from it.
struct Head<'r> {
    report: &'r Report,
    document: OnceCell<Option<Plain>>,
}

fn kind(section: Section) -> Annotation {
    match section {
        Section::Breaking | Section::RunTime | Section::Crate => Annotation::Error,
        Section::Risky => Annotation::Warning,
        Section::Safe | Section::Nothing => Annotation::Notice,
    }
}

/// One notice is kept for what is left out.
fn room(kind: Annotation) -> usize {
    match kind {
        Annotation::Error | Annotation::Warning => SHOWN,
        Annotation::Notice => SHOWN - 1,
    }
}

fn count(commands: &[Command], kind: Annotation) -> usize {
    let same = commands.iter().filter(|command| command.kind == kind);
    same.count()
}

fn command(kind: Annotation, section: Section, row: &Row, head: &Head<'_>) -> Command {
    let file = head.file(row);
    let mut message = message(section, row);
    // Where there is no file, it stands beside no line that would show the place.
    let place = headline::place(head.report, row).filter(|_| file.is_none());
    if let Some(place) = place {
        message.insert_str(0, &format!("{place}: "));
    }
    Command {
        kind,
        lines: file.is_some().then(|| head.lines(row)),
        file,
        column: None,
        title: section.title().to_owned(),
        message,
    }
}

/// What the edit is, and what to do about it.
fn message(section: Section, row: &Row) -> String {
    let mut lines = vec![headline::sentence(row)];
    lines.push(format!("wire: {}", headline::severities(row)));
    if headline::touches_crate(row) {
        lines.push(format!("crate: {}", headline::effect_in_rust(row)));
    }
    if let Some(item) = row.surface.items.first() {
        let note = if item.note.is_empty() {
            String::new()
        } else {
            format!(": {}", short::text(&item.note, 300))
        };
        lines.push(format!("{}{note}", short::text(&item.path, 160)));
    }
    if !row.advice.is_empty() && section.is_grave() {
        lines.push(row.advice.to_owned());
    }
    if section.is_grave() {
        let fingerprint = short::text(&row.fingerprint, 300);
        lines.push(format!("to accept it: {fingerprint}"));
    }
    lines.join("\n")
}

/// Acceptances have no line in the document, and one warning together.
fn warning(report: &Report) -> Option<Command> {
    let first = report.stale.first()?;
    let message = match report.stale.len() {
        1 => format!(
            "line {} of the review file: {}",
            first.line,
            short::text(&first.why, 200)
        ),
        count => format!(
            "{count} of them, the first in line {} of the review file",
            first.line
        ),
    };
    Some(Command {
        kind: Annotation::Warning,
        file: None,
        lines: None,
        column: None,
        title: "Acceptances without effect".to_owned(),
        message,
    })
}

fn rest(reports: &[Report], left: usize) -> Command {
    let verdict = match reports {
        [report] => headline::verdict(report),
        reports => format!("of {} documents", reports.len()),
    };
    Command {
        kind: Annotation::Notice,
        file: None,
        lines: None,
        column: None,
        title: format!("{left} more edits"),
        message: format!(
            "{left} edits have no annotation; the summary of the run has all of them ({verdict})"
        ),
    }
}

impl<'r> Head<'r> {
    fn of(report: &'r Report) -> Self {
        Self {
            report,
            document: OnceCell::new(),
        }
    }

    /// The file that the edit is shown in.
    fn file(&self, row: &Row) -> Option<String> {
        let head = &self.report.head;
        match &row.head {
            Some(place) => head.path_of(place),
            None => head.path.clone(),
        }
    }

    /// Where the edit is in the head; what was removed is shown where it would be.
    fn lines(&self, row: &Row) -> RangeInclusive<usize> {
        match (&row.head, &row.base) {
            (Some(place), _) => place.line..=last(place),
            (None, base) => {
                let pointer = base
                    .as_ref()
                    .map_or(&row.location.pointer, |place| &place.location.pointer);
                let line = self.nearest(pointer);
                line..=line
            }
        }
    }

    /// The line of the nearest container that is still there.
    fn nearest(&self, pointer: &str) -> usize {
        let document = self.document.get_or_init(|| {
            let source = Source::new(self.report.head.name.clone(), self.report.head.text.clone());
            Plain::read(Arc::new(source), None, &[], &mut Diagnostics::default()).ok()
        });
        let lines = document
            .as_ref()
            .and_then(|document| document.lines(pointer));
        lines.map_or(1, |lines| *lines.start())
    }
}

fn last(place: &Place) -> usize {
    place
        .end_line
        .clamp(place.line, place.line.saturating_add(LINES - 1))
}

impl Command {
    pub fn line(&self) -> String {
        let kind = match self.kind {
            Annotation::Error => "error",
            Annotation::Warning => "warning",
            Annotation::Notice => "notice",
        };
        let mut properties = Vec::new();
        // Lines without a file mean nothing.
        if let Some(file) = &self.file {
            properties.push(format!("file={}", property(file)));
            if let Some(lines) = &self.lines {
                properties.push(format!("line={},endLine={}", lines.start(), lines.end()));
            }
            if let Some(column) = self.column {
                properties.push(format!("col={column}"));
            }
        }
        properties.push(format!("title={}", property(&self.title)));
        format!(
            "::{kind} {}::{}\n",
            properties.join(","),
            data(&self.message)
        )
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
