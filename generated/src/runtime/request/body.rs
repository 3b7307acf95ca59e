//! What a call sends as its body: a value, bytes, parts, or properties one by one.

use std::borrow::Borrow;
use std::fmt::Display;

use serde::Serialize;

use super::super::body::Body;
use super::super::byte_stream::ByteStream;
use super::super::encoding::Encoding;
use super::super::error::InvalidArgumentError;
use super::super::exact::{Exact, Write};
use super::super::fields::FieldFormat;
use super::super::file::File;
use super::super::finite;
use super::super::form_body;
use super::super::multipart::Part;
use super::super::optional::{
    Nullable, OptionalInto, OptionalList, OptionalMap, OptionalText, OptionalTexts,
};
use super::super::parts;
use super::super::query::{ListStyle, ObjectStyle};
use super::Request;
use super::draft::Draft;

impl<T> Request<T> {
    /// Sends a value as JSON. Of several whole bodies the one that was set last is sent, of whatever kind; one beside
    /// properties or parts is rejected.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.draft.sends(Body::json(body));
        self
    }

    /// Sends a value as JSON, and null where there is none.
    pub fn json_or_null<V: Serialize>(self, body: impl Into<Nullable<V>>) -> Self {
        self.json(&body.into().0)
    }

    /// Sends a list as JSON, of what becomes an item.
    pub fn json_list<V: Serialize>(self, items: impl IntoIterator<Item = impl Into<V>>) -> Self {
        self.json(&Vec::from_iter(items.into_iter().map(Into::<V>::into)))
    }

    /// Sends a list as JSON, of items as they are or lent.
    pub fn json_of<V: Serialize>(self, items: impl IntoIterator<Item = impl Borrow<V>>) -> Self {
        let items = Vec::from_iter(items);
        let items = items.iter().map(Borrow::<V>::borrow);
        self.json(&Vec::from_iter(items))
    }

    /// States that the body is one value which must not be shown.
    pub fn sensitive_body(mut self) -> Self {
        self.draft.sensitive_body = true;
        self
    }

    /// Sends a value as a form: each member as text, lists as one value for each item, what is nested as JSON text.
    pub fn form(self, body: &impl Serialize) -> Self {
        self.form_of(body, &[])
    }

    /// Sends a value as a form, some members in a way of their own.
    pub fn form_of(mut self, body: &impl Serialize, encodings: &[Encoding]) -> Self {
        let form = form_body::encoded(body, encodings);
        self.draft.sends(form.map(Body::form));
        self
    }

    /// Sends a value as a form in which what is nested is written as `a[b]`.
    pub fn deep_form(mut self, body: &impl Serialize) -> Self {
        self.draft.sends(form_body::deep(body).map(Body::form));
        self
    }

    /// Sends text, as `text/plain`.
    pub fn text(mut self, body: impl Display) -> Self {
        self.draft.sends(Ok(Body::text(body.to_string())));
        self
    }

    /// Sends bytes as they are, of this media type unless [`header`](Self::header) states another.
    ///
    /// A range of media types is not sent: where `application/octet-stream` is in it, that is, and
    /// otherwise no content type. Those of a reader can be sent once, so that the call is neither
    /// tried again nor redirected.
    pub fn body(mut self, content_type: &'static str, body: impl Into<ByteStream>) -> Self {
        self.draft.sends(Ok(Body::raw(content_type, body)));
        self
    }

    /// States the media type of the body that was set.
    pub fn content_type(mut self, content_type: &'static str) -> Self {
        let body = self.draft.body.take();
        self.draft.body = body.map(|body| body.with_media_type(content_type));
        self
    }

    /// Sends the parts as `multipart/form-data` (RFC 7578), besides those that were given before.
    ///
    /// That is the content type whatever [`header`](Self::header) states, as it names the boundary
    /// of the parts. With a part of a reader the call is made once: it is neither tried again nor
    /// redirected.
    pub fn multipart(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.draft.parts.sent = true;
        let parts: Vec<Part> = parts.into_iter().collect();
        if !parts.is_empty() {
            self.draft.sends_only(Kind::Parts);
        }
        parts
            .into_iter()
            .for_each(|part| self.draft.parts.push(part));
        self
    }

    /// States the media type of parts, if there are any, in place of `multipart/form-data`.
    pub fn multipart_as(mut self, media_type: &'static str) -> Self {
        self.draft.parts.media_type = media_type;
        self
    }

    /// Adds a part to the body.
    pub fn part(self, part: Part) -> Self {
        self.multipart([part])
    }

    /// Sends a property of the body as a part of text.
    pub fn text_part<K>(self, encoding: impl Into<Encoding>, value: impl OptionalText<K>) -> Self {
        let encoding = encoding.into();
        match value.text() {
            Some(value) => self.set_parts(&encoding, [parts::text(&encoding, value)]),
            None => self,
        }
    }

    /// Sends a property of the body as a part of text for each value, or in the style of a list.
    pub fn list_part<K>(
        self,
        encoding: impl Into<Encoding>,
        style: ListStyle,
        values: impl OptionalTexts<K>,
    ) -> Self {
        let encoding = encoding.into();
        match values.given() {
            Some(values) => self.set_parts(&encoding, parts::list(&encoding, style, &values)),
            None => self,
        }
    }

    /// Sends a property of the body as a file.
    pub fn file_part<K>(
        self,
        encoding: impl Into<Encoding>,
        file: impl OptionalInto<File, K>,
    ) -> Self {
        match file.given() {
            Some(file) => self.file_parts(encoding, [file]),
            None => self,
        }
    }

    /// Sends a property of the body as a file for each item.
    pub fn file_parts<K>(
        self,
        encoding: impl Into<Encoding>,
        files: impl OptionalList<File, K>,
    ) -> Self {
        let encoding = encoding.into();
        let Some(files) = files.given() else {
            return self;
        };
        let files = files.into_iter();
        let parts: Vec<Part> = files.map(|file| parts::file(&encoding, file)).collect();
        self.set_parts(&encoding, parts)
    }

    /// Sends a property of the body as a part of JSON.
    pub fn json_part<'a, V: Serialize + 'a>(
        mut self,
        encoding: impl Into<Encoding>,
        value: impl Into<Option<&'a V>>,
    ) -> Self {
        let encoding = encoding.into();
        let part = value.into().map(|value| parts::json(&encoding, value));
        match part.and_then(|part| self.draft.serialized(encoding.name, part)) {
            Some(part) => self.set_parts(&encoding, [part]),
            None => self,
        }
    }

    /// Sends a property of the body as a part of JSON for each item.
    pub fn json_parts<V: Serialize, K>(
        mut self,
        encoding: impl Into<Encoding>,
        values: impl OptionalList<V, K>,
    ) -> Self {
        let Some(values) = values.given() else {
            return self;
        };
        let encoding = encoding.into();
        let parts = values.iter().map(|value| parts::json(&encoding, value));
        let parts: serde_json::Result<Vec<Part>> = parts.collect();
        match self.draft.serialized(encoding.name, parts) {
            Some(parts) => self.set_parts(&encoding, parts),
            None => self,
        }
    }

    /// Sends a property of the body as the members of an object, and what is none as text; null is
    /// not sent.
    pub fn object_part<'a, V: Serialize + 'a>(
        mut self,
        encoding: impl Into<Encoding>,
        style: ObjectStyle,
        value: impl Into<Option<&'a V>>,
    ) -> Self {
        let encoding = encoding.into();
        let parts = value
            .into()
            .map(|value| parts::object(&encoding, style, value));
        match parts.and_then(|parts| self.draft.serialized(encoding.name, parts)) {
            Some(parts) => self.set_parts(&encoding, parts),
            None => self,
        }
    }

    fn set_parts(mut self, encoding: &Encoding, parts: impl IntoIterator<Item = Part>) -> Self {
        self.draft.set_parts(encoding, parts.into_iter().collect());
        self
    }

    /// Sends the properties of the body that are set, and an object without any where none is.
    pub fn fields(mut self) -> Self {
        self.draft.fields.sent = true;
        self
    }

    /// States the media type of properties, if any are sent, in place of the one that they have by themselves.
    pub fn fields_as(mut self, media_type: &'static str) -> Self {
        self.draft.fields.media_type = Some(media_type);
        self
    }

    /// Sends properties as a form, as [`form_of`](Self::form_of) does.
    pub fn fields_in_form(mut self, encodings: impl Into<Vec<Encoding>>) -> Self {
        self.draft.fields.format = FieldFormat::Form(encodings.into());
        self
    }

    /// Sends properties as a form, as [`deep_form`](Self::deep_form) does.
    pub fn fields_in_deep_form(mut self) -> Self {
        self.draft.fields.format = FieldFormat::DeepForm;
        self
    }

    /// Sends a property of the body.
    pub fn field<V: Serialize>(self, name: &'static str, value: impl Into<V>) -> Self {
        self.with_field(name, &value.into())
    }

    /// Sends a property of the body, if there is a value.
    pub fn set_field<V: Serialize, K>(
        self,
        name: &'static str,
        value: impl OptionalInto<V, K>,
    ) -> Self {
        match value.given() {
            Some(value) => self.with_field(name, &value),
            None => self,
        }
    }

    /// The same of a value that is known without a conversion, as a number is.
    pub fn optional_field<V: Serialize>(
        self,
        name: &'static str,
        value: impl Into<Option<V>>,
    ) -> Self {
        match value.into() {
            Some(value) => self.with_field(name, &value),
            None => self,
        }
    }

    /// Sends a property of the body that is null where there is no value.
    pub fn nullable_field<V: Serialize>(
        self,
        name: &'static str,
        value: impl Into<Nullable<V>>,
    ) -> Self {
        self.with_field(name, &value.into().0)
    }

    /// Sends a property of the body as null.
    pub fn null_field(self, name: &'static str) -> Self {
        self.with_field(name, &())
    }

    /// Sends a property of the body that is a list.
    pub fn list_field<V: Serialize, K>(
        self,
        name: &'static str,
        values: impl OptionalList<V, K>,
    ) -> Self {
        match values.given() {
            Some(values) => self.with_field(name, &values),
            None => self,
        }
    }

    /// Sends a property of the body that is an object whose names are data.
    pub fn map_field<V: Serialize, K>(
        self,
        name: &'static str,
        values: impl OptionalMap<V, K>,
    ) -> Self {
        match values.given() {
            Some(values) => self.with_field(name, &values),
            None => self,
        }
    }

    /// Sends a property of the body whose decimals are numbers, if there is a value.
    pub fn exact_field<V: Exact>(self, name: &'static str, value: impl Into<Option<V>>) -> Self {
        match value.into() {
            Some(value) => self.with_field(name, &Write(&value)),
            None => self,
        }
    }

    /// Sends the members of an object, too; what is set by name is sent in place of the member. Null is sent if nothing
    /// else is.
    pub fn fields_of(mut self, value: &impl Serialize) -> Self {
        let taken = self.draft.fields.take_members(value);
        self.draft.took_members(taken);
        self
    }

    /// Sets a property of a JSON body to true, in place of what the caller said.
    pub fn switched_on(mut self, name: &'static str) -> Self {
        self.draft.switch_on(name);
        self
    }

    /// Sends a part that is true, in place of what the caller said; in a JSON body that was given in place of the parts, its
    /// property.
    pub fn part_switched_on(self, name: &'static str) -> Self {
        if self.draft.body.is_some() && !self.draft.parts.sent {
            self.switched_on(name)
        } else {
            self.text_part(name, true)
        }
    }

    fn with_field(mut self, name: &'static str, value: &impl Serialize) -> Self {
        let set = self.draft.fields.set(name, value);
        self.draft.set_field(name, set);
        self
    }

    /// Sends bytes while they are read: [`body`](Self::body) of a stream.
    pub fn stream(self, content_type: &'static str, stream: ByteStream) -> Self {
        self.body(content_type, stream)
    }
}

