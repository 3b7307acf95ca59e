//! The whole of a report in one line, and the version that the crate needs.

use semver::Version;

use crate::report::{Row, Verdict};
use crate::sides::Loaded;
use crate::taxonomy::{Bump, Severity};

/// The worst of the rows; on the wire those that were accepted do not count.
pub fn verdict(rows: &[Row], base: &Loaded, head: &Loaded) -> Verdict {
    let counted = || rows.iter().filter(|row| row.accepted.is_none());
    let count = |severity| counted().filter(|row| row.severity() == severity).count();
    // An accepted break is released all the same, and the version has to rise.
    let surface = rows
        .iter()
        .map(|row| row.surface.bump)
        .max()
        .unwrap_or_default();
    // A crate that is gone with its document needs no version.
    let released = base.version.as_ref().filter(|_| !head.absent);
    let needed = released.map(|version| raised(version, surface));
    let suffices = match (&head.version, &needed) {
        _ if base.planned.is_none() || head.planned.is_none() => false,
        (Some(now), Some(needed)) => now >= needed,
        _ => surface == Bump::None,
    };
    let text = |version: &Option<Version>| version.as_ref().map(Version::to_string);
    Verdict {
        wire: counted().map(Row::severity).max().unwrap_or_default(),
        breaking: count(Severity::Breaking),
        risky: count(Severity::Risky),
        safe: count(Severity::Safe),
        none: count(Severity::None),
        accepted: rows.len() - counted().count(),
        surface,
        fails_at_run_time: counted().filter(|row| row.is_silent()).count(),
        version_base: text(&base.version),
        version_now: text(&head.version),
        version_needed: text(&needed),
        version_suffices: suffices,
    }
}

/// The next version that the change allows, by the rules of Cargo: before 1.0 the second number
/// stands for the first.
pub fn raised(version: &Version, bump: Bump) -> Version {
    let Version {
        major,
        minor,
        patch,
        ..
    } = *version;
    match (bump, major, minor) {
        (Bump::None, ..) => version.clone(),
        // A version before its release is raised by its release.
        (Bump::Patch, ..) | (Bump::Minor, 0, _) | (Bump::Major, 0, 0) => {
            if version.pre.is_empty() {
                Version::new(major, minor, patch + 1)
            } else {
                Version::new(major, minor, patch)
            }
        }
        (Bump::Major, 0, _) => Version::new(0, minor + 1, 0),
        (Bump::Minor, ..) => Version::new(major, minor + 1, 0),
        (Bump::Major, ..) => Version::new(major + 1, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_version_tells_of_the_change() {
        for (version, bump, next) in [
            ("1.2.3", Bump::None, "1.2.3"),
            ("1.2.3", Bump::Patch, "1.2.4"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Major, "2.0.0"),
            ("0.2.3", Bump::Minor, "0.2.4"),
            ("0.2.3", Bump::Major, "0.3.0"),
            ("0.0.3", Bump::Major, "0.0.4"),
            ("0.2.3-rc.1", Bump::Minor, "0.2.3"),
            ("0.2.3-rc.1", Bump::Major, "0.3.0"),
        ] {
            let version: Version = version.parse().expect("it is a version");
            assert_eq!(raised(&version, bump).to_string(), next, "{version}");
        }
    }
}
