//! What a discriminator says: its values, by the names of the schemas that they choose (Discriminator Object, 4.7.25).

use std::collections::HashMap;

use openapiv3::Discriminator;

/// A mapping that is asked for many names.
pub(super) struct Mapping {
    pub property: String,
    tags: HashMap<String, Vec<String>>,
}

impl Mapping {
    pub fn of(discriminator: &Discriminator) -> Self {
        let mut tags: HashMap<String, Vec<String>> = HashMap::new();
        for (tag, target) in &discriminator.mapping {
            for name in called(target) {
                tags.entry(name.to_owned()).or_default().push(tag.clone());
            }
        }
        Self {
            property: discriminator.property_name.clone(),
            tags,
        }
    }

    /// The values that choose the schema of this name: those that the mapping gives it, or else the name.
    pub fn tags(&self, name: &str) -> Vec<String> {
        let stated = self.tags.get(name).cloned();
        stated.unwrap_or_else(|| vec![name.to_owned()])
    }

    pub fn states(&self, name: &str) -> bool {
        self.tags.contains_key(name)
    }

    /// Whether the value chooses one.
    pub fn has(&self, tag: &str) -> bool {
        self.tags.values().flatten().any(|known| known == tag)
    }

    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }
}

/// The names of the schema that a mapping's target may be; many write the name of a file there.
pub(super) fn called(target: &str) -> impl Iterator<Item = &str> {
    let last = target.rsplit(['/', '#']).next().unwrap_or_default();
    let mut endings = [".json", ".yaml", ".yml"].into_iter();
    let stem = endings.find_map(|ending| last.strip_suffix(ending));
    [Some(last), stem].into_iter().flatten()
}
