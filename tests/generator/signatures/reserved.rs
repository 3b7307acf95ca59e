//! The names that the generator leaves alone are those that the runtime and the generated code have.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::Generated;
use codegen::rust::{Item, Resource, reserved};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use tests::workspace;

use crate::crates::CRATES;

type Names = BTreeSet<String>;

/// `head` and `options` are HTTP methods that a client may learn.
const LATER: [&str; 2] = ["head", "options"];

#[test]
fn a_resource_is_called_nothing_that_a_client_has() {
    let (_, Generated { sdk, .. }) = CRATES.first().expect("there are cases");
    let own = [&sdk.client.from_env, &sdk.client.new, &sdk.client.builder];
    let mut functions = functions_of("Client", true);
    functions.extend(own.map(|function| function.signature.name.clone()));
    functions.extend(LATER.map(str::to_owned));
    assert_eq!(functions, set(&reserved::CLIENT_METHODS));
}

#[test]
fn a_constructor_is_called_nothing_that_credentials_have() {
    let functions = functions_of("Credentials", false);
    assert_eq!(functions, set(&reserved::CREDENTIALS_FUNCTIONS));
}

#[test]
fn a_resource_of_a_fake_is_called_nothing_that_a_fake_has() {
    let mut functions = functions_of("Fake", false);
    functions.extend(["in_memory", "start"].map(str::to_owned));
    let of_client = set(&reserved::CLIENT_METHODS);
    functions.retain(|name| !of_client.contains(name));
    assert_eq!(functions, set(&reserved::FAKE_METHODS));
}

#[test]
fn a_setter_is_called_nothing_that_a_request_has() {
    let path = runtime().join("src/runtime/request_macro.rs");
    let file = syn::parse_file(&workspace::read(&path)).expect("the runtime is Rust");
    let tokens = flat(file.to_token_stream());
    let mut functions: Names = tokens
        .windows(2)
        .filter(|pair| pair[0] == "fn")
        .map(|pair| pair[1].clone())
        .collect();
    // Derived.
    functions.insert("fmt".to_owned());
    // Of those whose events can be asked for again.
    functions.insert("reconnecting".to_owned());
    assert_eq!(functions, set(&reserved::REQUEST_METHODS));
}

#[test]
fn a_package_is_called_nothing_that_the_runtime_depends_on() {
    let manifest: toml::Table = workspace::read(&runtime().join("Cargo.toml"))
        .parse()
        .expect("the manifest is TOML");
    let dependencies = manifest["dependencies"].as_table();
    let dependencies = dependencies.expect("dependencies are a table");
    let mut crates: Names = dependencies
        .keys()
        .map(|name| name.replace('-', "_"))
        .collect();
    let of_rust = ["alloc", "core", "proc_macro", "std", "test"];
    crates.extend(of_rust.map(str::to_owned));
    assert_eq!(crates, set(&reserved::CRATES));
}

/// A model hides what has its name from the file that it is in, as does the type of a resource or of a request.
#[test]
fn a_type_is_called_nothing_that_the_code_around_it_names() {
    let request = runtime().join("src/runtime/request_macro.rs");
    let request = named(&workspace::read(&request), &Names::new());
    for (case, generated) in CRATES.iter() {
        let own = own_types(generated);
        for (path, text) in &generated.files {
            let (mut names, reserved) = match path {
                path if path.starts_with("src/models/") => {
                    (named(text, &own), set(&reserved::MODEL_TYPES))
                }
                path if path.starts_with("src/resources/") => {
                    (named(text, &own), set(&reserved::RESOURCE_TYPES))
                }
                _ => continue,
            };
            if path.starts_with("src/resources/") {
                names.extend(request.clone());
            }
            let free: Vec<&String> = names.difference(&reserved).collect();
            assert!(free.is_empty(), "{}, {path}: reserve {free:?}", case.name);
        }
    }
}

/// A module below a resource hides what has its name from the methods of that.
#[test]
fn a_module_is_called_nothing_that_the_code_around_it_names() {
    let mut roots = Names::new();
    for (_, generated) in CRATES.iter() {
        let mut pending: Vec<&Resource> = generated.sdk.resources.iter().collect();
        while let Some(resource) = pending.pop() {
            let path = format!("src/{}.rs", resource.module_path().replace("::", "/"));
            let children: Names = resource.children.iter().map(|c| c.module.clone()).collect();
            roots.extend(
                path_roots(&generated.files[&path])
                    .difference(&children)
                    .cloned(),
            );
            pending.extend(&resource.children);
        }
    }
    roots.remove("crate");
    assert_eq!(roots, set(&reserved::RESOURCE_MODULES));
}

