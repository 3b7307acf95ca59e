//! The tree of resources on the client, with the methods of each.

use indexmap::IndexMap;

use super::value_types::is_complex;
use super::{Plan, imports, media_types};
use crate::location::Location;
use crate::naming::Place;
use crate::rust::names::{Scope, module, pascal, snake};
use crate::rust::reserved::{
    CLIENT_METHODS, FAKE_METHODS, RESOURCE_METHODS, RESOURCE_MODULES, RESOURCE_TYPES,
};
use crate::rust::signature::{Derive, Lint};
use crate::rust::{Argument, Method, Resource, Role, Section, Ty};
use crate::threads::share_out;

/// A resource with the operations that are its methods: position in `Plan::operations` and name.
#[derive(Debug, Default)]
pub struct Node {
    children: IndexMap<String, Node>,
    methods: Vec<(usize, String)>,
    tag: String,
}

/// How deep resources are nested at most, which is deeper than people write calls; what is below is one word.
const DEEPEST: usize = 12;

impl Plan<'_> {
    /// Puts an operation where it belongs.
    pub(super) fn put(&mut self, root: &mut Node, position: usize, place: Place, inferred: bool) {
        let Place {
            mut resources,
            method,
        } = place;
        if resources.len() > DEEPEST {
            let rest = resources.split_off(DEEPEST - 1);
            resources.push(rest.join("_"));
        }
        let index = self.operations[position].0;
        let path = resources.iter().chain([&method]).cloned().collect();
        self.operation_paths.insert(index, path);
        let resource = resources.last().cloned().unwrap_or_default();
        let node = resources
            .into_iter()
            .fold(root, |node, name| node.children.entry(name).or_default());
        if node.methods.is_empty() {
            node.tag = self
                .operation(index)
                .tags
                .first()
                .cloned()
                .unwrap_or_default();
        }
        node.methods.push((position, method.clone()));
        let id = self.operation(index).id.clone().filter(|_| inferred);
        let name = id.map_or_else(|| pascal(&resource) + &pascal(&method), |id| pascal(&id));
        self.operation_names.insert(index, name);
    }

    /// The resources, each with its methods.
    pub(super) fn resources(&self, root: Node) -> Vec<Resource> {
        let mut scope = Scope::reserving(CLIENT_METHODS);
        // A module of its parent's name would be taken for a mistake.
        let mut modules = Scope::reserving(["resources"]);
        let mut fakes = Scope::reserving(FAKE_METHODS);
        let named = root.children.iter().map(|(name, node)| {
            let name = snake(name);
            let long = format!("{}_api", name.trim_start_matches("r#"));
            let name = scope.claim_first([name, long]);
            let file = modules.claim(module(&name));
            let long = format!("{}_api", name.trim_start_matches("r#"));
            let fake = fakes.claim_first([name.clone(), long]);
            (name, file, fake, node)
        });
        let named: Vec<_> = named.collect();
        share_out(&named, |(name, file, fake, node)| Resource {
            fake: fake.clone(),
            ..self.resource(
                name.clone(),
                file.clone(),
                node,
                ("client", "resources", ""),
            )
        })
    }

    /// `parent` leads to it, and its module, the file, is in `outer`. What is said of the tag of that is said there.
    fn resource(
        &self,
        name: String,
        file: String,
        node: &Node,
        (parent, outer, said): (&str, &str, &str),
    ) -> Resource {
        let access = format!("{parent}.{name}()");
        let inner = format!("{outer}::{file}");
        let mut members = Scope::reserving(RESOURCE_METHODS);
        let mut types = Scope::reserving(RESOURCE_TYPES);
        let type_name = types.claim_first([pascal(&name), format!("{}Resource", pascal(&name))]);
        let mut methods: Vec<(usize, Method)> = Vec::with_capacity(node.methods.len());
        for (position, name) in &node.methods {
            let name = members.claim(snake(name));
            let method = self.method((*position, 0), name, &access, &mut types, None);
            methods.push((*position, method));
        }
        let mut methods = self.with_choices(methods, &mut members, &access, &mut types);
        leave_out_examples(&mut methods);
        let own = module(&name);
        let taken = if methods.is_empty() {
            &[]
        } else {
            RESOURCE_MODULES.as_slice()
        };
        let mut child_modules = Scope::reserving(taken.iter().copied());
        child_modules.claim_exactly(&own);
        let tag = Some(node.tag.as_str()).filter(|tag| !tag.is_empty());
        let children = node.children.iter().map(|(name, node)| {
            let name = members.claim(snake(name));
            let file = child_modules.claim(module(&name));
            self.resource(name, file, node, (&access, &inner, tag.unwrap_or(said)))
        });
        let children = children.collect();
        let own_tag = tag.filter(|tag| *tag != said);
        Resource {
            docs: own_tag.map_or_else(String::new, |tag| self.resource_docs(tag)),
            location: self.tag_location(&node.tag),
            feature: None,
            imports: imports::of_resource(&methods),
            allow: file_lints(&methods),
            module: file,
            path: format!("{inner}::{type_name}"),
            derives: vec![Derive::Clone, Derive::Debug],
            fake: name.clone(),
            name,
            type_name,
            access,
            children,
            methods,
        }
    }

    /// The methods, each followed by those that send another media type. Their names make way for all others.
    fn with_choices(
        &self,
        methods: Vec<(usize, Method)>,
        members: &mut Scope,
        access: &str,
        types: &mut Scope,
    ) -> Vec<Method> {
        let mut all = Vec::with_capacity(methods.len());
        for (position, method) in methods {
            let (index, bodies) = &self.operations[position];
            let operation = self.operation(*index);
            let name = method.name.trim_start_matches("r#").to_owned();
            let outcomes = method.choice.as_ref().map(|choice| choice.name.clone());
            all.push(method);
            for (choice, sent) in bodies.sent.iter().enumerate().skip(1) {
                if self.is_method(operation, bodies, choice) {
                    let names =
                        media_types::suffixes(sent).map(|suffix| format!("{name}_{suffix}"));
                    let name = members.claim_first(names);
                    let at = (position, choice);
                    all.push(self.method(at, name, access, types, outcomes.clone()));
                }
            }
        }
        all
    }

    fn tag_location(&self, tag: &str) -> Option<Location> {
        let tag = self.api.tags.iter().find(|known| known.name == tag);
        tag.map(|tag| tag.location.clone())
    }

    fn resource_docs(&self, tag: &str) -> String {
        let tag = self.api.tags.iter().find(|known| known.name == tag);
        tag.map(|tag| self.clean(&tag.description))
            .unwrap_or_default()
    }
}

