//! A path with placeholders, and a path that is made of it.

use super::encoding::decoded;

/// The values of the placeholders, in their order, if the path is one of the template's.
pub fn values(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (templates, segments) = (template.split('/'), path.split('/'));
    if templates.clone().count() != segments.clone().count() {
        return None;
    }
    let mut values = Vec::new();
    for (template, segment) in templates.zip(segments) {
        within(template, segment, &mut values)?;
    }
    Some(values)
}

/// A placeholder ends where the text after it begins.
fn within(template: &str, segment: &str, values: &mut Vec<(String, String)>) -> Option<()> {
    let Some((before, rest)) = template.split_once('{') else {
        return (template == segment || template == decoded(segment)).then_some(());
    };
    let (name, rest) = rest.split_once('}')?;
    let segment = segment.strip_prefix(before)?;
    let after = rest.split('{').next().unwrap_or_default();
    let end = if rest.is_empty() {
        segment.len()
    } else if after == rest {
        segment
            .len()
            .checked_sub(after.len())
            .filter(|at| segment.is_char_boundary(*at))?
    } else {
        segment.find(after)?
    };
    values.push((name.to_owned(), decoded(&segment[..end])));
    within(rest, &segment[end..], values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(template: &str, path: &str) -> Option<Vec<String>> {
        let values = values(template, path)?;
        Some(
            values
                .into_iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect(),
        )
    }

    #[test]
    fn placeholders_take_whole_segments_or_parts() {
        let some = |values: &[&str]| Some(values.iter().map(|v| (*v).to_owned()).collect());
        assert_eq!(found("/a/{b}", "/a/x%2Fy"), some(&["b=x/y"]));
        assert_eq!(found("/a/{b}", "/a/x/y"), None);
        assert_eq!(found("/a/{b}/c", "/a/x/d"), None);
        assert_eq!(found("/{a}.{b}/c", "/x.y.z/c"), some(&["a=x", "b=y.z"]));
        assert_eq!(found("/{a}.json", "/x.y.json"), some(&["a=x.y"]));
        assert_eq!(found("/a/@me", "/a/%40me"), some(&[]));
    }
}
