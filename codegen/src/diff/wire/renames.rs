//! What was renamed rather than removed and added.

use std::collections::BTreeMap;

use super::local::Same;
use super::schema::Use;

/// Pairs of names, old and new, of properties that mean the same and are called alike.
pub fn properties<'a>(
    base: (&BTreeMap<&'a str, Use<'a>>, &[&'a str]),
    head: (&BTreeMap<&'a str, Use<'a>>, &[&'a str]),
    same: Same<'_, 'a>,
) -> Vec<(&'a str, &'a str)> {
    pairs(base.1, head.1, |from, to| {
        let (before, after) = (&base.0[from], &head.0[to]);
        let text = |places: &Use<'a>| places[0].text("description").filter(|text| text.len() > 20);
        let described = text(before).is_some() && text(before) == text(after);
        (described || alike(from, to)) && same(before, after)
    })
}

/// Pairs of values of an enumeration, by their JSON text.
pub fn values(removed: &[String], added: &[String]) -> Vec<(String, String)> {
    let text = |value: &String| {
        value
            .strip_prefix('"')
            .and_then(|v| v.strip_suffix('"'))
            .map(str::to_owned)
    };
    let found = pairs(
        &removed.iter().collect::<Vec<_>>(),
        &added.iter().collect::<Vec<_>>(),
        |from, to| match (text(from), text(to)) {
            (Some(from), Some(to)) => same_words(&from, &to),
            _ => false,
        },
    );
    found
        .into_iter()
        .map(|(from, to)| (from.clone(), to.clone()))
        .collect()
}

/// Pairs that the test takes; a name that could have been several others has no pair.
pub fn pairs<T: Copy + PartialEq>(
    base: &[T],
    head: &[T],
    mut test: impl FnMut(T, T) -> bool,
) -> Vec<(T, T)> {
    // Where much was exchanged at once, nobody renames.
    if base.len() * head.len() > MOST {
        return Vec::new();
    }
    let mut found = Vec::new();
    for from in base {
        for to in head {
            if test(*from, *to) {
                found.push((*from, *to));
            }
        }
    }
    let once = |pair: &(T, T)| {
        let count = found
            .iter()
            .filter(|other| other.0 == pair.0 || other.1 == pair.1);
        count.count() == 1
    };
    found.iter().copied().filter(once).collect()
}

const MOST: usize = 400;

/// Whether one name may have become the other: the same words, one within the other, or nearly the
/// same letters.
pub fn alike(a: &str, b: &str) -> bool {
    const NEARLY: f64 = 0.75;
    let (x, y) = (letters(a), letters(b));
    let within = |x: &str, y: &str| x.len() >= 3 && y.contains(x);
    same_words(a, b)
        || within(&x, &y)
        || within(&y, &x)
        || strsim::normalized_damerau_levenshtein(&x, &y) >= NEARLY
}

fn same_words(a: &str, b: &str) -> bool {
    letters(a) == letters(b)
}

fn letters(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
