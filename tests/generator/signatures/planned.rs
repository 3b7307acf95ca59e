//! The public items of a crate as the plan has them.

use std::collections::BTreeSet;

use codegen::rust::serde::Member;
use codegen::rust::signature::{Derive, File, Lint, Signature};
use codegen::rust::{
    Crate, Item, Method, ModelFile, Resource, Section, Struct, Webhooks, declaration,
};
use quote::quote;

use super::normal;

/// `file: item`
pub fn items(sdk: &Crate) -> BTreeSet<String> {
    let mut items = Items::default();
    library(sdk, &mut items);
    client(sdk, &mut items);
    headers(sdk, &mut items);
    if sdk.uses.authentication {
        let names = ["Placement", "Scheme", "Security"];
        let imports = names.map(|name| format!("crate::runtime::{name}"));
        items.imports("src/security.rs", &imports);
    }
    if let Some(stated) = &sdk.webhooks {
        webhooks(stated, &mut items);
    }
    for file in &sdk.models {
        models(file, &mut items);
    }
    for resource in &sdk.resources {
        items.add("src/resources.rs", &format!("pub mod {}", resource.module));
        self::resource(resource, &mut items);
    }
    items.found
}

#[derive(Default)]
struct Items {
    found: BTreeSet<String>,
}

impl Items {
    fn add(&mut self, file: &str, item: &str) {
        self.found.insert(format!("{file}: {}", normal(item)));
    }

    fn function(&mut self, file: &str, of: &str, signature: &Signature) {
        let item = format!("{}{signature}", allowed(&signature.allow));
        self.add(file, &format!("{of} :: {item}"));
    }

    fn sections(&mut self, file: &str, function: &str, sections: &[Section]) {
        for section in sections {
            if let Section::Errors(_) = section {
                self.add(file, &format!("{function} # Errors"));
            }
        }
    }

    fn imports(&mut self, file: &str, imports: &[String]) {
        for import in imports {
            self.add(file, &format!("use {import}"));
        }
    }
}

fn library(sdk: &Crate, items: &mut Items) {
    let file = "src/lib.rs";
    let modules = [
        ("headers", sdk.headers.headers.is_empty()),
        ("models", sdk.models.is_empty()),
        ("resources", sdk.resources.is_empty()),
        ("webhooks", sdk.webhooks.is_none()),
    ];
    for (module, _) in modules.iter().filter(|(_, empty)| !empty) {
        items.add(file, &format!("pub mod {module}"));
    }
    for exported in &sdk.exported_crates {
        items.add(file, &format!("pub use {}", exported.name));
    }
    for name in &sdk.exports {
        items.add(file, &format!("pub use runtime::{name}"));
    }
    items.add(file, "pub use runtime::Saving");
    items.add(file, "pub use runtime::testing");
    if sdk.servers.choice.is_some() {
        items.add(file, "pub use client::Server");
    }
}

fn headers(sdk: &Crate, items: &mut Items) {
    let file = "src/headers.rs";
    if !sdk.headers.headers.is_empty() {
        items.imports(file, &sdk.headers.imports);
    }
    for header in &sdk.headers.headers {
        items.add(file, &declaration::header(header));
    }
}

fn webhooks(webhooks: &Webhooks, items: &mut Items) {
    let file = "src/webhooks.rs";
    items.imports(file, &webhooks.imports);
    for payload in &webhooks.payloads {
        items.add(file, &declaration::payload(payload));
    }
    if webhooks.event.is_some() {
        items.add(file, "pub use self::delivery::UnknownEvent");
        items.add(file, "use self::events_macro::events");
        items.add(file, "#[derive(Debug, Clone, PartialEq)] pub enum Event");
        items.add(file, "Event::Unknown(UnknownEvent)");
        for (payload, _) in webhooks.events() {
            items.add(file, &declaration::event(payload));
        }
    }
    if webhooks.signature.is_some() {
        items.add(file, "pub use self::verifier::Verifier");
    }
    if webhooks.event.is_some() || webhooks.signature.is_some() {
        items.add(file, "pub use self::error::WebhookError");
    }
    if let Some(output) = webhooks.verified() {
        let function = declaration::verify(output);
        items.add(file, &format!("Verifier::{function}"));
        items.add(file, "Verifier::verify # Errors");
    }
}

