//! How the properties of forms and of bodies of several parts are written: by the Encoding Object, or by their types.

use super::Plan;
use super::bodies::Sent;
use super::parameters::{list_style, object_style};
use super::parts::NESTING;
use crate::api::media::is_json;
use crate::api::{Encoding, Property, Shape, StringFormat, Style, TypeId};
use crate::rust::{BodyFormat, FormEncoding, ListStyle, ObjectStyle, Part, PartContent};

impl Plan<'_> {
    /// How the properties of a form are written (OpenAPI 3.0.4, 4.8.15.1): text, lists as one value for each item,
    /// what is nested as JSON, unless something else is said.
    pub(super) fn form_encoding(&self, sent: &Sent) -> FormEncoding {
        let properties = sent.ty.filter(|_| sent.format == BodyFormat::Form);
        let properties = properties.and_then(|ty| self.properties_within(ty, NESTING));
        let properties = properties.unwrap_or_default();
        let encoding = |property: &Property| {
            sent.encoding
                .iter()
                .find(|encoding| encoding.property == property.name)
        };
        let nested =
            |property: &&Property| !matches!(self.kind(property.ty), Kind::Text | Kind::Scalars);
        let deep = |property: &Property| {
            let style = encoding(property).and_then(|encoding| encoding.style);
            style.is_some_and(|(style, _)| style == Style::DeepObject)
        };
        let mut all = properties.iter().filter(nested).peekable();
        if all.peek().is_some() && all.all(deep) {
            return FormEncoding::Deep;
        }
        let written = properties.iter().filter_map(|property| {
            let content = self.form_content(property.ty, encoding(property)?)?;
            Some(Part {
                wire: property.name.clone(),
                content,
                content_type: None,
                headers: Vec::new(),
            })
        });
        let written: Vec<Part> = written.collect();
        if written.is_empty() {
            FormEncoding::Plain
        } else {
            FormEncoding::Of(written)
        }
    }

    /// How a property is written that is not written as its type has it.
    fn form_content(&self, ty: TypeId, encoding: &Encoding) -> Option<PartContent> {
        let json = encoding.content_type.as_deref().is_some_and(is_json);
        let kind = self.kind(ty);
        match (kind, encoding.style) {
            (Kind::Items(Item::Text | Item::File), Some((style, explode))) => {
                let style = list_style(style, explode);
                (style != ListStyle::Exploded).then_some(PartContent::List(style))
            }
            (Kind::Object | Kind::File, Some((style, explode))) => {
                Some(PartContent::Object(object_style(style, explode)))
            }
            (Kind::Items(Item::Object), Some((Style::DeepObject, _))) => {
                Some(PartContent::Object(ObjectStyle::DeepObject))
            }
            (Kind::Object | Kind::File, None) => None,
            (_, None) if json => Some(PartContent::Json),
            _ => None,
        }
    }

    /// What is stated of how the property is written. What the schema says of a text's media type is that of the
    /// part, unless another is stated (OpenAPI 3.1.1, 4.8.15.1).
    pub(super) fn encoding_of(&self, sent: &Sent, property: &Property) -> Encoding {
        let mut encoding = stated(sent, &property.name);
        if encoding.content_type.is_none() {
            let items = match self.shape(property.ty) {
                Shape::Array(items) => Some(*items),
                _ => None,
            };
            let mut schemas = [Some(property.ty), items].into_iter().flatten();
            let said = schemas.find_map(|id| self.chain(id).find_map(|ty| ty.media_type.clone()));
            encoding.content_type = said;
        }
        encoding
    }

    /// As the Encoding Object has it, or by the type of the property (OpenAPI 3.0.4, 4.8.15.1.1).
    pub(super) fn part_content(&self, ty: TypeId, encoding: &Encoding) -> PartContent {
        let kind = self.kind(ty);
        if let Some((style, explode)) = encoding.style {
            match kind {
                Kind::Items(Item::Text) => {
                    return PartContent::List(list_style(style, explode));
                }
                Kind::Object => return PartContent::Object(object_style(style, explode)),
                _ => {}
            }
        }
        let json = encoding.content_type.as_deref().map(is_json);
        match (kind, json) {
            (Kind::File, _) => PartContent::File,
            (Kind::Items(Item::File), _) => PartContent::Files,
            (_, Some(true)) => PartContent::Json,
            (Kind::Text, _) => PartContent::Text,
            (Kind::Scalars, _) => PartContent::Object(ObjectStyle::Exploded),
            (Kind::Items(Item::Text), _) => PartContent::List(ListStyle::Exploded),
            // Nothing here can write another format than JSON.
            (_, Some(false)) => PartContent::Text,
            (Kind::Object, None) => PartContent::Json,
            (Kind::Items(Item::Object), None) => PartContent::JsonItems,
        }
    }

    /// Whether it is a file, or several.
    pub(super) fn is_file_part(&self, ty: TypeId) -> bool {
        let is_any = matches!(self.shape(ty), Shape::Any);
        !is_any && matches!(self.kind(ty), Kind::File | Kind::Items(Item::File))
    }

    fn kind(&self, ty: TypeId) -> Kind {
        self.kind_within(ty, NESTING)
    }

    /// What is nested deeper than any part is an object, so that schemas can be made of themselves.
    fn kind_within(&self, ty: TypeId, depth: usize) -> Kind {
        let Some(depth) = depth.checked_sub(1) else {
            return Kind::Object;
        };
        match self.shape(ty) {
            Shape::Array(items) => Kind::Items(match self.kind_within(*items, depth) {
                Kind::File => Item::File,
                Kind::Text => Item::Text,
                Kind::Scalars | Kind::Items(_) | Kind::Object => Item::Object,
            }),
            Shape::Any => Kind::File,
            Shape::String(format) if is_file(format) => Kind::File,
            Shape::Union(union) => {
                let variants = union.variants.iter();
                let kinds = variants.map(|variant| self.kind_within(variant.ty, depth));
                let kinds: Vec<Kind> = kinds.collect();
                if kinds.contains(&Kind::Items(Item::File)) {
                    Kind::Items(Item::File)
                } else if kinds.contains(&Kind::File) {
                    Kind::File
                } else if self.is_scalar(ty) {
                    Kind::Text
                } else if kinds.contains(&Kind::Items(Item::Text))
                    && kinds.iter().all(Kind::is_text)
                {
                    Kind::Items(Item::Text)
                } else if self.has_text(ty) {
                    Kind::Scalars
                } else {
                    Kind::Object
                }
            }
            _ if self.is_scalar(ty) => Kind::Text,
            _ => Kind::Object,
        }
    }
}

pub(super) fn stated(sent: &Sent, property: &str) -> Encoding {
    let mut stated = sent.encoding.iter();
    let stated = stated.find(|encoding| encoding.property == property);
    stated.cloned().unwrap_or_default()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    /// Values of several types, each of which has one text.
    Scalars,
    File,
    Object,
    Items(Item),
}

impl Kind {
    fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::Items(Item::Text))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Text,
    File,
    Object,
}

/// Bytes, or what stands for them (OpenAPI 3.0.3, 4.7.14.1).
pub(super) fn is_file(format: &StringFormat) -> bool {
    *format == StringFormat::Binary || ["byte", "base64"].contains(&format.name())
}
