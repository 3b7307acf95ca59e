//! `README.md`, which is also the front page of the crate's documentation: a file for each of its parts.

mod credentials;
mod details;
mod features;
mod operations;
mod settings;
mod webhooks;

use proc_macro2::TokenStream;
use quote::quote;

use super::samples::At;
use super::tokens::ident;
use super::wrap::wrapped;
use super::{manifest, samples};
use crate::format;
use crate::rust::{Crate, Method, docs};

pub fn readme(sdk: &Crate) -> String {
    let package = &sdk.package;
    let mut sections = vec![
        format!("# {}", package.name),
        docs::clean(&package.description),
    ];
    let (introduction, about) = introduced(&sdk.description);
    sections.extend(introduction.map(wrapped));
    sections.push(usage(sdk));
    sections.push(operations::section(sdk));
    if !sdk.left_out.is_empty() {
        sections.push(operations::left_out(sdk));
    }
    if sdk.uses.authentication {
        sections.push(credentials::section(sdk));
    }
    sections.extend(
        sdk.webhooks
            .as_ref()
            .map(|webhooks| webhooks::section(sdk, webhooks)),
    );
    sections.extend(features::section(sdk));
    sections.extend(settings::versions(sdk));
    sections.push(settings::timeouts(sdk));
    sections.push(settings::errors(sdk));
    sections.push(settings::around(sdk));
    sections.push(details::section(sdk));
    if let Some(limit) = sdk.recursion_limit {
        sections.push(format!(
            "Models are nested so deeply here that the compiler has to be allowed more: a program that it rejects with an \
             overflow begins with `#![recursion_limit = \"{limit}\"]`, as the examples do."
        ));
    }
    sections.extend(about.map(|about| format!("## About the API\n\n{}", wrapped(about))));
    if !package.license.is_empty() {
        sections.push(format!("## License\n\n{}", package.license));
    }
    let mut text = sections.join("\n\n");
    text.push('\n');
    text
}

/// So much is read before the first call.
const LONGEST_INTRODUCTION: usize = 800;

/// What is said of the API before its use is shown, and what is behind all else: a long text but for its first paragraph.
fn introduced(description: &str) -> (Option<&str>, Option<&str>) {
    let stated = |text: &'_ str| !text.is_empty();
    if description.len() <= LONGEST_INTRODUCTION {
        return (Some(description).filter(|text| stated(text)), None);
    }
    let (first, rest) = description.split_once("\n\n").unwrap_or((description, ""));
    let is_prose = first.starts_with(char::is_alphanumeric) && first.len() <= LONGEST_INTRODUCTION;
    if is_prose {
        (Some(first), Some(rest).filter(|text| stated(text)))
    } else {
        (None, Some(description))
    }
}

fn usage(sdk: &Crate) -> String {
    let name = &sdk.package.name;
    let version = compatible(&sdk.package.version);
    let krate = ident(&sdk.package.lib_name);
    let shown = first_calls(sdk);
    let models = shown
        .iter()
        .any(|method| samples::uses_models(method))
        .then(|| quote! { use #krate::models::*; });
    let calls = shown.into_iter().map(|method| {
        let binding = samples::binding(method, At::Docs);
        if samples::prints(method) {
            return binding;
        }
        let shown = samples::debug(&ident(&method.example.result));
        quote! { #binding #shown }
    });
    let code = rust(quote! {
        #models
        use #krate::{Client, Error};

        #[tokio::main]
        async fn main() -> Result<(), Error> {
            let client = Client::from_env()?;
            #(#calls)*
            Ok(())
        }
    });
    format!(
        "## Use\n\n```toml\n[dependencies]\n{name} = \"{version}\"\n{}tokio = {{ version = \"1\", \
         features = [\"macros\", \"rt-multi-thread\"] }}\n```\n\n{code}{}",
        companions(&code),
        nowhere(sdk)
    )
}

/// What a program has to say where the document names no server, or one that is relative to where it lies.
fn nowhere(sdk: &Crate) -> String {
    if !sdk.service.base_url.is_empty() {
        return String::new();
    }
    let text = format!(
        "The document names no server with its host: `Client::from_env` takes the base URL from the environment variable \
         `{}`, and `Client::builder` by `base_url`. Without it every call is an error.",
        sdk.service.base_url_variable
    );
    format!("\n\n{}", wrapped(&text))
}

/// What a program begins with: a list and one of its items, or else what the document begins with.
fn first_calls(sdk: &Crate) -> Vec<&Method> {
    let mut methods = sdk.methods();
    methods.retain(|method| !method.example.deprecated);
    let lists = |method: &&&Method| {
        let is_list = method.name == "list" && method.http_method == "GET";
        is_list && method.arguments.is_empty()
    };
    let lists = methods.iter().filter(lists);
    let Some(list) = lists.min_by_key(|method| method.example.calls.len()) else {
        methods.truncate(2);
        return methods;
    };
    let beside = |method: &&&Method| {
        method.example.calls == list.example.calls
            && method.name == "get"
            && method.http_method == "GET"
    };
    let others = || {
        methods
            .iter()
            .filter(|method| !std::ptr::eq(**method, *list))
    };
    let other = others().find(beside).or_else(|| others().next());
    std::iter::once(list).chain(other).copied().collect()
}

/// The crates that the example names besides this one.
fn companions(code: &str) -> String {
    ["jiff", "rust_decimal", "serde_json"]
        .into_iter()
        .filter(|name| code.contains(&format!("{name}::")))
        .map(|name| format!("{name} = \"{}\"\n", manifest::requirement(name)))
        .collect()
}

fn rust(tokens: TokenStream) -> String {
    format!("```rust,no_run\n{}```", format::file(tokens))
}

/// The requirement that takes every compatible version.
fn compatible(version: &str) -> String {
    let mut parts = version.split('.');
    match (parts.next(), parts.next()) {
        (Some("0"), Some(minor)) => format!("0.{minor}"),
        (Some(major), _) => major.to_owned(),
        _ => version.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_description_is_behind_the_use_but_for_its_first_paragraph() {
        let long = "word ".repeat(200);
        let long = long.trim_end();
        let (prose, heading) = (
            format!("What it is.\n\n{long}"),
            format!("# Start\n\n{long}"),
        );
        for (description, introduction, about) in [
            ("", None, None),
            ("Short.\n\nToo.", Some("Short.\n\nToo."), None),
            (&prose, Some("What it is."), Some(long)),
            (&heading, None, Some(&*heading)),
            (long, None, Some(long)),
        ] {
            assert_eq!(introduced(description), (introduction, about));
        }
    }
}
