//! A small model that one other alone is made of is written beside that, as a person would.

use std::collections::{BTreeSet, HashSet};

use super::features::{self, Files};
use super::{imports, models};
use crate::rust::{HeaderFile, Item, ModelFile, Resource, Webhooks};
use crate::threads::share_out;

/// The fields and alternatives of a file to which another is added: what is larger is found better by its own name.
const MOST: usize = 40;

/// Moves the items of such files; `resources`, `headers` and `webhooks` are who else names models.
pub(super) fn gather(
    models: Vec<ModelFile>,
    resources: &[Resource],
    headers: &HeaderFile,
    webhooks: Option<&Webhooks>,
) -> Vec<ModelFile> {
    let named = named(&models, resources, headers, webhooks);
    let user = only_users(&models, &named);
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
    gathered.into_iter().flatten().collect()
}

/// The files that something other than models names.
fn named(
    models: &[ModelFile],
    resources: &[Resource],
    headers: &HeaderFile,
    webhooks: Option<&Webhooks>,
) -> BTreeSet<usize> {
    let mut names: HashSet<String> = HashSet::new();
    for named in share_out(resources, features::named_by) {
        names.extend(named);
    }
    let headers = headers.headers.iter();
    names.extend(headers.flat_map(|header| imports::models_of_type(&header.ty)));
    let payloads = webhooks.into_iter().flat_map(|webhooks| &webhooks.payloads);
    names.extend(payloads.flat_map(|payload| imports::models_of_type(&payload.ty)));
    let files = Files::of(models);
    names
        .iter()
        .filter_map(|name| files.of_name(name))
        .collect()
}

/// The file that alone names each, if nothing else does.
fn only_users(models: &[ModelFile], named: &BTreeSet<usize>) -> Vec<Option<usize>> {
    let files = Files::of(models);
    let mut users = vec![BTreeSet::new(); models.len()];
    for file in 0..models.len() {
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
