//! Paths with parameters, as in `/pets/{id}`.

use std::borrow::Cow;

/// The path with its parameters' names left out, so that they do not matter.
pub fn anonymous(path: &str) -> String {
    let mut text = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((_, after)) = after.split_once('}') else {
            break;
        };
        text.push_str(before);
        text.push_str("{}");
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

/// What a placeholder is of: `parent` of `{+parent}` (RFC 6570), `name` of `{name=projects/*}` (Google's), which are of several
/// segments, and `id` of `{id:[0-9]+}` (JAX-RS).
pub fn variable(placeholder: &str) -> &str {
    let name = placeholder.strip_prefix('+').unwrap_or(placeholder);
    let name = name.split_once('=').map_or(name, |(name, _)| name);
    match name.split_once(':') {
        Some((name, pattern)) if pattern.contains(['[', '\\', '.', '(', '*', '+']) => name.trim(),
        _ => name,
    }
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
