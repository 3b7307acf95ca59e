//! Whether a report is a reason to fail, and what to do about it.

use codegen::diff::{Bump, Level, Report, Verdict};

/// The least that fails; each includes those before it.
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
pub fn findings(report: &Report, fail_on: Option<FailOn>) -> Vec<Finding> {
    let verdict = &report.verdict;
    let crate_fails = match fail_on {
        // A version that says what the crate's users meet is enough.
        None => verdict.rust == Bump::Major && !verdict.version_suffices,
        Some(FailOn::Major) => verdict.rust >= Bump::Major,
        Some(FailOn::Minor) => verdict.rust >= Bump::Minor,
        Some(FailOn::Breaking | FailOn::Never) => false,
    };
    let wire_fails = verdict.wire == Level::Breaking && fail_on != Some(FailOn::Never);
    let wire = wire_fails.then(|| wire(report));
    wire.into_iter()
        .chain(crate_fails.then(|| of_crate(report)))
        .collect()
}

fn wire(report: &Report) -> Finding {
    let (edits, they) = match report.verdict.breaking {
        1 => ("1 edit breaks".to_owned(), "it"),
        count => (format!("{count} edits break"), "them"),
    };
    let breaking =
        |row: &&codegen::diff::Row| row.level() == Level::Breaking && row.acknowledged.is_none();
    let mut help = format!("undo {they}, or accept {they} in schema/review.toml:");
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
        rust,
        version_now,
        version_needed,
        version_suffices,
        ..
    } = &report.verdict;
    let (title, bump) = (&report.title, rust.word());
    match (version_now, version_needed) {
        (Some(now), Some(needed)) if !version_suffices => Finding {
            message: format!(
                "{title}: the change is {bump} for the crate, which needs version {needed}, and its policy file says {now}"
            ),
            help: "`cargo xtask changelog --write` sets the version and writes the entry"
                .to_owned(),
        },
        (Some(now), _) => Finding {
            message: format!(
                "{title}: the change is {bump} for the crate, whose version {now} says so"
            ),
            help: "without --fail-on, a version that says so is enough".to_owned(),
        },
        (None, _) => Finding {
            message: format!("{title}: the change is {bump} for the crate"),
            help:
                "no policy file says the crate's version; --fail-on breaking looks at the wire only"
                    .to_owned(),
        },
    }
}

/// How many edits are written out.
const SHOWN: usize = 3;
