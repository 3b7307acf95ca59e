//! How names that are too long become shorter.

use std::collections::BTreeSet;

use crate::naming::words::singular_name;
use crate::rust::names::{capitalized, pascal, snake};

/// A name that is longer takes more than half a line.
pub(super) const LONGEST: usize = 48;

/// Words that say nothing of what they stand in.
pub(super) const FILLERS: [&str; 16] = [
    "a",
    "an",
    "and",
    "api",
    "are",
    "by",
    "components",
    "for",
    "from",
    "in",
    "of",
    "on",
    "schemas",
    "the",
    "to",
    "with",
];

/// Names of a text that are no longer than a name should be: without words that say nothing, then without those in the middle.
pub(super) fn shortened(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = parts
        .filter(|part| !part.is_empty())
        .flat_map(humps)
        .flat_map(words)
        .collect();
    let mut known = BTreeSet::new();
    let telling = words
        .iter()
        .filter(|word| !FILLERS.contains(&word.as_str()) && known.insert(singular_name(word)));
    let telling: Vec<&String> = telling.collect();
    let mut found = cut(&telling);
    found.extend(cut(&words.iter().collect::<Vec<_>>()));
    found
}

/// A text before each capital that follows a small letter, so that none is so long that [`words`] leaves out its end.
fn humps(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let begins =
        |at: &usize| bytes[*at].is_ascii_uppercase() && bytes[*at - 1].is_ascii_lowercase();
    let mut found = Vec::new();
    let mut start = 0;
    for at in (1..bytes.len()).filter(begins) {
        found.push(&text[start..at]);
        start = at;
    }
    found.push(&text[start..]);
    found
}

/// The words without some in the middle.
fn cut(words: &[&String]) -> Vec<String> {
    let words: Vec<String> = words.iter().map(|word| capitalized(word)).collect();
    let length: usize = words.iter().map(String::len).sum();
    let mut found = Vec::new();
    // How many words of the front stay.
    for front in [2, 1, 3, 0, 4, 5, 6] {
        let (mut left, mut end) = (length, front);
        while left > LONGEST && words.len() > end + 1 {
            left -= words[end].len();
            end += 1;
        }
        if left <= LONGEST {
            let kept = words[..front.min(words.len())].iter();
            let kept: Vec<&str> = kept
                .chain(words.get(end..).unwrap_or_default())
                .map(String::as_str)
                .collect();
            let name = together(&kept);
            if name.len() <= LONGEST && !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

/// Capitalized words as one name. Where each has a small letter behind its first, they are one as they stand.
fn together(words: &[&str]) -> String {
    let name = words.concat();
    let is_word = |word: &&str| word.as_bytes().get(1).is_some_and(u8::is_ascii_lowercase);
    let begins = name.starts_with(|c: char| c.is_ascii_uppercase());
    if begins && name != "Self" && words.iter().all(is_word) {
        name
    } else {
        pascal(&name)
    }
}

/// The words of a name, in small letters.
pub(super) fn words(name: &str) -> Vec<String> {
    let snake = snake(name);
    let words = snake.trim_start_matches("r#").split('_');
    words.map(str::to_owned).collect()
}
