//! The scoreboard as text and as Markdown: a line for each document, then what all of them come to.

use codegen::document::codes::{LEFT_OUT, REPAIRED};

use super::record::{Counts, Record};
use super::scoreboard::{Scoreboard, Step};

/// How the lines of a table are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Columns of one width.
    Text,
    Markdown,
}

/// All tables.
pub fn text(scoreboard: &Scoreboard, style: Style) -> String {
    let mut parts = vec![documents(scoreboard, style), sums(scoreboard, style)];
    for (title, of) in CLASSES {
        let classes = scoreboard.classes(of);
        if !classes.is_empty() {
            let head = [title, "documents", "times"];
            let rows = classes.into_iter().map(|class| {
                let (documents, times) = (class.documents.to_string(), class.times.to_string());
                vec![class.name, documents, times]
            });
            parts.push(table(&head, rows.collect(), style));
        }
    }
    if !scoreboard.others.is_empty() {
        let others = scoreboard.others.iter().map(|name| vec![name.clone()]);
        parts.push(table(&["no OpenAPI document"], others.collect(), style));
    }
    parts.join("\n")
}

/// What is counted of a record.
type Of = fn(&Record) -> Counts;

/// The tables of what is not as it should be.
const CLASSES: [(&str, Of); 7] = [
    ("why no crate came out", |record| match record.generated {
        None => record.reported.clone(),
        Some(_) => Counts::new(),
    }),
    ("left out", |record| {
        warned(record, |code| code == LEFT_OUT.0)
    }),
    ("repaired", |record| {
        warned(record, |code| code == REPAIRED.0)
    }),
    ("other warnings on documents", |record| {
        warned(record, |code| ![LEFT_OUT.0, REPAIRED.0].contains(&code))
    }),
    ("errors of the compiler", |record| {
        record.check.clone().unwrap_or_default().errors
    }),
    ("warnings of the compiler", |record| {
        record.check.clone().unwrap_or_default().warnings
    }),
    ("why examples do not come back", |record| {
        let classes = record
            .round_trip
            .as_ref()
            .map(|examples| examples.classes());
        classes.unwrap_or_default()
    }),
];

/// What was reported of a crate, of certain codes.
fn warned(record: &Record, is_asked: fn(&str) -> bool) -> Counts {
    if record.generated.is_none() {
        return Counts::new();
    }
    let code = |class: &str| is_asked(class.split(':').next().unwrap_or_default());
    let asked = record.reported.iter().filter(|(class, _)| code(class));
    asked
        .map(|(class, count)| (class.clone(), *count))
        .collect()
}

/// A column of numbers; a document without one has a hyphen there.
type Column = (&'static str, fn(&Record) -> Option<usize>);

const COLUMNS: [Column; 10] = [
    ("operations", |record| {
        Some(record.generated.as_ref()?.operations)
    }),
    ("types", |record| Some(record.generated.as_ref()?.types)),
    ("left out", |record| {
        Some(record.generated.as_ref()?.left_out.len())
    }),
    ("warned", |record| {
        record.generated.as_ref()?;
        Some(record.reported.values().sum())
    }),
    ("CPU ms", |record| record.cpu_ms.map(|ms| ms as usize)),
    ("lines", |record| Some(record.generated.as_ref()?.lines)),
    ("errors", |record| {
        Some(record.check.as_ref()?.errors.values().sum())
    }),
    ("warnings", |record| {
        Some(record.check.as_ref()?.warnings.values().sum())
    }),
    ("examples", |record| {
        Some(record.round_trip.as_ref()?.examples.len())
    }),
    ("equal", |record| Some(record.round_trip.as_ref()?.equal())),
];

fn documents(scoreboard: &Scoreboard, style: Style) -> String {
    let known = |(_, of): &&Column| scoreboard.records.iter().any(|record| of(record).is_some());
    let columns: Vec<&Column> = COLUMNS.iter().filter(known).collect();
    let mut head = vec!["document", "version"];
    head.extend(columns.iter().map(|(name, _)| *name));
    let row = |record: &Record| {
        let numbers = columns.iter().map(|(_, of)| of(record));
        let numbers = numbers.map(|number| number.map_or("-".to_owned(), |n| n.to_string()));
        let mut cells = vec![record.document.clone(), record.version.clone()];
        cells.extend(numbers);
        cells
    };
    table(&head, scoreboard.records.iter().map(row).collect(), style)
}

fn sums(scoreboard: &Scoreboard, style: Style) -> String {
    let row = |name: &str, value: String| vec![name.to_owned(), value];
    let mut rows = vec![row("documents", scoreboard.records.len().to_string())];
    for step in Step::ALL {
        if let Some(passed) = scoreboard.passed(step) {
            rows.push(row(step.name(), passed.to_string()));
        }
    }
    for name in ["operations", "types", "left out", "lines", "CPU ms"] {
        let column = COLUMNS.iter().find(|(column, _)| *column == name);
        let numbers = column.map(|(_, of)| scoreboard.records.iter().filter_map(of));
        let sum: usize = numbers.into_iter().flatten().sum();
        rows.push(row(name, sum.to_string()));
    }
    let (equal, examples) = scoreboard.examples();
    if examples > 0 {
        let share = 100.0 * equal as f64 / examples as f64;
        let text = format!("{equal} of {examples} ({share:.1} %)");
        rows.push(row("examples that come back equal", text));
        rows.push(row(
            "examples of any JSON",
            scoreboard.untyped_examples().to_string(),
        ));
    }
    table(&["all", ""], rows, style)
}

/// The first column is text, the others are numbers.
fn table(head: &[&str], rows: Vec<Vec<String>>, style: Style) -> String {
    let head: Vec<String> = head.iter().map(|&name| name.to_owned()).collect();
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
