//! Where each operation is a method: what the policy says, or else the lock, or else what is inferred.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use super::resources::Node;
use super::{Plan, key};
use crate::lock::Kind;
use crate::naming::rules::{Pattern, Target};
use crate::naming::{Naming, Place, Tables, Verbs};
use crate::policy;
use crate::rust::names::snake;

/// A rule of the policy for several operations.
struct Rule {
    pattern: Pattern,
    target: Target,
    /// Where it is among those of the policy.
    line: usize,
}

/// Where the name of an operation is from.
enum Source {
    /// With the place of the pin in the policy.
    Pinned(Range<usize>, Place),
    Kept(Place),
    Inferred(Place),
}

impl Plan<'_> {
    /// Finds a place for every operation, in the order of the document.
    pub(super) fn place_operations(&mut self) -> Node {
        let tables = self.tables();
        let rules = self.rules();
        self.check_rules(&rules);
        let operations = self
            .operations
            .iter()
            .map(|(index, _)| self.operation(*index));
        let naming = Naming::new(self.api, operations.collect(), &tables);
        let sources = (0..self.operations.len()).map(|at| self.source(at, &naming, &rules));
        let sources: Vec<Source> = sources.collect();
        self.check_pins(&sources);
        let mut fixed: BTreeMap<String, usize> = BTreeMap::new();
        let mut placed: Vec<(usize, Place, bool)> = Vec::new();
        let mut inferred: Vec<(usize, Place)> = Vec::new();
        for (position, source) in sources.into_iter().enumerate() {
            let is_pin = matches!(source, Source::Pinned(..));
            match source {
                Source::Inferred(place) => inferred.push((position, place)),
                Source::Pinned(_, place) | Source::Kept(place) => {
                    fixed.entry(place.name()).or_insert(position);
                    placed.push((position, place, is_pin));
                }
            }
        }
        let named = naming.distinct(inferred, fixed).into_iter();
        placed.extend(named.map(|(position, place)| (position, place, false)));
        placed.sort_by_key(|(position, ..)| *position);
        let mut root = Node::default();
        for (position, place, is_pin) in placed {
            if !is_pin {
                let key = key(self.operation(self.operations[position].0));
                self.kept.record(Kind::Method, &key, &place.name());
            }
            self.put(&mut root, position, place, !is_pin);
        }
        root
    }

    fn source(&self, position: usize, naming: &Naming<'_>, rules: &[Rule]) -> Source {
        let operation = self.operation(self.operations[position].0);
        let key = key(operation);
        if let Some(pin) = self.pinned(&key)
            && let Some(place) = Place::of(pin.get_ref())
        {
            return Source::Pinned(pin.span(), place);
        }
        let matching = rules.iter();
        let matching =
            matching.filter(|rule| rule.pattern.matches(&operation.method, &operation.path));
        let rule = matching.max_by_key(|rule| rule.pattern.weight());
        let kept = self.kept.kept(Kind::Method, &key).and_then(Place::of);
        match (rule, kept) {
            // A rule that came later than the lock is a rename on purpose.
            (Some(rule), kept) => {
                let place = rule.place(position, naming);
                match kept.filter(|kept| rule.target.fits(kept)) {
                    Some(kept) => Source::Kept(kept),
                    None => Source::Inferred(place),
                }
            }
            (None, Some(kept)) => Source::Kept(kept),
            (None, None) => Source::Inferred(naming.place(position)),
        }
    }

    fn pinned(&self, key: &str) -> Option<&Spanned<String>> {
        let mut pins = self.policy.methods.iter();
        let pin = pins.find(|(known, _)| known.get_ref() == key);
        pin.map(|(_, pin)| pin)
    }

    /// A pin takes no name that another operation has, be it by a pin, by the lock, or by inference.
    fn check_pins(&mut self, sources: &[Source]) {
        let mut owners: BTreeMap<String, usize> = BTreeMap::new();
        for (position, source) in sources.iter().enumerate() {
            if let Source::Kept(place) | Source::Inferred(place) = source {
                owners.entry(place.name()).or_insert(position);
            }
        }
        for (position, source) in sources.iter().enumerate() {
            let Source::Pinned(span, place) = source else {
                continue;
            };
            if let Some(other) = owners.insert(place.name(), position) {
                let named = |position: usize| key(self.operation(self.operations[position].0));
                let (own, other) = (named(position), named(other));
                let name = place.name();
                let message =
                    format!("`{name}` is the name of `{other}`, and cannot be that of `{own}`");
                let help = "give it another name, or name the other operation here, too";
                self.policy_error(policy::INVALID, &message, span.clone(), help);
            }
        }
    }

    fn rules(&self) -> Vec<Rule> {
        let is_name = |part: &str| snake(part).trim_start_matches("r#") == part;
        let rules = self.policy.methods.iter().enumerate();
        let rules = rules.filter_map(|(line, (key, value))| {
            Some(Rule {
                pattern: Pattern::of(key.get_ref())?,
                target: Target::of(value.get_ref(), is_name)?,
                line,
            })
        });
        rules.collect()
    }

    fn check_rules(&mut self, rules: &[Rule]) {
        let policy = self.policy;
        for (line, (operation, place)) in policy.methods.iter().enumerate() {
            let text = operation.get_ref();
            let rule = rules.iter().find(|rule| rule.line == line);
            let is_pattern = Pattern::of(text).is_some();
            let known = self.operations.iter().any(|(index, _)| {
                let operation = self.operation(*index);
                match rule {
                    Some(rule) => rule.pattern.matches(&operation.method, &operation.path),
                    None => key(operation) == *text,
                }
            });
            if !known && (rule.is_some() || !is_pattern) {
                let message = format!("`{text}` is not an operation of the crate");
                let help = "write the method in capitals and the path as in the document, or remove the line";
                self.policy_error(policy::UNUSED, &message, operation.span(), help);
            }
            let is_name = |part: &str| snake(part).trim_start_matches("r#") == part;
            let target = Target::of(place.get_ref(), is_name);
            let fits = match target {
                None => false,
                Some(Target::Exact(_)) => true,
                Some(_) => is_pattern,
            };
            if !fits {
                let message = format!("`{}` is not a place for a method", place.get_ref());
                let help = "write resource.method or resource.resource.method, in snake_case; for a pattern also resource.** or resource.*";
                self.policy_error(policy::INVALID, &message, place.span(), help);
            }
        }
    }

    /// What the policy says of verbs and segments.
    fn tables(&mut self) -> Tables {
        let policy = self.policy;
        let mut verbs = Verbs::default();
        let stated = [
            (&policy.verbs.list, &mut verbs.list),
            (&policy.verbs.get, &mut verbs.get),
            (&policy.verbs.create, &mut verbs.create),
            (&policy.verbs.update, &mut verbs.update),
            (&policy.verbs.edit, &mut verbs.edit),
            (&policy.verbs.delete, &mut verbs.delete),
        ];
        let mut invalid: Vec<&Spanned<String>> = Vec::new();
        let is_name = |part: &str| snake(part).trim_start_matches("r#") == part;
        for (stated, verb) in stated {
            match stated {
                Some(name) if is_name(name.get_ref()) => verb.clone_from(name.get_ref()),
                Some(name) => invalid.push(name),
                None => {}
            }
        }
        let mut segments = BTreeMap::new();
        for (segment, resources) in &policy.segments {
            let names = resources
                .get_ref()
                .split('.')
                .filter(|name| !name.is_empty());
            let names: Vec<String> = names.map(str::to_owned).collect();
            if !names.iter().all(|name| is_name(name)) {
                invalid.push(resources);
            }
            let word = snake(segment.get_ref()).trim_start_matches("r#").to_owned();
            segments.insert(word, names);
        }
        for name in invalid {
            let message = format!("`{}` is not a name in snake_case", name.get_ref());
            self.policy_error(policy::INVALID, &message, name.span(), "as in `get_all`");
        }
        Tables { verbs, segments }
    }
}

impl Rule {
    fn place(&self, position: usize, naming: &Naming<'_>) -> Place {
        match &self.target {
            Target::Exact(parts) => {
                Place::of(&parts.join(".")).unwrap_or_else(|| naming.place(position))
            }
            Target::Method(resources) => Place {
                resources: resources.clone(),
                method: naming.place(position).method,
            },
            Target::Below(prefix) => naming.place_below(position, prefix, self.pattern.depth()),
        }
    }
}
