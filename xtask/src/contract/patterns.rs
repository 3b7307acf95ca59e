//! Texts that a regular expression matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// How many more times than needed something may be repeated, so that a text gets long enough.
const MOST: u32 = 300;

/// Texts of growing length; none of an expression that is none of Rust's.
pub fn texts(pattern: &str) -> impl Iterator<Item = String> {
    let hir = regex_syntax::parse(pattern).ok();
    let each = move |more| {
        hir.as_ref().map(|hir| {
            let mut text = String::new();
            write(hir, more, &mut text);
            text
        })
    };
    (0..MOST).map_while(each)
}

fn write(hir: &Hir, more: u32, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(letter(class)),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            for _ in 0..(repetition.min.saturating_add(more))
                .min(most)
                .min(MOST.max(repetition.min))
            {
                write(&repetition.sub, 0, text);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, more, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, more, text)),
        HirKind::Alternation(parts) => {
            if let Some(part) = parts.first() {
                write(part, more, text);
            }
        }
    }
}

/// One that reads well, if it is in the class.
fn letter(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .map(|r| (r.start(), r.end()))
            .collect(),
        Class::Bytes(class) => {
            let ranges = class.ranges().iter();
            ranges
                .map(|r| (char::from(r.start()), char::from(r.end())))
                .collect()
        }
    };
    let is_in = |letter: &char| {
        ranges
            .iter()
            .any(|(start, end)| (start..=end).contains(&letter))
    };
    let plain = ['a', '0', 'A', '-', '_'].into_iter().find(is_in);
    plain.or_else(|| ranges.first().map(|(start, _)| *start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_match_their_pattern() {
        for pattern in [
            "^[0-9a-f]{32}$",
            "^(a|b)+c?$",
            "[A-Z]{2}-\\d{3}",
            "^\\w+@\\w+\\.com$",
            "^[^/]+$",
            "^$",
            "(?i)^x{2,}$",
        ] {
            let regex = regex::Regex::new(pattern).unwrap();
            for text in texts(pattern).take(5) {
                assert!(regex.is_match(&text), "{pattern} {text}");
            }
        }
        assert_eq!(texts("^(?=a)b").next(), None);
        assert!(texts("^a+$").any(|text| text.len() == 20));
    }
}
