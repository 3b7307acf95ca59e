//! Which method and which model of one crate is which of the other.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::crates::{FlatCrate, Placed, model_of};
use codegen::location::Location;
use codegen::rust::{Field, Item, Method, Ty, UnionVariant};

/// The pairs, each side by its index; what is in none was removed or added.
#[derive(Debug, Default)]
pub struct Pairs {
    pub methods: Vec<(usize, usize)>,
    /// In the order of the base. Several models may have become one.
    pub models: Vec<(usize, usize)>,
    /// The names of models in the base that have another in the head.
    pub renames: HashMap<String, String>,
    /// The names of models that are gone, where another model has the name.
    reused: HashSet<String>,
}

impl Pairs {
    pub fn find(base: &FlatCrate<'_>, head: &FlatCrate<'_>) -> Self {
        let mut pairs = Self {
            methods: methods(base, head),
            ..Self::default()
        };
        pairs.match_models(base, head);
        pairs
    }

    /// Whether the types are the same but for the names of models.
    pub fn same(&self, base: &Ty, head: &Ty) -> bool {
        match (base, head) {
            (Ty::Model(base), Ty::Model(head)) => {
                let now = self.renames.get(base).unwrap_or(base);
                now == head && !self.reused.contains(base)
            }
            (Ty::Vec(base), Ty::Vec(head))
            | (Ty::Map(base), Ty::Map(head))
            | (Ty::Option(base), Ty::Option(head))
            | (Ty::Items(base), Ty::Items(head))
            | (Ty::Boxed(base), Ty::Boxed(head)) => self.same(base, head),
            (Ty::Tuple(base), Ty::Tuple(head)) => {
                let mut pairs = base.iter().zip(head);
                base.len() == head.len() && pairs.all(|(base, head)| self.same(base, head))
            }
            // Their variants are compared with their method.
            (Ty::Outcomes(_), Ty::Outcomes(_)) => true,
            (base, head) => base == head,
        }
    }

    /// By name, unless that says no more than a position; then by the names that they had before; then by
    /// the place in the document, or the place in the crate that held the one and holds the other.
    fn match_models(&mut self, base: &FlatCrate<'_>, head: &FlatCrate<'_>) {
        let mut found = shifted(base, head);
        let mut pending: Vec<(usize, usize)> =
            found.iter().map(|(&one, &two)| (one, two)).collect();
        pending.sort_unstable();
        let shifted: HashSet<usize> = found.values().copied().collect();
        for (index, model) in base.models.iter().enumerate() {
            if let Some(&other) = head.model_index.get(model.name())
                && !found.contains_key(&index)
                && !shifted.contains(&other)
            {
                found.insert(index, other);
                pending.push((index, other));
            }
        }
        let known: HashSet<usize> = found.values().copied().collect();
        let new = |index: &usize| !known.contains(index);
        let fresh: Vec<usize> = (0..head.models.len()).filter(new).collect();
        let mut by_location: HashMap<&Location, usize> = HashMap::new();
        let mut by_former: HashMap<&str, usize> = HashMap::new();
        for &index in &fresh {
            by_location.insert(head.models[index].location(), index);
        }
        for (index, model) in head.models.iter().enumerate() {
            let former = model.former().iter().map(|name| (name.as_str(), index));
            by_former.extend(former);
        }
        for (index, model) in base.models.iter().enumerate() {
            let former = by_former.get(model.name());
            let same_place = || {
                let other = by_location.get(model.location());
                other.filter(|other| model.kind() == head.models[**other].kind())
            };
            if !found.contains_key(&index)
                && let Some(&other) = former.or_else(same_place)
            {
                found.insert(index, other);
                pending.push((index, other));
            }
        }
        let mut held: Vec<(&str, &str)> = Vec::new();
        for &(one, two) in &self.methods {
            held.extend(held_by_methods(
                base.methods[one].method,
                head.methods[two].method,
            ));
        }
        loop {
            for (one, two) in std::mem::take(&mut held) {
                let (Some(&one), Some(&two)) =
                    (base.model_index.get(one), head.model_index.get(two))
                else {
                    continue;
                };
                let free = !found.contains_key(&one) && !shifted.contains(&two);
                if free && are_alike(base.models[one], head.models[two]) {
                    found.insert(one, two);
                    pending.push((one, two));
                }
            }
            let Some((one, two)) = pending.pop() else {
                break;
            };
            held.extend(held_by_models(base.models[one], head.models[two]));
        }
        self.models = found.iter().map(|(&one, &two)| (one, two)).collect();
        self.models.sort();
        let name =
            |&(one, two): &(usize, usize)| (base.models[one].name(), head.models[two].name());
        let renamed = self.models.iter().map(name).filter(|(one, two)| one != two);
        self.renames = renamed
            .map(|(one, two)| (one.to_owned(), two.to_owned()))
            .collect();
        let gone = (0..base.models.len()).filter(|index| !found.contains_key(index));
        let gone = gone.map(|index| base.models[index].name().to_owned());
        self.reused = gone
            .filter(|name| head.model_index.contains_key(name.as_str()))
            .collect();
    }
}

