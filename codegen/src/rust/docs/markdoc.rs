//! Tags of Markdoc (`{% admonition name="Limits" %}`) that have a line of their own, which Markdown would take for text: a block
//! has its title in front of it, and the tags are gone.

use std::collections::HashSet;

/// The text without such tags.
pub(super) fn without_tags(text: &str) -> String {
    if !text.contains("{% /") {
        return text.to_owned();
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let closed: HashSet<&str> = lines.iter().filter_map(|line| closing(line)).collect();
    let mut out: Vec<String> = Vec::new();
    let mut fenced = false;
    // How far the lines within each open block are indented.
    let mut indents = vec![0];
    for (at, line) in lines.iter().enumerate() {
        let outer = indents.last().copied().unwrap_or_default();
        let shown = &line[outer.min(indent(line))..];
        fenced ^= shown.trim_start().starts_with("```");
        let begins = opening(line).filter(|(name, _)| closed.contains(name));
        match begins {
            _ if fenced => out.push(shown.to_owned()),
            Some((_, tag)) => {
                let next = lines[at + 1..].iter().find(|line| !line.trim().is_empty());
                let deeper = next.map_or(0, |next| indent(next).saturating_sub(indent(line)));
                indents.push(outer + deeper);
                out.push(String::new());
                if let Some(title) = title(tag) {
                    out.push(format!("{}**{title}**", &shown[..indent(shown)]));
                    out.push(String::new());
                }
            }
            None if closing(line).is_some() => {
                indents.truncate((indents.len() - 1).max(1));
                out.push(String::new());
            }
            None => out.push(shown.to_owned()),
        }
    }
    out.join("\n")
}

/// What the line is the tag of, alone.
fn tag(line: &str) -> Option<&str> {
    let inner = line.trim().strip_prefix("{%")?.strip_suffix("%}")?.trim();
    (!inner.contains("%}")).then_some(inner)
}

/// The name of the block that the line ends.
fn closing(line: &str) -> Option<&str> {
    tag(line)?.strip_prefix('/').map(str::trim)
}

/// The name of the block that the line begins, and the whole tag.
fn opening(line: &str) -> Option<(&str, &str)> {
    let tag = tag(line)?;
    Some((tag.split(' ').next()?, tag))
}

fn title(tag: &str) -> Option<&str> {
    let of = |attribute| tag.split_once(attribute)?.1.split_once('"');
    let names = [" name=\"", " title=\"", " label=\""];
    let found = names.into_iter().find_map(of);
    found
        .map(|(title, _)| title)
        .filter(|title| !title.trim().is_empty())
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

#[cfg(test)]
mod tests {
    use super::without_tags;

    #[test]
    fn a_block_has_its_title_in_front() {
        let text = "One.\n{% note type=\"info\" name=\"Of `two`\" %}\n    Two.\n\n    - three\n{% /note %}\nFour.";
        let clean = "One.\n\n**Of `two`**\n\nTwo.\n\n- three\n\nFour.";
        assert_eq!(without_tags(text), clean);
        let nested = "{% tabs %}\n  {% tab label=\"A\" %}\n    a\n  {% /tab %}\n{% /tabs %}";
        assert_eq!(
            without_tags(nested).split_whitespace().collect::<Vec<_>>(),
            ["**A**", "a"]
        );
    }

    #[test]
    fn what_is_no_block_is_text() {
        for text in [
            "{% if x %}\na\n{% endif %}",
            "Say `{% /note %}`.",
            "{% /note",
        ] {
            assert_eq!(without_tags(text), text);
        }
    }
}
