//! One of the two crates, with what is looked up in it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use codegen::location::Location;
use codegen::path_template;
use codegen::rust::{Crate, Item, Method, Resource, Ty};

/// A crate, flattened.
pub struct FlatCrate<'a> {
    pub sdk: &'a Crate,
    /// Those that are another name of one among them, as if they were by themselves.
    pub models: Vec<&'a Item>,
    /// By such a name, the name of the model that it is.
    first_names: HashMap<&'a str, &'a str>,
    pub model_index: HashMap<&'a str, usize>,
    pub resources: Vec<Accessor<'a>>,
    pub methods: Vec<Placed<'a>>,
    /// By the name of a model: what names it.
    users: HashMap<&'a str, Vec<User<'a>>>,
}

/// A resource and how it is reached.
#[derive(Debug, Clone)]
pub struct Accessor<'a> {
    pub resource: &'a Resource,
    /// The item that has the accessor: `Client`, or the parent's type.
    pub parent: &'a str,
}

/// A method and where it is.
#[derive(Debug)]
pub struct Placed<'a> {
    pub method: &'a Method,
    pub access: &'a str,
    /// `resources::billing::usage`
    pub module: &'a str,
    pub type_name: &'a str,
}

/// A place that names a model.
#[derive(Debug, Clone, Copy)]
struct User<'a> {
    location: &'a Location,
    kind: UserKind<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum UserKind<'a> {
    Model(&'a str),
    Argument,
    Output,
}

impl<'a> FlatCrate<'a> {
    pub fn new(sdk: &'a Crate) -> Self {
        let mut flat = Self {
            sdk,
            models: sdk.models.iter().flat_map(|file| &file.items).collect(),
            first_names: HashMap::new(),
            model_index: HashMap::new(),
            resources: Vec::new(),
            methods: Vec::new(),
            users: HashMap::new(),
        };
        let others = || sdk.models.iter().flat_map(|file| &file.others);
        flat.models.extend(others().map(|other| &other.item));
        let first_names = others().map(|other| (other.item.name(), other.of.as_str()));
        flat.first_names = first_names.collect();
        flat.models.sort_by_key(|item| item.name());
        let names = flat.models.iter().enumerate();
        flat.model_index = names.map(|(index, item)| (item.name(), index)).collect();
        for resource in &sdk.resources {
            flat.flatten(resource, "Client");
        }
        flat.find_users();
        flat
    }

    fn flatten(&mut self, resource: &'a Resource, parent: &'a str) {
        self.resources.push(Accessor { resource, parent });
        self.methods
            .extend(resource.methods.iter().map(|method| Placed {
                method,
                access: &resource.access,
                module: resource.module_path(),
                type_name: &resource.type_name,
            }));
        for child in &resource.children {
            self.flatten(child, &resource.path);
        }
    }

    fn find_users(&mut self) {
        let mut found: Vec<(&'a Ty, User<'a>)> = Vec::new();
        for item in &self.models {
            let kind = UserKind::Model(item.name());
            let parts: Vec<(&Ty, &Location)> = match item {
                Item::Struct(item) => {
                    let fields = item.fields.iter().map(|f| (&f.ty, &f.location));
                    let additional = item.additional.iter().map(|a| (&a.ty, &item.location));
                    fields.chain(additional).collect()
                }
                Item::Union(item) => item.variants.iter().map(|v| (&v.ty, &v.location)).collect(),
                Item::Enum(_) => Vec::new(),
            };
            found.extend(
                parts
                    .into_iter()
                    .map(|(ty, location)| (ty, User { location, kind })),
            );
        }
        for placed in &self.methods {
            let method = placed.method;
            let kind = UserKind::Argument;
            let arguments = method.arguments.iter().chain(&method.options);
            found.extend(arguments.filter_map(|argument| {
                let location = &argument.location;
                Some((argument.ty.ty()?, User { location, kind }))
            }));
            let kind = UserKind::Output;
            let location = &method.output_location;
            found.push((&method.output, User { location, kind }));
            found.extend(method.failures().map(|failure| {
                let location = &failure.location;
                (&failure.ty, User { location, kind })
            }));
            let choices = method.choice.iter().flat_map(|choice| &choice.variants);
            found.extend(choices.map(|variant| {
                let location = &variant.location;
                (&variant.ty, User { location, kind })
            }));
        }
        let webhooks = self.sdk.webhooks.iter();
        found.extend(webhooks.flat_map(|one| &one.payloads).map(|payload| {
            let (location, kind) = (&payload.location, UserKind::Output);
            (&payload.ty, User { location, kind })
        }));
        for (ty, user) in found {
            if let Some(name) = model_of(ty) {
                self.users.entry(name).or_default().push(user);
            }
        }
    }

