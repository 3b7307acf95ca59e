//! Bodies: the calls on the runtime's request by which they are sent.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::parameters;
use super::tokens::ty;
use crate::rust::signature::{File, ParameterType};
use crate::rust::{
    Argument, Body, BodyFormat, FieldContent, FieldsBody, Fixed, FixedValue, FixedWhere,
    FormEncoding, Method, Multipart, Part, PartContent, Role, SentField, Ty,
};

/// The call that takes a whole body, and the one that states its media type.
pub fn body(body: &Body, given: &ParameterType, name: &Ident, value: &TokenStream) -> TokenStream {
    let content_type = body.content_type.iter();
    let media_type = &body.media_type;
    let sensitive = body.sensitive.then(|| quote! { .sensitive_body() });
    let sent = match (body.format, given) {
        (BodyFormat::Json, ParameterType::Nullable(own)) => {
            let own = ty(own, File::Resources);
            quote! { .json_or_null::<#own>(#name) }
        }
        (BodyFormat::Json, ParameterType::Lent(item)) => {
            let item = ty(item, File::Resources);
            quote! { .json_of::<#item>(#name) }
        }
        (BodyFormat::Json, ParameterType::ListInto(item)) => {
            let item = ty(item, File::Resources);
            quote! { .json_list::<#item>(#name) }
        }
        (BodyFormat::Json, _) => quote! { .json(#value) },
        (BodyFormat::Form, _) => form(&body.encoding, value),
        (BodyFormat::Multipart, _) => quote! { .multipart(#name) },
        (BodyFormat::Text, _) => quote! { .text(#value) },
        (BodyFormat::Raw, _) => quote! { .body(#media_type, #name) },
    };
    quote! { #sent #sensitive #(.content_type(#content_type))* }
}

fn form(encoding: &FormEncoding, value: &TokenStream) -> TokenStream {
    match encoding {
        FormEncoding::Plain => quote! { .form(#value) },
        FormEncoding::Deep => quote! { .deep_form(#value) },
        FormEncoding::Of(properties) => {
            let properties = properties.iter().map(property);
            quote! { .form_of(#value, &[#(#properties),*]) }
        }
    }
}

/// What the arguments leave unsaid of a body that is made of properties.
pub fn fields(fields: &FieldsBody, method: &Method) -> TokenStream {
    let body = &fields.body;
    let content_type = body.content_type.iter();
    let format = match (body.format, &body.encoding) {
        (BodyFormat::Form, FormEncoding::Deep) => quote! { .fields_in_deep_form() },
        (BodyFormat::Form, _) => {
            let properties = body.encoded().iter().map(property);
            quote! { .fields_in_form([#(#properties),*]) }
        }
        _ => TokenStream::new(),
    };
    let is_field =
        |argument: &Argument| matches!(argument.role, Role::Field(_) | Role::Required(_));
    let mut fixed = method.fixed.iter();
    let is_fixed = fixed.any(|fixed| fixed.at == FixedWhere::Body);
    let sent = fields.required && !is_fixed && !method.arguments.iter().any(is_field);
    let none = sent.then(|| quote! { .fields() });
    quote! { #format #(.fields_as(#content_type))* #none }
}

/// The call that sends what can be but one value.
pub fn fixed(fixed: &Fixed) -> TokenStream {
    let name = &fixed.wire;
    let (value, ty) = match &fixed.value {
        FixedValue::Text(text) => (quote! { #text }, quote! { String }),
        FixedValue::Boolean(flag) => (quote! { #flag }, quote! { bool }),
        FixedValue::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            (quote! { #number }, quote! { i64 })
        }
    };
    match fixed.at {
        FixedWhere::Query => quote! { .set_query(#name, #value) },
        FixedWhere::Header => quote! { .header(#name, #value) },
        FixedWhere::Body => quote! { .field::<#ty>(#name, #value) },
    }
}

/// The call that takes a property of an object.
pub fn field(field: &SentField, given: &ParameterType, name: &TokenStream) -> TokenStream {
    let wire = &field.wire;
    let own = ty(&field.ty, File::Resources);
    let listed = listed(given, name);
    match (field.content, &field.ty) {
        (FieldContent::Null, _) => quote! { .null_field(#wire) },
        (FieldContent::Exact, _) => quote! { .exact_field::<#own>(#wire, #name) },
        (FieldContent::Nullable, Ty::Value) => quote! { .field::<#own>(#wire, #name) },
        (FieldContent::Nullable, _) => quote! { .nullable_field::<#own>(#wire, #name) },
        // What is a list already is no one item alone, which it might be where items are any JSON.
        (FieldContent::List, _) if matches!(given, ParameterType::Value(_)) => {
            quote! { .field::<#own>(#wire, #name) }
        }
        (FieldContent::List, Ty::Vec(item)) => {
            let item = ty(item, File::Resources);
            quote! { .list_field::<#item, _>(#wire, #listed) }
        }
        (FieldContent::Map, Ty::Map(value)) => {
            let value = ty(value, File::Resources);
            quote! { .map_field::<#value, _>(#wire, #listed) }
        }
        _ => match given {
            ParameterType::OptionalInto(_) => quote! { .set_field::<#own, _>(#wire, #name) },
            ParameterType::Optional(Ty::F64) => {
                quote! { .optional_field::<#own>(#wire, #name.number()) }
            }
            ParameterType::Optional(_) => quote! { .optional_field::<#own>(#wire, #name) },
            _ => quote! { .field::<#own>(#wire, #name) },
        },
    }
}

/// What a list or a map is made of.
fn listed(given: &ParameterType, name: &TokenStream) -> TokenStream {
    match given {
        ParameterType::Perhaps(inner)
            if matches!(**inner, ParameterType::List(_) | ParameterType::Pairs(_)) =>
        {
            quote! { #name.given() }
        }
        _ => name.clone(),
    }
}

/// The call that takes a field of what has to be given.
pub fn required_field(field: &SentField, value: &TokenStream) -> TokenStream {
    self::field(field, &ParameterType::Value(field.ty.clone()), value)
}

/// How a property of a form is written.
fn property(property: &Part) -> TokenStream {
    let name = &property.wire;
    let style = match property.content {
        PartContent::List(style) => {
            let style = parameters::list_style(style);
            quote! { .list(#style) }
        }
        PartContent::Object(style) => {
            let style = parameters::object_style(style);
            quote! { .object(#style) }
        }
        _ => quote! { .json() },
    };
    quote! { Encoding::of(#name) #style }
}

/// What the arguments leave unsaid of a body of several parts.
pub fn multipart(multipart: &Multipart, arguments: &[Argument]) -> TokenStream {
    let media_type = Some(&multipart.media_type);
    let media_type = media_type
        .filter(|name| *name != "multipart/form-data")
        .into_iter();
    let is_part = |argument: &Argument| matches!(argument.role, Role::Part(_));
    let sent = multipart.required && !arguments.iter().any(is_part);
    let none = sent.then(|| quote! { .multipart([]) });
    quote! { #(.multipart_as(#media_type))* #none }
}

/// The call that takes a property of a body of several parts.
pub fn part(part: &Part, given: &ParameterType, name: &Ident, value: &TokenStream) -> TokenStream {
    let encoding = encoding(part);
    match part.content {
        PartContent::Text => quote! { .text_part(#encoding, #value) },
        PartContent::File => quote! { .file_part(#encoding, #name) },
        PartContent::Files => quote! { .file_parts(#encoding, #name) },
        PartContent::Json => {
            let value = json(given, name).unwrap_or_else(|| value.clone());
            quote! { .json_part(#encoding, #value) }
        }
        PartContent::JsonItems => {
            let item = given.ty().map(|item| ty(item, File::Resources));
            let items = listed(given, &name.to_token_stream());
            quote! { .json_parts::<#item, _>(#encoding, #items) }
        }
        PartContent::List(style) => {
            let style = parameters::list_style(style);
            quote! { .list_part(#encoding, #style, #value) }
        }
        PartContent::Object(style) => {
            let style = parameters::object_style(style);
            quote! { .object_part(#encoding, #style, #value) }
        }
    }
}

/// What is borrowed to be written as JSON, where it has to be made first.
fn json(given: &ParameterType, name: &Ident) -> Option<TokenStream> {
    let own = ty(given.ty()?, File::Resources);
    let made_by = |by: &str| {
        let by = format_ident!("{by}");
        quote! { crate::runtime::#by::<#own, _>::given(#name).as_ref() }
    };
    match given {
        ParameterType::Into(_) => Some(quote! { &Into::<#own>::into(#name) }),
        ParameterType::List(_) => Some(made_by("OptionalItems")),
        ParameterType::ListInto(_) => Some(made_by("OptionalList")),
        ParameterType::Pairs(_) => Some(made_by("OptionalEntries")),
        ParameterType::PairsInto(_) => Some(made_by("OptionalMap")),
        ParameterType::Perhaps(_) => Some(quote! { #name.given().as_ref() }),
        _ => None,
    }
}

/// The name of a property, with what else is said of how it is written.
fn encoding(part: &Part) -> TokenStream {
    let name = &part.wire;
    if part.is_plain() {
        return quote! { #name };
    }
    let content_type = part.content_type.iter();
    let headers = part.headers.iter();
    let headers = headers.map(|(name, value)| quote! { .header(#name, #value) });
    quote! { Encoding::of(#name) #(.content_type(#content_type))* #(#headers)* }
}
