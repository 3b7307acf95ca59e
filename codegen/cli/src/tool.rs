//! How the command is called.

/// What people type to reach the verbs: messages say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tool {
    /// As in `cargo sdk`.
    pub name: &'static str,
}
