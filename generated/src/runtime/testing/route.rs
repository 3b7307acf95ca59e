//! Which operation a request is of.

use percent_encoding::percent_decode_str;

use crate::runtime::encode;
use crate::runtime::target::has_several_segments;

/// A resource as data.
#[derive(Debug)]
pub struct Node {
    /// Its own operations.
    pub operations: &'static [Route],
    /// The resources below it, by the methods that lead there.
    pub children: &'static [(&'static str, &'static Node)],
}

/// An operation as data.
#[derive(Debug)]
pub struct Route {
    /// The HTTP method and the path.
    pub operation: &'static str,
    /// What makes its request.
    pub name: &'static str,
}

/// An operation that requests are held against.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) operation: &'static str,
    /// `billing().usage().paygo()`
    pub(super) access: String,
    method: &'static str,
    path: Vec<Piece>,
    /// What the path's template has as its query.
    query: Vec<(&'static str, &'static str)>,
    literals: usize,
}

#[derive(Debug)]
enum Piece {
    /// As it is sent.
    Text(String),
    Value(&'static str),
}

/// The values of the placeholders.
pub(super) type Values = Vec<(&'static str, String)>;

/// Every operation below the resource.
pub(super) fn all(node: &'static Node, access: &str, known: &mut Vec<Known>) {
    for route in node.operations {
        known.push(Known::new(route, access));
    }
    for (name, child) in node.children {
        all(child, &format!("{access}{name}()."), known);
    }
}

/// The operation of a request, the one with the longest literal text where several are; the path may begin with that of
/// a server.
pub(super) fn find<'k>(
    known: &'k [Known],
    method: &str,
    path: &str,
    query: &[(String, String)],
) -> Option<(&'k Known, Values)> {
    let starts = path.match_indices('/').map(|(at, _)| at);
    starts.into_iter().find_map(|start| {
        let of_method = known.iter().filter(|known| known.method == method);
        let fitting = of_method.filter_map(|known| {
            let values = known.values(&path[start..], query)?;
            Some((known, values))
        });
        // Of equals the first.
        fitting.fold(None, |best: Option<(&Known, Values)>, next| match best {
            Some(best) if best.0.literals >= next.0.literals => Some(best),
            _ => Some(next),
        })
    })
}

impl Known {
    fn new(route: &Route, access: &str) -> Self {
        let (method, path) = route.operation.split_once(' ').unwrap_or_default();
        let path = path.split('#').next().unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let path = pieces(path);
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.len(),
            Piece::Value(_) => 0,
        };
        Self {
            operation: route.operation,
            access: format!("{access}{}()", route.name),
            method,
            literals: path.iter().map(text).sum::<usize>() + query.len(),
            path,
            query: pairs.filter(|(_, value)| !value.contains('{')).collect(),
        }
    }

    fn values(&self, path: &str, query: &[(String, String)]) -> Option<Values> {
        let has = |(name, value): &(&str, &str)| {
            let mut pairs = query.iter();
            pairs.any(|(own, sent)| own == name && sent == value)
        };
        if !self.query.iter().all(has) {
            return None;
        }
        let mut values = Values::new();
        fits(&self.path, path, &mut values).then_some(values)
    }
}

fn pieces(template: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        pieces.push(encoded(text));
        pieces.push(Piece::Value(name));
        rest = after;
    }
    pieces.push(encoded(rest));
    pieces
}

fn encoded(text: &str) -> Piece {
    let mut encoded = String::new();
    encode::path_onto(&mut encoded, text);
    Piece::Text(encoded)
}

/// Whether the text is the pieces, each value as short as it can be.
fn fits(pieces: &[Piece], text: &str, values: &mut Values) -> bool {
    let Some((piece, others)) = pieces.split_first() else {
        return text.is_empty();
    };
    match piece {
        Piece::Text(own) => match text.strip_prefix(own.as_str()) {
            Some(rest) => fits(others, rest, values),
            None => false,
        },
        Piece::Value(name) => {
            let slash = text.find('/').filter(|_| !has_several_segments(name));
            let end = slash.unwrap_or(text.len());
            let ends = text[..end].char_indices().map(|(at, c)| at + c.len_utf8());
            ends.into_iter().any(|end| {
                let length = values.len();
                let value = percent_decode_str(&text[..end]).decode_utf8_lossy();
                values.push((name, value.into_owned()));
                let fits = fits(others, &text[end..], values);
                if !fits {
                    values.truncate(length);
                }
                fits
            })
        }
    }
}
