//! Values and calls of examples.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::tokens::{ident, path, ty};
use crate::format;
use crate::rust::signature::{File, ParameterType};
use crate::rust::{Argument, Method, Sample, Ty};

/// The lines of the example in a method's docs. What is not the call itself is hidden by `# `.
pub fn doc_example(method: &Method) -> Vec<String> {
    let options = first(&method.example.options, DOCUMENTED_OPTIONS);
    let binding = match &method.pages {
        Some(_) => {
            let request = request_with(method, At::Docs, options);
            let result = ident(&method.example.result);
            quote! { let #result = #request.items().collect(100).await?; }
        }
        None => binding_with(method, At::Docs, options),
    };
    let package = &method.example.package;
    let mut lines = Vec::new();
    if names_models(method, options) {
        lines.push(format!("use {package}::models::*;"));
    }
    if method.example.deprecated {
        lines.push("# #[allow(deprecated)]".to_owned());
    }
    lines.push(format!(
        "# async fn example(client: &{package}::Client) -> Result<(), {package}::Error> {{"
    ));
    lines.extend(format::statements(&binding));
    lines.push("# Ok(()) }".to_owned());
    lines
}

/// One shows how all are set; which there are is said above the example.
const DOCUMENTED_OPTIONS: usize = 1;

fn first<T>(all: &[T], most: usize) -> &[T] {
    &all[..all.len().min(most)]
}

/// The call with its result: `let result = client.a().b(arguments).option(value).await?;` Of a stream
/// and of a list that comes in pages it shows each item.
pub fn binding(method: &Method, at: At) -> TokenStream {
    binding_with(method, at, &method.example.options)
}

fn binding_with(method: &Method, at: At, options: &[Given]) -> TokenStream {
    let request = request_with(method, at, options);
    let call = quote! { #request .await? };
    let result = ident(&method.example.result);
    match method.output {
        Ty::Unit => quote! { #call; },
        _ if method.pages.is_some() => {
            let item = ident(&method.example.item);
            let shown = debug(&item);
            quote! {
                let mut #result = #request.items();
                while let Some(#item) = #result.next().await {
                    let #item = #item?;
                    #shown
                }
            }
        }
        Ty::Items(_) => quote! {
            let mut #result = #call;
            while let Some(item) = #result.next().await {
                let item = item?;
                println!("{item:#?}");
            }
        },
        _ => quote! { let #result = #call; },
    }
}

/// Whether what [`binding`] gives prints what the call does.
pub fn prints(method: &Method) -> bool {
    method.pages.is_some() || matches!(method.output, Ty::Unit | Ty::Items(_))
}

/// `println!("{name:#?}");`
pub fn debug(name: &Ident) -> TokenStream {
    let text = format!("{{{name}:#?}}");
    quote! { println!(#text); }
}

/// Whether the call names a model, so that what shows it begins with `use ...::models::*`.
pub fn uses_models(method: &Method) -> bool {
    names_models(method, &method.example.options)
}

fn names_models(method: &Method, options: &[Given]) -> bool {
    let options = options.iter().map(|(_, sample)| sample);
    let mut samples = method.example.arguments.iter().chain(options);
    samples.any(names_model)
}

fn names_model(sample: &Sample) -> bool {
    match sample {
        Sample::Literal(..)
        | Sample::Default(_)
        | Sample::New(..)
        | Sample::Variant(..)
        | Sample::UnionVariant(..)
        | Sample::NoItems(Ty::Model(_))
        | Sample::NoEntries(Ty::Model(_)) => true,
        Sample::Boxed(inner)
        | Sample::Written(inner)
        | Sample::List(inner)
        | Sample::Vec(inner)
        | Sample::Pairs(inner) => names_model(inner),
        Sample::Tuple(items) => items.iter().any(names_model),
        _ => false,
    }
}

/// Where a call is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    Docs,
    /// What is read from the command line is a variable.
    Program,
}

/// An option, by its name, with what it is set to.
type Given = (String, Sample);

/// The call before it is awaited.
pub fn request(method: &Method, at: At) -> TokenStream {
    request_with(method, at, &method.example.options)
}

fn request_with(method: &Method, at: At, options: &[Given]) -> TokenStream {
    let krate = ident(&method.example.package);
    let steps = method.example.calls.iter().map(|name| ident(name));
    let name = ident(&method.name);
    let variable = method
        .example
        .from_command_line
        .filter(|_| at == At::Program);
    let given = method.arguments.iter().zip(&method.example.arguments);
    let arguments = given.enumerate().map(|(index, (argument, sample))| {
        if variable == Some(index) {
            ident(&argument.name).into_token_stream()
        } else {
            argument_value(&krate, argument, sample)
        }
    });
    let options = options.iter().map(|(name, sample)| {
        let option = method.options.iter().find(|option| option.name == *name);
        let value = option.map(|option| argument_value(&krate, option, sample));
        let name = ident(name);
        quote! { .#name(#value) }
    });
    quote! { client #(.#steps())* .#name(#(#arguments),*) #(#options)* }
}

fn argument_value(krate: &Ident, argument: &Argument, sample: &Sample) -> TokenStream {
    let value = value(krate, sample);
    let ty = match &argument.ty {
        ParameterType::Perhaps(inner) => inner,
        ty => ty,
    };
    match (ty, sample) {
        (ParameterType::OptionalReference(_), Sample::EmptyMap) => {
            quote! { &std::collections::BTreeMap::new() }
        }
        // An integer becomes a float by itself.
        (ParameterType::Into(Ty::F64) | ParameterType::Optional(Ty::F64), Sample::Float(float))
            if float.fract() == 0.0 && float.abs() < f64::from(i32::MAX) =>
        {
            number(*float as i64)
        }
        (ParameterType::Reference(Ty::String), _) => value,
        (ParameterType::Reference(_), Sample::Vec(item)) => {
            let item = owned(krate, item);
            quote! { &[#item] }
        }
        (ParameterType::Reference(_) | ParameterType::OptionalReference(_), _) => {
            quote! { &#value }
        }
        _ => value,
    }
}

/// A value where nothing converts it.
fn owned(krate: &Ident, sample: &Sample) -> TokenStream {
    match sample {
        Sample::String(text) => quote! { #text.to_owned() },
        sample => value(krate, sample),
    }
}

fn value(krate: &Ident, sample: &Sample) -> TokenStream {
    let inner = |inner: &Sample| value(krate, inner);
    match sample {
        Sample::Bool(value) => quote! { #value },
        Sample::Integer(value) => number(*value),
        Sample::WideInteger(value, ty) => wide(*value, ty),
        Sample::Float(value) => {
            let literal = Literal::f64_unsuffixed(*value);
            quote! { #literal }
        }
        Sample::String(text) => quote! { #text },
        Sample::Date(year, month, day) => {
            let parts = [i64::from(*year), i64::from(*month), i64::from(*day)].map(number);
            quote! { jiff::civil::date(#(#parts),*) }
        }
        Sample::Timestamp => quote! { jiff::Timestamp::UNIX_EPOCH },
        Sample::Decimal => quote! { rust_decimal::Decimal::ONE },
        Sample::Bytes => quote! { "content" },
        Sample::File => quote! { #krate::File::new("content") },
        Sample::Files => quote! { [#krate::File::new("content")] },
        Sample::Parts => quote! { [#krate::Part::new("name", "content")] },
        Sample::Value => quote! { serde_json::Value::Null },
        Sample::EmptyList => quote! { Vec::new() },
        Sample::NoItems(of) => {
            let of = ty(of, File::Models);
            quote! { Vec::<#of>::new() }
        }
        Sample::NoEntries(of) => {
            let of = ty(of, File::Models);
            quote! { std::collections::BTreeMap::<String, #of>::new() }
        }
        Sample::Literal(name, fields) => {
            let name = ident(name);
            let fields = fields.iter().map(|(field, sample)| {
                let (field, value) = (ident(field), owned(krate, sample));
                quote! { #field: #value }
            });
            quote! { #name { #(#fields),* } }
        }
        Sample::List(item) => {
            let item = inner(item);
            quote! { [#item] }
        }
        Sample::Vec(item) => {
            let item = owned(krate, item);
            quote! { vec![#item] }
        }
        Sample::Pairs(item) => {
            let item = inner(item);
            quote! { [("key", #item)] }
        }
        Sample::EmptyMap => quote! { Default::default() },
        Sample::None => quote! { None },
        Sample::Boxed(boxed) => {
            let boxed = inner(boxed);
            quote! { Box::new(#boxed) }
        }
        Sample::Written(written) => {
            let written = inner(written);
            quote! { #written.into() }
        }
        Sample::Parsed(text, ty) => {
            let message = format!("it is a `{ty}`");
            let ty = path(ty);
            quote! { #text.parse::<::#ty>().expect(#message) }
        }
        Sample::Tuple(items) => {
            let items = items.iter().map(|item| owned(krate, item));
            quote! { (#(#items),*) }
        }
        Sample::Default(name) => {
            let name = ident(name);
            quote! { #name::default() }
        }
        Sample::New(name, arguments) => {
            let name = ident(name);
            let arguments = arguments.iter().map(inner);
            quote! { #name::new(#(#arguments),*) }
        }
        Sample::Variant(name, variant) => {
            let (name, variant) = (ident(name), ident(variant));
            quote! { #name::#variant }
        }
        Sample::UnionVariant(name, variant, held) => {
            let (name, variant) = (ident(name), ident(variant));
            let held = owned(krate, held);
            quote! { #name::#variant(#held) }
        }
    }
}

/// `3_000_000_000_i64`
fn wide(value: i64, ty: &str) -> TokenStream {
    let digits = value.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    let literal = format!("{}_{ty}", groups.join("_"));
    literal.parse().unwrap_or_else(|_| number(value))
}

fn number(value: i64) -> TokenStream {
    let literal = Literal::i64_unsuffixed(value);
    quote! { #literal }
}