/// The modules and crates that paths begin with.
fn path_roots(text: &str) -> Names {
    let tokens = flat(text.parse().expect("the file is Rust"));
    let colons = |at: usize| {
        tokens
            .get(at..at + 2)
            .is_some_and(|pair| pair == [":", ":"])
    };
    let lower = |token: &str| token.starts_with(|c: char| c.is_ascii_lowercase());
    let roots = tokens.iter().enumerate().filter(|(at, token)| {
        // What has a third one is a name with its type, whose path begins with the two.
        let is_typed = tokens.get(at + 3).is_some_and(|token| token == ":");
        // A function with its types.
        let is_function = tokens.get(at + 3).is_some_and(|token| token == "<");
        let is_root = !is_typed && !is_function && !at.checked_sub(2).is_some_and(colons);
        lower(token) && colons(at + 1) && is_root
    });
    roots.map(|(_, token)| token.clone()).collect()
}

fn runtime() -> std::path::PathBuf {
    workspace::root().join("codegen/runtime")
}

fn set(names: &[&str]) -> Names {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The functions that the runtime implements for a type: its own, and where asked for those of traits.
fn functions_of(name: &str, with_traits: bool) -> Names {
    let mut found = Names::new();
    for path in workspace::files(&runtime().join("src/runtime")) {
        for item in file(&path).items {
            match item {
                syn::Item::Impl(item) => {
                    let of = item.self_ty.to_token_stream().to_string();
                    let wanted = of == name && (item.trait_.is_none() || with_traits);
                    let functions = item.items.iter().filter(|_| wanted);
                    found.extend(functions.filter_map(function));
                }
                syn::Item::Struct(item) if item.ident == name && with_traits => {
                    let attributes = item.attrs.iter();
                    let derived = flat(attributes.map(|a| a.meta.to_token_stream()).collect());
                    let clone = derived.iter().any(|name| name == "Clone");
                    found.extend(clone.then(|| "clone".to_owned()));
                }
                _ => {}
            }
        }
    }
    found
}

fn file(path: &Path) -> syn::File {
    syn::parse_file(&workspace::read(path)).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

fn function(item: &syn::ImplItem) -> Option<String> {
    match item {
        syn::ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
        _ => None,
    }
}

/// What the document's names became: types and variants.
fn own_types(generated: &Generated) -> Names {
    let mut own = Names::new();
    let items = generated.sdk.models.iter().flat_map(|file| {
        let others = file.others.iter().map(|other| &other.item);
        file.items.iter().chain(others)
    });
    for item in items {
        own.insert(item.name().to_owned());
        own.extend(item.former().iter().cloned());
        match item {
            Item::Struct(item) => {
                own.extend(item.constants.iter().map(|constant| constant.name.clone()));
            }
            Item::Enum(item) => {
                own.extend(item.variants.iter().map(|variant| variant.name.clone()));
                own.insert(item.unknown.clone());
            }
            Item::Union(item) => {
                own.extend(item.variants.iter().map(|variant| variant.name.clone()));
                own.insert(item.unknown.clone());
            }
        }
    }
    fn collect(resource: &Resource, own: &mut Names) {
        own.insert(resource.type_name.clone());
        for method in &resource.methods {
            own.insert(method.request.clone());
            if let Some(choice) = &method.choice {
                own.insert(choice.name.clone());
                own.extend(choice.variants.iter().map(|variant| variant.name.clone()));
            }
        }
        resource
            .children
            .iter()
            .for_each(|child| collect(child, own));
    }
    generated
        .sdk
        .resources
        .iter()
        .for_each(|resource| collect(resource, &mut own));
    own
}

/// The types and traits that code names by one word, but for its own and for parameters of functions, which hide
/// nothing that they need.
fn named(text: &str, own: &Names) -> Names {
    let tokens: TokenStream = text.parse().expect("the file is Rust");
    let tokens = flat(tokens);
    let mut found = Names::new();
    for (index, token) in tokens.iter().enumerate() {
        let upper = token.starts_with(|c: char| c.is_ascii_uppercase());
        let within_path = index >= 2 && tokens[index - 1] == ":" && tokens[index - 2] == ":";
        let of_function = token.len() == 1 || token == "Self";
        let before = index.checked_sub(1).map(|before| tokens[before].as_str());
        let after = tokens.get(index + 1).map(String::as_str);
        let of_trait = before == Some("type") || (before, after) == (Some("<"), Some("="));
        if upper && !within_path && !of_function && !of_trait && !own.contains(token) {
            found.insert(token.clone());
        }
    }
    found
}

/// All tokens in a row, without attributes: what is derived is named by macros.
fn flat(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    let mut after_hash = false;
    for token in tokens {
        match token {
            TokenTree::Group(_) if after_hash => after_hash = false,
            TokenTree::Group(group) => found.extend(flat(group.stream())),
            token => {
                let token = token.to_string();
                after_hash = token == "#";
                found.push(token);
            }
        }
    }
    found
}
