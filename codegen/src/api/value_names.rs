//! What a document calls the values that it lists.

use std::collections::BTreeMap;

/// By its value what each is called. Where all begin with the words that the name of their type ends with, those are left out: `LevelDraft`
/// of `OrderLevel` is `Draft`.
pub fn without_type(
    mut names: BTreeMap<String, String>,
    type_name: &str,
) -> BTreeMap<String, String> {
    let starts = type_name.char_indices().filter(|(_, c)| c.is_uppercase());
    let mut words = starts.map(|(at, _)| &type_name[at..]);
    let is_before = |word: &&str| {
        let mut all = names.values();
        names.len() > 1
            && all.all(|name| {
                let rest = name.strip_prefix(word);
                rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
            })
    };
    if let Some(word) = words.find(is_before) {
        for name in names.values_mut() {
            name.drain(..word.len());
        }
    }
    names
}
