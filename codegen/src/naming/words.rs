//! Words of names: snake case, singular and plural, and which of them say what is done.

use crate::rust::names;

/// As an identifier, but for the mark of keywords.
pub fn snake(text: &str) -> String {
    names::snake(text).trim_start_matches("r#").to_owned()
}

pub fn of(name: &str) -> Vec<String> {
    let name = snake(name);
    // `crate_` is a word whose sign makes it a name.
    let words = name.split('_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The words as one thing, so that `Pets`, `pet` and `pets` are the same.
pub fn singular_words(name: &str) -> Vec<String> {
    of(name).iter().map(|word| singular(word)).collect()
}

/// The singular of the last word.
pub fn singular_name(name: &str) -> String {
    match name.rsplit_once('_') {
        Some((head, last)) => format!("{head}_{}", singular(last)),
        None => singular(name),
    }
}

/// Plurals that follow no rule, as they are found in paths.
#[rustfmt::skip]
const IRREGULAR: [(&str, &str); 26] = [
    ("aliases", "alias"), ("analyses", "analysis"), ("caches", "cache"), ("children", "child"), ("cookies", "cookie"),
    ("heroes", "hero"), ("indices", "index"), ("ins", "in"), ("leaves", "leaf"), ("lenses", "lens"), ("lives", "live"),
    ("matrices", "matrix"), ("men", "man"), ("movies", "movie"), ("news", "news"), ("ons", "on"), ("people", "person"),
    ("quizzes", "quiz"), ("selfies", "selfie"), ("series", "series"), ("shelves", "shelf"), ("species", "species"),
    ("ties", "tie"), ("vertices", "vertex"), ("women", "woman"), ("zombies", "zombie"),
];

/// By the common rules of English; what follows none stays as it is.
pub fn singular(word: &str) -> String {
    const LEAST: usize = 3;
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == word) {
        return (*one).to_owned();
    }
    let cut = |end: usize| word[..word.len() - end].to_owned();
    let ends = |end: &str| word.ends_with(end) && word.len() > LEAST;
    if !word.is_ascii() {
        word.to_owned()
    } else if ends("ies") && word.len() > 4 {
        cut(3) + "y"
    } else if ends("ss") || ends("us") || ends("is") {
        word.to_owned()
    } else if ["xes", "ches", "shes", "sses", "zzes"]
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

pub fn is_plural(name: &str) -> bool {
    let last = name.rsplit('_').next().unwrap_or_default();
    singular(last) != last
}

/// Whether a parameter says which one of several is meant, by its last word.
pub fn is_identifier(name: &str) -> bool {
    const ENDS: [&str; 11] = [
        "code",
        "id",
        "identifier",
        "ids",
        "key",
        "name",
        "number",
        "ref",
        "reference",
        "slug",
        "uuid",
    ];
    ENDS.contains(&name.rsplit('_').next().unwrap_or_default())
}

/// Whether a name says what is done, by its first word.
pub fn is_verb(name: &str) -> bool {
    let name = MANY
        .iter()
        .find_map(|many| name.strip_prefix(many))
        .unwrap_or(name);
    let (first, rest) = name.split_once('_').unwrap_or((name, ""));
    let is_thing = THINGS.contains(&first) && is_plural(rest);
    VERBS.binary_search(&first).is_ok() && !is_thing
}

/// Whether a verb is as often what a thing is called.
pub fn is_thing(verb: &str) -> bool {
    THINGS.contains(&verb) && verb != "login"
}

/// Whether it is said before a verb that is done to many at once.
pub fn is_many(word: &str) -> bool {
    MANY.iter().any(|many| many.strip_suffix('_') == Some(word))
}

/// Said before a verb that is done to many at once.
const MANY: [&str; 3] = ["batch_", "bulk_", "mass_"];

/// Verbs that are the first word of things as well: `login_links`, `test_clocks`.
const THINGS: [&str; 18] = [
    "copy", "export", "force", "import", "list", "login", "post", "process", "query", "release",
    "request", "return", "run", "scan", "set", "stream", "test", "transfer",
];

/// What the last segment of a path can say that is done. Words that are things as often are not here.
#[rustfmt::skip]
const VERBS: [&str; 225] = [
    "accept", "ack", "acknowledge", "activate", "add", "advance", "agree", "amend", "analyze", "append", "apply", "approve",
    "archive", "assign", "attach", "authorize", "ban", "block", "calculate", "cancel", "capture", "change", "clear",
    "clone", "close", "collect", "compact", "complete", "compose", "compute", "confirm", "convert", "copy", "count",
    "create", "deactivate", "decline", "decrypt", "delete", "deliver", "deny", "deploy", "deposit", "deprecate",
    "dequeue", "detach", "detect", "dial", "disable", "disassociate", "discard", "disconnect", "dismiss", "download",
    "duplicate", "edit", "enable", "encrypt", "enqueue", "enroll", "estimate", "evaluate", "execute", "exists",
    "expire", "export", "extend", "fail", "fetch", "finalize", "find", "finish", "follow", "force", "fork", "fulfill",
    "generate", "get", "grant", "hangup", "hide", "identify", "ignore", "import", "improve", "increment", "ingest",
    "init", "initialize", "insert", "install", "invalidate", "invoke", "join", "kill", "launch", "leave", "list",
    "login", "logout", "mark", "merge", "migrate", "mint", "move", "mute", "notify", "pause", "pay", "poll", "post",
    "prepare", "present", "preview", "process", "promote", "provision", "publish", "pull", "purge", "push", "query",
    "reactivate", "reassign", "reauthenticate", "reboot", "rebuild", "recompile", "recover", "redact", "redeem",
    "redeliver", "refresh", "refund", "regenerate", "register", "reject", "release", "reload", "remove", "rename",
    "render", "renew", "reopen", "reorder", "replace", "replay", "request", "rerun", "resend", "reset", "resize",
    "resolve", "respond", "restart", "restore", "restrict", "resume", "retrieve", "retry", "return", "reveal",
    "reverse", "revert", "revoke", "rollback", "rotate", "run", "save", "scan", "search", "send", "set", "ship",
    "shutdown", "simulate", "snooze", "solve", "speak", "start", "stop", "stream", "submit", "subscribe", "summarize",
    "suspend", "swap", "sync", "terminate", "test", "toggle", "transcribe", "transfer", "translate", "trigger",
    "unarchive", "unassign", "unban", "unblock", "unfollow", "unhold", "unignore", "unlink", "unlock", "unmute",
    "unpause", "unpublish", "unregister", "unschedule", "unshare", "unsnooze", "unsubscribe", "unsuspend", "update",
    "upgrade", "upload", "upsert", "validate", "verify", "void", "vote", "wait", "watch", "withdraw", "write",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_of_english() {
        for (many, one) in [
            ("policies", "policy"),
            ("addresses", "address"),
            ("statuses", "status"),
            ("status", "status"),
            ("boxes", "box"),
            ("sizes", "size"),
            ("movies", "movie"),
            ("people", "person"),
            ("ons", "on"),
            ("news", "news"),
            ("ases", "ase"),
            ("keys", "key"),
            ("dns", "dns"),
            ("analysis", "analysis"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn verbs_are_found_by_search() {
        assert!(VERBS.is_sorted());
        assert!(is_verb("revoke_tokens") && !is_verb("tokens"));
        assert!(is_verb("test") && !is_verb("test_clocks"));
    }
}
