//! Where each operation is a method: what the policy says, or else the lock, or else what is inferred.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;

use super::resources::Node;
use super::{Plan, key};
use crate::api::Operation;
use crate::lock::Kind;
use crate::naming::rules::{Pattern, Target};
use crate::naming::{self, Naming, Place, Tables, Verbs, words};
use crate::policy;
use crate::rust::names::snake;
use crate::threads::share_out;

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
        let operations: Vec<&Operation> = operations.collect();
        let kept = operations.iter().map(|operation| {
            let kept = self.kept.kept(Kind::Method, &key(operation));
            kept.and_then(Place::of)
        });
        let kept: Vec<Option<Place>> = kept.collect();
        let naming = Naming::new(self.api, operations, &kept, &tables);
        let positions = Vec::from_iter(0..self.operations.len());
        let sources = share_out(&positions, |at| self.source(*at, &naming, &rules));
        self.check_pins(&sources);
        self.check_single(&rules, &sources);
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
        let rule = ruling(rules, operation);
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
                let help = self.meant_operation(text);
                self.policy_error(policy::UNUSED, &message, operation.span(), &help);
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

    /// What to write where a key names no operation.
    fn meant_operation(&mut self, text: &str) -> String {
        let otherwise =
            "write the method in capitals and the path as in the document, or remove the line";
        if Pattern::of(text).is_some() {
            return otherwise.to_owned();
        }
        let keys = self.operations.iter();
        let keys: Vec<String> = keys.map(|(index, _)| key(self.operation(*index))).collect();
        self.meant(text, &keys, otherwise)
    }

    /// A name of one method cannot be that of all that a pattern hits.
    fn check_single(&mut self, rules: &[Rule], sources: &[Source]) {
        let policy = self.policy;
        for rule in rules {
            let Target::Exact(parts) = &rule.target else {
                continue;
            };
            let mut hit = (0..sources.len()).filter(|at| self.is_ruled(*at, rule, rules));
            let (Some(first), Some(second)) = (hit.next(), hit.next()) else {
                continue;
            };
            let named = |at: usize| key(self.operation(self.operations[at].0));
            let (first, second) = (named(first), named(second));
            let name = parts.join(".");
            let message = format!(
                "`{name}` is the name of one method, and the pattern hits `{first}` and `{second}`"
            );
            let help = format!(
                "write `{}.*`, or a line for each operation",
                parts[..parts.len() - 1].join(".")
            );
            let (_, value) = policy
                .methods
                .get_index(rule.line)
                .expect("a rule is of a line");
            self.policy_error(policy::INVALID, &message, value.span(), &help);
        }
    }

    /// Whether this rule is the one that names the operation.
    fn is_ruled(&self, at: usize, rule: &Rule, rules: &[Rule]) -> bool {
        let operation = self.operation(self.operations[at].0);
        self.pinned(&key(operation)).is_none()
            && ruling(rules, operation).is_some_and(|ruling| ruling.line == rule.line)
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
        let known = if policy.segments.is_empty() {
            BTreeSet::new()
        } else {
            self.segment_words()
        };
        let (mut segments, mut stale) = (BTreeMap::new(), Vec::new());
        for (segment, resources) in &policy.segments {
            let names = resources
                .get_ref()
                .split('.')
                .filter(|name| !name.is_empty());
            let names: Vec<String> = names.map(str::to_owned).collect();
            if !names.iter().all(|name| is_name(name)) {
                invalid.push(resources);
            }
            let word = words::snake(segment.get_ref());
            if known.contains(&word) {
                segments.insert(word, names);
            } else {
                stale.push(segment);
            }
        }
        let known: Vec<String> = known.into_iter().collect();
        for segment in stale {
            let message = format!(
                "no path of the crate has the segment `{}`",
                segment.get_ref()
            );
            let word = words::snake(segment.get_ref());
            let help = self.meant(&word, &known, "remove the line");
            self.policy_error(policy::UNUSED, &message, segment.span(), &help);
        }
        for name in invalid {
            let message = format!("`{}` is not a name in snake_case", name.get_ref());
            self.policy_error(policy::INVALID, &message, name.span(), "as in `get_all`");
        }
        Tables { verbs, segments }
    }

    /// The words of all paths that are no parameters.
    fn segment_words(&self) -> BTreeSet<String> {
        let operations = self.operations.iter();
        let paths = operations.map(|(index, _)| self.operation(*index).path.as_str());
        paths.flat_map(naming::words_of).collect()
    }
}

/// Of the rules that match an operation the one that says most.
fn ruling<'r>(rules: &'r [Rule], operation: &Operation) -> Option<&'r Rule> {
    let matching = rules
        .iter()
        .filter(|rule| rule.pattern.matches(&operation.method, &operation.path));
    matching.max_by_key(|rule| rule.pattern.weight())
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
