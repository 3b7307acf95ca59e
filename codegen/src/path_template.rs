//! Paths with parameters, as in `/pets/{id}`.

use std::borrow::Cow;
use std::collections::HashSet;

/// The path with its parameters' names left out, so that they do not matter.
pub fn anonymous(path: &str) -> String {
    rewritten(path, |text, _| text.push_str("{}"))
}

/// The path with something else in place of each placeholder.
fn rewritten<'p>(path: &'p str, mut put: impl FnMut(&mut String, &'p str)) -> String {
    let mut text = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((placeholder, after)) = after.split_once('}') else {
            break;
        };
        text.push_str(before);
        put(&mut text, placeholder);
        rest = after;
    }
    text + rest
}

/// The names of the parameters, in order.
pub fn names(path: &str) -> Vec<&str> {
    let pieces = path.split('{').skip(1);
    pieces
        .filter_map(|piece| Some(piece.split_once('}')?.0))
        .collect()
}

/// What a placeholder is of: `parent` of `{+parent}` (RFC 6570), `path` of `{*path}` (ASP.NET), `name` of `{name=projects/*}`
/// (Google's), which are of several segments, and `id` of `{id:[0-9]+}` (JAX-RS).
pub fn variable(placeholder: &str) -> &str {
    let name = placeholder.trim_start_matches(['+', '*']);
    let name = name.split_once('=').map_or(name, |(name, _)| name);
    match name.split_once(':') {
        Some((name, pattern)) if pattern.contains(['[', '\\', '.', '(', '*', '+']) => name.trim(),
        _ => name,
    }
}

/// The path without what it expands to a query (RFC 6570, sections 3.2.8 and 3.2.9), `/pets` of `/pets{?limit,tags*}`, and
/// the names in that, each once.
pub fn queried(path: &str) -> (Cow<'_, str>, Vec<&str>) {
    let mut names = Vec::new();
    if !path.contains("{?") && !path.contains("{&") {
        return (Cow::Borrowed(path), names);
    }
    let text = rewritten(path, |text, placeholder| {
        match placeholder.strip_prefix(['?', '&']) {
            Some(listed) => names.extend(listed.split(',').map(expanded)),
            None => text.extend(["{", placeholder, "}"]),
        }
    });
    let mut seen = HashSet::new();
    names.retain(|name| !name.is_empty() && seen.insert(*name));
    (Cow::Owned(text), names)
}

/// The name in an expansion, which may say how it is expanded: `tags*`, `tags:3` (RFC 6570, section 2.4).
fn expanded(written: &str) -> &str {
    let name = written.split_once(':').map_or(written, |(name, _)| name);
    name.trim().trim_end_matches('*')
}

/// Which placeholder of the path each parameter describes, by number: the one of its name; then the only one that spells it
/// otherwise, as `{petId}` does `petID`; and at last, of one parameter and one placeholder that are left, the one that is the
/// other in short, as `{id}` is `pet_id`.
pub fn described(path: &str, parameters: &[&str]) -> Vec<Option<usize>> {
    let names = names(path);
    let number = |parameter: &&str| {
        let is_its = |name: &&str| name == parameter || variable(name) == *parameter;
        names.iter().position(is_its)
    };
    let mut found: Vec<Option<usize>> = parameters.iter().map(number).collect();
    for fits in [is_spelling, is_short] {
        let open = (0..names.len()).filter(|number| !found.contains(&Some(*number)));
        let open: Vec<usize> = open.collect();
        let left: Vec<usize> = (0..found.len())
            .filter(|one| found[*one].is_none())
            .collect();
        let are_alone = open.len() == 1 && left.len() == 1;
        let meant = |one: usize, number: usize| {
            let name = letters(variable(names[number]));
            fits(&letters(parameters[one]), &name, are_alone)
        };
        for one in &left {
            let mut of_one = open.iter().filter(|number| meant(*one, **number));
            let (Some(number), None) = (of_one.next(), of_one.next()) else {
                continue;
            };
            if left.iter().filter(|one| meant(**one, *number)).count() == 1 {
                found[*one] = Some(*number);
            }
        }
    }
    found
}

fn is_spelling(one: &str, two: &str, _: bool) -> bool {
    !one.is_empty() && one == two
}

fn is_short(one: &str, two: &str, are_alone: bool) -> bool {
    let is_short = |long: &str, short: &str| !short.is_empty() && long.ends_with(short);
    are_alone && (is_short(one, two) || is_short(two, one))
}

/// What spellings of a name have in common.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The path with the segments that a placeholder spells out: `/projects/{name}` of `/{name=projects/*}`.
pub fn spelled_out(path: &str) -> Cow<'_, str> {
    if !path.contains('=') {
        return Cow::Borrowed(path);
    }
    let mut text = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((placeholder, after)) = after.split_once('}') else {
            break;
        };
        text.push_str(before);
        let (name, segments) = placeholder.split_once('=').unwrap_or((placeholder, "*"));
        let segments = segments.split('/').map(|segment| match segment {
            "*" | "**" => format!("{{{name}}}"),
            literal => literal.to_owned(),
        });
        text.push_str(&segments.collect::<Vec<_>>().join("/"));
        rest = after;
    }
    text.push_str(rest);
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_of_a_variable() {
        for (placeholder, name) in [
            ("id", "id"),
            ("+parent", "parent"),
            ("name=a/*", "name"),
            ("id:[0-9]+", "id"),
            ("path: .*", "path"),
            ("a:b", "a:b"),
        ] {
            assert_eq!(variable(placeholder), name);
        }
    }

    #[test]
    fn an_expansion_is_of_the_query() {
        for (path, expected, names) in [
            ("/a/{id}{?rev}", "/a/{id}", &["rev"][..]),
            ("/a{?b, c*,b}/d{&e:3}", "/a/d", &["b", "c", "e"]),
            ("/a{?}", "/a", &[]),
            ("/a{?b", "/a{?b", &[]),
            ("/a?b={c}", "/a?b={c}", &[]),
        ] {
            assert_eq!(queried(path), (expected.into(), names.to_vec()));
        }
    }

    #[test]
    fn a_parameter_describes_the_placeholder_that_it_means() {
        for (path, parameters, expected) in [
            ("/{a}/{b}", &["b", "a"][..], &[Some(1), Some(0)][..]),
            ("/{name=a/*}", &["name"], &[Some(0)]),
            ("/{id}", &["id", "id"], &[Some(0), Some(0)]),
            ("/{petId}", &["petID"], &[Some(0)]),
            ("/{pet-id}/{petId}", &["PETID", "pet_id"], &[None, None]),
            (
                "/{ownerId}/{id}",
                &["owner_id", "pet_id"],
                &[Some(0), Some(1)],
            ),
            ("/{a_id}/{b_id}", &["id"], &[None]),
            ("/{undeclared}", &["surplus"], &[None]),
            ("/{id}", &[""], &[None]),
        ] {
            assert_eq!(described(path, parameters), expected, "{path}");
        }
    }

    #[test]
    fn segments_are_spelled_out() {
        for (path, expected) in [
            (
                "/v1/{name=projects/*/jobs/**}:cancel",
                "/v1/projects/{name}/jobs/{name}:cancel",
            ),
            ("/v1/{+name}/{id}?a=b", "/v1/{+name}/{id}?a=b"),
            ("/v1/{name=**}", "/v1/{name}"),
            ("/v1/{name=a", "/v1/{name=a"),
        ] {
            assert_eq!(spelled_out(path), expected);
        }
    }
}