/// Alternatives without a name of their own are named by their position: where one goes, comes or changes its
/// place, the others have each other's names. What they are made of says which is which.
fn shifted(base: &FlatCrate<'_>, head: &FlatCrate<'_>) -> HashMap<usize, usize> {
    let mut others = alternatives(head);
    let mut found = HashMap::new();
    for (owner, mut ones) in alternatives(base) {
        let mut twos = others.remove(&owner).unwrap_or_default();
        let (one, two) = (|n: usize| base.models[n], |n: usize| head.models[n]);
        let name = |n: usize, m: usize| one(n).name() == two(m).name();
        let alike = |n: usize, m: usize| are_alike(one(n), two(m));
        let equal = |n: usize, m: usize| content(base, one(n)) == content(head, two(m));
        // As long as none goes and none comes, each may well be edited.
        let counted = ones.len() != twos.len();
        type Same<'s> = &'s dyn Fn(usize, usize) -> bool;
        let steps: [(bool, Same<'_>); 4] = [
            (counted, &|n, m| equal(n, m) && name(n, m)),
            (counted, &equal),
            (true, &|n, m| alike(n, m) && name(n, m)),
            (true, &alike),
        ];
        for (_, same) in steps.iter().filter(|(applies, _)| *applies) {
            ones.retain(|&n| {
                let at = twos.iter().position(|&m| same(n, m));
                found.extend(at.map(|at| (n, twos.remove(at))));
                at.is_none()
            });
        }
    }
    with_parts(base, head, found)
}

/// What is stated within an alternative that is elsewhere now is named by the position as well.
fn with_parts(
    base: &FlatCrate<'_>,
    head: &FlatCrate<'_>,
    mut found: HashMap<usize, usize>,
) -> HashMap<usize, usize> {
    let pairs = found.iter();
    let elsewhere: HashMap<&Location, &Location> = pairs
        .map(|(&one, &two)| (base.models[one].location(), head.models[two].location()))
        .filter(|(one, two)| one != two)
        .collect();
    if elsewhere.is_empty() {
        return found;
    }
    let models = head.models.iter().enumerate();
    let by_location: HashMap<&Location, usize> =
        models.map(|(n, item)| (item.location(), n)).collect();
    let outer = |place: &Location| {
        std::iter::successors(place.parent(), Location::parent).find_map(|outer| {
            let now = elsewhere.get(&outer)?;
            let below = &place.pointer[outer.pointer.len()..];
            let moved = now.at(format!("{}{below}", now.pointer));
            by_location.get(&moved).copied()
        })
    };
    for (index, model) in base.models.iter().enumerate() {
        if !found.contains_key(&index)
            && let Some(other) = outer(model.location())
            && model.kind() == head.models[other].kind()
        {
            found.insert(index, other);
        }
    }
    found
}

/// The models that are alternatives where they are stated, by the place of all of them.
fn alternatives(flat: &FlatCrate<'_>) -> BTreeMap<Location, Vec<usize>> {
    let mut groups: BTreeMap<Location, Vec<usize>> = BTreeMap::new();
    for (index, model) in flat.models.iter().enumerate() {
        if let Some(owner) = model.location().parent()
            && ["/oneOf", "/anyOf"]
                .iter()
                .any(|end| owner.pointer.ends_with(end))
        {
            groups.entry(owner).or_default().push(index);
        }
    }
    groups
}

/// What a model holds on the wire, with the values that tell it from its like.
fn content(flat: &FlatCrate<'_>, item: &Item) -> BTreeSet<String> {
    let Item::Struct(item) = item else {
        return parts(item);
    };
    let values = |ty: &Ty| {
        let model = flat.model_index.get(model_of(ty)?)?;
        match flat.models[*model] {
            item @ Item::Enum(_) => Some(parts(item)),
            _ => None,
        }
    };
    let field = |field: &Field| format!("{} {:?}", field.wire, values(&field.ty));
    item.fields.iter().map(field).collect()
}

/// By place and operation, then by operation (it has moved), then by where it calls (the server has
/// what its path had), by what the document calls it, and by place (its path has moved).
fn methods(base: &FlatCrate<'_>, head: &FlatCrate<'_>) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut left: BTreeSet<usize> = (0..base.methods.len()).collect();
    let mut free: HashSet<usize> = (0..head.methods.len()).collect();
    type Key = fn(&FlatCrate<'_>, &Placed<'_>) -> Option<String>;
    let keys: [Key; 5] = [
        |_, placed| Some(format!("{} {}", placed.operation(), placed.call())),
        |_, placed| Some(placed.operation()),
        |flat, placed| {
            let method = placed.method;
            Some(format!("{} {}", method.http_method, flat.address(method)))
        },
        |_, placed| placed.method.operation_id.clone(),
        |_, placed| Some(placed.call()),
    ];
    for key in keys {
        let mut known: HashMap<String, usize> = HashMap::new();
        for index in (0..head.methods.len()).rev().filter(|n| free.contains(n)) {
            known.extend(key(head, &head.methods[index]).map(|key| (key, index)));
        }
        left.retain(|&index| {
            let key = key(base, &base.methods[index]);
            match key.and_then(|key| known.remove(&key)) {
                Some(other) => {
                    free.remove(&other);
                    pairs.push((index, other));
                    false
                }
                None => true,
            }
        });
    }
    pairs.sort_unstable();
    pairs
}

