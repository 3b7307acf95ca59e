//! Whether a report is a reason to fail, and what to do about it.

use review::{Bump, Report, Severity, Verdict};

/// The minimum severity that fails a run; each includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FailOn {
    /// Callers on the wire break
    Breaking,
    /// Or applications that use the crate stop compiling, whatever its version
    Major,
    /// Or the crate changes in any other way that its users can see
    Minor,
    /// Nothing does
    Never,
}

/// Why the run fails.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    pub message: String,
    pub help: String,
}

/// Accepted edits are no part of the verdict, and so of no finding.
pub fn of(report: &Report, fail_on: Option<FailOn>) -> Vec<Finding> {
    let verdict = &report.verdict;
    let crate_fails = match fail_on {
        // A version that says what the crate's users meet is enough.
        None => verdict.surface == Bump::Major && !verdict.version_suffices,
        Some(FailOn::Major) => verdict.surface >= Bump::Major,
        Some(FailOn::Minor) => verdict.surface >= Bump::Minor,
        Some(FailOn::Breaking | FailOn::Never) => false,
    };
    let wire_fails = verdict.wire == Severity::Breaking && fail_on != Some(FailOn::Never);
    let wire = wire_fails.then(|| wire(report));
    let looks_at_the_crate = !matches!(fail_on, Some(FailOn::Breaking | FailOn::Never));
    let faulty = looks_at_the_crate.then(|| faulty(report)).flatten();
    faulty
        .into_iter()
        .chain(wire)
        .chain(crate_fails.then(|| of_crate(report)))
        .collect()
}

/// A document that was a crate, and is none any more.
fn faulty(report: &Report) -> Option<Finding> {
    if report.base.fault().is_some() {
        return None;
    }
    let why = report.head.fault()?;
    let name = &report.head.name;
    Some(Finding {
        message: format!("`generate` rejects {name}: {why}"),
        help: "correct it, or skip the operation in the policy file; `check` shows all \
               errors"
            .to_owned(),
    })
}

fn wire(report: &Report) -> Finding {
    let (edits, they) = match report.verdict.breaking {
        1 => ("1 edit breaks".to_owned(), "it"),
        count => (format!("{count} edits break"), "them"),
    };
    let breaking =
        |row: &&review::Row| row.severity() == Severity::Breaking && row.accepted.is_none();
    let file = &report.review_file;
    let mut help = format!("undo {they}, or accept {they} in {file}:");
    for row in report.rows.iter().filter(breaking).take(SHOWN) {
        help.push_str(&format!(
            "\n    [[accept]]\n    change = {:?}\n    reason = \"\"",
            row.fingerprint
        ));
    }
    let hidden = report.verdict.breaking.saturating_sub(SHOWN);
    if hidden > 0 {
        help.push_str(&format!(
            "\n  and {hidden} more, each with its fingerprint in the report"
        ));
    }
    Finding {
        message: format!("{}: {edits} callers on the wire", report.title),
        help,
    }
}

fn of_crate(report: &Report) -> Finding {
    let Verdict {
        surface,
        version_now,
        version_needed,
        version_suffices,
        ..
    } = &report.verdict;
    let (title, bump) = (&report.title, surface.word());
    match (version_now, version_needed) {
        (Some(now), Some(needed)) if !version_suffices => Finding {
            message: format!(
                "{title}: the change is {bump} for the crate, which needs version {needed}; its policy file states {now}"
            ),
            help: "`changelog --write` sets the version and writes the entry".to_owned(),
        },
        (Some(now), _) => Finding {
            message: format!(
                "{title}: the change is {bump} for the crate, and its version {now} is high enough"
            ),
            help: "without --fail-on, a version that is high enough passes".to_owned(),
        },
        (None, Some(needed)) => {
            let file = match (&report.base.policy, &report.head.policy) {
                (Some(gone), None) => format!("restore the policy file {gone}, and write"),
                (_, Some(here)) => format!("write in {here}"),
                _ => "write in a policy file beside the document".to_owned(),
            };
            Finding {
                message: format!(
                    "{title}: the change is {bump} for the crate, which needs version {needed}; no policy file states one"
                ),
                help: format!("{file} `version = \"{needed}\"` below `[package]`"),
            }
        }
        (None, None) => {
            let why = match report.verdict.version_base {
                Some(_) => "the crate is removed with its document, which no version can say",
                None => "no policy file states the crate's version",
            };
            Finding {
                message: format!("{title}: the change is {bump} for the crate"),
                help: format!("{why}; --fail-on breaking looks at the wire only"),
            }
        }
    }
}

/// How many edits are written out.
const SHOWN: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use review::Side;

    #[test]
    fn a_major_change_needs_a_version_that_is_high_enough() {
        let change = |version_suffices| report(Severity::Safe, Bump::Major, version_suffices);
        assert_eq!(of(&change(true), None), []);
        assert_eq!(
            messages(&change(false), None),
            [
                "pets.yaml: the change is major for the crate, which needs version 0.5.0; its policy file states 0.4.2"
            ]
        );
        assert_eq!(
            messages(&change(true), Some(FailOn::Major)),
            ["pets.yaml: the change is major for the crate, and its version 0.4.2 is high enough"]
        );
        assert_eq!(messages(&change(false), Some(FailOn::Breaking)), [""; 0]);
        let mut unversioned = change(false);
        unversioned.verdict.version_now = None;
        assert_eq!(
            messages(&unversioned, None),
            [
                "pets.yaml: the change is major for the crate, which needs version 0.5.0; no policy file states one"
            ]
        );
        unversioned.verdict.version_needed = None;
        assert_eq!(
            messages(&unversioned, None),
            ["pets.yaml: the change is major for the crate"]
        );
    }

    #[test]
    fn each_severity_includes_those_above() {
        let severities = [
            None,
            Some(FailOn::Breaking),
            Some(FailOn::Major),
            Some(FailOn::Minor),
        ];
        let fails = |report: Report| severities.map(|severity| !of(&report, severity).is_empty());
        assert_eq!(
            fails(report(Severity::Breaking, Bump::None, true)),
            [true; 4]
        );
        assert_eq!(
            fails(report(Severity::Risky, Bump::Major, false)),
            [true, false, true, true]
        );
        assert_eq!(
            fails(report(Severity::Risky, Bump::Minor, false)),
            [false, false, false, true]
        );
        assert_eq!(
            fails(report(Severity::Risky, Bump::Patch, false)),
            [false; 4]
        );
        let both = report(Severity::Breaking, Bump::Major, false);
        assert_eq!(of(&both, Some(FailOn::Never)), []);
        assert_eq!(of(&both, None).len(), 2);
    }

    fn messages(report: &Report, fail_on: Option<FailOn>) -> Vec<String> {
        let findings = of(report, fail_on).into_iter();
        findings.map(|finding| finding.message).collect()
    }

    fn report(wire: Severity, surface: Bump, version_suffices: bool) -> Report {
        Report {
            title: "pets.yaml".to_owned(),
            base: Side::default(),
            head: Side::default(),
            rows: Vec::new(),
            equivalent: Vec::new(),
            stale: Vec::new(),
            review_file: String::new(),
            verdict: Verdict {
                wire,
                surface,
                version_now: Some("0.4.2".to_owned()),
                version_needed: Some("0.5.0".to_owned()),
                version_suffices,
                ..Verdict::default()
            },
        }
    }
}
