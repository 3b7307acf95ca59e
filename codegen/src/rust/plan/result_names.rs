//! What an example calls the result of a call.

use crate::naming::words::{is_verb, singular_name};
use crate::rust::Ty;
use crate::rust::names::snake;

/// The words of a type that say how it comes, and nothing of what it is.
const HOW: [&str; 14] = [
    "data",
    "dto",
    "item",
    "list",
    "listing",
    "listings",
    "out",
    "page",
    "paged",
    "paginated",
    "resource",
    "response",
    "result",
    "schema",
];

/// Those of them that stand for several.
const SEVERAL: [&str; 6] = ["list", "listing", "listings", "page", "paged", "paginated"];

/// In words.
const LONGEST: usize = 3;

/// What a person would call the result: as the resource that gives it, where it is that, `account` or `accounts`; else by the last
/// words of its type, or a response where that is one of the API's own.
pub(super) fn result_name(output: &Ty, calls: &[String]) -> String {
    match output {
        Ty::Model(name) => of_model(name, calls, false),
        Ty::Vec(item) => match &**item {
            Ty::Model(name) => of_model(name, calls, true),
            _ => "values".to_owned(),
        },
        Ty::Option(inner) => result_name(inner, calls),
        Ty::Items(_) => "items".to_owned(),
        Ty::Outcomes(_) => "outcome".to_owned(),
        Ty::String => "text".to_owned(),
        Ty::Bytes => "bytes".to_owned(),
        _ => "value".to_owned(),
    }
}

/// One of a list of those.
pub(super) fn item_name(result: &str) -> String {
    let one = singular_name(result);
    if one == result || snake(&one) != one {
        return "item".to_owned();
    }
    one
}

fn of_model(name: &str, calls: &[String], several: bool) -> String {
    let name = snake(name);
    let words: Vec<&str> = name.trim_start_matches("r#").split('_').collect();
    let name = of_resource(&words, calls, several).unwrap_or_else(|| of_type(&words, several));
    // What is called on is no result, and neither is a word of the language.
    if name == "client" || snake(&name) != name {
        return name + "_value";
    }
    name
}

/// As the resource, where the type says no more than that and what the resource is a part of. Of several either may say more:
/// `acquisitions` of `AccountAcquisition`, `child_accounts` of `Account`.
fn of_resource(words: &[&str], calls: &[String], several: bool) -> Option<String> {
    let (resource, parents) = calls.split_last()?;
    let resource = resource.trim_start_matches("r#");
    let one = singular_name(resource);
    let singular: Vec<String> = words.iter().map(|word| singular_name(word)).collect();
    let parts: Vec<&str> = one.split('_').collect();
    let is_thing = |index: &usize| !HOW.contains(&words[*index]);
    let things: Vec<usize> = (0..words.len()).filter(is_thing).collect();
    let said: Vec<&str> = things.iter().map(|index| &*singular[*index]).collect();
    let ends = parts.ends_with(&said) && !said.is_empty();
    let at = singular.windows(parts.len()).position(|own| own == parts);
    let own = match at {
        Some(at) => at..at + parts.len(),
        None if ends => things[0]..things[things.len() - 1] + 1,
        None => return None,
    };
    let rest = || (0..words.len()).filter(|index| !own.contains(index));
    let has_many = words[own.end - 1] != singular[own.end - 1];
    let is_listed = rest().any(|index| SEVERAL.contains(&words[index]));
    let is_item = rest().any(|index| words[index] == "item");
    let many = several || (!is_item && (has_many || is_listed));
    let is_parent = |word: &String| parents.iter().any(|parent| singular_name(parent) == *word);
    let says_no_more = at.is_some()
        && rest().all(|index| HOW.contains(&words[index]) || is_parent(&singular[index]));
    let is_kind = many && said.ends_with(&parts) && !said.iter().any(|word| is_verb(word));
    if !(says_no_more || is_kind || many && ends) {
        return None;
    }
    if !many {
        return Some(one);
    }
    (one != resource).then(|| resource.to_owned())
}

fn of_type(words: &[&str], several: bool) -> String {
    let end = words
        .iter()
        .rposition(|word| !matches!(*word, "out" | "dto" | "schema"));
    let mut words = &words[..end.map_or(words.len(), |last| last + 1)];
    if words.len() > 2 && words.contains(&"response") {
        words = &["response"];
    }
    let name = words[words.len().saturating_sub(LONGEST)..].join("_");
    match name.strip_suffix('y') {
        _ if !several || name.ends_with('s') => name,
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{name}s"),
    }
}
