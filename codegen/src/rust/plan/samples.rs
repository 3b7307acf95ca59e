//! The example of a method: values for its arguments, as the document gives them or made up.

use serde_json::Value;

use super::Plan;
use super::pagination::begins_page;
use super::result_names::{item_name, result_name};
use super::sample_values::{ROOM, Room};
use crate::api::{Operation, Parameter, Shape, TypeId};
use crate::rust::names::snake;
use crate::rust::signature::ParameterType;
use crate::rust::{
    Argument, BodyFormat, Example, Part, RequiredField, Role, Sample, SentField, Styled, Ty,
    UnionVariant,
};

/// As many options show how one is set; the docs list all.
const MOST_OPTIONS: usize = 3;

impl Plan<'_> {
    /// Of a list that is `paged` it shows all that is on the pages.
    pub(super) fn example(
        &self,
        operation: &Operation,
        access: &str,
        method: &str,
        (arguments, options, paged): (&[Argument], &[Argument], bool),
        output: &Ty,
    ) -> Example {
        let calls: Vec<String> = access
            .split('.')
            .skip(1)
            .map(|call| call.trim_end_matches("()").to_owned())
            .collect();
        let plain = |name: &str| name.trim_start_matches("r#").to_owned();
        let words: Vec<String> = calls
            .iter()
            .map(|c| plain(c))
            .chain([plain(method)])
            .collect();
        let mut result = result_name(output, &calls);
        let item = item_name(&result);
        if paged && item == "item" {
            "items".clone_into(&mut result);
        }
        let is_shown = |option: &&Argument| {
            let begins = |wire: &str| paged && begins_page(wire);
            self.has_example(operation, option)
                && !matches!(&option.role, Role::Query(wire) if begins(wire))
        };
        Example {
            name: snake(&words.join("_")).trim_start_matches("r#").to_owned(),
            package: self.package_name.clone(),
            deprecated: self.call_is_deprecated(operation),
            item,
            result,
            calls,
            arguments: arguments
                .iter()
                .map(|a| self.argument_sample(operation, a))
                .collect(),
            from_command_line: arguments.iter().position(is_path_text),
            options: options
                .iter()
                .filter(is_shown)
                .take(MOST_OPTIONS)
                .map(|option| (option.name.clone(), self.argument_sample(operation, option)))
                .collect(),
        }
    }

    fn argument_sample(&self, operation: &Operation, argument: &Argument) -> Sample {
        let name = match &argument.role {
            Role::Path(n)
            | Role::Query(n)
            | Role::Header(n)
            | Role::Cookie(n)
            | Role::QueryList(n, _)
            | Role::QueryObject(n, _)
            | Role::Styled(Styled { name: n, .. }) => n,
            Role::Body(body) if body.format == BodyFormat::Raw => return Sample::Bytes,
            Role::Body(body) if body.format == BodyFormat::Multipart => return Sample::Parts,
            Role::Part(part) => return self.part_sample(operation, part, &argument.ty),
            Role::AnyPart => return Sample::Parts,
            Role::Server(_) => return Sample::Value,
            Role::Field(field) => return self.field_sample(operation, field, &argument.ty),
            Role::Required(fields) => return self.literal_sample(operation, argument, fields),
            Role::Body(body) => {
                let mut content = operation.body.iter().flat_map(|body| &body.content);
                let media = content.find(|media| media.media_type == body.media_type);
                return match media.and_then(|media| media.ty) {
                    Some(id) => self.given(id, &argument.ty, None, ROOM),
                    None => Sample::Value,
                };
            }
        };
        let place = |p: &&Parameter| p.name == *name && same_place(p, &argument.role);
        match operation.parameters.iter().find(place) {
            Some(p) => {
                let stated = p.example.clone().or_else(|| self.stated_example(p.ty));
                self.given(p.ty, &argument.ty, stated.as_ref(), ROOM)
            }
            None => Sample::String(name.clone()),
        }
    }

    fn part_sample(&self, operation: &Operation, part: &Part, ty: &ParameterType) -> Sample {
        let body = operation.body.iter().flat_map(|body| &body.content);
        let mut properties = body.flat_map(|media| self.part_properties(media.ty));
        match properties.find(|property| property.name == part.wire) {
            Some(property) => {
                let stated = self.stated_example(property.ty);
                self.given(property.ty, ty, stated.as_ref(), ROOM)
            }
            None => Sample::String(part.wire.clone()),
        }
    }

    fn literal_sample(
        &self,
        operation: &Operation,
        argument: &Argument,
        fields: &[RequiredField],
    ) -> Sample {
        let ParameterType::Value(Ty::Model(name)) = &argument.ty else {
            return Sample::Value;
        };
        let given = fields.iter().map(|field| {
            let ty = ParameterType::Value(super::literals::own_type(&field.sent));
            let sample = self.field_sample(operation, &field.sent, &ty);
            (field.name.clone(), sample)
        });
        Sample::Literal(name.clone(), given.collect())
    }

    fn field_sample(&self, operation: &Operation, field: &SentField, ty: &ParameterType) -> Sample {
        let body = operation.body.iter().flat_map(|body| &body.content);
        let mut properties = body.flat_map(|media| self.sent_properties(&self.sent(media)));
        match properties.find(|property| property.name == field.wire) {
            Some(property) => {
                let stated = self.stated_example(property.ty);
                self.given(property.ty, ty, stated.as_ref(), ROOM)
            }
            None => Sample::String(field.wire.clone()),
        }
    }

    /// What is given for a parameter of the type.
    pub(super) fn given(
        &self,
        id: TypeId,
        ty: &ParameterType,
        stated: Option<&Value>,
        room: Room,
    ) -> Sample {
        let stated = self.shown(id, stated);
        match ty {
            ParameterType::Value(ty)
            | ParameterType::Optional(ty)
            | ParameterType::Nullable(ty)
            | ParameterType::Reference(ty)
            | ParameterType::OptionalReference(ty) => self.sample(id, ty, stated, room),
            ParameterType::OptionalInto(ty) | ParameterType::Into(ty) => {
                self.converted(id, self.sample(id, ty, stated, room))
            }
            ParameterType::Perhaps(inner) | ParameterType::Maybe(inner) => {
                self.given(id, inner, stated, room)
            }
            ParameterType::List(item)
            | ParameterType::Lent(item)
            | ParameterType::ListInto(item) => self.list_sample(id, item, room),
            ParameterType::TextList => self.list_sample(id, &Ty::String, room),
            ParameterType::Pairs(item) | ParameterType::PairsInto(item) => {
                let value = match self.shape(id) {
                    Shape::Map(id) => self.item_sample(*id, item, room),
                    _ => None,
                };
                let pairs = value.map(|(id, value)| self.converted(id, value));
                pairs.map_or_else(
                    || Sample::NoEntries(item.clone()),
                    |value| Sample::Pairs(Box::new(value)),
                )
            }
            ParameterType::Text
            | ParameterType::OptionalText
            | ParameterType::Secret
            | ParameterType::Server
            | ParameterType::Credentials => Sample::String(self.text(id, stated)),
            ParameterType::Stream => Sample::Bytes,
            ParameterType::File => Sample::File,
            ParameterType::FileList => Sample::Files,
            ParameterType::Part | ParameterType::PartList => Sample::Parts,
        }
    }

    /// A list of one item, where the type of an empty one would have to be said.
    fn list_sample(&self, id: TypeId, item: &Ty, room: Room) -> Sample {
        match self.first_item(id, item, room) {
            Some((id, first)) => Sample::List(Box::new(self.converted(id, first))),
            None => Sample::NoItems(item.clone()),
        }
    }

    /// The same as a value of its own.
    pub(super) fn vec_sample(&self, id: TypeId, item: &Ty, room: Room) -> Sample {
        match self.first_item(id, item, room) {
            Some((_, first)) => Sample::Vec(Box::new(first)),
            None => Sample::EmptyList,
        }
    }

    fn first_item(&self, id: TypeId, item: &Ty, room: Room) -> Option<(TypeId, Sample)> {
        match self.shape(id) {
            Shape::Array(id) => self.item_sample(*id, item, room),
            _ => None,
        }
    }

    fn item_sample(&self, id: TypeId, ty: &Ty, room: Room) -> Option<(TypeId, Sample)> {
        let room = match self.shape(id) {
            Shape::Object(_) | Shape::Union(_) => room.within_list()?,
            _ => room,
        };
        let stated = self.stated_example(id);
        Some((id, self.sample(id, ty, stated.as_ref(), room)))
    }

    /// What is written where the function converts.
    fn converted(&self, id: TypeId, sample: Sample) -> Sample {
        match sample {
            Sample::Written(inner) | Sample::Boxed(inner) => *inner,
            Sample::UnionVariant(_, _, inner) if self.takes_scalars(id) && is_literal(&inner) => {
                *inner
            }
            Sample::UnionVariant(_, _, inner)
                if names_type(&inner) && self.is_made_of_first(id) =>
            {
                match *inner {
                    Sample::Boxed(inner) => *inner,
                    Sample::UnionVariant(_, _, inner) if self.is_made_within(id, &inner) => *inner,
                    inner => inner,
                }
            }
            sample => sample,
        }
    }

    /// Whether a value of the first of several types becomes one of them by itself.
    fn is_made_of_first(&self, id: TypeId) -> bool {
        self.first_variant(id)
            .is_some_and(|first| first.convertible)
    }

    /// Whether a value within the first, which is a union itself, does.
    fn is_made_within(&self, id: TypeId, sample: &Sample) -> bool {
        let (Sample::Default(name) | Sample::New(name, _)) = sample else {
            return false;
        };
        let first = self.first_variant(id);
        first.is_some_and(|first| first.made_of.contains(&Ty::Model(name.clone())))
    }

    fn first_variant(&self, id: TypeId) -> Option<UnionVariant> {
        let id = self.api.resolved(id);
        let Shape::Union(union) = &self.api.ty(id).shape else {
            return None;
        };
        self.union(id, union).variants.into_iter().next()
    }

    fn has_example(&self, operation: &Operation, option: &Argument) -> bool {
        let named = |p: &&Parameter| {
            matches!(&option.role, Role::Query(name) if *name == p.name)
                && same_place(p, &option.role)
        };
        let parameter = operation.parameters.iter().find(named);
        parameter.is_some_and(|p| p.example.is_some() || self.stated_example(p.ty).is_some())
    }

    pub(super) fn stated_example(&self, id: TypeId) -> Option<Value> {
        self.chain(id)
            .find_map(|ty| ty.example.clone().or_else(|| ty.default.clone()))
    }

    /// The stated value, if it may be shown: examples of secrets were secrets once.
    pub(super) fn shown<'v>(&self, id: TypeId, stated: Option<&'v Value>) -> Option<&'v Value> {
        stated.filter(|_| !self.is_sensitive(id))
    }
}

fn is_path_text(argument: &Argument) -> bool {
    argument.ty == ParameterType::Text && matches!(argument.role, Role::Path(_))
}

fn same_place(parameter: &Parameter, role: &Role) -> bool {
    use crate::api::Place;
    if let Role::Styled(styled) = role {
        return parameter.place == styled.place;
    }
    matches!(
        (parameter.place, role),
        (Place::Path, Role::Path(_))
            | (
                Place::Query,
                Role::Query(_) | Role::QueryList(..) | Role::QueryObject(..)
            )
            | (Place::Header, Role::Header(_))
            | (Place::Cookie, Role::Cookie(_))
    )
}

/// Whether a value becomes one of several types by itself.
fn is_literal(sample: &Sample) -> bool {
    matches!(
        sample,
        Sample::String(_) | Sample::Bool(_) | Sample::Float(_)
    )
}

/// Whether it says of which type it is.
fn names_type(sample: &Sample) -> bool {
    match sample {
        Sample::Boxed(inner) => names_type(inner),
        Sample::Default(_) | Sample::New(..) | Sample::Variant(..) | Sample::UnionVariant(..) => {
            true
        }
        _ => false,
    }
}
