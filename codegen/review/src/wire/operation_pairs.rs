//! Which operation became which.

use std::collections::{BTreeSet, HashMap};

use super::model::Operation;
use codegen::path_template;

/// Pairs of operations, each side by its index; an operation in none was added or removed.
#[derive(Default)]
pub struct OperationPairs {
    /// At the same path.
    pub exact: Vec<(usize, usize)>,
    /// The same once the server's path is counted in.
    pub by_prefix: Vec<(usize, usize)>,
    /// At another path or by another method, under the same operationId.
    pub renamed: Vec<(usize, usize)>,
}

/// `prefixes` are the paths of the servers' URLs.
pub fn find(
    base: &[Operation<'_>],
    head: &[Operation<'_>],
    prefixes: (&str, &str),
) -> OperationPairs {
    let mut found = OperationPairs::default();
    let exact =
        |operation: &Operation<'_>| Some(format!("{} {}", operation.method, operation.path));
    let numbered = |operation: &Operation<'_>| {
        Some(format!(
            "{} {}",
            operation.method,
            path_template::anonymous(&operation.path)
        ))
    };
    let mut left = (all(base), all(head));
    found
        .exact
        .extend(take((base, exact), (head, exact), &mut left));
    found
        .exact
        .extend(take((base, numbered), (head, numbered), &mut left));
    if prefixes.0 != prefixes.1 {
        let full = |prefix: String| {
            move |operation: &Operation<'_>| {
                let path = path_template::anonymous(&operation.path);
                Some(format!("{} {prefix}{path}", operation.method))
            }
        };
        let (ours, theirs) = (full(prefixes.0.to_owned()), full(prefixes.1.to_owned()));
        found.by_prefix = take((base, ours), (head, theirs), &mut left);
    }
    let id = |operation: &Operation<'_>| operation.at.text("operationId").map(str::to_owned);
    found.renamed = take((base, id), (head, id), &mut left);
    found
}

fn all(list: &[Operation<'_>]) -> BTreeSet<usize> {
    (0..list.len()).collect()
}

/// Pairs what has the same key, and takes it from what is left.
fn take<'a, 'o>(
    (base, of_base): (
        &'o [Operation<'a>],
        impl Fn(&Operation<'a>) -> Option<String>,
    ),
    (head, of_head): (
        &'o [Operation<'a>],
        impl Fn(&Operation<'a>) -> Option<String>,
    ),
    left: &mut (BTreeSet<usize>, BTreeSet<usize>),
) -> Vec<(usize, usize)> {
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for h in left.1.iter().rev() {
        if let Some(key) = of_head(&head[*h]) {
            by_key.entry(key).or_default().push(*h);
        }
    }
    let mut found = Vec::new();
    for b in &left.0 {
        let key = of_base(&base[*b]);
        if let Some(h) = key.and_then(|key| by_key.get_mut(&key)).and_then(Vec::pop) {
            found.push((*b, h));
        }
    }
    for (b, h) in &found {
        left.0.remove(b);
        left.1.remove(h);
    }
    found
}
