//! Prediction and results side by side, and how often they agree.

use review::Bump;

use super::{Finding, LISTED};
use crate::tools::{Result, Unable};

/// What is said of one pair.
pub struct Row {
    pub case: String,
    pub predicted: Bump,
    pub semver_checks: Finding,
    pub public_api: Finding,
    /// Why the two are meant to disagree.
    pub reason: Option<String>,
}

/// How the prediction is to the union of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Agree,
    /// Neither is major. The tools see no docs and few deprecations.
    BelowMajor,
    Listed,
    Disagree,
    /// Listed, and yet they agree.
    Stale,
}

const HEADER: &str = "\
| case | predicted | semver-checks | public-api | union | |
|---|---|---|---|---|---|";

/// So many of a tool's lines say why it disagrees.
const SHOWN: usize = 8;

/// The rows so far, printed as they come.
#[derive(Default)]
pub struct Table {
    verdicts: Vec<Verdict>,
    /// What is printed below it.
    notes: Vec<String>,
    unreadable: Vec<String>,
}

impl Table {
    pub fn start() -> Self {
        anstream::println!("{HEADER}");
        Self::default()
    }

    pub fn add(&mut self, row: Row) -> Result<()> {
        let (union, verdict) = (row.union()?, row.verdict()?);
        anstream::println!(
            "| {} | {} | {} | {} | {} | {} |",
            row.case,
            row.predicted.word(),
            row.semver_checks.word(),
            row.public_api.word(),
            union.word(),
            verdict.words()
        );
        self.verdicts.push(verdict);
        self.notes.extend(row.note(verdict));
        for finding in [&row.semver_checks, &row.public_api] {
            if let Finding::Unreadable(text) = finding {
                self.unreadable.push(format!("{}: {text}", row.case));
            }
        }
        Ok(())
    }

    /// Prints the totals; whether nothing is unexpected. The given cases are listed and not there.
    pub fn finish(mut self, unknown: Vec<String>) -> bool {
        let note = |case: String| format!("{case}: there is no such case: take it out of {LISTED}");
        let misses = unknown.len();
        self.notes.extend(unknown.into_iter().map(note));
        self.notes
            .iter()
            .for_each(|note| anstream::println!("{note}"));
        if let Some(first) = self.unreadable.first() {
            let count = self.unreadable.len();
            anstream::println!("not with this Rust: {count} results, the first of {first}");
        }
        let count = |verdict| self.verdicts.iter().filter(|v| **v == verdict).count();
        let unexpected = count(Verdict::Disagree) + count(Verdict::Stale) + misses;
        anstream::println!(
            "{} pairs: {} agree, {} differ below major, {} disagree and are listed, {unexpected} unexpected",
            self.verdicts.len(),
            count(Verdict::Agree),
            count(Verdict::BelowMajor),
            count(Verdict::Listed),
        );
        unexpected == 0
    }
}

impl Row {
    /// The worst that a tool says.
    fn union(&self) -> Result<Bump> {
        let findings = [&self.semver_checks, &self.public_api];
        let bumps = findings.into_iter().filter_map(|finding| match finding {
            Finding::Bump(bump, _) => Some(*bump),
            Finding::Unreadable(_) => None,
        });
        bumps.max().ok_or_else(|| {
            let text = |finding: &Finding| match finding {
                Finding::Unreadable(text) => text.clone(),
                Finding::Bump(..) => String::new(),
            };
            Unable(format!(
                "neither tool reads what this rustdoc writes\n{}\n{}\n  help: raise their versions in xtask/src/diff_semver/judges.rs, or use an older Rust",
                text(&self.semver_checks),
                text(&self.public_api)
            ))
        })
    }

    fn verdict(&self) -> Result<Verdict> {
        let (predicted, union) = (
            self.predicted.max(Bump::Patch),
            self.union()?.max(Bump::Patch),
        );
        let agree = (predicted == Bump::Major) == (union == Bump::Major);
        Ok(match (agree, &self.reason) {
            (true, Some(_)) => Verdict::Stale,
            (false, Some(_)) => Verdict::Listed,
            (false, None) => Verdict::Disagree,
            (true, None) if predicted == union => Verdict::Agree,
            (true, None) => Verdict::BelowMajor,
        })
    }

    /// What there is to say below the table.
    fn note(&self, verdict: Verdict) -> Option<String> {
        let (case, reason) = (&self.case, self.reason.as_deref().unwrap_or_default());
        match verdict {
            Verdict::Agree | Verdict::BelowMajor => None,
            Verdict::Listed => Some(format!("{case}: {reason}")),
            Verdict::Stale => Some(format!("{case}: agrees: take it out of {LISTED}")),
            Verdict::Disagree => {
                let findings = [&self.semver_checks, &self.public_api];
                let lines: Vec<&str> = findings
                    .iter()
                    .flat_map(|finding| finding.because().take(SHOWN))
                    .collect();
                let lines = lines.join("\n    ");
                Some(format!("{case}: not listed in {LISTED}\n    {lines}"))
            }
        }
    }
}

impl Finding {
    fn word(&self) -> &'static str {
        match self {
            Self::Bump(bump, _) => bump.word(),
            Self::Unreadable(_) => "not with this Rust",
        }
    }

    fn because(&self) -> impl Iterator<Item = &str> {
        let lines = match self {
            Self::Bump(_, lines) => lines.as_slice(),
            Self::Unreadable(_) => &[],
        };
        lines.iter().map(String::as_str)
    }
}

impl Verdict {
    fn words(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::BelowMajor => "differ below major",
            Self::Listed => "disagree, listed",
            Self::Disagree => "DISAGREE",
            Self::Stale => "LISTED, and agree",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_one_calls_major_and_the_other_does_not_is_a_disagreement() {
        let verdict = |predicted, union, listed: bool| {
            let row = Row {
                case: String::new(),
                predicted,
                semver_checks: Finding::Unreadable(String::new()),
                public_api: Finding::Bump(union, Vec::new()),
                reason: listed.then(String::new),
            };
            row.verdict().unwrap()
        };
        assert_eq!(verdict(Bump::Major, Bump::Major, false), Verdict::Agree);
        assert_eq!(verdict(Bump::Patch, Bump::None, false), Verdict::Agree);
        assert_eq!(verdict(Bump::Minor, Bump::None, false), Verdict::BelowMajor);
        assert_eq!(verdict(Bump::Minor, Bump::Major, false), Verdict::Disagree);
        assert_eq!(verdict(Bump::Major, Bump::Minor, false), Verdict::Disagree);
        assert_eq!(verdict(Bump::Minor, Bump::Major, true), Verdict::Listed);
        assert_eq!(verdict(Bump::Minor, Bump::Minor, true), Verdict::Stale);
    }

    #[test]
    fn the_worst_answer_counts_and_none_is_an_error() {
        let row = |semver_checks, public_api| Row {
            case: String::new(),
            predicted: Bump::None,
            semver_checks,
            public_api,
            reason: None,
        };
        let says = |bump| Finding::Bump(bump, Vec::new());
        let mute = || Finding::Unreadable("unsupported".to_owned());
        let union = row(says(Bump::Major), says(Bump::Minor)).union();
        assert_eq!(union.unwrap(), Bump::Major);
        let union = row(mute(), says(Bump::Minor)).union();
        assert_eq!(union.unwrap(), Bump::Minor);
        let error = row(mute(), mute()).union().unwrap_err().to_string();
        assert!(error.contains("unsupported"), "{error}");
    }
}
