//! A small model that one other alone is made of is written beside that, as a person would.

use std::collections::BTreeSet;

use super::features::Files;
use super::{imports, models};
use crate::rust::{HeaderFile, Item, ModelFile, Webhooks};

/// The fields and alternatives of a file to which another is added: what is larger is found better by its own name.
const MOST: usize = 40;

/// Moves the items of such files. `by_resources` are the models that resources name; `headers` and `webhooks` name models, too.
pub(super) fn gather(
    models: Vec<ModelFile>,
    by_resources: &[BTreeSet<String>],
    headers: &HeaderFile,
    webhooks: Option<&Webhooks>,
) -> Vec<ModelFile> {
    let files = Files::of(&models);
    let named = named(&files, by_resources, headers, webhooks);
    let user = only_users(&files, models.len(), &named);
    let mut weights: Vec<usize> = models.iter().map(weight).collect();
    // Where the items of each file are.
    let mut home: Vec<usize> = (0..models.len()).collect();
    for file in 0..models.len() {
        let Some(user) = user[file] else { continue };
        let host = followed(&home, user);
        if host != file && weights[host] + weights[file] <= MOST {
            weights[host] += weights[file];
            home[file] = host;
        }
    }
    let mut gathered: Vec<Option<ModelFile>> = models.into_iter().map(Some).collect();
    for file in 0..gathered.len() {
        let host = followed(&home, file);
        if host != file
            && let Some(moved) = gathered[file].take()
            && let Some(host) = &mut gathered[host]
        {
            host.items.extend(moved.items);
            host.others.extend(moved.others);
            host.imports = imports::of_models(&host.items, &host.others);
            host.allow = models::file_lints(&host.items);
        }
    }
    let mut gathered: Vec<ModelFile> = gathered.into_iter().flatten().collect();
    gathered.iter_mut().for_each(imports::of_alternatives);
    gathered
}

/// The files that something other than models names.
fn named(
    files: &Files,
    by_resources: &[BTreeSet<String>],
    headers: &HeaderFile,
    webhooks: Option<&Webhooks>,
) -> BTreeSet<usize> {
    let headers = headers.headers.iter();
    let by_headers = headers.flat_map(|header| imports::models_of_type(&header.ty));
    let payloads = webhooks.into_iter().flat_map(|webhooks| &webhooks.payloads);
    let by_webhooks = payloads.flat_map(|payload| imports::models_of_type(&payload.ty));
    let others = by_headers.chain(by_webhooks);
    let others = others.filter_map(|name| files.of_name(&name));
    let by_resources = by_resources.iter().flatten();
    let by_resources = by_resources.filter_map(|name| files.of_name(name));
    by_resources.chain(others).collect()
}

/// The file that alone names each, if nothing else does.
fn only_users(files: &Files, count: usize, named: &BTreeSet<usize>) -> Vec<Option<usize>> {
    let mut users = vec![BTreeSet::new(); count];
    for file in 0..count {
        for used in files.used_by(file).iter().filter(|used| **used != file) {
            users[*used].insert(file);
        }
    }
    let only = users.into_iter().enumerate().map(|(file, users)| {
        let is_only = users.len() == 1 && !named.contains(&file);
        users.first().copied().filter(|_| is_only)
    });
    only.collect()
}

/// Where the items of a file are in the end.
fn followed(home: &[usize], file: usize) -> usize {
    let mut at = file;
    while home[at] != at {
        at = home[at];
    }
    at
}

fn weight(file: &ModelFile) -> usize {
    let of_item = |item: &Item| match item {
        Item::Struct(item) => item.fields.len(),
        Item::Enum(item) => item.variants.len(),
        Item::Union(item) => item.variants.len(),
    };
    file.items.iter().map(of_item).sum()
}
