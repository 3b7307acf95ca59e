//! The servers that callers choose from.

use super::crates::FlatCrate;
use super::{Change, Comparison, NOWHERE};
use crate::taxonomy::Bump;
use codegen::location::Location;
use codegen::rust::{Function, Method, ServerArm, Servers};

impl<'a> Comparison<'a> {
    pub(super) fn servers(&mut self) {
        let (one, two) = (&self.base.sdk.servers, &self.head.sdk.servers);
        let named = |list: &[ServerArm], name: &str| list.iter().any(|arm| arm.name == name);
        let gone = one.arms.iter().filter(|arm| !named(&two.arms, &arm.name));
        let come = two.arms.iter().filter(|arm| !named(&one.arms, &arm.name));
        let (gone, come): (Vec<_>, Vec<_>) = (gone.collect(), come.collect());
        // Where there is a choice only now, what was added is the cause of the arms of the others, too.
        let places: Vec<Location> = gone
            .iter()
            .chain(&come)
            .flat_map(|arm| around(&arm.location))
            .collect();
        let path = |arm: &ServerArm| format!("Server::{}", arm.name);
        for arm in gone {
            let note = "Choose another server, or set its URL by `ClientBuilder::base_url`.";
            let change = Change::new(Bump::Major, path(arm), note)
                .before(arm.name.clone(), &arm.location)
                .causes(&places);
            self.push(change);
        }
        for arm in come {
            let change = Change::new(Bump::Minor, path(arm), "")
                .after(arm.name.clone(), &arm.location)
                .causes(&places);
            self.push(change);
        }
        self.setter(&one.choice, &two.choice, &places);
        self.setter(&one.variable, &two.variable, &places);
        self.server_variables(one, two);
    }

    fn setter(&mut self, base: &Option<Function>, head: &Option<Function>, places: &[Location]) {
        let path = |function: &Function| format!("ClientBuilder::{}", function.signature.name);
        let change = match (base, head) {
            (Some(one), None) => Change::new(Bump::Major, path(one), "Remove the calls.")
                .before(&one.signature, NOWHERE),
            (None, Some(two)) => {
                Change::new(Bump::Minor, path(two), "").after(&two.signature, NOWHERE)
            }
            _ => return,
        };
        self.push(change.causes(places));
    }

    /// What `build` takes of the variables.
    fn server_variables(&mut self, base: &Servers, head: &Servers) {
        if head.variable.is_none() {
            return;
        }
        for name in names(base) {
            let (before, after) = (values(base, name), values(head, name));
            let lost = before.iter().any(|value| !after.contains(value));
            let note = if !names(head).contains(&name) {
                format!("Remove the calls that set `{name}`, or no client is built: it is gone.")
            } else if !after.is_empty() && (lost || before.is_empty()) {
                format!("Set `{name}` to one of its values, or no client is built.")
            } else {
                continue;
            };
            let (one, two) = (variable(self.base, name), variable(self.head, name));
            let change = Change::new(Bump::Patch, "ClientBuilder::server_variable", note)
                .before(format!("{name}: {}", before.join(", ")), one.first())
                .after(format!("{name}: {}", after.join(", ")), two.first());
            let places: Vec<Location> = one.iter().chain(&two).flat_map(around).collect();
            self.push(change.fails_at_run_time().causes(&places));
        }
    }
}

/// The server that has the URL, and the list that it is in: an edit is of any of these.
pub fn around(url: &Location) -> Vec<Location> {
    let places = std::iter::successors(Some(url.clone()), Location::parent);
    places.take(3).collect()
}

/// Where the servers may have a variable; which of them has it, the crate does not say.
fn variable(flat: &FlatCrate<'_>, name: &str) -> Vec<Location> {
    let arms = flat.sdk.servers.arms.iter().map(|arm| &arm.location);
    let methods = flat
        .methods
        .iter()
        .filter_map(|placed| placed.method.server.as_ref());
    let urls = std::iter::once(&flat.sdk.service.base_url_location)
        .chain(arms)
        .chain(methods.map(|own| &own.location));
    let servers = urls.filter_map(Location::parent);
    servers
        .map(|server| server.key("variables").key(name))
        .collect()
}

/// Where a method calls, if that is no server of the document's.
pub fn own(method: &Method) -> Option<&str> {
    let server = method.server.as_ref();
    server.map(|server| server.address.url.as_str())
}

fn names(servers: &Servers) -> Vec<&str> {
    let mut names: Vec<&str> = servers
        .variables()
        .map(|variable| variable.name.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What a variable may be, wherever it is; none for anything.
fn values<'s>(servers: &'s Servers, name: &str) -> Vec<&'s str> {
    let variables = servers.variables().filter(|variable| variable.name == name);
    variables
        .flat_map(|variable| variable.values.iter().map(String::as_str))
        .collect()
}
