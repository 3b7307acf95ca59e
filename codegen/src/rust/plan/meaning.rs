//! What a schema means but for its docs, as a text: schemas with the same are one type.

use std::fmt::Write;

use super::Plan;
use crate::api::{Additional, Origin, Shape, TypeId};

/// How deep schemas are compared. What lies deeper is distinguished by where it is, so that no document makes this take long.
const DEEPEST: usize = 100;

impl Plan<'_> {
    /// A component is what it is called; what is written out in place is what it is made of.
    pub(super) fn meaning(&self, id: TypeId) -> String {
        let mut text = String::new();
        self.write_meaning(id, &mut Vec::new(), &mut text);
        text
    }

    /// `within` are the schemas that this one is a part of.
    fn write_meaning(&self, id: TypeId, within: &mut Vec<TypeId>, text: &mut String) {
        for ty in self.chain(id) {
            for (fact, letter) in [
                (ty.nullable, '?'),
                (ty.deprecated, 'd'),
                (ty.sensitive, 's'),
                (ty.read_only, 'r'),
                (ty.write_only, 'w'),
            ] {
                text.extend(fact.then_some(letter));
            }
        }
        let id = self.api.resolved(id);
        let is_component = matches!(self.api.ty(id).origin, Origin::Component(_));
        if is_component && self.is_model(id) {
            put(text, format_args!("#{}", id.0));
        } else if let Some(depth) = within.iter().position(|known| *known == id) {
            put(text, format_args!("^{depth}"));
        } else if within.len() == DEEPEST {
            put(text, format_args!("@{}", id.0));
        } else {
            within.push(id);
            self.write_shape(id, within, text);
            within.pop();
        }
    }

    fn write_shape(&self, id: TypeId, within: &mut Vec<TypeId>, text: &mut String) {
        match &self.api.ty(id).shape {
            Shape::Array(items) => {
                text.push('[');
                self.write_meaning(*items, within, text);
                text.push(']');
            }
            Shape::Map(values) => {
                text.push('<');
                self.write_meaning(*values, within, text);
                text.push('>');
            }
            Shape::Tuple(items) => {
                text.push('(');
                for item in items {
                    self.write_meaning(*item, within, text);
                    text.push(',');
                }
                text.push(')');
            }
            Shape::Enumeration(values) => {
                let mut values: Vec<&String> = values.iter().collect();
                values.sort();
                put(text, format_args!("{values:?}"));
            }
            Shape::Object(object) => {
                let mut properties: Vec<_> = object.properties.iter().collect();
                properties.sort_by_key(|property| &property.name);
                text.push('{');
                for property in properties {
                    let required = if property.required { "!" } else { "" };
                    put(text, format_args!("{:?}{required}:", property.name));
                    self.write_meaning(property.ty, within, text);
                    text.push(',');
                }
                if let Additional::Of(values) = object.additional {
                    text.push('*');
                    self.write_meaning(values, within, text);
                }
                text.push('}');
            }
            Shape::Union(union) => {
                put(text, format_args!("|{:?}", union.discriminator));
                for variant in &union.variants {
                    put(
                        text,
                        format_args!(" {:?}{}:", variant.tags, variant.fallback),
                    );
                    self.write_meaning(variant.ty, within, text);
                }
                text.push('|');
            }
            plain => put(text, format_args!("{plain:?}")),
        }
    }
}

fn put(text: &mut String, part: std::fmt::Arguments<'_>) {
    text.write_fmt(part).expect("a string takes any text");
}
