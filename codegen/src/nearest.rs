//! The name that was likely intended where another one is written.

/// The one of the names that is nearest, if it is near: one letter in four may differ, and something has to be the same.
pub fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let length = written.chars().count();
    let allowed = length.div_ceil(4).min(length.saturating_sub(1));
    let written_lower = written.to_lowercase();
    let distance = |name: &&str| strsim::damerau_levenshtein(&written_lower, &name.to_lowercase());
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

/// How many names of a document were searched for. Each search takes as long as there are names, so that where a
/// document has many that lead nowhere, what it says first is enough.
#[derive(Debug, Default)]
pub struct Searches(usize);

impl Searches {
    /// Whether to look for the name that was meant.
    pub fn may_search(&mut self) -> bool {
        const MOST: usize = 100;
        self.0 += 1;
        self.0 <= MOST
    }
}

/// Whether one is likely the other with a typing error: one character inserted, removed or changed,
/// or two in a long word.
pub fn is_typo(a: &str, b: &str) -> bool {
    let allowed = if a.len().min(b.len()) < 7 { 1 } else { 2 };
    // A comparison takes as long as the product of both lengths.
    let near = a.len().abs_diff(b.len()) <= 4 * allowed;
    near && strsim::levenshtein(a, b) <= allowed
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
        assert_eq!(nearest("s", ["T"]), None);
    }
}
