//! `src/webhooks.rs`: what the server sends to its users.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{ident, ty};
use super::{attrs, imports};
use crate::format;
use crate::rust::signature::File;
use crate::rust::{Crate, Event, Payload, Webhooks};

pub fn webhooks(sdk: &Crate, webhooks: &Webhooks) -> String {
    let docs = attrs::file_docs(&docs(sdk, webhooks));
    let reads = webhooks.event.is_some() || webhooks.signature.is_some();
    let imports = imports::imports(&webhooks.imports);
    let verifies = webhooks.signature.is_some();
    let modules = [
        ("delivery", reads),
        ("error", reads),
        ("events_macro", webhooks.event.is_some()),
        ("signature", verifies),
        ("verifier", verifies),
    ];
    let modules = modules.iter().filter(|(_, is_used)| *is_used);
    let modules = modules.map(|(name, _)| {
        let name = ident(name);
        quote! { mod #name; }
    });
    let unknown = webhooks.event.as_ref();
    let unknown = unknown.map(|_| quote! { pub use self::delivery::UnknownEvent; });
    let error = reads.then(|| quote! { pub use self::error::WebhookError; });
    let events = webhooks.event.as_ref();
    let events = events.map(|_| quote! { use self::events_macro::events; });
    let verifier = verifies.then(|| quote! { pub use self::verifier::Verifier; });
    let scheme = webhooks.signature.map(|signature| {
        let variant = ident(signature.variant());
        quote! {
            /// How the service signs.
            const SCHEME: self::signature::Scheme = self::signature::Scheme::#variant;
        }
    });
    let sensitive = reads.then(|| {
        let names = &sdk.service.sensitive;
        quote! {
            /// Properties whose values are not shown.
            const SENSITIVE: &[&str] = &[#(#names),*];
        }
    });
    let payloads = webhooks.payloads.iter().map(|one| {
        let mut events = webhooks.events();
        payload(one, events.any(|(event, _)| std::ptr::eq(event, one)))
    });
    let event = webhooks.event.as_ref().map(|one| event(webhooks, one));
    let verify = verify(webhooks);
    format::file(quote! {
        #docs
        #imports
        #(#modules)*
        #unknown
        #error
        #events
        #verifier
        #scheme
        #sensitive
        #event
        #verify
        #(#payloads)*
    })
}

fn docs(sdk: &Crate, webhooks: &Webhooks) -> String {
    let text = "What the service sends to its users, and how it is read.";
    match example(sdk, webhooks) {
        Some(example) => format!("{text}\n\n```no_run\n{example}```"),
        None => text.to_owned(),
    }
}

/// How a webhook is received.
pub fn example(sdk: &Crate, webhooks: &Webhooks) -> Option<String> {
    if webhooks.signature.is_none() {
        return unsigned(sdk, webhooks);
    }
    let krate = ident(&sdk.package.lib_name);
    let shown = webhooks
        .event
        .as_ref()
        .and_then(|event| event.values.first());
    let shown = shown.map(|key| &webhooks.payloads[key.payload]);
    let (names, received) = match (shown, webhooks.payloads.iter().find(|one| one.is_json)) {
        (Some(payload), _) => {
            let name = ident(&payload.name);
            let read = quote! {
                match verifier.verify(headers, body)? {
                    Event::#name(event) => println!("{event:?}"),
                    other => println!("{other:?}"),
                }
            };
            (quote! { Event, Verifier, WebhookError }, read)
        }
        (None, _) if webhooks.only().is_some() => {
            let read = quote! { println!("{:?}", verifier.verify(headers, body)?); };
            (quote! { Verifier, WebhookError }, read)
        }
        (None, Some(payload)) => {
            let name = ident(&payload.name);
            let read = quote! {
                let event: #name = verifier.verify_as(headers, body)?;
                println!("{event:?}");
            };
            (quote! { Verifier, WebhookError, #name }, read)
        }
        (None, None) => {
            let read = quote! {
                let event: serde_json::Value = verifier.verify_as(headers, body)?;
                println!("{event}");
            };
            (quote! { Verifier, WebhookError }, read)
        }
    };
    Some(format::file(quote! {
        use #krate::reqwest::header::HeaderMap;
        use #krate::webhooks::{#names};

        /// The body has to be as it came, byte for byte.
        fn received(secret: &str, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
            let verifier = Verifier::new(secret)?;
            #received
            Ok(())
        }
    }))
}

/// The same of what this crate verifies no signature of.
fn unsigned(sdk: &Crate, webhooks: &Webhooks) -> Option<String> {
    let krate = ident(&sdk.package.lib_name);
    // The same one in whatever order the document has them.
    let payloads = webhooks.events().map(|(payload, _)| payload);
    let payload = payloads.min_by_key(|payload| &payload.name)?;
    let name = ident(&payload.name);
    Some(format::file(quote! {
        use #krate::reqwest::header::HeaderMap;
        use #krate::webhooks::{Event, WebhookError};

        /// After a look at the signature, of which the document says nothing.
        fn received(headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
            match Event::read(headers, body)? {
                Event::#name(event) => println!("{event:?}"),
                other => println!("{other:?}"),
            }
            Ok(())
        }
    }))
}

/// What one is read as. What is said of it stands at the event, where it is one.
fn payload(payload: &Payload, is_event: bool) -> TokenStream {
    let docs = match payload.docs.split_once("\n\n") {
        Some((name, _)) if is_event => attrs::docs(name),
        _ => attrs::docs(&payload.docs),
    };
    let deprecated = attrs::deprecated(payload.deprecated);
    let (name, ty) = (ident(&payload.name), ty(&payload.ty, File::Resources));
    quote! { #docs #deprecated pub type #name = #ty; }
}

fn event(webhooks: &Webhooks, event: &Event) -> TokenStream {
    let variants = webhooks.events().map(|(payload, _)| {
        let docs = attrs::docs(&payload.docs);
        let deprecated = attrs::deprecated(payload.deprecated);
        let (name, ty) = (ident(&payload.name), ty(&payload.ty, File::Resources));
        quote! { #docs #deprecated #name(Box<#ty>), }
    });
    let rows = webhooks.events().map(|(payload, key)| {
        let name = ident(&payload.name);
        let (header, member) = (&key.header, &key.member);
        quote! { #name = #header, #member; }
    });
    let (header, member) = (option(&event.header), option(&event.member));
    quote! {
        /// Something that happened at the service.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            #(#variants)*
            /// What this version of the crate does not know.
            Unknown(UnknownEvent),
        }

        events! {
            by #header, #member;
            #(#rows)*
        }
    }
}

fn option(text: &Option<String>) -> TokenStream {
    match text {
        Some(text) => quote! { Some(#text) },
        None => quote! { None },
    }
}

/// What a verifier reads by default.
fn verify(webhooks: &Webhooks) -> Option<TokenStream> {
    let output = ident(webhooks.verified()?);
    let read = match webhooks.event {
        Some(_) => quote! {
            self.check(headers, body)?;
            Event::read(headers, body)
        },
        None => quote! { self.verify_as(headers, body) },
    };
    Some(quote! {
        impl Verifier {
            /// Checks the signature of a webhook and reads it. The body has to be just as it came, byte for byte.
            ///
            /// # Errors
            ///
            /// What is wrong with the signature, or where the body can't be read.
            pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<#output, WebhookError> {
                #read
            }
        }
    })
}
