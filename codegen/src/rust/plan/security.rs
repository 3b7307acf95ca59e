//! Which credentials each operation takes, and how callers give them.

use std::collections::{BTreeSet, HashSet};

use indexmap::IndexMap;

use super::{Plan, UNKNOWN_NAME, UNSUPPORTED};
use crate::api::{self, Required, SecurityKind};
use crate::diagnostic::Diagnostic;
use crate::location::Location;
use crate::policy;
use crate::rust::names::{self, Scope};
use crate::rust::{
    ALTERNATIVES, Alternative, Constructor, Package, Requirement, Scheme, Security, Stated, docs,
};

/// The names of schemes that go together, for each alternative.
pub(super) type Alternatives = Vec<Vec<String>>;

/// How clients authenticate.
#[derive(Default)]
pub(super) struct Authentication {
    pub(super) alternatives: Vec<Alternative>,
    pub(super) constructors: Vec<Constructor>,
    pub(super) schemes: Vec<Scheme>,
    /// What calls take that the document does not have.
    pub(super) undocumented: Requirement,
    /// What operations take that state nothing else.
    pub(super) default: Requirement,
    /// What other operations take.
    pub(super) requirements: Vec<Requirement>,
    pub(super) required: bool,
}

impl Plan<'_> {
    /// Decides what each operation takes, and how it is given.
    pub(super) fn authentication(&mut self, package: &Package) -> Authentication {
        self.find_schemes(package);
        let (default, none) = (self.find_taken(), Alternatives::new());
        let (alternatives, constructors) = if self.policy.client.credentials.is_empty() {
            self.inferred_credentials(default.as_ref().unwrap_or(&none))
        } else {
            self.stated_credentials()
        };
        if alternatives.is_empty() {
            return Authentication::default();
        }
        let all = alternatives.iter().map(|one| {
            let names = one.schemes.iter().map(|scheme| scheme.name.clone());
            names.collect()
        });
        let all: Alternatives = all.collect();
        let mut scope = Scope::reserving([ALTERNATIVES, "DEFAULT"]);
        let schemes = self.taken_schemes(&all, default.as_ref().unwrap_or(&none), &mut scope);
        let stated = default.unwrap_or_else(|| all.clone());
        let undocumented = Requirement {
            constant: if stated == all {
                ALTERNATIVES
            } else {
                "DEFAULT"
            }
            .to_owned(),
            alternatives: stated,
        };
        let all = Requirement {
            constant: ALTERNATIVES.to_owned(),
            alternatives: all,
        };
        let usual = self.usual(&undocumented.alternatives);
        let known = [undocumented.clone(), all];
        self.requirements = self.requirements(&known, &mut scope);
        let mut named = known.iter().chain(&self.requirements);
        let usual = usual.map(|usual| {
            let named = named.find(|one| one.alternatives == usual);
            named.cloned().unwrap_or_default()
        });
        let default = usual.unwrap_or_else(|| undocumented.clone());
        self.default = default.alternatives.clone();
        self.stated = Vec::from(known);
        Authentication {
            undocumented,
            default,
            requirements: self.requirements.clone(),
            required: self.all_secured(),
            alternatives,
            constructors,
            schemes,
        }
    }

    /// What the operation at this index takes.
    pub(super) fn security(&self, index: usize) -> Security {
        let alternatives = self.taken.get(&index).cloned().unwrap_or_default();
        let named = |requirement: &&Requirement| requirement.alternatives == alternatives;
        let mut known = self.stated.iter().chain(&self.requirements);
        let stated = match known.find(named) {
            _ if alternatives == self.default => Stated::Default,
            Some(requirement) => Stated::By(requirement.constant.clone()),
            None if is_nothing(&alternatives) && is_nothing(&self.default) => Stated::Default,
            None => Stated::Nothing,
        };
        let own = self.operation(index).security.as_ref();
        let own = own.filter(|own| self.policy.client.security.is_none() || is_open(own));
        Security {
            alternatives,
            stated,
            location: own.map(|security| security.location.clone()),
        }
    }

    /// What the docs of a method say of its credentials, where they are not what all calls take.
    pub(super) fn credentials_note(&self, index: usize) -> Option<String> {
        let Security { alternatives, .. } = self.security(index);
        let default = self.stated.first().map(|one| &one.alternatives);
        let is_default = |default: &Alternatives| {
            alternatives == *default || is_nothing(&alternatives) && is_nothing(default)
        };
        if default.is_none_or(is_default) {
            return None;
        }
        let alternatives = alternatives.iter().map(|names| {
            let names = names.iter().map(|name| docs::code(name));
            match names.collect::<Vec<_>>().join(" and ") {
                none if none.is_empty() => "none".to_owned(),
                names => names,
            }
        });
        let taken = match alternatives.collect::<Vec<_>>().join(", or ") {
            none if none.is_empty() => self.by_hand(index).unwrap_or("none".to_owned()),
            taken => taken,
        };
        Some(format!("Credentials: {taken}"))
    }

    /// What callers have to send themselves, as clients cannot.
    fn by_hand(&self, index: usize) -> Option<String> {
        let own = self.operation(index).security.as_ref()?;
        let required = own.alternatives.iter().flatten();
        let by_client = |name: &str| {
            let mut schemes = self.security_schemes.iter();
            schemes.any(|one| one.name == name && one.kind == SecurityKind::MutualTls)
        };
        let names = required.map(|one| {
            if by_client(&one.scheme) {
                format!(
                    "{}, a certificate of the HTTP client",
                    docs::code(&one.scheme)
                )
            } else {
                format!("{}, which no client sends", docs::code(&one.scheme))
            }
        });
        let names: Vec<String> = names.collect();
        let is_needed = !names.is_empty() && self.policy.client.security.is_none();
        is_needed.then(|| names.join("; "))
    }

    /// Where it is stated what calls take that state nothing else: nowhere in the document, if the policy does.
    pub(super) fn security_location(&self) -> Option<Location> {
        if self.policy.client.security.is_some() {
            return Some(Location::default());
        }
        self.api.security.as_ref().map(|s| s.location.clone())
    }

    /// What the policy says of operations, if it does.
    fn stated_security(&mut self) -> Option<Vec<Vec<Required>>> {
        let stated = self.policy.client.security.as_ref()?;
        let required = |name: &String| Required {
            scheme: name.clone(),
            location: Location::default(),
        };
        let is_known = |name: &String| self.security_schemes.iter().any(|s| s.name == *name);
        let names = stated.get_ref().iter().flatten();
        let unknown: BTreeSet<&String> = names.filter(|name| !is_known(name)).collect();
        let alternatives = stated.get_ref().iter();
        let known = alternatives.map(|names| {
            let names = names.iter().filter(|name| is_known(name));
            names.map(required).collect()
        });
        let known = known.collect();
        for name in unknown {
            let message = format!("there is no security scheme `{name}`");
            let otherwise = "name one of components/securitySchemes, or of client.security_schemes";
            let names = self.scheme_names();
            let help = self.meant(name, &names, otherwise);
            self.policy_error(policy::UNUSED, &message, stated.span(), &help);
        }
        Some(known)
    }

    /// What each operation takes, and what the document or the policy says of all, if one does.
    fn find_taken(&mut self) -> Option<Alternatives> {
        let api = self.api;
        let mut reported = HashSet::new();
        let stated = self.stated_security();
        let default = stated
            .as_ref()
            .or(api.security.as_ref().map(|s| &s.alternatives));
        let default = default.map(|alternatives| self.sendable(alternatives, &mut reported));
        for at in 0..self.operations.len() {
            let index = self.operations[at].0;
            let own = self.operation(index).security.as_ref();
            let taken = match own.filter(|own| stated.is_none() || is_open(own)) {
                Some(own) => self.sendable(&own.alternatives, &mut reported),
                None => default.clone().unwrap_or_default(),
            };
            self.taken.insert(index, taken);
        }
        // Where none of it can be sent, it says nothing of calls that the document does not have.
        default.filter(|names| {
            !names.is_empty() || stated.is_some() || api.security.as_ref().is_some_and(is_open)
        })
    }

    /// The alternatives as far as clients can send them: each once, the preferred one first, and
    /// that of no credentials last. A scheme that cannot be sent is left to the caller.
    fn sendable(
        &mut self,
        alternatives: &[Vec<Required>],
        reported: &mut HashSet<String>,
    ) -> Alternatives {
        let mut found = Alternatives::new();
        let mut open = false;
        for required in alternatives {
            let mut names = Vec::new();
            let mut satisfied = true;
            for one in required {
                if self.schemes.contains_key(&one.scheme) {
                    names.push(one.scheme.clone());
                } else {
                    satisfied &= self.is_satisfied_elsewhere(one, reported);
                }
            }
            if names.is_empty() {
                open |= satisfied;
            } else if !found.contains(&names) {
                found.push(names);
            }
        }
        let rank = |names: &Vec<String>| self.rank(names);
        found.sort_by_key(rank);
        if open && !found.is_empty() {
            found.push(Vec::new());
        }
        found
    }

    /// Where the policy has the alternative, whose order is that of preference.
    fn rank(&self, names: &[String]) -> usize {
        let mut stated = self.policy.client.credentials.values();
        let same = |credentials: &policy::Credentials| {
            let schemes = &credentials.schemes;
            let stated = |name: &String| schemes.iter().any(|s| s.scheme.get_ref() == name);
            schemes.len() == names.len() && names.iter().all(stated)
        };
        stated.position(same).unwrap_or(usize::MAX)
    }

    /// Whether a call can be made without the client sending anything for a scheme. Each scheme that
    /// clients know nothing of is reported once.
    fn is_satisfied_elsewhere(
        &mut self,
        required: &Required,
        reported: &mut HashSet<String>,
    ) -> bool {
        let name = &required.scheme;
        let is_first = reported.insert(name.clone());
        let mut known = self.security_schemes.iter();
        let Some(scheme) = known.find(|scheme| scheme.name == *name) else {
            self.report_unknown(required);
            return false;
        };
        let location = scheme.location.clone();
        let (diagnostic, satisfied) = match &scheme.kind {
            SecurityKind::MutualTls => {
                let message =
                    format!("`{name}` is satisfied by the HTTP client, and not by a secret");
                let help = "callers give `ClientBuilder::http_client` one with a certificate (`reqwest::Identity`)";
                (Diagnostic::note(UNSUPPORTED, message).help(help), true)
            }
            SecurityKind::Other(kind) => {
                let message = format!("the HTTP authentication scheme `{kind}` is not supported");
                let help = "what it asks for is made anew for each request: callers have to send it by `header`";
                (Diagnostic::warning(UNSUPPORTED, message).help(help), false)
            }
            _ => return true,
        };
        if is_first {
            self.report(diagnostic, &location);
        }
        satisfied
    }

    fn report_unknown(&mut self, required: &Required) {
        let name = &required.scheme;
        let names = self.scheme_names();
        let otherwise = "define it under components/securitySchemes";
        let help = self.meant(name, &names, otherwise);
        let message =
            format!("a requirement is read without `{name}`: there is no such security scheme");
        let diagnostic = Diagnostic::warning(UNKNOWN_NAME, message).help(help);
        self.report(diagnostic, &required.location);
    }

    /// What most operations take; of what is as frequent what is stated of all, or else the first.
    fn usual(&self, stated: &Alternatives) -> Option<Alternatives> {
        let mut times: IndexMap<&Alternatives, usize> = IndexMap::new();
        for (index, _) in &self.operations {
            *times.entry(&self.taken[index]).or_default() += 1;
        }
        let most = times.values().max().copied();
        if times.get(stated).copied() == most {
            return None;
        }
        let usual = times.into_iter().find(|(_, times)| Some(*times) == most);
        usual.map(|(taken, _)| taken.clone())
    }

    /// What operations take that has no name yet, each under one of its own.
    fn requirements(&self, known: &[Requirement], scope: &mut Scope) -> Vec<Requirement> {
        let mut found: Vec<Requirement> = Vec::new();
        for (index, _) in &self.operations {
            let taken = &self.taken[index];
            let mut known = known.iter().chain(&found);
            if taken.is_empty() || known.any(|one| one.alternatives == *taken) {
                continue;
            }
            let alternatives = taken.iter().map(|names| match names.as_slice() {
                [] => "nothing".to_owned(),
                names => names.join(" and "),
            });
            let name = alternatives.collect::<Vec<_>>().join(" or ");
            found.push(Requirement {
                alternatives: taken.clone(),
                constant: scope.claim(names::constant(&format!("by {name}"))),
            });
        }
        found
    }

    fn all_secured(&self) -> bool {
        let secured = |names: &Alternatives| !names.is_empty() && !names.iter().any(Vec::is_empty);
        let mut operations = self.operations.iter();
        operations.all(|(index, _)| secured(&self.taken[index]))
    }
}

/// Whether a call sends no credentials whatever the client has.
fn is_nothing(alternatives: &[Vec<String>]) -> bool {
    alternatives.iter().all(Vec::is_empty)
}

/// Whether it says that no credentials are needed.
fn is_open(security: &api::Security) -> bool {
    security.alternatives.iter().all(Vec::is_empty)
}
