//! Words of names: singular and plural, and which of them say what is done.

use crate::rust::names::snake;

/// The singular of the last word, in snake case.
pub(super) fn singular_name(name: &str) -> String {
    let name = snake(name);
    let name = name.trim_start_matches("r#");
    match name.rsplit_once('_') {
        Some((head, last)) => format!("{head}_{}", singular(last)),
        None => singular(name),
    }
}

/// By the common rules of English; what follows none stays as it is.
fn singular(word: &str) -> String {
    const LEAST: usize = 3;
    let cut = |end: usize| word[..word.len() - end].to_owned();
    let ends = |end: &str| word.ends_with(end) && word.len() > LEAST;
    if !word.is_ascii() {
        word.to_owned()
    } else if ends("ies") && word.len() > 4 {
        cut(3) + "y"
    } else if ends("ss") || ends("us") || ends("is") {
        word.to_owned()
    } else if ["xes", "ches", "shes", "sses", "zes"]
        .iter()
        .any(|end| ends(end))
        || is_latin(word)
    {
        cut(2)
    } else if ends("s") {
        cut(1)
    } else {
        word.to_owned()
    }
}

/// `statuses` and `buses`, but not `causes` and `uses`.
fn is_latin(word: &str) -> bool {
    let stem = word.strip_suffix("uses");
    stem.is_some_and(|stem| stem.ends_with(|c: char| !"aeiou".contains(c)))
}

pub(super) fn is_verb(word: &str) -> bool {
    VERBS.contains(&word)
}

#[rustfmt::skip]
const VERBS: [&str; 40] = [
    "activate", "add", "approve", "archive", "attach", "cancel", "check", "confirm", "copy", "create", "delete",
    "detach", "disable", "download", "edit", "enable", "export", "find", "generate", "get", "import", "invite", "list",
    "move", "patch", "post", "purge", "put", "query", "remove", "replace", "reset", "retrieve", "revoke", "run",
    "search", "send", "set", "update", "upload",
];