fn client(sdk: &Crate, items: &mut Items) {
    let file = "src/client.rs";
    items.imports(file, &sdk.client.imports);
    for function in [&sdk.client.from_env, &sdk.client.new, &sdk.client.builder] {
        items.function(file, "Client", &function.signature);
        let name = format!("Client :: {}", function.signature.name);
        items.sections(file, &name, &function.sections);
    }
    for resource in &sdk.resources {
        items.function(file, "Client", &resource.accessor(""));
        let (fake, path) = (&resource.fake, &resource.path);
        items.add(file, &format!("Fake :: {fake} -> {path}"));
    }
    if sdk.servers.choice.is_some() {
        items.add(
            file,
            "#[derive(Clone, Copy, Debug, PartialEq)] pub enum Server",
        );
    }
    for arm in &sdk.servers.arms {
        items.add(file, &format!("Server :: {}", arm.name));
    }
    let of_servers = [&sdk.servers.choice, &sdk.servers.variable];
    let settings = sdk.settings.iter().map(|setting| &setting.function);
    for function in of_servers.into_iter().flatten().chain(settings) {
        items.function(file, "ClientBuilder", &function.signature);
    }
    for constructor in &sdk.credentials {
        items.function(file, "Credentials", &constructor.signature());
    }
}

fn models(models: &ModelFile, items: &mut Items) {
    let file = format!("src/models/{}.rs", models.module);
    items.imports(&file, &models.imports);
    let gate = gate(&models.features);
    items.add("src/models.rs", &format!("{gate} use {}::*", models.module));
    for other in &models.others {
        let name = other.item.name();
        items.add(&file, &declaration::former(name, &other.of));
        for former in other.item.former() {
            items.add(&file, &declaration::former(former, name));
        }
    }
    for item in &models.items {
        let (name, derives) = (item.name(), derived(item.derives()));
        let declared = declaration::model(item);
        match item {
            Item::Struct(item) => structure(&file, item, items),
            Item::Enum(item) => {
                items.add(&file, &format!("{derives}{declared}"));
                let variants = item.variants.iter().map(declaration::variant);
                for variant in variants.chain([declaration::unknown_value(item)]) {
                    items.add(&file, &format!("{name} :: {variant}"));
                }
                items.function(&file, name, &item.as_str());
                for conversion in item.conversions() {
                    items.add(&file, &conversion.to_string());
                }
            }
            Item::Union(item) => {
                let allow = allowed(&item.allow);
                items.add(&file, &format!("{derives}{allow}{declared}"));
                let variants = item.variants.iter().map(declaration::union_variant);
                for variant in variants.chain([declaration::unknown_variant(item)]) {
                    items.add(&file, &format!("{name} :: {variant}"));
                }
                let conversions = item.variants.iter().flat_map(|variant| {
                    let others = item.other_conversions(variant);
                    item.conversion(variant).into_iter().chain(others)
                });
                for conversion in conversions {
                    items.add(&file, &conversion.to_string());
                }
                for of in item
                    .variants
                    .iter()
                    .flat_map(|v| item.items(v).into_iter().skip(1))
                {
                    let of = declaration::parameter_type(&of, File::Models);
                    items.add(&file, &format!("impl From<Vec<{of}>> for {name}"));
                }
            }
        }
        for former in item.former() {
            items.add(&file, &declaration::former(former, name));
        }
    }
}