/// Models that stand at the same place of two methods.
fn held_by_methods<'a>(base: &'a Method, head: &'a Method) -> Vec<(&'a str, &'a str)> {
    let mut held = vec![(&base.output, &head.output)];
    for one in base.failures() {
        let other = head.failures().find(|other| other.status == one.status);
        held.extend(other.map(|other| (&one.ty, &other.ty)));
    }
    if let (Some(base), Some(head)) = (&base.choice, &head.choice) {
        let other = |name: &str| head.variants.iter().find(|variant| variant.name == name);
        let pairs = base.variants.iter();
        held.extend(pairs.filter_map(|one| Some((&one.ty, &other(&one.name)?.ty))));
    }
    for argument in base.arguments.iter().chain(&base.options) {
        let mut others = head.arguments.iter().chain(&head.options);
        if let Some(other) = others.find(|other| other.name == argument.name) {
            held.extend(argument.ty.ty().zip(other.ty.ty()));
        }
    }
    named(held)
}

fn held_by_models<'a>(base: &'a Item, head: &'a Item) -> Vec<(&'a str, &'a str)> {
    let held = match (base, head) {
        (Item::Struct(base), Item::Struct(head)) => {
            let others: HashMap<&str, &Ty> = head
                .fields
                .iter()
                .map(|f| (f.wire.as_str(), &f.ty))
                .collect();
            let pair = |field: &'a Field| Some((&field.ty, *others.get(field.wire.as_str())?));
            let additional = base.additional.as_ref().zip(head.additional.as_ref());
            let additional = additional.map(|(base, head)| (&base.ty, &head.ty));
            base.fields
                .iter()
                .filter_map(pair)
                .chain(additional)
                .collect()
        }
        (Item::Union(base), Item::Union(head)) => {
            let other = |n: usize, variant: &UnionVariant| {
                let named = head.variants.iter().find(|v| v.name == variant.name);
                let by_tags = || {
                    let tagged = |v: &&UnionVariant| !v.tags.is_empty() && v.tags == variant.tags;
                    head.variants.iter().find(tagged)
                };
                // One that is another's is not this one's.
                let free = |two: &&UnionVariant| base.variants.iter().all(|v| v.name != two.name);
                let in_place = || head.variants.get(n).filter(free);
                let found = named.or_else(by_tags).or_else(in_place);
                found.map(|v| &v.ty)
            };
            let variants = base.variants.iter().enumerate();
            variants
                .filter_map(|(n, v)| Some((&v.ty, other(n, v)?)))
                .collect()
        }
        _ => Vec::new(),
    };
    named(held)
}

fn named<'a>(held: Vec<(&'a Ty, &'a Ty)>) -> Vec<(&'a str, &'a str)> {
    let pair = |(one, two)| Some((model_of(one)?, model_of(two)?));
    held.into_iter().filter_map(pair).collect()
}

/// Whether at least half of what the models are made of is the same.
fn are_alike(base: &Item, head: &Item) -> bool {
    let (one, two) = (parts(base), parts(head));
    let shared = one.intersection(&two).count();
    base.kind() == head.kind() && 2 * shared >= one.len().max(two.len())
}

fn parts(item: &Item) -> BTreeSet<String> {
    match item {
        Item::Struct(item) => item.fields.iter().map(|f| f.wire.clone()).collect(),
        Item::Enum(item) => item.variants.iter().map(|v| v.wire.clone()).collect(),
        Item::Union(item) => item.variants.iter().map(|v| v.name.clone()).collect(),
    }
}
