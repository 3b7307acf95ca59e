//! For the terminal, in the manner of rustc: grave edits with the lines that made them, others in
//! a line each.

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Padding, Renderer, Snippet,
};

use super::excerpt::Texts;
use super::sections::{Section, Sections};
use super::{headline, short};
use crate::report::{Item, Place, Report, Row, Side};
use crate::taxonomy::Bump;

/// A line of the document that is longer is not shown: it is one of a document without line breaks.
const LONGEST_LINE: usize = 160;
/// How many edits of a section are shown whole; the others have a line each, as all have in `html`
/// and `json`.
const WHOLE: usize = 20;
/// How many lines of what changes nothing are shown.
const FOLDED: usize = 8;

pub fn render(report: &Report, color: bool) -> String {
    let mut page = Page::of(report, color);
    page.header();
    page.warnings();
    let sections = Sections::of(report);
    for (section, rows) in &sections.open {
        page.heading(&section.counted(rows));
        let whole = if section.is_grave() { WHOLE } else { 0 };
        let (whole, rest) = rows.split_at(rows.len().min(whole));
        whole.iter().for_each(|row| page.whole(*section, row));
        if !whole.is_empty() && !rest.is_empty() {
            page.line(&format!("\nand {} more", rest.len()));
        }
        page.lines(rest);
    }
    page.accepted(&sections.accepted);
    page.equivalent();
    page.footer(&sections);
    page.text
}

/// What is written so far, and what is needed to write more.
struct Page<'r> {
    report: &'r Report,
    base: Texts<'r>,
    head: Texts<'r>,
    renderer: Renderer,
    style: Style,
    text: String,
}

/// Escape sequences, or none.
struct Style {
    bold: &'static str,
    dim: &'static str,
    added: &'static str,
    removed: &'static str,
    end: &'static str,
}

const PLAIN: Style = Style {
    bold: "",
    dim: "",
    added: "",
    removed: "",
    end: "",
};

const COLORED: Style = Style {
    bold: "\x1b[1m",
    dim: "\x1b[2m",
    added: "\x1b[32m",
    removed: "\x1b[31m",
    end: "\x1b[0m",
};

impl<'r> Page<'r> {
    fn of(report: &'r Report, color: bool) -> Self {
        let (renderer, style) = if color {
            (Renderer::styled(), COLORED)
        } else {
            (Renderer::plain(), PLAIN)
        };
        Self {
            report,
            base: Texts::of(&report.base),
            head: Texts::of(&report.head),
            renderer,
            style,
            text: String::new(),
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn header(&mut self) {
        let Style { bold, dim, end, .. } = self.style;
        let title = short::text(&self.report.title, 120);
        self.line(&format!("{dim}{title}{end}"));
        self.line(&format!("{bold}{}{end}", headline::verdict(self.report)));
        for cause in headline::causes(self.report) {
            let place = headline::place(self.report, cause.row);
            let place = place.map_or(String::new(), |place| format!(" {dim}({place}){end}"));
            self.line(&format!("  {:<7} {}{place}", cause.half, cause.text));
        }
        if let Some(version) = headline::version(self.report) {
            self.line(&format!("  version {version}"));
        }
    }

    fn warnings(&mut self) {
        let mut groups = Vec::new();
        if let Some((side, why)) = headline::crateless(self.report) {
            let title = format!("the generator makes no crate of `{}`", side.name);
            groups.push(warning(&title, &[("because", why)]));
        }
        if let Some((side, why)) = headline::faulty(self.report) {
            let title = format!("the generator rejects `{}`", side.name);
            groups.push(warning(&title, &[("because", why)]));
        }
        if let Some(side) = headline::incomplete(self.report) {
            let title = format!("the crate of `{}` lacks operations", side.name);
            groups.push(warning(&title, &[("these", &list(&side.left_out))]));
        }
        for stale in &self.report.stale {
            let title = format!(
                "the acceptance in line {} of the review file has no effect: {}",
                stale.line, stale.why
            );
            let notes = [("accept", &*stale.fingerprint), ("reason", &stale.reason)];
            groups.push(warning(&title, &notes));
        }
        for group in groups {
            let rendered = self.renderer.render(&[group]);
            self.line("");
            self.line(&rendered);
        }
    }

    fn heading(&mut self, title: &str) {
        let Style { bold, end, .. } = self.style;
        self.line("");
        self.line(&format!("{bold}{title}{end}"));
    }

    fn whole(&mut self, section: Section, row: &Row) {
        let group = Group::with_title(level(section).primary_title(headline::message(row)));
        let group = group.elements(self.snippets(row)).elements(self.notes(row));
        let rendered = self.renderer.render(&[group]);
        self.line("");
        self.line(&rendered);
    }

    /// The lines of the head, then those of the base.
    fn snippets(&self, row: &Row) -> Vec<Element<'r>> {
        let both = row.base.is_some() && row.head.is_some();
        let head = row.head.as_ref().map(|place| {
            let label = if !both {
                "added".to_owned()
            } else if headline::is_unchanged(row) {
                "as before".to_owned()
            } else {
                let value = headline::value_of(row, place, |renamed| &renamed.to);
                format!("now {value}")
            };
            snippet(&self.report.head, &self.head, place, label, true)
        });
        let base = row.base.as_ref().filter(|_| !headline::is_unchanged(row));
        let base = base.map(|place| {
            let label = if both {
                format!(
                    "was {}",
                    headline::value_of(row, place, |renamed| &renamed.from)
                )
            } else {
                "removed".to_owned()
            };
            snippet(&self.report.base, &self.base, place, label, !both)
        });
        // What follows is set off by a line, as after the lines of a snippet.
        let padding = (head.is_some() || base.is_some()).then(|| Padding.into());
        head.into_iter().chain(base).chain(padding).collect()
    }

    fn notes(&self, row: &Row) -> Vec<Element<'r>> {
        let mut notes = self.values(row);
        notes.push(note("wire", &self.wire(row)));
        if headline::touches_crate(row) {
            notes.push(note("crate", &self.surface(row)));
        }
        // Where something is to be done, it is not said beside that of what else there is nothing to do.
        let items = || row.surface.items.iter();
        let worst = items().map(|item| item.bump).max();
        let grave = items().filter(|item| item.fails_at_run_time || Some(item.bump) == worst);
        let advice = grave.take(3).map(|item| item.note.as_str());
        let mut advice: Vec<&str> = advice.filter(|note| !note.is_empty()).collect();
        advice.dedup();
        if advice.is_empty() && !row.advice.is_empty() {
            advice.push(row.advice);
        }
        notes.extend(advice.iter().map(|note| help(&short::text(note, 200))));
        if let Some(advice) = headline::advice(row) {
            let lines = short::lines(advice, 6, 240);
            let before = if lines.len() > 1 { "\n" } else { " " };
            notes.push(help(&format!("to soften it:{before}{}", lines.join("\n"))));
        }
        if let Some(stability) = &row.stability {
            notes.push(note("stability", &short::text(stability, 40)));
        }
        if let Some(reach) = headline::reach(row) {
            notes.push(note(
                "note",
                &format!("reached by {reach}: {}", list(&row.operations)),
            ));
        }
        notes.push(note("accept", &short::text(&row.fingerprint, 400)));
        notes
    }

