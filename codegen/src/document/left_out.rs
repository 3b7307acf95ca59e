//! Operations that a crate is made without.

use super::{Reporter, codes};
use crate::diagnostic::Diagnostic;
use crate::location::Location;

/// An operation that cannot be made.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// `METHOD /path`, or the path of several.
    pub operation: String,
    /// Why, without a final period.
    pub reason: String,
    pub location: Location,
}

impl LeftOut {
    /// Reports the operation where the reason is.
    pub fn report(&self, help: &str, reporter: &mut Reporter<'_>) {
        let message = format!("`{}` is left out: {}", self.operation, self.reason);
        let diagnostic = Diagnostic::warning(codes::LEFT_OUT, message).help(help);
        reporter.at_key(diagnostic, &self.location);
    }
}
