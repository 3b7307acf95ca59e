//! The scoreboard as text and as Markdown: a line for each document, then what all of them come to.

use super::record::{Counts, Record};
use super::scoreboard::{Scoreboard, Step};

/// How the lines of a table are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Columns of one width.
    Text,
    Markdown,
}

pub fn print(scoreboard: &Scoreboard, checked: bool) {
    anstream::print!("{}", all(scoreboard, checked, Style::Text));
}

pub fn markdown(scoreboard: &Scoreboard, checked: bool) -> String {
    all(scoreboard, checked, Style::Markdown)
}

fn all(scoreboard: &Scoreboard, checked: bool, style: Style) -> String {
    let mut parts = vec![
        documents(scoreboard, checked, style),
        sums(scoreboard, checked, style),
    ];
    let rejected = |record: &Record| record.generated.is_none();
    type Of = Box<dyn Fn(&Record) -> Option<&Counts>>;
    let lists: [(&str, Of); 4] = [
        (
            "why no crate came out",
            Box::new(move |r| rejected(r).then_some(&r.reported)),
        ),
        (
            "reported of crates",
            Box::new(move |r| (!rejected(r)).then_some(&r.reported)),
        ),
        (
            "errors of the compiler",
            Box::new(|r| r.check.as_ref().map(|check| &check.errors)),
        ),
        (
            "warnings of the compiler",
            Box::new(|r| r.check.as_ref().map(|check| &check.warnings)),
        ),
    ];
    for (title, of) in lists {
        let classes = scoreboard.classes(of);
        if !classes.is_empty() {
            let head = [title, "documents", "times"].map(str::to_owned).to_vec();
            let rows = classes.into_iter().map(|(class, times, documents)| {
                vec![class, documents.to_string(), times.to_string()]
            });
            parts.push(table(head, rows.collect(), style));
        }
    }
    if !scoreboard.others.is_empty() {
        let others = scoreboard.others.iter().map(|name| vec![name.clone()]);
        parts.push(table(
            vec!["no OpenAPI document".to_owned()],
            others.collect(),
            style,
        ));
    }
    parts.join("\n")
}

fn documents(scoreboard: &Scoreboard, checked: bool, style: Style) -> String {
    let mut head = vec![
        "document",
        "version",
        "operations",
        "types",
        "left out",
        "CPU ms",
        "lines",
    ];
    if checked {
        head.extend(["errors", "warnings"]);
    }
    let rows = scoreboard.records.iter().map(|record| row(record, checked));
    table(
        head.into_iter().map(str::to_owned).collect(),
        rows.collect(),
        style,
    )
}

fn row(record: &Record, checked: bool) -> Vec<String> {
    let number = |value: Option<usize>| value.map_or("-".to_owned(), |value| value.to_string());
    let made = record.generated.as_ref();
    let check = record.check.as_ref();
    let mut cells = vec![
        record.document.clone(),
        record.version.clone(),
        number(made.map(|made| made.operations)),
        number(made.map(|made| made.types)),
        number(made.map(|made| made.left_out)),
        number(record.cpu_ms.map(|ms| ms as usize)),
        number(made.map(|made| made.lines)),
    ];
    if checked {
        cells.push(number(check.map(|check| check.errors.values().sum())));
        cells.push(number(record.warnings()));
    }
    cells
}

fn sums(scoreboard: &Scoreboard, checked: bool, style: Style) -> String {
    let mut rows = vec![vec![
        "documents".to_owned(),
        scoreboard.records.len().to_string(),
    ]];
    let steps = Step::ALL.into_iter();
    let known = |step: &Step| checked || matches!(step, Step::Generated | Step::Complete);
    for step in steps.filter(known) {
        rows.push(vec![
            step.name().to_owned(),
            scoreboard.passed(step).to_string(),
        ]);
    }
    let sums = [
        ("operations", scoreboard.sum(|made| made.operations)),
        ("types", scoreboard.sum(|made| made.types)),
        ("left out", scoreboard.sum(|made| made.left_out)),
        ("lines", scoreboard.sum(|made| made.lines)),
    ];
    rows.extend(sums.map(|(name, sum)| vec![name.to_owned(), sum.to_string()]));
    table(vec!["all".to_owned(), String::new()], rows, style)
}

/// The first column is text, the others are numbers.
fn table(head: Vec<String>, rows: Vec<Vec<String>>, style: Style) -> String {
    let lines = || std::iter::once(&head).chain(&rows);
    let width = |column: usize| {
        let cells = lines().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &Vec<String>| match style {
        Style::Text => padded(cells, &widths),
        Style::Markdown => {
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
            format!("| {} |\n", cells.join(" | "))
        }
    };
    let mut text = line(&head);
    if style == Style::Markdown {
        text.push_str(&format!("|---|{}\n", "---:|".repeat(head.len() - 1)));
    }
    text + &rows.iter().map(line).collect::<String>()
}

fn padded(cells: &[String], widths: &[usize]) -> String {
    let cells = cells.iter().zip(widths).enumerate();
    let cells = cells.map(|(column, (cell, &width))| match column {
        0 => format!("{cell:width$}"),
        _ => format!("{cell:>width$}"),
    });
    let line = cells.collect::<Vec<_>>().join("  ");
    format!("{}\n", line.trim_end())
}