/// What a body can be made of.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Whole,
    Fields,
    Parts,
}

impl Draft {
    /// What is set last is sent.
    fn sends(&mut self, body: serde_json::Result<Body>) {
        self.sends_only(Kind::Whole);
        if let Some(body) = self.serialized("body", body) {
            self.body = Some(body);
        }
    }

    fn set_parts(&mut self, encoding: &Encoding, parts: Vec<Part>) {
        self.sends_only(Kind::Parts);
        self.parts.set(encoding, parts);
    }

    /// After a property was set.
    fn set_field(&mut self, name: &'static str, set: serde_json::Result<()>) {
        self.sends_only(Kind::Fields);
        self.serialized(name, set);
    }

    /// After members were set.
    fn took_members(&mut self, taken: serde_json::Result<()>) {
        self.sends_only(Kind::Fields);
        if let Err(error) = taken {
            let reason = finite::reason(&error);
            let unknown = || "it isn't an object that can be serialized".to_owned();
            let reason = reason.unwrap_or_else(unknown);
            self.reject(InvalidArgumentError::new("body", reason));
        }
    }

    /// Rejects what was given of another kind, which would not be sent.
    fn sends_only(&mut self, kind: Kind) {
        let given = [
            (Kind::Whole, self.body.is_some()),
            (Kind::Fields, self.fields.are_given()),
            (Kind::Parts, self.parts.are_given()),
        ];
        if given.iter().any(|(other, is)| *is && *other != kind) {
            let reason = "it was given in several ways, and a call sends it in one: whole, by properties, or by parts";
            self.reject(InvalidArgumentError::new("body", reason));
        }
        self.fields.sent &= kind == Kind::Fields;
        self.parts.sent &= kind == Kind::Parts;
    }

    fn switch_on(&mut self, name: &'static str) {
        let body = self.body.as_ref().filter(|_| !self.fields.sent);
        let Some(body) = body else {
            let set = self.fields.set(name, &true);
            return self.set_field(name, set);
        };
        let switched = body.with_json_member(name, &true);
        if let Some(body) = self.serialized(name, switched) {
            self.body = Some(body);
        }
    }
}
