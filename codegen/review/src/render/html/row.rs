//! One edit on the page.

use std::collections::HashMap;
use std::ops::Range;

use serde_json::{Value, json};

use super::markup::Markup;
use crate::render::excerpt::{Excerpt, Texts, all, changed};
use crate::render::{headline, short};
use crate::report::{Item, Place, Report, Row, Side};
use crate::taxonomy::{Bump, Direction, Kind, Severity};

/// How many of the grave edits are open at first.
const OPEN: usize = 5;
/// Lines around a value, and how many of the value itself.
const CONTEXT: usize = 3;
const LINES: usize = 14;
/// A longer line is one of a document without line breaks; its value is shown instead.
const WIDEST: usize = 400;
/// A longer list of operations is at the end of the page, once for all edits that have it.
const LIST: usize = 12;

/// What the edits of a page have in common.
pub struct Rows<'r> {
    report: &'r Report,
    base: Texts<'r>,
    head: Texts<'r>,
    /// How many were written.
    count: usize,
    opened: usize,
    /// The distinct lists of operations, which are few, since most edits are reached by the same.
    lists: Vec<&'r [String]>,
    numbers: HashMap<&'r [String], usize>,
}

impl<'r> Rows<'r> {
    pub fn of(report: &'r Report) -> Self {
        Self {
            report,
            base: Texts::of(&report.base),
            head: Texts::of(&report.head),
            count: 0,
            opened: 0,
            lists: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    pub fn row(&mut self, page: &mut Markup, row: &'r Row, grave: bool) {
        self.count += 1;
        let list = self.list(&row.operations);
        page.raw("<details class=\"row\" id=\"edit-")
            .number(self.count);
        page.raw("\" data-severity=\"")
            .raw(row.severity().word())
            .raw("\" data-list=\"")
            .number(list);
        page.raw("\" data-about=\"");
        about(row).for_each(|word| {
            page.raw(word).raw(" ");
        });
        page.raw("\"");
        if grave && self.opened < OPEN {
            self.opened += 1;
            page.raw(" open");
        }
        page.raw(">\n");
        self.summary(page, row);
        page.raw("<div class=\"body\">\n");
        self.sides(page, row);
        self.facts(page, row, list);
        page.raw("</div></details>\n");
    }

    fn list(&mut self, operations: &'r [String]) -> usize {
        *self.numbers.entry(operations).or_insert_with(|| {
            self.lists.push(operations);
            self.lists.len() - 1
        })
    }

    fn summary(&self, page: &mut Markup, row: &Row) {
        let severity = row.severity().word();
        page.raw("<summary><span class=\"severity ")
            .raw(severity)
            .raw("\">")
            .raw(severity);
        page.raw("</span><span class=\"message\">")
            .prose(&headline::sentence(row), 320)
            .raw("</span>");
        page.raw("<span class=\"bump ");
        match row.surface.bump {
            _ if row.is_silent() => page.raw("breaking\">run time"),
            Bump::None => page.raw("none\">"),
            bump => page.raw(class(bump)).raw("\">").raw(bump.word()),
        };
        page.raw("</span><span class=\"place\">");
        let place = headline::place(self.report, row);
        page.text(place.as_deref().unwrap_or(&row.location.pointer), 160);
        page.raw("</span></summary>\n");
    }

    fn sides(&self, page: &mut Markup, row: &Row) {
        let base = row.base.as_ref();
        let base = base.map(|place| (self.base.of_place(place), place));
        let head = row.head.as_ref();
        let head = head.map(|place| (self.head.of_place(place), place));
        let [old, new] = match (base, head) {
            (Some(old), Some(new)) => changed(old, new).map(Some),
            (old, new) => [old, new].map(|side| side.map(|(lines, place)| all(lines, place))),
        };
        page.raw("<div class=\"sides\">\n");
        side(
            page,
            "base",
            &self.report.base,
            &self.base,
            row.base.as_ref().zip(old),
        );
        side(
            page,
            "head",
            &self.report.head,
            &self.head,
            row.head.as_ref().zip(new),
        );
        page.raw("</div>\n");
    }

    fn facts(&self, page: &mut Markup, row: &Row, list: usize) {
        page.raw("<dl>\n");
        value(page, row);
        wire(page, row);
        surface(page, row);
        to_do(page, row);
        if let Some(advice) = headline::advice(row) {
            softened(page, advice);
        }
        if let Some(stability) = &row.stability {
            page.raw("<dt>Stability</dt><dd>")
                .text(stability, 60)
                .raw("</dd>\n");
        }
        self.operations(page, row, list);
        accept(page, row, &self.report.review_file);
        page.raw("</dl>\n");
    }

    fn operations(&self, page: &mut Markup, row: &Row, list: usize) {
        let Some(reach) = headline::reach(row) else {
            return;
        };
        page.raw("<dt>Reach</dt><dd>");
        if row.operations.len() > LIST {
            page.raw("<a href=\"#list-")
                .number(list)
                .raw("\">")
                .text(&reach, 60)
                .raw("</a>");
        } else {
            page.raw("<details><summary>")
                .text(&reach, 60)
                .raw("</summary>");
            names(page, &row.operations);
            page.raw("</details>");
        }
        page.raw("</dd>\n");
    }

    /// The lists that are too long to be in every edit.
    pub fn long_lists(&self, page: &mut Markup) {
        for (number, list) in self.lists.iter().enumerate() {
            if list.len() > LIST {
                page.raw("<details class=\"fold list\" id=\"list-")
                    .number(number)
                    .raw("\"><summary>Reach: ");
                page.number(list.len()).raw(" operations</summary>");
                names(page, list);
                page.raw("</details>\n");
            }
        }
    }

    /// For the filter: the operations, and which of them are in each list.
    pub fn data(&self) -> Value {
        let mut names: Vec<&str> = Vec::new();
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let lists = self.lists.iter().map(|list| {
            let number = |name: &'r String| {
                *numbers.entry(name).or_insert_with(|| {
                    names.push(name);
                    names.len() - 1
                })
            };
            list.iter().map(number).collect::<Vec<_>>()
        });
        let lists: Vec<Vec<usize>> = lists.collect();
        let names = names.iter().map(|name| short::text(name, 160));
        json!({ "operations": names.collect::<Vec<_>>(), "lists": lists })
    }
}

/// The lines of one document, with those of the edit marked.
fn side(
    page: &mut Markup,
    name: &'static str,
    side: &Side,
    texts: &Texts<'_>,
    found: Option<(&Place, Range<usize>)>,
) {
    let Some((place, range)) = found else {
        page.raw("<figure class=\"absent\">Not in the ")
            .raw(name)
            .raw("</figure>\n");
        return;
    };
    page.raw("<figure class=\"")
        .raw(name)
        .raw("\"><figcaption>");
    page.text(side.name_of(place), 120)
        .raw(":")
        .number(place.line)
        .raw("</figcaption><pre>");
    let excerpt = texts.of_place(place).around(&range, CONTEXT, LINES);
    if excerpt.lines.iter().any(|line| line.text.len() > WIDEST) {
        lines(page, &short::value(&place.value, 240), "")
    } else {
        numbered(page, &excerpt)
    }
    page.raw("</pre></figure>\n");
}

fn numbered(page: &mut Markup, excerpt: &Excerpt<'_>) {
    for line in &excerpt.lines {
        page.raw(if line.marked {
            "<span class=\"line marked\"><i>"
        } else {
            "<span class=\"line\"><i>"
        });
        page.number(line.number)
            .raw("</i>")
            .text(line.text, WIDEST)
            .raw("\n</span>");
    }
    if excerpt.left > 0 {
        page.raw("<span class=\"line more\"><i></i>… ")
            .number(excerpt.left);
        page.raw(" more lines\n</span>");
    }
}

fn value(page: &mut Markup, row: &Row) {
    let old = row
        .base
        .as_ref()
        .map(|place| headline::value_of(row, place, |renamed| &renamed.from));
    let new = row
        .head
        .as_ref()
        .map(|place| headline::value_of(row, place, |renamed| &renamed.to));
    let (name, first, second) = match (&row.renamed, old, new) {
        (Some(_), Some(old), Some(new)) => ("Renamed", old, Some(new)),
        (_, Some(old), Some(new)) => ("Changed", old, Some(new)),
        (_, Some(old), None) => ("Removed", old, None),
        (_, None, Some(new)) => ("Added", new, None),
        (_, None, None) => return,
    };
    page.raw("<dt>")
        .raw(name)
        .raw("</dt><dd>")
        .code(&first, 100);
    if let Some(second) = second {
        page.raw(" → ").code(&second, 100);
    }
    page.raw("</dd>\n");
}

fn wire(page: &mut Markup, row: &Row) {
    page.raw("<dt>Wire</dt><dd>");
    for direction in [Direction::Response, Direction::Request, Direction::None] {
        if let Some(severity) = headline::severity_in(row, direction) {
            let word = match severity {
                Severity::None => "no effect",
                severity => severity.word(),
            };
            page.raw("<span class=\"pair\">")
                .raw(headline::carrier(row, direction))
                .raw(" <span class=\"severity ");
            page.raw(severity.word())
                .raw("\">")
                .raw(word)
                .raw("</span></span> ");
        }
    }
    for note in headline::notes(row) {
        page.raw("<p>")
            .prose(&headline::capital(note), 300)
            .raw("</p>");
    }
    page.raw("</dd>\n");
}

fn surface(page: &mut Markup, row: &Row) {
    const SHOWN: usize = 8;
    if !headline::touches_crate(row) {
        return;
    }
    page.raw("<dt>Crate</dt><dd>")
        .text(&headline::effect_in_rust(row), 60);
    row.surface
        .items
        .iter()
        .take(SHOWN)
        .for_each(|shown| item(page, shown));
    if let Some(left @ 1..) = row.surface.items.len().checked_sub(SHOWN) {
        page.raw("<p class=\"dim\">and ")
            .number(left)
            .raw(" more</p>");
    }
    page.raw("</dd>\n");
}

fn item(page: &mut Markup, item: &Item) {
    page.raw("<div class=\"item\">").code(&item.path, 160);
    if item.before != item.after {
        page.raw("<pre>");
        lines(page, item.before.as_deref().unwrap_or_default(), "removed");
        lines(page, item.after.as_deref().unwrap_or_default(), "added");
        page.raw("</pre>");
    }
    if !item.note.is_empty() {
        page.raw("<p>")
            .prose(&headline::capital(&item.note), 300)
            .raw("</p>");
    }
    page.raw("</div>\n");
}

fn to_do(page: &mut Markup, row: &Row) {
    if !row.advice.is_empty() {
        page.raw("<dt>To do</dt><dd>")
            .raw(row.advice)
            .raw("</dd>\n");
    }
}

/// Advice in a sentence, or lines to be written somewhere.
fn softened(page: &mut Markup, by: &str) {
    page.raw("<dt>Soften</dt><dd>");
    if by.lines().count() > 1 {
        page.raw("<pre>");
        lines(page, by, "");
        page.raw("</pre>");
    } else {
        page.prose(&headline::capital(by), 300);
    }
    page.raw("</dd>\n");
}

fn accept(page: &mut Markup, row: &Row, file: &str) {
    if let Some(accepted) = &row.accepted {
        page.raw("<dt>Accepted</dt><dd>")
            .prose(&accepted.reason, 400);
        if let Some(day) = &accepted.expires {
            page.raw(" <span class=\"dim\">until ")
                .text(day, 40)
                .raw("</span>");
        }
        page.raw("</dd>\n");
        return;
    }
    page.raw("<dt>Accept</dt><dd><details><summary>in ")
        .text(file, 160)
        .raw("</summary><pre>[[accept]]\nchange = ");
    page.text(&short::string(&row.fingerprint, 1_000), 1_000)
        .raw("\nreason = \"\"</pre></details></dd>\n");
}

fn names(page: &mut Markup, operations: &[String]) {
    page.raw("<ul>");
    for operation in operations {
        page.raw("<li>").code(operation, 160).raw("</li>");
    }
    page.raw("</ul>");
}

fn lines(page: &mut Markup, text: &str, class: &'static str) {
    for line in short::lines(text, 24, 240) {
        page.raw("<span class=\"line ")
            .raw(class)
            .raw("\">")
            .text(&line, 240)
            .raw("\n</span>");
    }
}

/// The class of a bump, as edits on the wire have one by their severity.
pub fn class(bump: Bump) -> &'static str {
    match bump {
        Bump::Major => "breaking",
        Bump::Minor | Bump::Patch => "safe",
        Bump::None => "none",
    }
}

/// What the filters call the edit: of the wire, of the crate, of texts for people.
fn about(row: &Row) -> impl Iterator<Item = &'static str> {
    let wire = row.severity() > Severity::None;
    let surface = row.surface.bump > Bump::Patch || row.surface.fails_at_run_time;
    let docs = row.effects.iter().any(|effect| effect.kind == Kind::Docs);
    let words = [(wire, "wire"), (surface, "crate"), (docs, "docs")];
    words
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, word)| word)
}
