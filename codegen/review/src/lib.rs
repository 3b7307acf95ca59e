//! What a change of the document does: to callers on the wire, and to applications that use the crate.

use codegen::diagnostic::{Diagnostics, Rejected};
use settings::Settings;

pub use report::{
    Accepted, Effect, Equivalent, Item, OtherFile, Place, Renamed, Report, Row, Side, Stale,
    Surface, Verdict,
};
pub use sides::Input;
pub use taxonomy::{Action, Area, Bump, Direction, Kind, Severity};
pub use verdict::raised;

// The stages that are public are so for whoever times them, and are no part of what this library promises.
mod advice;
#[doc(hidden)]
pub mod attribution;
mod document_version;
mod fingerprint;
mod judgement;
mod parallel;
pub mod render;
mod report;
pub mod settings;
#[doc(hidden)]
pub mod sides;
#[doc(hidden)]
pub mod surface;
mod taxonomy;
mod unexplained;
mod verdict;
#[doc(hidden)]
pub mod wire;

/// Compares two documents, and the crates that they become.
///
/// `today`, as in `2026-11-22`, is the day on which acceptances and sunsets are judged.
///
/// # Errors
///
/// A document that is not one at all is rejected. What else is wrong with it is in `diagnostics`, and
/// its comparison goes on.
pub fn compare(
    base: &Input,
    head: &Input,
    settings: &Settings,
    today: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Report, Rejected> {
    let sides = sides::read(base, head, diagnostics)?;
    let (wire, surface) = parallel::both(
        || wire::compare(&sides.base.plain, &sides.head.plain, today),
        || {
            sides
                .crates()
                .map_or_else(Vec::new, |(base, head)| surface::compare(base, head))
        },
    );
    let edits = attribution::attribute(wire, surface, &sides);
    Ok(judgement::judge(edits, sides, settings, today))
}
