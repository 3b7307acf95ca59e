//! What a request can say of which page of a list it is for: parameters of the query, and members of a JSON body.

use super::Plan;
use super::bodies::{Bodies, Sent};
use super::page_members::{ABOUT, escaped, plain};
use super::parameters::object_style;
use crate::api::{Operation, Parameter, Place, Shape, TypeId};
use crate::rust::{BodyFormat, ObjectStyle, PagePlace};

/// Parameters that say whether there are pages at all.
const SWITCHES: [&str; 4] = ["paginate", "paginated", "paging", "pagination"];

/// One of them.
pub struct Asked {
    /// Its name in the query, or a pointer into the body.
    pub parameter: String,
    /// Its name as it is compared.
    pub name: String,
    pub ty: TypeId,
    pub description: String,
    pub is_in_body: bool,
}

impl Plan<'_> {
    /// All that there are, in the order of the document; none of an operation that is not called once more to go on.
    ///
    /// A `POST` is, where it sends JSON: a search, most often.
    pub(super) fn asked(&self, operation: &Operation, bodies: &Bodies) -> Option<Vec<Asked>> {
        let sent = match (operation.method.as_str(), bodies.sent.as_slice()) {
            ("GET", []) => None,
            ("POST" | "QUERY", [sent]) if sent.format == BodyFormat::Json => Some(sent),
            _ => return None,
        };
        let parameters = operation.parameters.iter();
        let in_query = parameters.filter(|one| one.place == Place::Query);
        let mut asked: Vec<Asked> = in_query.flat_map(|one| self.in_query(one)).collect();
        if let Some(sent) = sent {
            self.collect_asked(sent, &mut asked);
        }
        Some(asked)
    }

    /// A parameter, or the members of an object, by the names that these have in the query.
    pub(super) fn in_query(&self, parameter: &Parameter) -> Vec<Asked> {
        let one = |parameter: String, ty, description: &str| Asked {
            name: plain(&parameter),
            parameter,
            ty,
            description: description.to_owned(),
            is_in_body: false,
        };
        let name = &parameter.name;
        let style = object_style(parameter.style, parameter.explode);
        let called = |member: &str| match style {
            ObjectStyle::Exploded => Some(member.to_owned()),
            ObjectStyle::DeepObject => Some(format!("{name}[{member}]")),
            _ => None,
        };
        let Shape::Object(object) = self.shape(parameter.ty) else {
            return vec![one(name.clone(), parameter.ty, &parameter.description)];
        };
        let members = object.properties.iter();
        let members = members.filter_map(|member| Some(one(called(&member.name)?, member.ty, "")));
        members.collect()
    }

    /// Members of the body, and of objects in it that are about the page.
    fn collect_asked(&self, sent: &Sent, asked: &mut Vec<Asked>) {
        for property in self.sent_properties(sent) {
            let outer = format!("/{}", escaped(&property.name));
            let name = plain(&property.name);
            match self.shape(property.ty) {
                Shape::Object(object) if ABOUT.contains(&name.as_str()) => {
                    let inner = object.properties.iter();
                    asked.extend(inner.map(|one| Asked {
                        parameter: format!("{outer}/{}", escaped(&one.name)),
                        name: plain(&one.name),
                        ty: one.ty,
                        description: String::new(),
                        is_in_body: true,
                    }));
                }
                _ => asked.push(Asked {
                    parameter: outer,
                    name,
                    ty: property.ty,
                    description: String::new(),
                    is_in_body: true,
                }),
            }
        }
    }

    /// Where it is, of which the type is known.
    pub(super) fn page_place(&self, asked: &Asked) -> PagePlace {
        if !asked.is_in_body {
            PagePlace::Query
        } else if self.is_number(asked.ty) {
            PagePlace::BodyNumber
        } else {
            PagePlace::Body
        }
    }

    /// Whether another parameter decides whether there are pages at all, and has to be set for that.
    pub(super) fn is_switched(&self, asked: &[Asked]) -> bool {
        asked.iter().any(|one| {
            let is_switch = SWITCHES.contains(&one.name.as_str());
            is_switch && matches!(self.shape(one.ty), Shape::Boolean) && !self.is_on(one.ty)
        })
    }

    fn is_on(&self, id: TypeId) -> bool {
        let mut chain = self.chain(id).filter_map(|ty| ty.default.as_ref());
        chain.any(|default| default.as_bool() == Some(true))
    }
}