fn structure(file: &str, item: &Struct, items: &mut Items) {
    let name = &item.name;
    let mut derives = item.derives.clone();
    if item.has_table_of_default() {
        derives.retain(|derive| *derive != Derive::Default);
        items.add(file, &format!("impl Default for {name}"));
    }
    items.add(file, &format!("{}pub struct {name}", derived(&derives)));
    let fields = item.fields.iter().map(declaration::field);
    let extra = (!item.plain).then(|| declaration::extra(item));
    for field in fields.chain(extra) {
        items.add(file, &format!("{name} :: {field}"));
    }
    if item.plain {
        return;
    }
    for row in item.members().map(member) {
        items.add(file, &format!("{name} :: members {row}"));
    }
    let rest = exact(item.extra_exact());
    items.add(file, &format!("{name} :: members ..{}{rest}", item.extra));
    if let Some(new) = item.new_function() {
        items.function(file, name, &new);
    }
    for setter in &item.setters {
        items.function(file, name, &setter.signature());
        let maybe = setter.maybe_signature();
        maybe.iter().for_each(|one| items.function(file, name, one));
    }
}

fn resource(resource: &Resource, items: &mut Items) {
    let file = format!("src/{}.rs", resource.module_path().replace("::", "/"));
    let name = &resource.type_name;
    items.imports(&file, &resource.imports);
    items.add(
        &file,
        &format!("{}pub struct {name}", derived(&resource.derives)),
    );
    for child in &resource.children {
        items.add(&file, &format!("pub mod {}", child.module));
        items.function(&file, name, &child.accessor(resource.module_path()));
        self::resource(child, items);
    }
    for method in &resource.methods {
        items.function(&file, name, &method.signature());
        items.add(&file, &faked(name, method));
        request(&file, method, items);
    }
}

/// An operation of a fake.
fn faked(resource: &str, method: &Method) -> String {
    let route = format!("{} {}", method.http_method, method.path);
    let (name, request) = (&method.name, &method.request);
    format!("Faked<{resource}> :: {name} -> {request} {route:?}")
}

fn request(file: &str, method: &Method, items: &mut Items) {
    let key = if method.takes_idempotency_key {
        "#[idempotency_key] "
    } else {
        ""
    };
    let fields = method.fields.as_ref().map_or("", |_| "#[fields] ");
    let takes = format!("{key}{fields}");
    items.add(file, &format!("{takes}{}", declaration::request(method)));
    for option in &method.options {
        items.function(file, &method.request, &option.setter());
        let maybe = option.maybe_setter();
        maybe
            .iter()
            .for_each(|one| items.function(file, &method.request, one));
    }
    for own in [method.stream(), method.reconnecting()] {
        own.iter()
            .for_each(|own| items.function(file, &method.request, own));
    }
    if let Some(choice) = &method.choice {
        items.add(file, &format!("pub enum {}", choice.name));
        let variants = choice.variants.iter().map(declaration::outcomes_variant);
        for variant in variants {
            items.add(file, &format!("{} :: {variant}", choice.name));
        }
    }
}

/// Of a file that is there with one of the features.
fn gate(features: &[String]) -> String {
    let features = features.iter().map(|name| format!("feature = {name:?}"));
    let features: Vec<String> = features.collect();
    match features.as_slice() {
        [] => String::new(),
        [one] => format!("#[cfg({one})]"),
        several => format!("#[cfg(any({}))]", several.join(", ")),
    }
}

fn member(member: Member<'_>) -> String {
    let wire = member.name;
    let (field, presence) = (member.field, member.presence);
    let name = if wire == field {
        String::new()
    } else {
        format!("({})", quote! { #wire })
    };
    let entries = ".entries()".repeat(member.maps);
    format!("{presence} {field}{name}{}{entries}", exact(member.exact))
}

fn exact(exact: bool) -> &'static str {
    if exact { ".exact()" } else { "" }
}

fn derived(derives: &[Derive]) -> String {
    let names: Vec<&str> = derives.iter().map(|derive| derive.name()).collect();
    format!("#[derive({})] ", names.join(", "))
}

fn allowed(lints: &[Lint]) -> String {
    lints
        .iter()
        .map(|lint| format!("#[allow({})] ", lint.name()))
        .collect()
}
