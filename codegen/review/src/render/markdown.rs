//! For the comment on a pull request, which holds 65,536 bytes.
//!
//! Everything that a document chose goes through `escape`; whatever else is written here is ours.

mod escape;

use escape::block;
pub(super) use escape::{code, prose};

use super::sections::{Section, Sections};
use super::{headline, short};
use crate::report::{Item, Place, Report, Row, Side};

/// The first line of every comment, by which the next one finds it. Readers do not see it.
pub const MARKER: &str = "<!-- schema-review -->";
/// What GitHub allows a comment to have, in bytes.
pub const COMMENT: usize = 65_536;
/// What GitHub allows the summary of a step to have, in bytes.
pub const STEP_SUMMARY: usize = 1024 * 1024;

/// How many edits of a section are seen without a click.
const OPEN: usize = 5;
/// What closes the tags that are open, and says what was cut.
const RESERVE: usize = 400;

pub fn render(report: &Report) -> String {
    render_within(report, COMMENT)
}

/// At most so many bytes, however large the change. What does not fit is counted.
pub fn render_within(report: &Report, limit: usize) -> String {
    let mut page = Page::new(limit);
    let sections = Sections::of(report);
    page.header(report, &sections);
    for (section, rows) in &sections.open {
        page.section(report, *section, rows);
    }
    // What is folded below is short, and has a part of the page of its own.
    page.budget = limit.saturating_sub(RESERVE);
    page.accepted(&sections.accepted);
    page.equivalent(report);
    page.end()
}

struct Page {
    text: String,
    limit: usize,
    /// The bytes that may be written now.
    budget: usize,
    /// The bytes within which edits are shown whole.
    whole: usize,
    /// The edits that were not written.
    cut: usize,
}

impl Page {
    fn new(limit: usize) -> Self {
        let tail = (limit / 8).min(4_096) + RESERVE;
        Self {
            text: String::new(),
            limit,
            budget: limit.saturating_sub(tail),
            whole: limit / 5 * 3,
            cut: 0,
        }
    }

    /// Adds a piece if there is room for it.
    fn add(&mut self, piece: &str) -> bool {
        let fits = self.text.len() + piece.len() <= self.budget;
        if fits {
            self.text.push_str(piece);
        }
        fits
    }

    fn header(&mut self, report: &Report, sections: &Sections<'_>) {
        let title = code(&report.title, 120);
        let verdict = headline::verdict(report);
        self.add(&format!("{MARKER}\n### {}\n\n", prose(&verdict, 200)));
        for cause in headline::causes(report) {
            let place = headline::place(report, cause.row);
            let place = place.map_or(String::new(), |place| format!(" ({})", code(&place, 160)));
            let text = prose(&cause.text, 320);
            self.add(&format!("- **{}:** {text}{place}\n", cause.half));
        }
        if let Some(version) = headline::version(report) {
            self.add(&format!("- **version:** {}\n", prose(&version, 300)));
        }
        let edits: usize = sections.open.iter().map(|(_, rows)| rows.len()).sum();
        let edits = match edits {
            0 if !sections.accepted.is_empty() => "Every edit is accepted".to_owned(),
            0 => "No edit changes anything".to_owned(),
            1 => "1 edit".to_owned(),
            edits => format!("{edits} edits"),
        };
        self.add(&format!("\n{edits} in {title}.\n\n"));
        self.warnings(report);
    }

    fn warnings(&mut self, report: &Report) {
        if let Some((side, why)) = headline::crateless(report) {
            let (name, why) = (code(&side.name, 120), prose(why, 300));
            self.add(&format!(
                "> **Warning:** the generator makes no crate of {name}: {why}\n\n"
            ));
        }
        if let Some((side, why)) = headline::faulty(report) {
            let (name, why) = (code(&side.name, 120), prose(why, 300));
            self.add(&format!(
                "> **Warning:** the generator rejects {name}: {why}\n\n"
            ));
        }
        if let Some(side) = headline::incomplete(report) {
            let count = headline::operations(side.left_out.len());
            let list = list(&side.left_out, 100);
            self.add(&format!(
                "<details><summary>The crate lacks {count}</summary>\n\n{list}\n\n</details>\n\n"
            ));
        }
        for stale in report.stale.iter().take(OPEN) {
            let (fingerprint, why) = (code(&stale.fingerprint, 120), prose(&stale.why, 160));
            let line = stale.line;
            self.add(&format!(
                "> **Warning:** the acceptance of {fingerprint} in line {line} of the review file has no \
                 effect: {why}.\n\n"
            ));
        }
        if let Some(left @ 1..) = report.stale.len().checked_sub(OPEN) {
            self.add(&format!(
                "> **Warning:** {left} more acceptances have no effect.\n\n"
            ));
        }
    }