    /// What no line shows: the values of a document without line breaks.
    fn values(&self, row: &Row) -> Vec<Element<'r>> {
        let unseen = |texts: &Texts<'_>, place: &Place| {
            let lines = texts.of_place(place);
            lines.line(place.line).filter(|line| fits(line)).is_none()
        };
        let base = row.base.as_ref().filter(|place| unseen(&self.base, place));
        let head = row.head.as_ref().filter(|place| unseen(&self.head, place));
        let base = base.map(|place| headline::value_of(row, place, |renamed| &renamed.from));
        let head = head.map(|place| headline::value_of(row, place, |renamed| &renamed.to));
        let base = base.map(|value| note("was", &value));
        base.into_iter()
            .chain(head.map(|value| note("now", &value)))
            .collect()
    }

    fn wire(&self, row: &Row) -> String {
        let mut text = headline::severities(row);
        for note in headline::notes(row) {
            text.push_str("; ");
            text.push_str(&short::text(note, 200));
        }
        text
    }

    /// The effect on the crate, and the declarations of the worst items below it.
    fn surface(&self, row: &Row) -> String {
        let mut lines = vec![headline::effect_in_rust(row)];
        for item in row.surface.items.iter().take(3) {
            lines.extend(self.declarations(item));
        }
        if let Some(left @ 1..) = row.surface.items.len().checked_sub(3) {
            lines.push(format!("and {left} more"));
        }
        lines.join("\n")
    }

    fn declarations(&self, item: &Item) -> Vec<String> {
        let Style {
            added,
            removed,
            end,
            ..
        } = self.style;
        let mut lines = vec![short::text(&item.path, 120)];
        if item.before != item.after {
            let signed = |sign, color, text: &Option<String>| {
                let lines = short::lines(text.as_deref().unwrap_or_default(), 8, 120);
                let lines = lines.into_iter();
                lines
                    .map(|line| format!("{color}{sign} {line}{end}"))
                    .collect::<Vec<_>>()
            };
            lines.extend(signed('-', removed, &item.before));
            lines.extend(signed('+', added, &item.after));
        }
        lines
    }

    /// One line for each edit, in columns.
    fn lines(&mut self, rows: &[&Row]) {
        let places: Vec<String> = rows
            .iter()
            .map(|row| headline::place(self.report, row).unwrap_or_default())
            .collect();
        let width = places.iter().map(|place| place.chars().count()).max();
        let width = width.unwrap_or_default().min(60);
        let Style { dim, end, .. } = self.style;
        for (row, place) in rows.iter().zip(places) {
            let message = headline::message(row);
            let bump = match row.surface.bump {
                Bump::None => "",
                bump => bump.word(),
            };
            self.line(&format!("  {bump:<5} {dim}{place:<width$}{end}  {message}"));
        }
    }

    fn accepted(&mut self, rows: &[&Row]) {
        if rows.is_empty() {
            return;
        }
        self.heading(&format!("Accepted: {}", rows.len()));
        let Style { dim, end, .. } = self.style;
        for row in rows {
            let message = headline::message(row);
            let why = row.accepted.as_ref().map(|accepted| {
                let until = accepted.expires.as_deref();
                let until = until.map_or(String::new(), |day| format!(", until {day}"));
                format!("{}{until}", short::text(&accepted.reason, 160))
            });
            let crate_too = headline::in_crate(row);
            self.line(&format!(
                "  {message}{crate_too} {dim}({}){end}",
                why.unwrap_or_default()
            ));
        }
    }

    fn equivalent(&mut self) {
        let Some(title) = headline::equivalent(self.report) else {
            return;
        };
        let Style { bold, dim, end, .. } = self.style;
        self.line("");
        self.line(&format!("{bold}{title}{end}"));
        let edits = &self.report.equivalent;
        for edit in edits.iter().take(FOLDED) {
            let message = short::text(&edit.message, 120);
            let pointer = short::text(&edit.location.pointer, 120);
            let lines = match headline::lines(edit).as_str() {
                "" => String::new(),
                lines => format!(" {dim}({lines}){end}"),
            };
            let place = match pointer.as_str() {
                "" => String::new(),
                pointer => format!("{dim}{pointer}{end}: "),
            };
            self.line(&format!("  {place}{message}{lines}"));
        }
        if let Some(left @ 1..) = edits.len().checked_sub(FOLDED) {
            self.line(&format!("  and {left} more"));
        }
    }

    /// The verdict again, where it is far above.
    fn footer(&mut self, sections: &Sections<'_>) {
        if sections.open.iter().any(|(section, _)| section.is_grave()) {
            let Style { bold, end, .. } = self.style;
            self.line("");
            self.line(&format!("{bold}{}{end}", headline::verdict(self.report)));
        }
    }
}

