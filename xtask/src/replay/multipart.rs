//! Bodies of several parts, compared part by part.

use super::compare::{Finding, clipped, same_json, same_text};

/// A part of a body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    content: String,
}

/// Compares two bodies, each with its content type.
pub fn compare(theirs: (&str, &str), ours: (&str, &str), findings: &mut Vec<Finding>) {
    let (Some(theirs), Some(mut ours)) = (parts(theirs), parts(ours)) else {
        let what = format!("theirs `{}`, ours `{}`", clipped(theirs.1), clipped(ours.1));
        findings.push(Finding::new("parts: a body is not made of parts", what));
        return;
    };
    for part in theirs {
        match ours.iter().position(|own| own.name == part.name) {
            Some(index) => compare_part(&part, &ours.remove(index), findings),
            None => findings.push(Finding::new("parts: one is missing", part.to_string())),
        }
    }
    for part in ours {
        findings.push(Finding::new("parts: one is added", part.to_string()));
    }
}

fn compare_part(theirs: &Part, ours: &Part, findings: &mut Vec<Finding>) {
    let kinds = [
        (
            "parts: another file name",
            theirs.file_name == ours.file_name,
        ),
        (
            "parts: another content type",
            theirs.content_type == ours.content_type,
        ),
        ("parts: another content", same_content(theirs, ours)),
    ];
    for (kind, _) in kinds.into_iter().filter(|(_, equal)| !equal) {
        findings.push(Finding::new(kind, format!("theirs {theirs}, ours {ours}")));
    }
}

fn same_content(theirs: &Part, ours: &Part) -> bool {
    same_text(&theirs.content, &ours.content) || same_json(&theirs.content, &ours.content)
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}`", self.name)?;
        if let Some(name) = &self.file_name {
            write!(f, " (file `{name}`)")?;
        }
        if let Some(content_type) = &self.content_type {
            write!(f, " ({content_type})")?;
        }
        write!(f, ": `{}`", clipped(&self.content))
    }
}

/// None if the body is not of parts.
fn parts((content_type, body): (&str, &str)) -> Option<Vec<Part>> {
    let boundary = content_type.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        (name.trim() == "boundary").then(|| value.trim().trim_matches('"'))
    })?;
    let mut parts = Vec::new();
    let text = format!("\r\n{body}");
    for piece in text.split(&format!("\r\n--{boundary}")).skip(1) {
        if piece.starts_with("--") {
            break;
        }
        let (head, content) = piece.split_once("\r\n\r\n")?;
        parts.push(part(head, content));
    }
    Some(parts)
}

fn part(head: &str, content: &str) -> Part {
    let mut part = Part {
        content: content.to_owned(),
        ..Part::default()
    };
    for line in head.lines() {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        match name.trim().to_lowercase().as_str() {
            "content-type" => part.content_type = Some(value.to_lowercase()),
            "content-disposition" => {
                part.name = quoted(value, "; name=").unwrap_or_default();
                part.file_name = quoted(value, "; filename=");
            }
            _ => {}
        }
    }
    part
}

fn quoted(value: &str, start: &str) -> Option<String> {
    let (_, rest) = value.split_once(start)?;
    match rest.strip_prefix('"') {
        Some(rest) => Some(rest.split('"').next()?.to_owned()),
        None => Some(rest.split(';').next()?.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=x";

    fn kinds(theirs: &str, ours: &str) -> Vec<String> {
        let body = |parts: &str| {
            let parts = parts.split('|').filter(|part| !part.is_empty());
            let parts =
                parts.map(|part| format!("--x\r\nContent-Disposition: form-data; {part}\r\n"));
            format!("{}--x--\r\n", parts.collect::<String>())
        };
        let (theirs, ours) = (body(theirs), body(ours));
        let mut findings = Vec::new();
        compare((TYPE, &theirs), (TYPE, &ours), &mut findings);
        findings.into_iter().map(|finding| finding.kind).collect()
    }

    #[test]
    fn parts_are_compared_by_name() {
        let part = "name=\"a\"; filename=\"f\"\r\ncontent-type: text/plain\r\n\r\n1";
        assert_eq!(kinds(part, part), Vec::<String>::new());
        assert_eq!(kinds("", ""), Vec::<String>::new());
        let both = format!("{part}|name=\"b\"\r\n\r\n2");
        let turned = format!("name=\"b\"\r\n\r\n2|{part}");
        assert_eq!(kinds(&both, &turned), Vec::<String>::new());
        assert_eq!(kinds(&both, part), ["parts: one is missing"]);
        assert_eq!(kinds(part, &both), ["parts: one is added"]);
        assert_eq!(
            kinds(part, &part.replace("\"f\"", "\"g\"")),
            ["parts: another file name"]
        );
        assert_eq!(
            kinds(part, &part.replace("plain", "html")),
            ["parts: another content type"]
        );
        assert_eq!(
            kinds(part, &part.replace('1', "2")),
            ["parts: another content"]
        );
        let (json, same) = (
            "name=\"a\"\r\n\r\n{\"a\": 1}",
            "name=\"a\"\r\n\r\n{\"a\":1.0}",
        );
        assert_eq!(kinds(json, same), Vec::<String>::new());
    }
}
