//! The lock as a file: a line for each name, `KIND KEY = NAME`, sorted.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::{Kind, Lock};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Rejected, Source};

pub const UNREADABLE: Code = Code("L0001");
pub const CONFLICT: Code = Code("L0002");
pub const INVALID: Code = Code("L0003");
pub const TAKEN: Code = Code("L0004");

pub const HEAD: &str = "\
# Names that were inferred, kept from now on: check this file in. To rename something, pin it in the policy file, or remove its
# line and generate again. Lines of order say in which order arguments are given. Lines of pages say how lists go on, and that of
# the envelope what wraps responses: the policy file can state both. `cargo sdk generate` writes it.
";

/// What a version control leaves where two changes meet.
const CONFLICTS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// A line that names something.
struct Line<'a> {
    kind: Kind,
    key: &'a str,
    name: &'a str,
}

impl Lock {
    /// The file, or nothing kept where there is none.
    pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&Arc::new(Source::new(name, text)), diagnostics),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => {
                let message = format!("cannot read the lock {name}: {error}");
                let help = "it is a text file that `generate` writes; remove what is there";
                diagnostics.push(Diagnostic::error(UNREADABLE, message).help(help));
                Err(Rejected)
            }
        }
    }

    /// All that is wrong with it is reported in one run.
    pub fn parse(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let mut found = Diagnostics::default();
        let mut lock = Self::default();
        let mut methods: HashMap<&str, &str> = HashMap::new();
        for (range, text) in lines(&source.text) {
            let mut wrong = |code, message: String, help: &str| {
                let diagnostic = Diagnostic::error(code, message);
                found.push(diagnostic.span(source, range.clone()).help(help));
            };
            if CONFLICTS.iter().any(|mark| text.starts_with(mark)) {
                wrong(CONFLICT, "the lock has a merge conflict".to_owned(), MERGED);
                continue;
            }
            let Some(Line { kind, key, name }) = line(text) else {
                let message = "this is no line of a lock".to_owned();
                wrong(INVALID, message, WRITTEN);
                continue;
            };
            if kind == Kind::Method
                && let Some(other) = methods.insert(name, key)
                && other != key
            {
                let message = format!("`{name}` is the name of `{other}` and of `{key}`");
                wrong(
                    TAKEN,
                    message,
                    "remove one of the lines, and generate again",
                );
            }
            let known = lock.names.insert((kind, key.to_owned()), name.to_owned());
            if let Some(other) = known.filter(|other| other != name) {
                let message = format!("`{key}` is called both `{other}` and `{name}`");
                wrong(TAKEN, message, "keep one of the lines, and generate again");
            }
        }
        let result = found.gate().map(|()| lock);
        diagnostics.extend(found);
        result
    }
}

const MERGED: &str = "keep the lines of both sides without the marks, and generate again; lines that you remove are inferred anew";

const WRITTEN: &str = "a line is `method GET /pets = pets.list`, `type #/components/schemas/Pet = Pet` or `envelope responses = success result errors messages`; remove it, and generate again";

/// Those that say something, each with where it is.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let shown = line.trim_end();
        let says = !shown.is_empty() && !shown.starts_with('#');
        says.then_some((start..start + shown.len(), shown))
    })
}

fn line(text: &str) -> Option<Line<'_>> {
    let (word, rest) = text.split_once(' ')?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word)?;
    let (key, name) = rest.rsplit_once(" = ")?;
    is_name(kind, name).then_some(Line { kind, key, name })
}

fn is_name(kind: Kind, name: &str) -> bool {
    let all = |name: &str, fits: fn(char) -> bool| name.chars().all(fits);
    match kind {
        Kind::Method => {
            let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            let begins = |part: &str| part.starts_with(|c: char| c.is_ascii_lowercase());
            let mut parts = name.split('.');
            name.contains('.') && parts.all(|part| begins(part) && all(part, word))
        }
        Kind::Pages => !name.is_empty(),
        Kind::Order => {
            let names: Vec<&str> = name.split(' ').collect();
            names.len() > 1 && !names.contains(&"")
        }
        Kind::Envelope => {
            // What there is not is a dash.
            let names: Vec<&str> = name.split(' ').collect();
            let said: Vec<&&str> = names.iter().filter(|name| **name != "-").collect();
            let distinct: HashSet<&&&str> = said.iter().collect();
            let is_whole = names.len() == 4 && names[0] != "-" && !names.contains(&"");
            is_whole && distinct.len() == said.len()
        }
        Kind::Member => {
            let plain = name.strip_prefix("r#").unwrap_or(name);
            plain.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
                && all(plain, |c| {
                    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
                })
        }
        Kind::Type | Kind::Variant => {
            name.starts_with(|c: char| c.is_ascii_uppercase())
                && all(name, |c| c.is_ascii_alphanumeric() || c == '_')
        }
    }
}

/// A key on one line.
pub fn escaped(key: &str) -> String {
    if !key.contains(char::is_control) {
        return key.to_owned();
    }
    let shown = |c: char| {
        if c.is_control() {
            c.escape_unicode().to_string()
        } else {
            c.to_string()
        }
    };
    key.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Names;
    use super::*;

    fn parsed(text: &str) -> (Result<Lock, Rejected>, Vec<String>) {
        let mut diagnostics = Diagnostics::default();
        let source = Arc::new(Source::new("pets.lock", text));
        let lock = Lock::parse(&source, &mut diagnostics);
        let place = |d: &Diagnostic| d.span.as_ref().map(|span| span.line_column().0);
        let found = diagnostics.iter().map(|d| {
            let line = place(d).unwrap_or_default();
            format!("{line}: {} {}", d.code, d.message)
        });
        (lock, found.collect())
    }

    #[test]
    fn what_is_written_is_read() {
        let mut names = Names::default();
        names.record(Kind::Type, "#/components/schemas/a = b", "AB");
        names.record(Kind::Method, "GET /pets/{id}", "pets.get");
        names.record(Kind::Type, "#/components/schemas/line\nbreak", "LineBreak");
        names.record(Kind::Envelope, "responses", "ok - errors -");
        let text = names.recorded().to_string();
        let (lock, found) = parsed(&text.replace('\n', "\r\n"));
        assert_eq!(lock.ok().as_ref(), Some(names.recorded()), "{found:?}");
        assert_eq!(
            text.lines().skip(3).collect::<Vec<_>>(),
            [
                "method GET /pets/{id} = pets.get",
                "type #/components/schemas/a = b = AB",
                r"type #/components/schemas/line\u{a}break = LineBreak",
                "envelope responses = ok - errors -",
            ]
        );
    }

    #[test]
    fn all_that_is_wrong_is_said_with_its_line() {
        let text = "\
# comment
<<<<<<< ours
method GET /a = a.get
=======
method GET /b = a.get
>>>>>>> theirs
method GET /b = b.get
type #/x = y
module a = a
method GET /c = c
envelope responses = success  result errors messages
envelope responses = success success errors messages
";
        let (lock, found) = parsed(text);
        assert!(lock.is_err());
        assert_eq!(
            found,
            [
                "2: L0002 the lock has a merge conflict",
                "4: L0002 the lock has a merge conflict",
                "5: L0004 `a.get` is the name of `GET /a` and of `GET /b`",
                "6: L0002 the lock has a merge conflict",
                "7: L0004 `GET /b` is called both `a.get` and `b.get`",
                "8: L0003 this is no line of a lock",
                "9: L0003 this is no line of a lock",
                "10: L0003 this is no line of a lock",
                "11: L0003 this is no line of a lock",
                "12: L0003 this is no line of a lock",
            ]
        );
    }
}
