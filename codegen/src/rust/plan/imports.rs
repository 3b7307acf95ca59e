//! What each file of the crate names from outside of it, but for the runtime's macros, which every file sees.

use std::collections::BTreeSet;

use crate::rust::signature::{File, ParameterType};
use crate::rust::{
    ALTERNATIVES, Address, Argument, Body, Dependency, ExportedCrate, FieldContent, Header,
    HeaderFile, Item, Method, ModelFile, OtherName, Part, PartContent, Payload, Resource, Role,
    SentField, Servers, Service, Ty,
};

/// Of a file of models, which has more names of them.
pub fn of_models(items: &[Item], others: &[OtherName]) -> Vec<String> {
    let others = others.iter().map(|other| &other.item);
    let own = items.iter().chain(others);
    let own: BTreeSet<String> = own.map(|i| format!("super::{}", i.name())).collect();
    let mut found = Imports::new(File::Models);
    for item in items {
        match item {
            Item::Struct(item) => {
                match &item.additional {
                    _ if item.plain => {}
                    Some(additional) => {
                        found.runtime(&["Additional"]);
                        found.ty(&additional.ty);
                    }
                    None => found.runtime(&["Extra"]),
                }
                if item.redacted {
                    found.add("std", &["fmt"]);
                    found.runtime(&["redact"]);
                }
                item.fields.iter().for_each(|field| found.ty(&field.ty));
            }
            Item::Enum(_) => {}
            Item::Union(item) => {
                found.runtime(&["UnknownVariant"]);
                if item.redacted() {
                    found.add("std", &["fmt"]);
                }
                item.variants.iter().for_each(|v| found.ty(&v.ty));
            }
        }
    }
    found.paths.difference(&own).cloned().collect()
}

/// What unions are made of through others, besides: no file is a part of another for that.
pub fn of_alternatives(file: &mut ModelFile) {
    let mut found = Imports::new(File::Models);
    for item in &file.items {
        if let Item::Union(item) = item {
            let within = item.variants.iter().flat_map(|v| &v.made_of);
            within.for_each(|ty| found.ty(ty));
        }
    }
    let others = file.others.iter().map(|other| &other.item);
    let own = file.items.iter().chain(others);
    let own: BTreeSet<String> = own.map(|i| format!("super::{}", i.name())).collect();
    found.paths.extend(file.imports.drain(..));
    file.imports = found.paths.difference(&own).cloned().collect();
}

/// Of a file of a resource.
pub fn of_resource(methods: &[Method]) -> Vec<String> {
    named_in(methods).paths.into_iter().collect()
}

/// The models that a file of a resource names, and those that its docs do.
pub fn models_of(methods: &[Method]) -> BTreeSet<String> {
    let mut found = named_in(methods);
    let outcomes = methods.iter().flat_map(|method| &method.outcomes);
    outcomes.for_each(|outcome| found.ty(&outcome.ty));
    found.models
}

pub fn models_of_type(ty: &Ty) -> BTreeSet<String> {
    let mut found = Imports::new(File::Resources);
    found.ty(ty);
    found.models
}

fn named_in(methods: &[Method]) -> Imports {
    let mut found = Imports::new(File::Resources);
    for method in methods {
        method
            .server
            .iter()
            .for_each(|one| found.address(&one.address));
        found.ty(&method.output);
        if let Some(choice) = &method.choice {
            choice.variants.iter().for_each(|v| found.ty(&v.ty));
        }
        if let Some(pages) = &method.pages {
            found.runtime(&["Pagination"]);
            found.ty(&pages.item);
        }
        if let Some(waits) = &method.long_running {
            found.runtime(&["LongRunning", "decode"]);
            found.ty(&waits.state);
        }
        if method.reconnecting().is_some() {
            found.runtime(&["Reconnecting"]);
        }
        if let Some(stream) = &method.stream {
            found.runtime(&["Request", "decode"]);
            found.ty(&stream.output);
        }
        for argument in method.arguments.iter().chain(&method.options) {
            found.argument(argument);
        }
        if let Some(fields) = &method.fields {
            found.encodings(&fields.body);
        }
    }
    found
}