/// Of the types that a file of a resource names.
fn file_lints(methods: &[Method]) -> Vec<Lint> {
    // Each is within another: the request's type, a reference.
    let complex = |ty: &Ty| is_complex(&Ty::Vec(Box::new(ty.clone())));
    let complex = methods.iter().any(|method| {
        let mut arguments = method.arguments.iter().chain(&method.options);
        complex(&method.output) || arguments.any(|a| a.ty.ty().is_some_and(complex))
    });
    Vec::from_iter(complex.then_some(Lint::TypeComplexity))
}

/// Of the methods of a resource that require no more than what is in the path, the first shows how that is called, and the
/// first that has an option worth showing how it is set.
fn leave_out_examples(methods: &mut [Method]) {
    let is_in_path = |argument: &Argument| matches!(argument.role, Role::Path(_));
    let mut options_are_shown = false;
    for (index, method) in methods.iter_mut().enumerate() {
        let has_options = !method.example.options.is_empty();
        let is_known = !has_options || std::mem::replace(&mut options_are_shown, true);
        if index > 0 && is_known && method.arguments.iter().all(is_in_path) {
            let sections = &mut method.sections;
            sections.retain(|section| *section != Section::Example);
        }
    }
}

/// Whether a method here or below starts something that takes long.
pub(super) fn waits(resource: &Resource) -> bool {
    let mut methods = resource.methods.iter();
    methods.any(|method| method.long_running.is_some()) || resource.children.iter().any(waits)
}
