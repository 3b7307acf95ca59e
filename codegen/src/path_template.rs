//! Paths with parameters, as in `/pets/{id}`.

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
