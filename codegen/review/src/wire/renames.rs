//! What was renamed rather than removed and added.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::schema::Use;
use super::schema_pair::AreEquivalent;

/// Pairs of names, old and new, of properties that mean the same and are called alike.
pub fn properties<'a>(
    base: (&BTreeMap<&'a str, Use<'a>>, &[&'a str]),
    head: (&BTreeMap<&'a str, Use<'a>>, &[&'a str]),
    equivalent: AreEquivalent<'_, 'a>,
) -> Vec<(&'a str, &'a str)> {
    let found = pairs(base.1, head.1, |b, h, words| {
        let (from, to) = (base.1[b], head.1[h]);
        let (before, after) = (&base.0[from], &head.0[to]);
        let text = |places: &Use<'a>| places[0].text("description").filter(|text| text.len() > 20);
        let described = || text(before).is_some() && text(before) == text(after);
        (words || described() || alike(from, to)) && equivalent(before, after)
    });
    let names = found.into_iter().map(|(b, h)| (base.1[b], head.1[h]));
    names.collect()
}

/// Pairs of values of an enumeration, by their JSON text.
pub fn values(removed: &[String], added: &[String]) -> Vec<(String, String)> {
    let text = |value: &String| value.starts_with('"');
    let found = pairs(removed, added, |b, h, words| {
        words && text(&removed[b]) && text(&added[h])
    });
    let values = found.into_iter().map(|(b, h)| (&removed[b], &added[h]));
    values.map(|(b, h)| (b.clone(), h.clone())).collect()
}

/// Pairs, by index, that the test takes; a name that could have been several others has no pair.
/// The test learns whether the names are of the same words: such pairs are found first.
pub fn pairs<T: AsRef<str>>(
    base: &[T],
    head: &[T],
    mut test: impl FnMut(usize, usize, bool) -> bool,
) -> Vec<(usize, usize)> {
    let mut found = of_the_same_words(base, head);
    found.retain(|(b, h)| test(*b, *h, true));
    let paired: (HashSet<usize>, HashSet<usize>) = found.iter().copied().unzip();
    let left = |list: &[T], paired: &HashSet<usize>| -> Vec<usize> {
        let indices = 0..list.len();
        indices.filter(|index| !paired.contains(index)).collect()
    };
    let (gone, come) = (left(base, &paired.0), left(head, &paired.1));
    // Where much was exchanged at once, nobody renames.
    if gone.len() * come.len() > MOST {
        return found;
    }
    let mut others = Vec::new();
    for b in gone {
        for h in &come {
            if test(b, *h, false) {
                others.push((b, *h));
            }
        }
    }
    let once = |pair: &&(usize, usize)| {
        let count = others
            .iter()
            .filter(|other| other.0 == pair.0 || other.1 == pair.1);
        count.count() == 1
    };
    found.extend(others.iter().filter(once));
    found.sort_unstable();
    found
}

const MOST: usize = 400;

/// Names that differ in case and punctuation only.
fn of_the_same_words<T: AsRef<str>>(base: &[T], head: &[T]) -> Vec<(usize, usize)> {
    let mut groups: HashMap<String, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (index, name) in base.iter().enumerate() {
        let group = groups.entry(letters(name.as_ref())).or_default();
        group.0.push(index);
    }
    for (index, name) in head.iter().enumerate() {
        if let Some(group) = groups.get_mut(&letters(name.as_ref())) {
            group.1.push(index);
        }
    }
    let only = |group: (Vec<usize>, Vec<usize>)| match (group.0.as_slice(), group.1.as_slice()) {
        ([b], [h]) => Some((*b, *h)),
        _ => None,
    };
    let mut found: Vec<_> = groups.into_values().filter_map(only).collect();
    found.sort_unstable();
    found
}

/// Whether one name may have become the other: the same words, one within the other, or nearly the
/// same letters.
pub fn alike(a: &str, b: &str) -> bool {
    const NEARLY: f64 = 0.75;
    let (x, y) = (letters(a), letters(b));
    let within = |x: &str, y: &str| x.len() >= 3 && y.contains(x);
    x == y
        || within(&x, &y)
        || within(&y, &x)
        || strsim::normalized_damerau_levenshtein(&x, &y) >= NEARLY
}

fn letters(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
