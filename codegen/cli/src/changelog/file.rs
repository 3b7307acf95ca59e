//! An entry in the file of all entries. What people wrote there stays.

use super::entry::{Entry, is_of_entries};

/// A changelog without an entry.
pub const NEW: &str = "# Changelog\n\nThe format follows [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), \
     versions follow [Semantic Versioning](https://semver.org).\n";

/// The file with the entry. A version that is in it already gets the lines that it lacks.
pub fn with_entry(text: &str, entry: &Entry, today: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let titles: Vec<usize> = (0..lines.len())
        .filter(|&at| lines[at].starts_with("## "))
        .collect();
    let end_of = |title: usize| {
        titles
            .iter()
            .copied()
            .find(|&at| at > title)
            .unwrap_or(lines.len())
    };
    if let Some(&title) = titles
        .iter()
        .find(|&&at| title_of(lines[at]) == entry.title)
    {
        let (before, rest) = lines.split_at(title);
        let (section, after) = rest.split_at(end_of(title) - title);
        return join(&[before, &merged(section, entry), after]);
    }
    // The newest version is the first, after what has no version yet.
    let first = titles
        .iter()
        .copied()
        .find(|&at| title_of(lines[at]) != "Unreleased");
    let (before, after) = lines.split_at(first.unwrap_or(lines.len()));
    let new = entry.text(today);
    let new: Vec<&str> = new.lines().collect();
    join(&[before, &new, after])
}

/// The lines of the entry's version that are as those of entries, and not in this one; with their
/// numbers.
pub fn left_over<'t>(text: &'t str, entry: &Entry) -> Vec<(usize, &'t str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines
        .skip_while(|(_, line)| !(line.starts_with("## ") && title_of(line) == entry.title))
        .skip(1)
        .take_while(|(_, line)| !line.starts_with("## "))
        .filter(|(_, line)| is_of_entries(line) && !entry.lines.iter().any(|(_, own)| own == line))
        .collect()
}

/// `0.5.0` of `## [0.5.0] - 2026-11-22`
fn title_of(line: &str) -> &str {
    let title = line.trim_start_matches("## ").split_whitespace().next();
    title.unwrap_or_default().trim_matches(['[', ']'])
}

/// The section of a version with the entry's lines under their headings.
fn merged<'t>(section: &[&'t str], entry: &'t Entry) -> Vec<&'t str> {
    let mut section = section.to_vec();
    for (heading, lines) in entry.sections() {
        let mut new: Vec<&str> = lines;
        new.retain(|line| !section.contains(line));
        if new.is_empty() {
            continue;
        }
        let of = |line: &&str| line.strip_prefix("### ").map(str::trim) == Some(heading);
        match section.iter().position(of) {
            Some(at) => {
                let end = section[at + 1..]
                    .iter()
                    .position(|line| line.starts_with("### "));
                let end = end.map_or(section.len(), |end| at + 1 + end);
                let blank = |line: &&&str| line.trim().is_empty();
                let end = end - section[..end].iter().rev().take_while(blank).count();
                // An empty section has its heading for its last line.
                if end == at + 1 {
                    new.insert(0, "");
                }
                section.splice(end..end, new);
            }
            None => {
                trim_end(&mut section);
                section.extend(["", heading_line(heading), ""]);
                section.extend(new);
            }
        }
    }
    section
}

fn heading_line(heading: &str) -> &'static str {
    match heading {
        "Added" => "### Added",
        "Deprecated" => "### Deprecated",
        "Removed" => "### Removed",
        _ => "### Changed",
    }
}

fn trim_end(lines: &mut Vec<&str>) {
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
}

/// Parts with one blank line between them.
fn join(parts: &[&[&str]]) -> String {
    let mut all: Vec<&str> = Vec::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        trim_end(&mut all);
        if !all.is_empty() {
            all.push("");
        }
        all.extend(*part);
    }
    trim_end(&mut all);
    all.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::entry::tests::{report, row};
    use super::*;
    use review::{Action, Kind, Severity};
    use semver::Version;

    #[test]
    fn a_new_version_is_above_the_others_and_below_what_is_unreleased() {
        let text = "# Changelog\n\n## Unreleased\n\n### Fixed\n\n- A thing.\n\n## 0.4.0 - 2026-01-01\n\n- First.\n";
        assert_eq!(
            with_entry(text, &entry("0.5.0"), "2026-11-22"),
            "# Changelog\n\n## Unreleased\n\n### Fixed\n\n- A thing.\n\n## 0.5.0 - 2026-11-22\n\n### Added\n\n\
             - On the wire: the schema `Cat` was added.\n\n### Removed\n\n\
             - **Breaking:** On the wire (breaking): the schema `Dog` was removed.\n\n## 0.4.0 - 2026-01-01\n\n- First.\n"
        );
    }

    #[test]
    fn a_version_that_is_there_gets_what_it_lacks() {
        let text = "# Changelog\n\n## [0.5.0] - 2026-01-01\n\n### Added\n\n- By hand.\n\n### Fixed\n\n- Too.\n\n## 0.4.0\n";
        let once = with_entry(text, &entry("0.5.0"), "2026-11-22");
        assert_eq!(
            once,
            "# Changelog\n\n## [0.5.0] - 2026-01-01\n\n### Added\n\n- By hand.\n\
             - On the wire: the schema `Cat` was added.\n\n### Fixed\n\n- Too.\n\n### Removed\n\n\
             - **Breaking:** On the wire (breaking): the schema `Dog` was removed.\n\n## 0.4.0\n"
        );
        assert_eq!(with_entry(&once, &entry("0.5.0"), "2026-11-22"), once);
    }

    #[test]
    fn a_changelog_begins_somewhere() {
        let once = with_entry(NEW, &entry("0.5.0"), "2026-11-22");
        assert!(once.starts_with("# Changelog\n"));
        assert!(
            once.contains("\n\n## 0.5.0 - 2026-11-22\n\n### Added\n"),
            "{once}"
        );
        assert_eq!(with_entry(&once, &entry("0.5.0"), "2026-11-22"), once);
    }

    fn entry(version: &str) -> Entry {
        let rows = vec![
            row(
                "the schema `Cat` was added",
                Kind::Existence,
                Action::Add,
                Severity::Safe,
                Vec::new(),
            ),
            row(
                "the schema `Dog` was removed",
                Kind::Existence,
                Action::Remove,
                Severity::Breaking,
                Vec::new(),
            ),
        ];
        let version: Version = version.parse().expect("a version");
        Entry::of(&report(rows), Some(&version))
    }
}