fn level(section: Section) -> Level<'static> {
    match section {
        Section::Breaking => Level::ERROR.with_name("breaking"),
        Section::RunTime => Level::ERROR.with_name("fails at run time"),
        Section::Crate => Level::ERROR.with_name("breaks the crate"),
        Section::Risky => Level::WARNING.with_name("risky"),
        Section::Safe | Section::Nothing => Level::INFO.with_name("safe"),
    }
}

/// The first line of a value, all of it marked: a place knows lines, not columns.
fn snippet<'r>(
    side: &'r Side,
    texts: &Texts<'r>,
    place: &Place,
    label: String,
    primary: bool,
) -> Element<'r> {
    let path = short::text(side.name_of(place), 200);
    let lines = texts.of_place(place);
    let Some(line) = lines.line(place.line).filter(|line| fits(line)) else {
        return Origin::path(path).line(place.line).into();
    };
    let kind = if primary {
        AnnotationKind::Primary
    } else {
        AnnotationKind::Context
    };
    let start = line.len() - line.trim_start().len();
    let annotation = kind.span(start..line.trim_end().len()).label(label);
    Snippet::source(line)
        .line_start(place.line)
        .path(path)
        .annotation(annotation)
        .into()
}

fn fits(line: &str) -> bool {
    !line.trim().is_empty() && line.len() <= LONGEST_LINE
}

fn warning(title: &str, notes: &[(&'static str, &str)]) -> Group<'static> {
    let notes = notes
        .iter()
        .map(|(name, text)| note(name, &short::text(text, 300)));
    Group::with_title(Level::WARNING.primary_title(short::text(title, 200))).elements(notes)
}

fn note(name: &'static str, text: &str) -> Element<'static> {
    Level::NOTE.with_name(name).message(text.to_owned()).into()
}

fn help(text: &str) -> Element<'static> {
    Level::HELP.message(text.to_owned()).into()
}

/// Some operations, and how many there are besides.
fn list(operations: &[String]) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<String> = operations
        .iter()
        .take(SHOWN)
        .map(|operation| short::text(operation, 80))
        .collect();
    match operations.len().checked_sub(SHOWN) {
        Some(left @ 1..) => format!("{} and {left} more", shown.join(", ")),
        _ => shown.join(", "),
    }
}
