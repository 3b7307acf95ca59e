//! Things that are singular where one is asked for and plural where all are: `/team/{id}` beside `/teams`.

use std::collections::BTreeMap;

use super::nodes::Node;
use super::results::Returned;
use super::walk::Walk;
use super::words::{is_plural, singular_name, snake};
use super::{Place, Tables};

/// Calls the one as all are called, so that both are one resource. Whether there was any.
pub fn call_alike(
    walks: &mut [Walk],
    nodes: &BTreeMap<String, Node>,
    returned: &[Returned],
    kept: &[Option<Place>],
    tables: &Tables,
) -> bool {
    let mut siblings = siblings(nodes, returned, tables);
    siblings.retain(|one, _| !is_kept(one, walks, kept));
    if siblings.is_empty() {
        return false;
    }
    for walk in walks {
        let mut outer = String::new();
        for step in &mut walk.steps {
            let last = step.at.rsplit('/').next().unwrap_or_default();
            let all = siblings.get(&step.at).map(String::as_str);
            let at = format!("{outer}/{}", all.unwrap_or(last));
            if let Some(all) = all {
                step.word = snake(all);
            }
            outer.clone_from(&at);
            step.at = at;
        }
    }
    true
}

/// The last words of the plurals, by the paths of the singulars.
fn siblings(
    nodes: &BTreeMap<String, Node>,
    returned: &[Returned],
    tables: &Tables,
) -> BTreeMap<String, String> {
    let mut siblings = BTreeMap::new();
    for node in nodes.values().filter(|node| node.below.len() > 1) {
        let last = |at: &&String| snake(at.rsplit('/').next().unwrap_or_default());
        let words: BTreeMap<String, &String> =
            node.below.iter().map(|at| (last(&at), at)).collect();
        for (many, all) in words.iter().filter(|(word, _)| is_plural(word)) {
            let word = singular_name(many);
            let is_stated = [many, &word]
                .iter()
                .any(|word| tables.segments.contains_key(*word));
            if let Some(one) = words.get(&word)
                && !is_stated
                && is_one_of_many(one, nodes)
                && have_nothing_alike(one, all, nodes, returned)
                && let Some((_, text)) = all.rsplit_once('/')
            {
                siblings.insert((*one).clone(), text.to_owned());
            }
        }
    }
    siblings
}

/// Whether it is asked for by an id, and at most posted without; of `/user` there is one, whatever `/users` are.
fn is_one_of_many(one: &str, nodes: &BTreeMap<String, Node>) -> bool {
    let node = nodes.get(one);
    let is_asked = |node: &Node| node.below.contains(&format!("{one}/{{}}"));
    let is_posted = |node: &Node| node.methods.keys().all(|method| method == "POST");
    node.is_some_and(|node| is_posted(node) && is_asked(node))
}

/// `/adjustment/{id}` and `/adjustments/{id}` are of two things, or one of them is old; but `/team/{id}` is one and
/// `/teams/{page}` are several.
fn have_nothing_alike(
    one: &str,
    all: &str,
    nodes: &BTreeMap<String, Node>,
    returned: &[Returned],
) -> bool {
    let begin = format!("{one}/");
    let below = nodes.range(begin.clone()..);
    let below = below.take_while(|(at, _)| at.starts_with(&begin));
    let mut of_one = nodes.get_key_value(one).into_iter().chain(below);
    of_one.all(|(at, node)| {
        let Some(other) = nodes.get(&format!("{all}{}", &at[one.len()..])) else {
            return true;
        };
        let mut methods = node.methods.iter();
        methods.all(|(method, position)| match other.methods.get(method) {
            Some(other) => {
                returned[*other] == Returned::Several && returned[*position] != Returned::Several
            }
            None => true,
        })
    })
}

/// Whether names that are kept have the singular.
fn is_kept(one: &str, walks: &[Walk], kept: &[Option<Place>]) -> bool {
    let word = snake(one.rsplit('/').next().unwrap_or_default());
    let mut pairs = walks.iter().zip(kept);
    pairs.any(|(walk, place)| {
        let says = |place: &Place| place.resources.contains(&word);
        place.as_ref().is_some_and(says) && walk.steps.iter().any(|step| step.at == one)
    })
}
