//! The text of a reference (RFC 3986): which file it names, and what in it.

use std::borrow::Cow;

use crate::document::resolve::decoded;

/// A reference, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Reference<'t> {
    pub file: File<'t>,
    /// What follows `#`, decoded: a JSON pointer, or the name of an anchor.
    pub fragment: Cow<'t, str>,
}

/// The file that a reference names.
#[derive(Debug, PartialEq, Eq)]
pub enum File<'t> {
    /// The one that it stands in.
    Same,
    /// A path, seen from the file that it stands in.
    Path(Cow<'t, str>),
    /// Something that is no file of a folder: `https://...`, `/etc/...`.
    Elsewhere,
}

impl<'t> Reference<'t> {
    /// Takes the text apart.
    pub fn of(text: &'t str) -> Self {
        let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
        Self {
            file: file_of(file),
            fragment: decoded(fragment),
        }
    }
}

fn file_of(text: &str) -> File<'_> {
    if text.is_empty() {
        File::Same
    } else if has_scheme(text) || text.starts_with(['/', '\\']) {
        File::Elsewhere
    } else {
        File::Path(decoded(text))
    }
}

/// Whether the text begins with a scheme, or a drive: `https:`, `file:`, `c:`.
fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return false;
    };
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(part)
}

/// The URI that another one names, seen from it (RFC 3986, section 5.2): both are paths, or begin with a scheme.
pub fn resolved(base: &str, uri: &str) -> String {
    if uri.is_empty() || has_scheme(uri) {
        return if uri.is_empty() { base } else { uri }.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://").filter(|_| has_scheme(base)) else {
        return join(base, uri.trim_start_matches('/'));
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if let Some(other) = uri.strip_prefix("//") {
        return format!("{scheme}://{other}");
    }
    let path = match uri.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => join(path, uri),
    };
    format!("{scheme}://{host}/{path}")
}

/// The path that another one names, seen from the file at `base`: without `.` and `..`, except for
/// `..` at its beginning.
pub fn join(base: &str, path: &str) -> String {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_names_a_file_and_what_is_in_it() {
        let path = |text: &'static str| File::Path(text.into());
        for (text, file, fragment) in [
            ("#/a/b", File::Same, "/a/b"),
            ("#", File::Same, ""),
            ("#name", File::Same, "name"),
            ("pet.yaml", path("pet.yaml"), ""),
            ("./a%20b/pet.json#/x%25", path("./a b/pet.json"), "/x%"),
            ("dir:x/pet.yaml", File::Elsewhere, ""),
            ("https://a.example/b#/c", File::Elsewhere, "/c"),
            ("//a.example/b", File::Elsewhere, ""),
            ("/etc/passwd", File::Elsewhere, ""),
            ("C:\\pet.yaml", File::Elsewhere, ""),
        ] {
            let fragment = fragment.into();
            assert_eq!(Reference::of(text), Reference { file, fragment }, "{text}");
        }
    }

    #[test]
    fn a_uri_is_seen_from_another() {
        for (base, uri, named) in [
            ("a/b.yaml", "c", "a/c"),
            (
                "https://a.example/b/c",
                "d.json",
                "https://a.example/b/d.json",
            ),
            ("https://a.example/b/c", "/d", "https://a.example/d"),
            ("https://a.example", "d", "https://a.example/d"),
            (
                "https://a.example/b",
                "//c.example/d",
                "https://c.example/d",
            ),
            ("a/b.yaml", "https://a.example/b", "https://a.example/b"),
            ("urn:b", "c", "c"),
        ] {
            assert_eq!(resolved(base, uri), named);
        }
    }

    #[test]
    fn a_path_is_seen_from_the_file_that_names_it() {
        for (base, path, joined) in [
            ("api.yaml", "pet.yaml", "pet.yaml"),
            ("a/b.yaml", "./c.yaml", "a/c.yaml"),
            ("a/b.yaml", "../c.yaml", "c.yaml"),
            ("a/b.yaml", "../../c/./d.yaml", "../c/d.yaml"),
            ("../x/b.yaml", "../../c.yaml", "../../c.yaml"),
        ] {
            assert_eq!(join(base, path), joined);
        }
    }
}