    fn section(&mut self, report: &Report, section: Section, rows: &[&Row]) {
        let count = rows.len();
        let title = section.counted(rows);
        if !section.is_grave() {
            self.folded(&title, rows, |row| line(report, row));
            return;
        }
        if !self.add(&format!("### {title}\n\n{}\n\n", section.meaning())) {
            self.cut += count;
            return;
        }
        let (open, rest) = rows.split_at(count.min(OPEN));
        let shown = open.iter().take_while(|row| self.row(report, row)).count();
        match (shown < open.len(), rest) {
            (true, _) => self.left(count - shown),
            (false, []) => {}
            (false, rest) => self.rest(report, rest),
        }
    }

    /// What a section has no room for.
    fn left(&mut self, count: usize) {
        self.cut += count;
        self.add(&format!("… and {count} more\n\n"));
    }

    /// An edit, as much of it as there is room for.
    fn row(&mut self, report: &Report, row: &Row) -> bool {
        let whole = whole(report, row);
        if self.text.len() + whole.len() <= self.whole {
            self.add(&whole)
        } else {
            self.add(&format!("{}\n", line(report, row)))
        }
    }

    /// The edits of a section behind a click.
    fn rest(&mut self, report: &Report, rows: &[&Row]) {
        let before = self.text.len();
        let title = format!("<details><summary>{} more</summary>\n\n", rows.len());
        if !self.add(&title) {
            return self.left(rows.len());
        }
        match rows.iter().take_while(|row| self.row(report, row)).count() {
            0 => {
                self.text.truncate(before);
                self.left(rows.len());
            }
            shown => self.close(rows.len() - shown),
        }
    }

    /// A list behind a click, one line for each edit.
    fn folded<T>(&mut self, title: &str, edits: &[T], line: impl Fn(&T) -> String) -> usize {
        if edits.is_empty() || !self.add(&format!("<details><summary>{title}</summary>\n\n")) {
            self.cut += edits.len();
            return edits.len();
        }
        let shown = edits.iter().take_while(|edit| self.add(&line(edit)));
        let left = edits.len() - shown.count();
        self.close(left);
        left
    }

    /// There is always room for this: [`RESERVE`] is kept for it.
    fn close(&mut self, left: usize) {
        self.cut += left;
        if left > 0 {
            self.text.push_str(&format!("\n… and {left} more\n"));
        }
        self.text.push_str("\n</details>\n\n");
    }

    fn accepted(&mut self, rows: &[&Row]) {
        let title = format!("Accepted: {}", rows.len());
        self.folded(&title, rows, |row| {
            let message = prose(&headline::message(row), 320) + &headline::in_crate(row);
            let why = row.accepted.as_ref().map_or(String::new(), |accepted| {
                let until = accepted.expires.as_ref();
                let until =
                    until.map_or(String::new(), |day| format!(", until {}", prose(day, 40)));
                format!(": {}{until}", prose(&accepted.reason, 200))
            });
            format!("- {} {message}{why}\n", code(&row.fingerprint, 120))
        });
    }

    fn equivalent(&mut self, report: &Report) {
        let Some(title) = headline::equivalent(report) else {
            return;
        };
        self.folded(&title, &report.equivalent, |edit| {
            let lines = headline::lines(edit);
            let lines = if lines.is_empty() {
                lines
            } else {
                format!(" ({lines})")
            };
            let (pointer, message) = (code(&edit.location.pointer, 160), prose(&edit.message, 200));
            format!("- {pointer} {message}{lines}\n")
        });
    }

    fn end(mut self) -> String {
        if self.cut > 0 {
            let (cut, limit) = (self.cut, self.limit);
            self.text.push_str(&format!(
                "**{cut} more are not shown**, since there is room for {limit} bytes only. The full report is the \
                 page that this run keeps; `cargo xtask diff --format html` makes it as well.\n"
            ));
        }
        // No text of ours is as long as this; of a limit below a few hundred bytes it is the rest.
        let mut end = self.limit.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.text.truncate(end);
        self.text
    }
}

/// All that is known of an edit.
fn whole(report: &Report, row: &Row) -> String {
    let mut text = format!("#### {}\n\n", prose(&headline::sentence(row), 320));
    text.push_str(&format!("- {}\n", change(report, row)));
    text.push_str(&format!("- **Wire:** {}\n", wire(row)));
    text.push_str(&surface(row));
    if !row.advice.is_empty() {
        text.push_str(&format!("- **To do:** {}\n", row.advice));
    }
    if let Some(advice) = headline::advice(row) {
        text.push_str(&softened(advice));
    }
    if let Some(stability) = &row.stability {
        text.push_str(&format!("- **Stability:** {}\n", prose(stability, 40)));
    }
    text.push_str(&folded(row, &report.review_file));
    text
}

