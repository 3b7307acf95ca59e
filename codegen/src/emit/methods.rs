//! Operations: the method that makes a request, and the request as a builder.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::tokens::{ident, ty};
use super::{attrs, bodies, functions, long_running, pages, parameters, samples, servers, streams};
use crate::rust::signature::{File, ParameterType};
use crate::rust::{Argument, BodyFormat, Decode, Method, Resource, Role, Stated, Status, Ty};

/// Of a line in an `impl`, as `format` prints it.
const WIDTH: usize = 93;

/// Of what is in a method.
const INDENT: usize = 8;

/// `client.resource().method(required)`
pub fn method(method: &Method) -> TokenStream {
    let example = || samples::doc_example(method);
    let docs = attrs::docs_with_sections(&method.docs, &method.sections, example);
    let deprecated = attrs::deprecated(method.deprecated);
    let inline = is_whole(method).then(|| quote! { #[inline] });
    let signature = functions::signature(&method.signature());
    let body = body(method);
    quote! {
        #docs
        #deprecated
        #inline
        #signature {
            #body
        }
    }
}

/// Whether it is compiled where it stands, and not by whoever calls it with types of their own.
fn is_whole(method: &Method) -> bool {
    let mut arguments = method.arguments.iter();
    arguments.all(|argument| !argument.ty.is_generic())
}

/// The request with its settings, in statements that are a line each where they can be.
fn body(method: &Method) -> TokenStream {
    let request = ident(&method.request);
    let fits = |call: usize, around: usize| INDENT + around + call <= WIDTH;
    let mut statements = Vec::new();
    let mut made = quote! { #request::of(self) };
    let mut used = width(&made);
    for setting in settings(method) {
        let more = width(&setting);
        if fits(used + more, ASSIGNMENT.len()) {
            made.extend(setting);
            used += more;
        } else {
            statements.push(quote! { let request = #made; });
            made = quote! { request #setting };
            used = "request".len() + more;
        }
    }
    if !fits(used, method.request.len() + "()".len()) {
        statements.push(quote! { let request = #made; });
        made = quote! { request };
    }
    quote! { #(#statements)* #request(#made) }
}

/// What is around a call that is a statement.
const ASSIGNMENT: &str = "let request = ;";

/// How wide it is on one line.
fn width(call: &TokenStream) -> usize {
    let text = call.to_string();
    let tight = text.chars().filter(|c| !c.is_whitespace()).count();
    tight + text.matches(" , ").count()
}

/// The calls on the request that make it this one.
fn settings(method: &Method) -> Vec<TokenStream> {
    let server = method.server.as_ref().map(|server| {
        let address = servers::address(&server.address);
        quote! { .server(#address) }
    });
    let accept = (!method.accept.is_empty()).then(|| {
        let media_types = &method.accept;
        quote! { .accept(#media_types) }
    });
    let open = method.is_stream().then(|| quote! { .open() });
    let (path, others) = by_place(method);
    let others = others.into_iter().map(setting);
    let multipart = method.multipart.as_ref();
    let multipart = multipart.map(|multipart| bodies::multipart(multipart, &method.arguments));
    let fields = method.fields.as_ref();
    let fields = fields.map(|fields| bodies::fields(fields, method));
    // How a property is written depends on what it is written as.
    let first = [server, accept, open, path, fields];
    let first = first.into_iter().flatten();
    let switched = method.switched.as_ref();
    let switched = switched.map(|name| streams::switch(method, name));
    let fixed = method.fixed.iter().map(bodies::fixed);
    let all = first.chain(fixed).chain(others).chain(multipart);
    let all = all.chain(switched);
    all.filter(|setting| !setting.is_empty()).collect()
}

/// The call that fills the path, if all of its values are arguments as they are; and the arguments that are left.
fn by_place(method: &Method) -> (Option<TokenStream>, Vec<&Argument>) {
    let names = placeholders(&method.path);
    let of_path = |name: &&str| {
        let mut arguments = method.arguments.iter();
        arguments.find(|argument| {
            let is_of = matches!(&argument.role, Role::Path(of) if of == name);
            is_of && float(argument).is_none()
        })
    };
    let values: Option<Vec<&Argument>> = names.iter().map(of_path).collect();
    let Some(values) = values.filter(|values| !values.is_empty()) else {
        return (None, method.arguments.iter().collect());
    };
    let values = values.iter().map(|argument| {
        let name = ident(&argument.name);
        match &argument.ty {
            ParameterType::Into(of) => {
                let of = ty(of, File::Resources);
                quote! { Into::<#of>::into(#name) }
            }
            _ => name.to_token_stream(),
        }
    });
    let is_left = |argument: &&Argument| match &argument.role {
        Role::Path(name) => !names.contains(&name.as_str()),
        _ => true,
    };
    let left = method.arguments.iter().filter(is_left);
    (Some(quote! { .in_path(&[#(&#values),*]) }), left.collect())
}

/// The names between braces, each once, as the runtime finds them.
fn placeholders(path: &str) -> Vec<&str> {
    let template = path.split('#').next().unwrap_or_default();
    let mut names = Vec::new();
    for part in template.split('{').skip(1) {
        let name = part.split('}').next().unwrap_or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The types of the requests of a resource, after what only some of them have: documentation lists both in this order.
pub fn requests(resource: &Resource) -> TokenStream {
    let (of, methods) = (ident(&resource.type_name), &resource.methods);
    let all = resource.stated();
    let rows = methods.iter().map(|method| {
        let security = Some(&method.security.stated).filter(|own| *own != all);
        row(
            &resource.type_name,
            method,
            security.and_then(security_name),
        )
    });
    let all = security_name(all).map(|name| quote! { , #name });
    let table = quote! { requests! { #of #all { #(#rows)* } } };
    let table = (!methods.is_empty()).then_some(table);
    let pages = pages::pages(methods);
    let waits = long_running::long_running(methods);
    quote! { #pages #waits #table }
}

/// What is written of what a call takes of the client's credentials.
fn security_name(stated: &Stated) -> Option<TokenStream> {
    match stated {
        Stated::Default => None,
        Stated::Nothing => Some(quote! { anonymous }),
        Stated::By(constant) => {
            let constant = ident(constant);
            // A module of the same name may be beside it.
            Some(quote! { crate::security::#constant })
        }
    }
}

/// `method => Request(Output) = how it is read "GET /path", what it takes of the credentials;`
fn row(resource: &str, method: &Method, security: Option<TokenStream>) -> TokenStream {
    // No link leads to a raw identifier.
    let plain = method.name.strip_prefix("r#");
    let docs = plain.map(|name| {
        attrs::docs(&format!(
            "A call of `{resource}::{name}`, sent when it is awaited."
        ))
    });
    let (by, name) = (ident(&method.name), ident(&method.request));
    let (output, takes) = (ty(&method.output, File::Resources), takes(method));
    let decode = ident(decode(method.decode));
    let statuses = method.without_data.iter();
    let statuses: Vec<Literal> = statuses.map(|s| Literal::u16_unsuffixed(*s)).collect();
    let unless = (!statuses.is_empty()).then(|| quote! { unless [#(#statuses),*] });
    let operation = format!("{} {}", method.http_method, method.path);
    let security = security.map(|name| quote! { , #name });
    quote! { #docs #by => #name(#output) #takes = #decode #unless #operation #security; }
}

/// What can be given to it that not every request takes.
fn takes(method: &Method) -> TokenStream {
    let key = method.takes_idempotency_key;
    let key = key.then(|| quote! { #[idempotency_key] });
    let fields = method.fields.as_ref().map(|_| quote! { #[fields] });
    quote! { #key #fields }
}

/// The call on the runtime's request that takes the argument.
pub fn setting(argument: &Argument) -> TokenStream {
    let set = plain_setting(argument);
    let Some((named, checked)) = float(argument) else {
        return set;
    };
    let (name, checked) = (ident(&argument.name), ident(checked));
    let value = match &argument.ty {
        ParameterType::Into(_) => quote! { Some(#name.into()) },
        ParameterType::Optional(_) => quote! { #name.number() },
        _ => quote! { #name },
    };
    quote! { .#checked(#named, #value, |request, #name| request #set) }
}

/// The name of a float that is sent as text, and the call that checks whether it has one.
fn float(argument: &Argument) -> Option<(&str, &'static str)> {
    let checked = match &argument.ty {
        ParameterType::Into(Ty::F64) | ParameterType::Optional(Ty::F64) => "number",
        ParameterType::List(Ty::F64) => "numbers",
        ParameterType::Perhaps(inner) if **inner == ParameterType::List(Ty::F64) => "numbers",
        _ => return None,
    };
    let name = match &argument.role {
        Role::Path(name)
        | Role::Query(name)
        | Role::QueryList(name, _)
        | Role::Header(name)
        | Role::Cookie(name) => name,
        Role::Styled(styled) if !argument.role.is_serialized() => &styled.name,
        Role::Part(part) if !argument.role.is_serialized() => &part.wire,
        Role::Body(body) if body.format == BodyFormat::Text => "body",
        _ => return None,
    };
    Some((name, checked))
}

fn plain_setting(argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    let is_field = matches!(argument.role, Role::Field(_));
    // What is not sized is serialized through one more reference.
    let value = match &argument.ty {
        ParameterType::Reference(Ty::String | Ty::Vec(_)) => quote! { &#name },
        ParameterType::Value(_) if argument.role.is_serialized() => quote! { &#name },
        ParameterType::Optional(Ty::F64) if argument.role.is_serialized() => {
            quote! { #name.number().as_ref() }
        }
        ParameterType::Optional(_) if argument.role.is_serialized() => {
            quote! { #name.into().as_ref() }
        }
        ParameterType::OptionalText if argument.role.is_serialized() => {
            quote! { #name.text().as_ref() }
        }
        ParameterType::Perhaps(inner)
            if matches!(**inner, ParameterType::List(_) | ParameterType::ListInto(_))
                && float(argument).is_none() =>
        {
            quote! { #name.given() }
        }
        ParameterType::Into(_) | ParameterType::Optional(_) if float(argument).is_some() => {
            quote! { #name }
        }
        ParameterType::Optional(Ty::F64) => quote! { #name.number() },
        ParameterType::Optional(_) => quote! { #name.into() },
        ParameterType::OptionalInto(_) if argument.role.is_serialized() => {
            quote! { #name.given().as_ref() }
        }
        ParameterType::OptionalInto(_) if !is_field => quote! { #name.given() },
        // Nothing is null.
        ParameterType::OptionalReference(_) if matches!(argument.role, Role::Body(_)) => {
            quote! { &#name.into() }
        }
        ParameterType::Into(_) if argument.role.is_serialized() => quote! { &#name.into() },
        ParameterType::Into(_) if !is_field => quote! { #name.into() },
        ParameterType::ListInto(item) if !is_field => {
            let item = ty(item, File::Resources);
            quote! { #name.into_iter().map(Into::<#item>::into) }
        }
        _ => quote! { #name },
    };
    match &argument.role {
        Role::Path(name) => quote! { .path(#name, #value) },
        Role::Query(name) => quote! { .set_query(#name, #value) },
        Role::QueryList(name, style) => {
            let style = parameters::list_style(*style);
            quote! { .set_query_list(#name, #style, #value) }
        }
        Role::QueryObject(name, style) => {
            let style = parameters::object_style(*style);
            quote! { .set_query_object(#name, #style, #value) }
        }
        Role::Header(name) => quote! { .header(#name, #value) },
        Role::Cookie(name) => quote! { .cookie(#name, #value) },
        Role::Styled(styled) => {
            let parameter = parameters::styled(styled, &value);
            quote! { .set(#parameter) }
        }
        Role::Part(part) => bodies::part(part, &argument.ty, &name, &value),
        Role::AnyPart => quote! { .part(#value) },
        Role::Server(address) => {
            let address = servers::address(address);
            quote! { .server(#address) }
        }
        Role::Field(field) => bodies::field(field, &argument.ty, &name.to_token_stream()),
        Role::Required(fields) => {
            let fields = fields.iter().map(|field| {
                let own = ident(&field.name);
                bodies::required_field(&field.sent, &quote! { #name.#own })
            });
            quote! { #(#fields)* }
        }
        Role::Body(body) => bodies::body(body, &argument.ty, &name, &value),
    }
}

/// The function of the runtime that reads it.
pub fn decode(decode: Decode) -> &'static str {
    match decode {
        Decode::Json => "json",
        Decode::OptionalJson => "optional_json",
        Decode::AnyJson => "any_json",
        Decode::Envelope => "envelope",
        Decode::Enveloped => "enveloped",
        Decode::OptionalEnveloped => "optional_enveloped",
        Decode::Text => "text",
        Decode::OptionalText => "optional_text",
        Decode::AnyText => "any_text",
        Decode::OptionalAnyText => "optional_any_text",
        Decode::Scalar => "scalar",
        Decode::OptionalScalar => "optional_scalar",
        Decode::Bytes => "bytes",
        Decode::OptionalBytes => "optional_bytes",
        Decode::Items(items) => streams::items(items),
        Decode::Empty => "empty",
        Decode::Outcomes => "outcomes",
    }
}

/// The type of a response that is one of several.
pub fn choice(resource: &str, method: &Method) -> Option<TokenStream> {
    let choice = method.choice.as_ref()?;
    let name = ident(&choice.name);
    let docs = attrs::docs(&format!("How {} ends well.", call(resource, method)));
    let variants = choice.variants.iter().map(|variant| {
        let docs = attrs::docs(&variant.docs);
        let name = ident(&variant.name);
        let data = (variant.ty != Ty::Unit).then(|| {
            let ty = ty(&variant.ty, File::Resources);
            quote! { (#ty) }
        });
        let decode = ident(decode(variant.decode));
        let statuses = statuses(variant.status);
        let media_types = &variant.media_types;
        quote! { #docs #name #data = #decode(#statuses, &[#(#media_types),*]), }
    });
    Some(quote! {
        outcomes! {
            #docs
            pub enum #name {
                #(#variants)*
            }
        }
    })
}

fn statuses(status: Status) -> TokenStream {
    let number = Literal::u16_unsuffixed;
    match status {
        Status::Code(code) => number(code).into_token_stream(),
        Status::Range(hundreds) => {
            let (first, last) = (number(hundreds * 100), number(hundreds * 100 + 99));
            quote! { #first..=#last }
        }
        Status::Default => quote! { 100..=999 },
    }
}

fn call(resource: &str, method: &Method) -> String {
    match method.name.strip_prefix("r#") {
        // A link cannot name a raw identifier.
        Some(name) => format!("a call of `{resource}::{name}`"),
        None => format!("a call of [`{resource}::{}`]", method.name),
    }
}
