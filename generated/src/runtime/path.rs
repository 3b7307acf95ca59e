//! Where in a body a value is.

use super::sensitive;

/// One step from a value to one within it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// To the member of this name.
    Member(String),
    /// To the entry of a map that has this name.
    Entry(String),
    Item(usize),
    /// To each item of a list.
    Items,
    /// To each entry of a map.
    Entries,
    /// Where that is not known.
    Unknown,
}

/// The path as text, which begins with the member that holds all of it, if one does; below a
/// sensitive property even the names may be personal.
pub(super) fn text(path: &[Step], member: Option<&str>, sensitive: &[&str]) -> String {
    let mut text = member.unwrap_or_default().to_owned();
    for step in path {
        match step {
            Step::Item(index) => text.push_str(&format!("[{index}]")),
            Step::Items => text.push_str("[*]"),
            Step::Entries => push(&mut text, "*"),
            Step::Unknown => text.push_str(".?"),
            Step::Member(name) | Step::Entry(name) => {
                push(&mut text, name);
                if sensitive::is_one_of(name, sensitive) {
                    break;
                }
            }
        }
    }
    if text.is_empty() {
        ".".to_owned()
    } else {
        text
    }
}

fn push(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('.');
    }
    text.push_str(name);
}