/// Of the file of headers.
pub fn of_headers(headers: &[Header]) -> Vec<String> {
    let mut found = Imports::new(File::Models);
    found.runtime(&["Header"]);
    headers.iter().for_each(|header| found.ty(&header.ty));
    found.paths.into_iter().collect()
}

/// Of the file of webhooks, with what reads them.
pub fn of_webhooks(payloads: &[Payload], is_read: bool) -> Vec<String> {
    let mut found = Imports::new(File::Resources);
    if is_read {
        found.runtime(&["HeaderMap"]);
    }
    payloads.iter().for_each(|payload| found.ty(&payload.ty));
    found.paths.into_iter().collect()
}

/// Of the file of the client.
pub fn of_client(service: &Service, servers: &Servers, has_resources: bool) -> Vec<String> {
    let mut found = Imports::new(File::Client);
    found.runtime(&["Client", "ClientBuilder", "Error", "Service"]);
    if !service.alternatives.is_empty() {
        let named = [&service.security, &service.undocumented];
        let named = named.into_iter().filter(|one| !one.constant.is_empty());
        let mut names = vec![ALTERNATIVES];
        names.extend(named.map(|one| one.constant.as_str()));
        found.add("crate::security", &names);
        found.runtime(&["Credentials", "Secret"]);
    }
    let addresses = servers.addresses.iter().chain(&servers.of_operations);
    addresses.for_each(|one| found.address(one));
    if service.envelope.is_some() {
        found.runtime(&["Envelope"]);
    }
    if has_resources {
        found.add("crate", &["resources"]);
    }
    found.paths.into_iter().collect()
}

/// The dependencies whose types callers meet.
pub fn exported_crates(
    models: &[ModelFile],
    resources: &[Resource],
    headers: &HeaderFile,
    dependencies: &[Dependency],
) -> Vec<ExportedCrate> {
    fn of_resources(resources: &[Resource], found: &mut BTreeSet<String>) {
        for resource in resources {
            found.extend(resource.imports.iter().cloned());
            of_resources(&resource.children, found);
        }
    }
    let mut found: BTreeSet<String> = models.iter().flat_map(|m| m.imports.clone()).collect();
    of_resources(resources, &mut found);
    found.extend(headers.imports.iter().cloned());
    let is_met = |name: &str| {
        found
            .iter()
            .any(|path| path.split("::").next() == Some(name))
    };
    let met = EXPORTED_CRATES
        .iter()
        .filter(|(name, always, _)| *always || is_met(name));
    let exported = met.map(|(name, _, docs)| ExportedCrate {
        name: (*name).to_owned(),
        docs: (*docs).to_owned(),
    });
    let foreign = dependencies.iter().map(|dependency| ExportedCrate {
        name: dependency.name.replace('-', "_"),
        docs: "The version of the library whose types are in models and arguments.".to_owned(),
    });
    exported.chain(foreign).collect()
}

/// Name, whether the client itself has types of it, docs.
const EXPORTED_CRATES: [(&str, bool, &str); 3] = [
    (
        "jiff",
        false,
        "The version of the library whose dates and timestamps are in models and arguments.",
    ),
    (
        "reqwest",
        true,
        "The version of the HTTP client that [`ClientBuilder::http_client`] takes, and whose \
         statuses, headers and methods this crate gives out.",
    ),
    (
        "rust_decimal",
        false,
        "The version of the library whose decimals are in models.",
    ),
];

/// The paths that are found, sorted.
struct Imports {
    file: File,
    paths: BTreeSet<String>,
    /// The models that are named.
    models: BTreeSet<String>,
}

impl Imports {
    fn new(file: File) -> Self {
        Self {
            file,
            paths: BTreeSet::new(),
            models: BTreeSet::new(),
        }
    }

    fn add(&mut self, module: &str, names: &[&str]) {
        let paths = names.iter().map(|name| format!("{module}::{name}"));
        self.paths.extend(paths);
    }

    fn runtime(&mut self, names: &[&str]) {
        self.add("crate::runtime", names);
    }

    fn address(&mut self, address: &Address) {
        self.runtime(&["Address"]);
        if !address.variables.is_empty() {
            self.runtime(&["Variable"]);
        }
    }

