//! The headers of responses: a constant for each name and type.

use std::collections::{BTreeMap, BTreeSet};

use super::{Audience, Plan, imports};
use crate::api::{Operation, ResponseHeader, Shape, StringFormat, TypeId};
use crate::rust::docs::code;
use crate::rust::names::{Scope, constant};
use crate::rust::{Header, HeaderFile, Section, Ty};

impl Plan<'_> {
    pub(super) fn headers(&self) -> HeaderFile {
        let operations = self.operations.iter();
        let outcomes = operations.flat_map(|(index, _)| &self.operation(*index).outcomes);
        let mut known: BTreeSet<(String, Ty)> = BTreeSet::new();
        let mut scope = Scope::default();
        let mut headers: Vec<Header> = Vec::new();
        for stated in outcomes.flat_map(|outcome| &outcome.headers) {
            let (wire, ty) = (stated.name.to_lowercase(), self.header_ty(stated));
            if known.insert((wire.clone(), ty.clone())) {
                let name = constant(&stated.name);
                headers.push(Header {
                    name: scope.claim(name),
                    docs: self.header_docs(stated),
                    deprecated: stated.deprecated,
                    location: stated.location.clone(),
                    wire,
                    ty,
                });
            }
        }
        headers.sort_by(|one, two| one.name.cmp(&two.name));
        HeaderFile {
            imports: imports::of_headers(&headers),
            headers,
        }
    }

    /// With the headers of responses where those are all that a call gives.
    pub(super) fn with_headers(
        &self,
        mut sections: Vec<Section>,
        operation: &Operation,
        (request, output): (&str, &Ty),
    ) -> Vec<Section> {
        if *output != Ty::Unit || self.audience == Audience::Comparison {
            return sections;
        }
        let outcomes = operation.outcomes.iter();
        let fine = outcomes.filter(|outcome| operation.is_success(outcome.status));
        let stated = fine.flat_map(|outcome| &outcome.headers);
        let names = stated.filter(|header| !header.deprecated).map(|header| {
            let known = (header.name.to_lowercase(), self.header_ty(header));
            self.header_names.get(&known).cloned()
        });
        let mut names: Vec<String> = names.flatten().collect();
        names.sort();
        names.dedup();
        if names.is_empty() {
            return sections;
        }
        let is_last =
            |section: &Section| matches!(section, Section::ErrorBodies(_) | Section::Example);
        let at = sections.iter().position(is_last).unwrap_or(sections.len());
        let request = request.to_owned();
        sections.insert(at, Section::Headers { request, names });
        sections
    }

    /// Values, and lists of them (style `simple`). What else there may be is text.
    fn header_ty(&self, header: &ResponseHeader) -> Ty {
        let scalar = |id: TypeId| match self.shape(id) {
            Shape::Boolean | Shape::Integer(_) | Shape::Number(_) => self.value_ty(id, None),
            Shape::String(StringFormat::Date | StringFormat::DateTime) => self.value_ty(id, None),
            _ => Ty::String,
        };
        let plain = |ty: Ty| match ty {
            Ty::Foreign(_) => Ty::String,
            // A text may hold a comma.
            Ty::Written(inner) if *inner == Ty::Decimal => Ty::Decimal,
            ty => ty,
        };
        match header.ty.map(|id| (id, self.shape(id))) {
            Some((_, Shape::Array(items))) => Ty::Vec(Box::new(plain(scalar(*items)))),
            Some((id, _)) => plain(scalar(id)),
            None => Ty::String,
        }
    }

    fn header_docs(&self, header: &ResponseHeader) -> String {
        let described = [&header.description].into_iter().chain(
            header
                .ty
                .iter()
                .flat_map(|id| self.chain(*id))
                .map(|ty| &ty.docs.description),
        );
        let text = described.map(|text| self.clean(text));
        let text = text.into_iter().find(|text| !text.is_empty());
        let name = format!("The header {}.", code(&header.name.to_lowercase()));
        match text {
            Some(text) => format!("{name}\n\n{text}"),
            None => name,
        }
    }
}

/// The constants, by what they are of.
pub(super) fn names(file: &HeaderFile) -> BTreeMap<(String, Ty), String> {
    let headers = file.headers.iter();
    let named = headers.map(|one| ((one.wire.clone(), one.ty.clone()), one.name.clone()));
    named.collect()
}
