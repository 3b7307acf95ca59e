//! Cargo features for parts of the crate: one for each resource on the client, with the models that it leads to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Plan, imports};
use crate::rust::{
    ALL_FEATURE, Feature, HeaderFile, ModelFile, Resource, WEBHOOKS_FEATURE, Webhooks,
};
use crate::threads::share_out;

/// A crate has features by itself from so many resources and operations on: a smaller one compiles in no time.
const RESOURCES: usize = 20;
const OPERATIONS: usize = 300;

/// A model that more features lead to is always there.
const MOST: usize = 4;

/// What the manifest says of other things.
const TAKEN: [&str; 9] = [
    ALL_FEATURE,
    "blocking",
    "default",
    "native-tls",
    "rustls",
    "rustls-no-provider",
    "testing",
    "tracing",
    WEBHOOKS_FEATURE,
];

impl Plan<'_> {
    /// Says of resources and models by which features they are there.
    pub(super) fn features(
        &self,
        resources: &mut [Resource],
        models: &mut [ModelFile],
        headers: &HeaderFile,
        named: &[BTreeSet<String>],
    ) -> Vec<Feature> {
        let is_large = resources.len() >= RESOURCES && self.operations.len() >= OPERATIONS;
        if !self.policy.resource_features.unwrap_or(is_large) {
            return Vec::new();
        }
        let files = Files::of(models);
        let mut features: Vec<Feature> = Vec::new();
        let mut by_file: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (resource, named) in resources.iter_mut().zip(named) {
            let plain = resource.module.trim_start_matches("r#");
            let name = if TAKEN.contains(&plain) {
                format!("{plain}-resource")
            } else {
                plain.to_owned()
            };
            for file in files.reached(named) {
                by_file.entry(file).or_default().push(name.clone());
            }
            resource.feature = Some(name.clone());
            features.push(Feature {
                name,
                location: resource.location.clone(),
            });
        }
        let names = headers.headers.iter();
        let names = names.flat_map(|header| imports::models_of_type(&header.ty));
        let always = files.reached(&names.collect());
        for (index, file) in models.iter_mut().enumerate() {
            let mut names = by_file.remove(&index).unwrap_or_default();
            names.sort();
            if names.len() <= MOST && !always.contains(&index) {
                file.features = names;
            }
        }
        features.sort_by(|one, other| one.name.cmp(&other.name));
        features
    }
}

/// Models that nothing but webhooks lead to are behind the feature of these; others are there with it, too.
pub(super) fn gate_webhooks(
    webhooks: &Webhooks,
    models: &mut [ModelFile],
    headers: &HeaderFile,
    by_resources: &[BTreeSet<String>],
) {
    if webhooks.alone {
        return;
    }
    let payloads = webhooks.payloads.iter();
    let named = payloads.flat_map(|payload| imports::models_of_type(&payload.ty));
    let headers = headers.headers.iter();
    let mut others: BTreeSet<String> = headers
        .flat_map(|header| imports::models_of_type(&header.ty))
        .collect();
    others.extend(by_resources.iter().flatten().cloned());
    let files = Files::of(models);
    let (by_webhooks, by_others) = (files.reached(&named.collect()), files.reached(&others));
    for index in by_webhooks {
        let features = &mut models[index].features;
        if !features.is_empty() || !by_others.contains(&index) {
            features.push(WEBHOOKS_FEATURE.to_owned());
            features.sort();
        }
    }
}

/// For each resource the models that its methods and those of what is below it name.
pub(super) fn named(resources: &[Resource]) -> Vec<BTreeSet<String>> {
    share_out(resources, named_by)
}

fn named_by(resource: &Resource) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut pending = vec![resource];
    while let Some(resource) = pending.pop() {
        found.extend(imports::models_of(&resource.methods));
        pending.extend(&resource.children);
    }
    found
}

/// Which file of models names which: a file is there as a whole.
pub(super) struct Files {
    by_name: HashMap<String, usize>,
    uses: Vec<Vec<usize>>,
}

impl Files {
    pub(super) fn of(models: &[ModelFile]) -> Self {
        let mut by_name = HashMap::new();
        for (index, file) in models.iter().enumerate() {
            let others = file.others.iter().map(|other| &other.item);
            for item in file.items.iter().chain(others) {
                by_name.insert(item.name().to_owned(), index);
            }
        }
        let uses = models.iter().map(|file| {
            let names = file.imports.iter();
            let names = names.filter_map(|path| path.strip_prefix("super::"));
            names
                .filter_map(|name| by_name.get(name).copied())
                .collect()
        });
        Self {
            uses: uses.collect(),
            by_name,
        }
    }

    /// The file that has the model of this name.
    pub(super) fn of_name(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The files that one names.
    pub(super) fn used_by(&self, file: usize) -> &[usize] {
        &self.uses[file]
    }

    fn reached(&self, names: &BTreeSet<String>) -> BTreeSet<usize> {
        let first = names.iter().filter_map(|name| self.by_name.get(name));
        let mut pending: Vec<usize> = first.copied().collect();
        let mut found = BTreeSet::new();
        while let Some(file) = pending.pop() {
            if found.insert(file) {
                pending.extend(&self.uses[file]);
            }
        }
        found
    }
}
