//! The name that was likely intended where another one is written.

/// The one of the names that is nearest, if it is near: one letter in four may differ.
pub fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let allowed = written.chars().count().div_ceil(4);
    let distance = |name: &&str| strsim::damerau_levenshtein(&lower(written), &lower(name));
    let near = names.into_iter().filter(|name| *name != written);
    // A comparison takes as long as the product of both lengths.
    let near = near.filter(|name| name.len() <= LONGEST && written.len() <= LONGEST);
    let near = near.filter(|name| name.len().abs_diff(written.len()) <= allowed * 4);
    near.map(|name| (distance(&name), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// In bytes: longer names are not searched for what was meant.
const LONGEST: usize = 200;

/// Whether one is likely the other with a typing error: one character inserted, removed or changed,
/// or two in a long word.
pub fn is_typo(a: &str, b: &str) -> bool {
    let allowed = if a.len().min(b.len()) < 7 { 1 } else { 2 };
    // A comparison takes as long as the product of both lengths.
    let near = a.len().abs_diff(b.len()) <= 4 * allowed;
    near && strsim::levenshtein(a, b) <= allowed
}

fn lower(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_found_if_it_is_near() {
        let names = ["Pet", "Pets", "Person"];
        assert_eq!(nearest("Pte", names), Some("Pet"));
        assert_eq!(nearest("person", names), Some("Person"));
        assert_eq!(nearest("Perosn", names), Some("Person"));
        assert_eq!(nearest("Order", names), None);
        assert_eq!(nearest("Pet", ["Pet"]), None);
    }
}
