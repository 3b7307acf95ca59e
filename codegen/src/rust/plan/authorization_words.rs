//! The word before a key in the header `Authorization`, where a document that has the key as a header says so in prose.

use super::service::is_token;

/// The word that a description says to write before the secret, if it is one: by an example of the header, `Authorization:
/// Token <key>`, or as an authentication scheme in a code span.
pub(super) fn stated(description: &str) -> Option<&str> {
    let mut words = in_examples(description).chain(as_schemes(description));
    let first = words.next()?;
    let is_one = words.all(|word| word.eq_ignore_ascii_case(first));
    is_one.then_some(first)
}

/// `Token` in `Authorization: Token <key>`, where nothing but the key follows.
fn in_examples(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("Authorization:")
        .filter_map(|(at, header)| {
            let line = text[at + header.len()..].lines().next()?;
            let value = line
                .split(['`', '"', '\''])
                .find(|part| !part.trim().is_empty())?;
            let mut words = value.split_whitespace();
            let (word, _key, rest) = (words.next()?, words.next()?, words.next());
            (rest.is_none() && is_word(word)).then_some(word)
        })
}

/// `Key` in "the `Key` authentication scheme".
fn as_schemes(text: &str) -> impl Iterator<Item = &str> {
    let ends = ["` authentication scheme", "` scheme"];
    let ends = ends.into_iter().flat_map(|end| text.match_indices(end));
    ends.filter_map(|(at, _)| {
        let word = text[..at].rsplit('`').next()?;
        is_word(word).then_some(word)
    })
}

/// Whether it may be the name of an authentication scheme, and no placeholder or word of a sentence.
fn is_word(word: &str) -> bool {
    let is_name = word.starts_with(|c: char| c.is_ascii_alphabetic()) && is_token(word);
    let is_sentence = ["your", "the", "a", "an", "my", "api"];
    is_name
        && !is_sentence
            .iter()
            .any(|other| word.eq_ignore_ascii_case(other))
}
