//! A report as the entry of a changelog: the crate's items first, what happened on the wire second.

use review::{Action, Bump, Item, Kind, Report, Row, Severity};
use semver::Version;

/// As in <https://keepachangelog.com>. What was fixed is for people to write: no document says it.
const HEADINGS: [Heading; 4] = [
    Heading::Added,
    Heading::Changed,
    Heading::Deprecated,
    Heading::Removed,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    Added,
    Changed,
    Deprecated,
    Removed,
}

/// One version's part of a changelog.
#[derive(Debug)]
pub struct Entry {
    /// The version, or that there is none yet.
    pub title: String,
    pub lines: Vec<(Heading, String)>,
}

impl Entry {
    pub fn of(report: &Report, version: Option<&Version>) -> Self {
        let (noticed, rest): (Vec<&Row>, Vec<&Row>) =
            report.rows.iter().partition(|row| is_noticed(row));
        let mut lines: Vec<_> = noticed
            .iter()
            .map(|row| (heading(row), line(row)))
            .collect();
        let docs = rest
            .iter()
            .filter(|row| row.surface.bump == Bump::Patch)
            .count();
        if docs > 0 {
            lines.push((Heading::Changed, documentation(docs)));
        }
        Self {
            title: version.map_or("Unreleased".to_owned(), Version::to_string),
            lines,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// With the day on which it was written, as in `## 0.5.0 - 2026-11-22`.
    pub fn text(&self, today: &str) -> String {
        let mut text = match self.title.as_str() {
            "Unreleased" => "## Unreleased\n".to_owned(),
            version => format!("## {version} - {today}\n"),
        };
        for (heading, lines) in self.sections() {
            text.push_str(&format!("\n### {heading}\n\n"));
            for line in lines {
                text.push_str(line);
                text.push('\n');
            }
        }
        text
    }

    /// The headings that have lines.
    pub fn sections(&self) -> impl Iterator<Item = (&'static str, Vec<&str>)> {
        HEADINGS.into_iter().filter_map(|heading| {
            let lines = self.lines.iter().filter(|(of, _)| *of == heading);
            let lines: Vec<&str> = lines.map(|(_, line)| line.as_str()).collect();
            (!lines.is_empty()).then_some((heading.word(), lines))
        })
    }
}

impl Heading {
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
        }
    }
}

/// Whether somebody who uses the crate can notice the edit.
fn is_noticed(row: &Row) -> bool {
    row.surface.bump >= Bump::Minor
        || row.surface.fails_at_run_time
        || row.severity() > Severity::None
}

/// By what happens to the crate; by what happens to the document where the crate stays.
fn heading(row: &Row) -> Heading {
    let lifecycle = row
        .effects
        .iter()
        .any(|effect| effect.kind == Kind::Lifecycle);
    if lifecycle && row.surface.bump < Bump::Major {
        return Heading::Deprecated;
    }
    if let Some(item) = row.surface.items.first() {
        return match (&item.before, &item.after) {
            (None, Some(_)) => Heading::Added,
            (Some(_), None) => Heading::Removed,
            _ => Heading::Changed,
        };
    }
    let existence = |action| {
        let mut effects = row.effects.iter();
        effects.any(|effect| effect.kind == Kind::Existence && effect.action == action)
    };
    match (existence(Action::Add), existence(Action::Remove)) {
        (true, false) => Heading::Added,
        (false, true) => Heading::Removed,
        _ => Heading::Changed,
    }
}

fn line(row: &Row) -> String {
    let breaking = row.surface.bump == Bump::Major || row.severity() == Severity::Breaking;
    let mark = if breaking { "**Breaking:** " } else { "" };
    let place = match row.severity() {
        severity @ (Severity::Breaking | Severity::Risky) => {
            format!("{ON_THE_WIRE} ({})", severity.word())
        }
        Severity::Safe => ON_THE_WIRE.to_owned(),
        Severity::None => IN_THE_DOCUMENT.to_owned(),
    };
    let wire = format!("{place}: {}.", one_line(&row.message));
    let of_crate = match row.surface.items.as_slice() {
        [] if row.surface.fails_at_run_time => {
            Some("Fails at run time until the crate is updated.".to_owned())
        }
        [] => None,
        items => Some(of_item(first(items), items.len() - 1, row)),
    };
    match of_crate {
        Some(of_crate) => format!("- {mark}{of_crate} {wire}"),
        None => format!("- {mark}{wire}"),
    }
}

