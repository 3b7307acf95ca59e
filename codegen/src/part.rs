//! Which operations of a document are wanted, by patterns of their names and of their paths.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Rejected};
use crate::document::Listed;
use crate::naming::rules::Pattern;
use crate::nearest::nearest;
use crate::policy::Policy;

pub const UNMATCHED: Code = Code("E0107");

/// What is wanted; with no pattern, everything is.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Of `resource.method`.
    names: Vec<Stated>,
    /// Of `METHOD /path`, or of paths alone.
    paths: Vec<Stated>,
    /// They are those of the policy file.
    in_policy: bool,
}

#[derive(Debug, Clone)]
struct Stated {
    text: String,
    /// In the policy file.
    span: Range<usize>,
}

impl Selection {
    /// The patterns of the caller, or else those of the policy.
    pub fn of(only: &[String], paths: &[String], policy: &Policy) -> Self {
        let stated = |text: &String| Stated {
            text: text.clone(),
            span: 0..0,
        };
        if only.is_empty() && paths.is_empty() {
            let stated = |text: &toml::Spanned<String>| Stated {
                text: text.get_ref().clone(),
                span: text.span(),
            };
            return Self {
                names: policy.only.iter().map(stated).collect(),
                paths: policy.paths.iter().map(stated).collect(),
                in_policy: true,
            };
        }
        Self {
            names: only.iter().map(stated).collect(),
            paths: paths.iter().map(stated).collect(),
            in_policy: false,
        }
    }

    pub fn is_all(&self) -> bool {
        self.names.is_empty() && self.paths.is_empty()
    }

    /// The operations that are wanted, as `METHOD /path`, out of all and of those that have names. A pattern that is none of
    /// any operation is an error.
    pub fn wanted(
        &self,
        all: &[Listed],
        named: &[(String, String)],
        policy: &Policy,
        diagnostics: &mut Diagnostics,
    ) -> Result<BTreeSet<String>, Rejected> {
        let mut wanted = BTreeSet::new();
        let mut unmatched = Vec::new();
        for stated in &self.names {
            let found = named.iter();
            let found = found.filter(|(_, name)| is_named(&stated.text, name));
            let mut found = found.map(|(key, _)| key.clone()).peekable();
            match found.peek() {
                Some(_) => wanted.extend(found),
                None => unmatched.push((stated, meant_name(&stated.text, named))),
            }
        }
        for stated in &self.paths {
            let pattern = Pattern::of_any(&stated.text);
            let found = all.iter();
            let found = found.filter(|one| pattern.matches(&one.method, &one.path));
            let mut found = found.map(Listed::key).peekable();
            match found.peek() {
                Some(_) => wanted.extend(found),
                None => unmatched.push((stated, meant_path(&stated.text, all))),
            }
        }
        if unmatched.is_empty() {
            return Ok(wanted);
        }
        for (stated, meant) in unmatched {
            self.report(stated, meant, policy, diagnostics);
        }
        Err(Rejected)
    }

    fn report(
        &self,
        stated: &Stated,
        meant: Option<String>,
        policy: &Policy,
        diagnostics: &mut Diagnostics,
    ) {
        let message = format!("no operation is `{}`", stated.text);
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "as in `pets.list` or `pets.**` of names, `/pets/**` or `GET /pets` of paths"
                .to_owned(),
        };
        if self.in_policy {
            let span = Some(stated.span.clone());
            policy.report(UNMATCHED, &message, span, &help, diagnostics);
        } else {
            diagnostics.push(Diagnostic::error(UNMATCHED, message).help(help));
        }
    }
}

/// Whether a pattern is one of the name: `*` is any word of it, and `**` at the end all that follow.
fn is_named(pattern: &str, name: &str) -> bool {
    let mut words = name.split('.');
    let mut stated = pattern.split('.');
    loop {
        match (stated.next(), words.next()) {
            (Some("**"), Some(_)) => return true,
            (Some("*"), Some(_)) => {}
            (Some(one), Some(other)) if one == other => {}
            (None, None) => return true,
            _ => return false,
        }
    }
}

/// The name or the resource that was likely meant.
fn meant_name(written: &str, named: &[(String, String)]) -> Option<String> {
    let all = named.iter().map(|(_, name)| name.as_str());
    let (stem, mark) = split_mark(written, '.');
    let outer = outer(all.clone(), '.');
    if mark.is_empty() {
        if outer.contains(written) {
            return Some(format!("{written}.**"));
        }
        return nearest(written, all).map(str::to_owned);
    }
    let meant = nearest(stem, outer)?;
    Some(format!("{meant}{mark}"))
}

/// The path that was likely meant, with the method that was written.
fn meant_path(written: &str, all: &[Listed]) -> Option<String> {
    let (method, path) = written.rsplit_once(' ').unwrap_or(("", written));
    let paths = all.iter().map(|one| one.path.as_str());
    let (stem, mark) = split_mark(path, '/');
    let meant = if mark.is_empty() {
        if let Some(other) = all.iter().find(|one| one.path == path) {
            return Some(other.key());
        }
        let outer = outer(paths.clone(), '/');
        if outer.contains(path) {
            Some(format!("{path}/**"))
        } else {
            nearest(path, paths).map(str::to_owned)
        }
    } else {
        let mut outer = outer(paths.clone(), '/');
        outer.extend(paths);
        nearest(stem, outer).map(|meant| format!("{meant}{mark}"))
    }?;
    Some(format!("{method} {meant}").trim_start().to_owned())
}

/// A pattern without the mark at its end that stands for what follows.
fn split_mark(written: &str, between: char) -> (&str, &str) {
    let at = written.rfind(between).filter(|at| {
        let last = &written[at + between.len_utf8()..];
        ["*", "**"].contains(&last)
    });
    at.map_or((written, ""), |at| written.split_at(at))
}

/// What stands before each of the marks between words.
fn outer<'n>(names: impl Iterator<Item = &'n str>, between: char) -> BTreeSet<&'n str> {
    let outer = names.flat_map(|name| {
        let ends = name.match_indices(between).map(|(at, _)| at);
        ends.map(|at| &name[..at])
    });
    outer.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_of_names_matches_by_words() {
        assert!(is_named("dns.**", "dns.records.list"));
        assert!(is_named("dns.*.list", "dns.records.list"));
        assert!(is_named("**", "dns.list"));
        assert!(!is_named("dns.*", "dns.records.list"));
        assert!(!is_named("dns.**", "dnsx.list"));
        assert!(!is_named("dns.list.**", "dns.list"));
    }

    #[test]
    fn what_was_meant_is_near() {
        let named = [("GET /zones/{id}/dns_records", "dns.records.list")];
        let named = named.map(|(key, name)| (key.to_owned(), name.to_owned()));
        let meant = |text| meant_name(text, &named);
        assert_eq!(
            meant("dns.recrods.list").as_deref(),
            Some("dns.records.list")
        );
        assert_eq!(meant("dns.record.**").as_deref(), Some("dns.records.**"));
        assert_eq!(meant("dns.records").as_deref(), Some("dns.records.**"));
        assert_eq!(meant("other"), None);
    }
}