    fn argument(&mut self, argument: &Argument) {
        match &argument.role {
            Role::QueryList(..) => self.runtime(&["ListStyle"]),
            Role::QueryObject(..) => self.runtime(&["ObjectStyle"]),
            Role::Styled(_) => self.runtime(&["Parameter"]),
            Role::Part(part) => self.part(part),
            Role::Required(fields) => fields.iter().for_each(|field| self.sent(&field.sent)),
            Role::Field(field) if field.content == FieldContent::Null => return,
            Role::Server(address) => return self.address(address),
            Role::Field(field) => self.sent(field),
            Role::Body(body) => self.encodings(body),
            _ => {}
        }
        self.parameter(&argument.ty);
    }

    fn parameter(&mut self, ty: &ParameterType) {
        match ty {
            ParameterType::Text | ParameterType::TextList => self.add("std::fmt", &["Display"]),
            ParameterType::Lent(ty) => {
                self.add("std::borrow", &["Borrow"]);
                self.ty(ty);
            }
            ParameterType::OptionalText => self.runtime(&["OptionalText"]),
            ParameterType::Optional(Ty::F64) => self.runtime(&["OptionalNumber"]),
            ParameterType::Nullable(ty) => {
                self.runtime(&["Nullable"]);
                self.ty(ty);
            }
            ParameterType::Perhaps(inner) => {
                self.runtime(&[inner.perhaps_by()]);
                match **inner {
                    ParameterType::File | ParameterType::FileList => self.runtime(&["File"]),
                    _ => inner.ty().into_iter().for_each(|ty| self.ty(ty)),
                }
            }
            ParameterType::Maybe(inner) => self.parameter(inner),
            ParameterType::OptionalInto(ty) => {
                self.runtime(&["OptionalInto"]);
                self.ty(ty);
            }
            ParameterType::Stream => self.runtime(&["ByteStream"]),
            ParameterType::File | ParameterType::FileList => self.runtime(&["File"]),
            ParameterType::Part | ParameterType::PartList => self.runtime(&["Part"]),
            ty => ty.ty().into_iter().for_each(|ty| self.ty(ty)),
        }
    }

    fn sent(&mut self, field: &SentField) {
        match (field.content, &field.ty) {
            (FieldContent::List, Ty::Vec(ty)) | (FieldContent::Map, Ty::Map(ty)) => self.ty(ty),
            (_, ty) => self.ty(ty),
        }
    }

    fn encodings(&mut self, body: &Body) {
        body.encoded().iter().for_each(|part| {
            self.part(part);
            self.runtime(&["Encoding"]);
        });
    }

    fn part(&mut self, part: &Part) {
        match part.content {
            PartContent::List(_) => self.runtime(&["ListStyle"]),
            PartContent::Object(_) => self.runtime(&["ObjectStyle"]),
            _ => {}
        }
        if !part.is_plain() {
            self.runtime(&["Encoding"]);
        }
    }

    fn ty(&mut self, ty: &Ty) {
        if let Ty::Model(name) = ty {
            self.models.insert(name.clone());
        }
        match ty {
            Ty::Decimal => self.add("rust_decimal", &["Decimal"]),
            Ty::Timestamp => self.add("jiff", &["Timestamp"]),
            Ty::Date => self.add("jiff::civil", &["Date"]),
            Ty::Bytes => self.add("bytes", &["Bytes"]),
            Ty::Model(name) if self.file == File::Models => self.add("super", &[name]),
            Ty::Model(_) => self.add("crate", &["models"]),
            Ty::Map(ty) => {
                self.add("std::collections", &["BTreeMap"]);
                self.ty(ty);
            }
            Ty::Written(ty) => {
                self.runtime(&["Written"]);
                self.ty(ty);
            }
            Ty::Items(ty) => {
                self.runtime(&["ItemStream"]);
                self.ty(ty);
            }
            Ty::Tuple(items) => items.iter().for_each(|ty| self.ty(ty)),
            Ty::Vec(ty) | Ty::Option(ty) | Ty::Boxed(ty) => self.ty(ty),
            _ => {}
        }
    }
}