/// Advice in a sentence, or lines to be written somewhere.
fn softened(by: &str) -> String {
    match short::lines(by, 8, 120).as_slice() {
        [] | [_] => format!("- **To soften it:** {}\n", prose(by, 240)),
        lines => format!("- **To soften it:**\n{}", block("", lines)),
    }
}

/// From where to where, with values.
fn change(report: &Report, row: &Row) -> String {
    let at = |side: &Side, place: &Place, value: String| {
        let name = short::text(side.name_of(place), 120);
        let line = format!("{name}:{}", place.line);
        format!("{} ({})", code(&value, 80), code(&line, 160))
    };
    let base = row.base.as_ref().map(|place| {
        let value = headline::value_of(row, place, |renamed| &renamed.from);
        at(&report.base, place, value)
    });
    let head = row.head.as_ref().map(|place| {
        let value = headline::value_of(row, place, |renamed| &renamed.to);
        at(&report.head, place, value)
    });
    match (base, head) {
        (Some(_), Some(head)) if headline::is_unchanged(row) => {
            format!("**In the document, as before:** {head}")
        }
        (Some(base), Some(head)) => format!("**Changed:** {base} → {head}"),
        (Some(base), None) => format!("**Removed:** {base}"),
        (None, Some(head)) => format!("**Added:** {head}"),
        (None, None) => format!("**At:** {}", code(&row.location.pointer, 160)),
    }
}

fn wire(row: &Row) -> String {
    let mut text = headline::severities(row);
    for note in headline::notes(row).into_iter().take(4) {
        text.push_str("; ");
        text.push_str(&prose(note, 200));
    }
    text
}

fn surface(row: &Row) -> String {
    const SHOWN: usize = 3;
    if !headline::touches_crate(row) {
        return String::new();
    }
    let mut text = format!("- **Crate:** {}\n", headline::effect_in_rust(row));
    let items = &row.surface.items;
    items
        .iter()
        .take(SHOWN)
        .for_each(|shown| text.push_str(&item(shown)));
    if let Some(left @ 1..) = items.len().checked_sub(SHOWN) {
        text.push_str(&format!("  - and {left} more\n"));
    }
    text
}

fn item(item: &Item) -> String {
    let note = if item.note.is_empty() {
        String::new()
    } else {
        format!(": {}", prose(&item.note, 240))
    };
    let mut text = format!("  - {}{note}\n", code(&item.path, 160));
    if item.before != item.after {
        let signed = |sign: &'static str, text: &Option<String>| {
            let lines = short::lines(text.as_deref().unwrap_or_default(), 8, 160);
            lines.into_iter().map(move |line| format!("{sign} {line}"))
        };
        let lines: Vec<String> = signed("-", &item.before)
            .chain(signed("+", &item.after))
            .collect();
        for line in block("diff", &lines).lines() {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text
}

/// What only some readers want: who reaches the place, and how to accept the edit.
fn folded(row: &Row, file: &str) -> String {
    let (title, list) = match headline::reach(row) {
        None => ("How to accept it".to_owned(), String::new()),
        Some(reach) => (
            format!("Reached by {reach}, and how to accept it"),
            format!("{}\n\n", list(&row.operations, 20)),
        ),
    };
    let entry = format!("change = {}", short::string(&row.fingerprint, 400));
    let entry = block(
        "toml",
        &["[[accept]]".to_owned(), entry, "reason = \"\"".to_owned()],
    );
    format!(
        "\n<details><summary>{title}</summary>\n\n{list}In {}:\n\n{entry}\n</details>\n\n",
        code(file, 160)
    )
}

fn list(operations: &[String], most: usize) -> String {
    let shown = operations
        .iter()
        .take(most)
        .map(|operation| code(operation, 100));
    let shown = shown.collect::<Vec<_>>().join(", ");
    match operations.len().checked_sub(most) {
        Some(left @ 1..) => format!("{shown} and {left} more"),
        _ => shown,
    }
}

/// An edit in one line, which begins with a word of ours, so that it cannot be a list or a quote.
fn line(report: &Report, row: &Row) -> String {
    let bump = headline::in_crate(row);
    let place = headline::place(report, row);
    let place = place.map_or(String::new(), |place| format!(" ({})", code(&place, 160)));
    let message = prose(&headline::message(row), 320);
    format!("- wire {}{bump}: {message}{place}\n", row.severity().word())
}