    /// The name by which the compiler knows the model.
    pub fn first_name(&self, name: &'a str) -> &'a str {
        self.first_names.get(name).copied().unwrap_or(name)
    }

    /// Names of one model, by the first.
    pub fn names_of_one(&self) -> BTreeMap<&'a str, Vec<&'a str>> {
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for item in &self.models {
            let name = item.name();
            names.entry(self.first_name(name)).or_default().push(name);
        }
        names.retain(|_, names| names.len() > 1);
        names
    }

    /// Where the method calls, whether the server or the path says so.
    pub fn address(&self, method: &Method) -> String {
        let url = &self.sdk.service.base_url;
        let host = url.find("://").map_or(0, |at| at + 3);
        let prefix = url[host..].find('/').map_or("", |at| &url[host + at..]);
        path_template::anonymous(&format!("{prefix}{}", method.path))
    }

    /// The places that name the model; past models that are `transparent`, the places that name
    /// those.
    pub fn naming(
        &self,
        model: &'a str,
        transparent: impl Fn(&str) -> bool,
    ) -> BTreeSet<&'a Location> {
        let mut places = BTreeSet::new();
        self.walk_users(model, |user| {
            places.insert(user.location);
            matches!(user.kind, UserKind::Model(name) if transparent(name))
        });
        places
    }

    /// The arguments that carry the model, at whatever depth.
    pub fn sending(&self, model: &'a str) -> BTreeSet<&'a Location> {
        self.carrying(model, UserKind::Argument)
    }

    /// The responses that carry the model, at whatever depth.
    pub fn receiving(&self, model: &'a str) -> BTreeSet<&'a Location> {
        self.carrying(model, UserKind::Output)
    }

    fn carrying(&self, model: &'a str, kind: UserKind<'_>) -> BTreeSet<&'a Location> {
        let mut places = BTreeSet::new();
        self.walk_users(model, |user| {
            if user.kind == kind {
                places.insert(user.location);
            }
            true
        });
        places
    }

    fn walk_users(&self, model: &'a str, mut visit: impl FnMut(&User<'a>) -> bool) {
        let mut pending = vec![model];
        let mut seen = BTreeSet::from([model]);
        while let Some(name) = pending.pop() {
            for user in self.users.get(name).into_iter().flatten() {
                if let (true, UserKind::Model(outer)) = (visit(user), user.kind)
                    && seen.insert(outer)
                {
                    pending.push(outer);
                }
            }
        }
    }
}

impl Placed<'_> {
    /// The operation, whatever its path parameters are called.
    pub fn operation(&self) -> String {
        format!(
            "{} {}",
            self.method.http_method,
            path_template::anonymous(&self.method.path)
        )
    }

    /// `client.billing().usage().paygo`
    pub fn call(&self) -> String {
        format!("{}.{}", self.access, self.method.name)
    }

    /// The place as the policy file states it: `billing.usage.paygo`.
    pub fn place(&self) -> String {
        let call = self.call().replace("()", "").replace("r#", "");
        call.split_once('.')
            .map_or("", |(_, place)| place)
            .to_owned()
    }

    /// `resources::billing::usage::Usage::paygo`
    pub fn item(&self) -> String {
        format!("{}::{}::{}", self.module, self.type_name, self.method.name)
    }

    /// `resources::billing::usage::PaygoRequest`
    pub fn request(&self) -> String {
        format!("{}::{}", self.module, self.method.request)
    }
}

impl Accessor<'_> {
    /// `Client::billing`
    pub fn item(&self) -> String {
        format!("{}::{}", self.parent, self.resource.name)
    }
}

/// The model that the type names.
pub fn model_of(ty: &Ty) -> Option<&str> {
    match ty {
        Ty::Model(name) => Some(name),
        Ty::Vec(ty) | Ty::Map(ty) | Ty::Option(ty) | Ty::Boxed(ty) | Ty::Items(ty) => model_of(ty),
        Ty::Tuple(items) => items.iter().find_map(model_of),
        _ => None,
    }
}