/// Whether the line is as entries have them, whatever it is about.
pub fn is_of_entries(line: &str) -> bool {
    let marks = [ON_THE_WIRE, IN_THE_DOCUMENT, DOCUMENTATION];
    line.starts_with("- ") && marks.iter().any(|mark| line.contains(mark))
}

const ON_THE_WIRE: &str = "On the wire";
const IN_THE_DOCUMENT: &str = "In the document";
const DOCUMENTATION: &str = "Documentation in ";

/// The item that the line is about. Of what comes or goes as a whole a method says more than its
/// models.
fn first(items: &[Item]) -> &Item {
    let come = items.iter().all(|item| item.before.is_none());
    let go = items.iter().all(|item| item.after.is_none());
    let is_method = |item: &&Item| {
        let name = item.path.rsplit("::").next().unwrap_or_default();
        item.path.starts_with("resources::") && name.starts_with(char::is_lowercase)
    };
    let method = items.iter().find(is_method).filter(|_| come || go);
    method.unwrap_or(&items[0])
}

/// "`models::Profile::city` and 2 more. Handle `None`."
fn of_item(item: &Item, others: usize, row: &Row) -> String {
    let mut text = format!("`{}`", one_line(&item.path));
    if others > 0 {
        text.push_str(&format!(" and {others} more"));
    }
    if let (Some(before), Some(after)) = (&item.before, &item.after)
        && before.len().max(after.len()) <= SHORT
        && before != after
    {
        text.push_str(&format!(
            ", `{}` before and now `{}`",
            one_line(before),
            one_line(after)
        ));
    }
    match item.note.trim_end_matches('.') {
        "" if row.surface.fails_at_run_time => {
            text + ". What compiles as before may fail at run time."
        }
        "" => text + ".",
        note => format!("{text}. {}.", sentence(&one_line(note))),
    }
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn documentation(count: usize) -> String {
    match count {
        1 => format!("- {DOCUMENTATION}1 place."),
        count => format!("- {DOCUMENTATION}{count} places."),
    }
}

/// A document's names stay within their line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How long a declaration may be to be written out.
const SHORT: usize = 60;

#[cfg(test)]
pub mod tests {
    use super::*;
    use review::{Area, Direction, Effect, Side, Surface, Verdict};

    #[test]
    fn a_method_says_more_than_what_it_brings_along() {
        let item = |path: &str, before: Option<&str>| Item {
            bump: Bump::Minor,
            fails_at_run_time: false,
            path: path.to_owned(),
            before: before.map(str::to_owned),
            after: Some("pub".to_owned()),
            note: String::new(),
        };
        let (model, request) = ("models::Pets", "resources::pets::ListRequest");
        let method = "resources::pets::Pets::list";
        let added = [model, request, method].map(|path| item(path, None));
        assert_eq!(first(&added).path, method);
        let changed = [model, request, method].map(|path| item(path, Some("pub")));
        assert_eq!(first(&changed).path, model);
    }

    #[test]
    fn what_breaks_the_crate_is_no_deprecation() {
        let (mut gone, mut marked) = (Vec::new(), Vec::new());
        for (bump, items) in [(Bump::Major, &mut gone), (Bump::Minor, &mut marked)] {
            items.push(Item {
                bump,
                fails_at_run_time: false,
                path: "resources::pets::Pets::list".to_owned(),
                before: Some("pub fn list(&self)".to_owned()),
                after: None,
                note: String::new(),
            });
        }
        let lifecycle = |items| {
            let (kind, action) = (Kind::Lifecycle, Action::Change);
            row("the stability changed", kind, action, Severity::Safe, items)
        };
        assert_eq!(heading(&lifecycle(gone)), Heading::Removed);
        assert_eq!(heading(&lifecycle(marked)), Heading::Deprecated);
    }

    #[test]
    fn each_edit_is_a_line_under_its_heading() {
        let field = |bump, before: Option<&str>, after: Option<&str>, note: &str| Item {
            bump,
            fails_at_run_time: false,
            path: "models::Pet::name".to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
            note: note.to_owned(),
        };
        let added = field(Bump::Minor, None, Some("pub name: String"), "");
        let removed = field(
            Bump::Major,
            Some("pub name: String"),
            None,
            "stop reading it",
        );
        let changed = field(
            Bump::Major,
            Some("pub name: String"),
            Some("pub name: Option<String>"),
            "handle `None`",
        );
        let report = report(vec![
            row(
                "the property `name` was removed",
                Kind::Existence,
                Action::Remove,
                Severity::Breaking,
                vec![removed],
            ),
            row(
                "the property `name` is no longer required",
                Kind::Requiredness,
                Action::Change,
                Severity::Breaking,
                vec![changed],
            ),
            row(
                "the property `name` was added",
                Kind::Existence,
                Action::Add,
                Severity::Safe,
                vec![added.clone(), added],
            ),
            row(
                "the property `name` is deprecated",
                Kind::Lifecycle,
                Action::Change,
                Severity::Safe,
                Vec::new(),
            ),
            Row {
                surface: Surface {
                    fails_at_run_time: true,
                    ..Surface::default()
                },
                ..row(
                    "`maxLength` was lowered from 9 to 5",
                    Kind::Constraints,
                    Action::Decrease,
                    Severity::Breaking,
                    Vec::new(),
                )
            },
            Row {
                surface: Surface {
                    bump: Bump::Patch,
                    ..Surface::default()
                },
                ..row(
                    "the description was changed",
                    Kind::Docs,
                    Action::Change,
                    Severity::None,
                    Vec::new(),
                )
            },
            row(
                "`operationId` was changed",
                Kind::Docs,
                Action::Change,
                Severity::None,
                Vec::new(),
            ),
        ]);
        let entry = Entry::of(&report, Some(&Version::new(0, 5, 0)));
        assert_eq!(
            entry.text("2026-11-22"),
            "\
## 0.5.0 - 2026-11-22

### Added

- `models::Pet::name` and 1 more. On the wire: the property `name` was added.

### Changed

- **Breaking:** `models::Pet::name`, `pub name: String` before and now `pub name: Option<String>`. Handle `None`. \
On the wire (breaking): the property `name` is no longer required.
- **Breaking:** Fails at run time until the crate is updated. On the wire (breaking): `maxLength` was lowered from 9 to 5.
- Documentation in 1 place.

### Deprecated

- On the wire: the property `name` is deprecated.

### Removed

- **Breaking:** `models::Pet::name`. Stop reading it. On the wire (breaking): the property `name` was removed.
"
        );
        assert!(Entry::of(&self::report(Vec::new()), None).is_empty());
    }

    pub fn row(
        message: &str,
        kind: Kind,
        action: Action,
        severity: Severity,
        items: Vec<Item>,
    ) -> Row {
        let effect = Effect {
            area: Area::Schema,
            direction: Direction::Response,
            kind,
            action,
            severity,
            note: String::new(),
            operations: Vec::new(),
        };
        Row {
            fingerprint: String::new(),
            location: Default::default(),
            message: message.to_owned(),
            base: None,
            head: None,
            effects: vec![effect],
            surface: Surface {
                bump: items.iter().map(|item| item.bump).max().unwrap_or_default(),
                fails_at_run_time: false,
                items,
            },
            operations: Vec::new(),
            advice: "",
            renamed: None,
            stability: None,
            accepted: None,
        }
    }

    pub fn report(rows: Vec<Row>) -> Report {
        Report {
            title: "pets.yaml".to_owned(),
            base: Side::default(),
            head: Side::default(),
            rows,
            equivalent: Vec::new(),
            stale: Vec::new(),
            review_file: String::new(),
            verdict: Verdict::default(),
        }
    }
}
