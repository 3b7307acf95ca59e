//! Lists that come in pages: how the next page is asked for, where the document is plain about it.

use super::Plan;
use super::bodies::Bodies;
use super::page_members::{HAS_MORE, Member, TOTAL_PAGES, TOTALS, escaped, is_about_page, plain};
use super::page_parameters::Asked;
use crate::api::{Object, Operation, Property, Shape, TypeId};
use crate::location::Location;
use crate::policy::PaginationPolicy;
use crate::rust::{Decode, List, PagePlace, Pages, Pagination, Paging, Presence, Ty};

/// Properties in which APIs put what they list.
const LISTS: [&str; 11] = [
    "data", "edges", "elements", "entries", "items", "list", "records", "result", "results",
    "value", "values",
];

/// Lists that say something about the response.
const ASIDE: [&str; 4] = ["errors", "messages", "notices", "warnings"];

/// Parameters that take what the page before said.
const CURSORS: [&str; 20] = [
    "cursor",
    "nextcursor",
    "pagecursor",
    "startcursor",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "paginationtoken",
    "continuationtoken",
    "continuation",
    "continue",
    "marker",
    "bookmark",
    "after",
    "pageafter",
    "afterid",
    "aftercursor",
    "startingafter",
    "starttoken",
    "page",
];

const LAST_IDS: [&str; 1] = ["startingafter"];

const OFFSETS: [&str; 5] = ["offset", "skip", "pageoffset", "startindex", "startat"];

const NUMBERS: [&str; 5] = ["page", "pagenumber", "pageno", "pagenum", "pageindex"];

/// Whether a parameter of the name says where a page begins.
pub(super) fn begins_page(parameter: &str) -> bool {
    let name = plain(parameter);
    let mut all = CURSORS
        .iter()
        .chain(&LAST_IDS)
        .chain(&OFFSETS)
        .chain(&NUMBERS);
    all.any(|known| *known == name)
}

/// What says that a list is counted from another number than is usual.
struct Beginning {
    number: f64,
    /// What a description of the parameter has.
    words: [&'static str; 7],
    /// Members that are beside the items then.
    members: [&'static str; 3],
}

/// Members as Spring Data's `Page` has them
/// (<https://docs.spring.io/spring-data/commons/docs/current/api/org/springframework/data/domain/Slice.html>).
const PAGES_FROM_ZERO: Beginning = Beginning {
    number: 0.0,
    words: [
        "zero-based",
        "zero based",
        "0-based",
        "starts at 0",
        "starting at 0",
        "starts from 0",
        "starting from 0",
    ],
    members: ["number", "totalpages", "totalelements"],
};

/// Members as a list of SCIM has them (RFC 7644, 3.4.2.4).
const ITEMS_FROM_ONE: Beginning = Beginning {
    number: 1.0,
    words: [
        "one-based",
        "one based",
        "1-based",
        "starts at 1",
        "starting at 1",
        "starts from 1",
        "starting from 1",
    ],
    members: ["startindex", "itemsperpage", "totalresults"],
};

/// A list that comes in pages, before models have names.
pub struct Paged {
    pub found: Found,
    pub pagination: Pagination,
    pub location: Location,
}

/// Where the items are.
#[derive(Clone)]
pub struct Found {
    /// The property whose object has the list, where that is one deeper.
    pub outer: Option<String>,
    /// The property that holds the list, where it is no whole.
    pub property: Option<String>,
    pub pointer: String,
}

impl Plan<'_> {
    /// How the pages of the operation follow each other, if it has any: as the policy says, or else as
    /// the document does.
    pub(super) fn paged(&self, index: usize, bodies: &Bodies) -> Option<Paged> {
        let operation = self.operation(index);
        for rule in self.pagination_rules(index) {
            match rule {
                PaginationPolicy::Any(_) => return None,
                PaginationPolicy::Stated(rule) => {
                    // A pattern leaves what it does not fit to the next.
                    if let Ok(paged) = self.stated_pages(rule, operation, bodies) {
                        return Some(paged);
                    }
                }
            }
        }
        self.inferred_pages(operation, bodies)
    }

    fn inferred_pages(&self, operation: &Operation, bodies: &Bodies) -> Option<Paged> {
        let asked = self.asked(operation, bodies)?;
        let found = self.list(operation, bodies)?;
        let members = self.members(operation, bodies, &found);
        let (scheme, place) = self.scheme(operation, bodies, &found, &members, &asked)?;
        let counted = matches!(scheme, Paging::Number { .. } | Paging::Offset { .. });
        // What the service states comes before what is counted.
        let next = self.plain_next_url(&members);
        let next = next.filter(|_| counted || scheme == Paging::Link);
        let pagination = Pagination {
            items: found.pointer.clone(),
            total_pages: self.number(&members, &TOTAL_PAGES),
            total: self.number(&members, &TOTALS),
            has_more: self.has_more(&members, counted && next.is_none()),
            next: next.unwrap_or_default(),
            scheme,
            place,
        };
        let ends = [
            &pagination.total_pages,
            &pagination.total,
            &pagination.has_more,
            &pagination.next,
        ];
        let ends = ends.iter().any(|pointer| !pointer.is_empty());
        // Without, a list that has no pages after all would be asked for again.
        if counted && !ends && (found.outer.is_some() || self.is_switched(&asked)) {
            return None;
        }
        Some(Paged {
            found,
            pagination,
            location: operation.location.clone(),
        })
    }

    /// The same as data, once the models have their names.
    pub(super) fn pages(&self, paged: &Paged, bodies: &Bodies, output: &Ty) -> Option<Pages> {
        let found = &paged.found;
        let (list, ty) = match (&found.property, &found.outer) {
            (None, _) => (List::Whole, output.clone()),
            (Some(property), None) => {
                let (of, field) = (bodies.returned.ty?, property);
                let name = self.field_name(of, field)?;
                let list = match output {
                    Ty::Option(_) => List::FieldOfOption(name),
                    _ => List::Field(name),
                };
                (list, self.property_ty(of, field)?)
            }
            (Some(field), Some(outer)) => {
                self.list_within(bodies.returned.ty?, outer, field, output)?
            }
        };
        Some(Pages {
            item: item(ty)?,
            list,
            pagination: paged.pagination.clone(),
            location: paged.location.clone(),
        })
    }

    fn property_ty(&self, of: TypeId, property: &str) -> Option<Ty> {
        let of = self.api.resolved(of);
        Some(self.value_ty(self.api.property(of, property)?, Some(of)))
    }

    fn list_within(&self, of: TypeId, outer: &str, field: &str, output: &Ty) -> Option<(List, Ty)> {
        let inner = self.api.property(of, outer)?;
        let names = (self.field_name(of, outer)?, self.field_name(inner, field)?);
        let (outer, ty) = (
            self.stated_property(of, outer)?,
            self.property_ty(inner, field)?,
        );
        let (name, field) = names;
        match (output, self.presence(self.api.resolved(of), outer)) {
            (Ty::Option(_), _) | (_, Presence::OptionalNullable) => None,
            (_, Presence::Required) => Some((List::Within { outer: name, field }, ty)),
            _ => Some((List::WithinOption { outer: name, field }, ty)),
        }
    }

    fn stated_property(&self, of: TypeId, name: &str) -> Option<&Property> {
        match self.shape(of) {
            Shape::Object(object) => object.properties.iter().find(|one| one.name == name),
            _ => None,
        }
    }

    /// What is listed: all that is returned, or one property of it, or of the only object in it.
    pub(super) fn list(&self, operation: &Operation, bodies: &Bodies) -> Option<Found> {
        let pointer = self.list_place(bodies)?;
        let whole = bodies.returned.ty?;
        let found = |outer: Option<&str>, property: Option<&str>| {
            let steps = outer.into_iter().chain(property);
            let steps: String = steps.map(|name| format!("/{}", escaped(name))).collect();
            Found {
                outer: outer.map(str::to_owned),
                property: property.map(str::to_owned),
                pointer: format!("{pointer}{steps}"),
            }
        };
        let object = match self.shape(whole) {
            Shape::Array(_) => return Some(found(None, None)),
            Shape::Object(object) => object,
            _ => return None,
        };
        let own = self.list_in(object, &operation.path);
        let is_meant = |name: &&str| {
            !ASIDE.contains(&plain(name).as_str()) || operation.path.ends_with(&format!("/{name}"))
        };
        if let Some(name) = own.filter(is_meant) {
            return Some(found(None, Some(name)));
        }
        match self.list_within_one(object, &operation.path) {
            Some((outer, name)) => Some(found(Some(outer), Some(name))),
            None => own.map(|name| found(None, Some(name))),
        }
    }

    /// The list in the only object, where no other list is beside that.
    fn list_within_one<'o>(&'o self, object: &'o Object, path: &str) -> Option<(&'o str, &'o str)> {
        let mut data = object
            .properties
            .iter()
            .filter(|one| !is_aside(&plain(&one.name)))
            .filter(|one| matches!(self.shape(one.ty), Shape::Object(_) | Shape::Array(_)));
        let (Some(outer), None) = (data.next(), data.next()) else {
            return None;
        };
        match self.shape(outer.ty) {
            Shape::Object(inner) => Some((&outer.name, self.list_in(inner, path)?)),
            _ => None,
        }
    }

    fn list_in<'o>(&self, object: &'o Object, path: &str) -> Option<&'o str> {
        let lists = object.properties.iter();
        let lists = lists.filter(|one| matches!(self.shape(one.ty), Shape::Array(_)));
        let lists: Vec<&str> = lists.map(|one| one.name.as_str()).collect();
        chosen(&lists, path)
    }

    /// The list itself.
    pub(super) fn listed(&self, whole: Option<TypeId>, found: &Found) -> Option<TypeId> {
        let steps = found.outer.iter().chain(&found.property);
        steps.fold(whole, |at, name| self.api.property(at?, name))
    }

    /// Where in the body what the method returns is, if that is JSON.
    pub(super) fn list_place(&self, bodies: &Bodies) -> Option<String> {
        match bodies.returned.decode {
            Decode::Json | Decode::OptionalJson => Some(String::new()),
            Decode::Enveloped | Decode::OptionalEnveloped => {
                let data = &self.envelope.as_ref()?.data;
                Some(format!("/{}", escaped(data)))
            }
            _ => None,
        }
    }

    fn scheme(
        &self,
        operation: &Operation,
        bodies: &Bodies,
        found: &Found,
        members: &[Member],
        asked: &[Asked],
    ) -> Option<(Paging, PagePlace)> {
        let is_read = operation.method == "GET";
        if is_read && self.has_link(operation, bodies) {
            return Some((Paging::Link, PagePlace::Query));
        }
        let parameter = |names: &[&str]| {
            let mut named = names.iter();
            named.find_map(|name| asked.iter().find(|one| one.name == *name))
        };
        let numeric = |names: &[&str]| parameter(names).filter(|one| self.may_be_number(one.ty));
        let by = |asked: &Asked, scheme| Some((scheme, self.page_place(asked)));
        let cursor = parameter(&CURSORS).filter(|one| self.is_plain_text(one.ty));
        if let Some(cursor) = cursor
            && let Some(next) = self.next_cursor(members, &cursor.name)
        {
            let parameter = cursor.parameter.clone();
            return by(cursor, Paging::Cursor { parameter, next });
        }
        if let Some(last) = parameter(&LAST_IDS)
            && members
                .iter()
                .any(|one| HAS_MORE.contains(&one.name.as_str()))
            && self.items_have_ids(bodies, found)
        {
            let (parameter, id) = (last.parameter.clone(), "/id".to_owned());
            return by(last, Paging::LastId { parameter, id });
        }
        // What is created may have such a number, too.
        if !is_read {
            return None;
        }
        if let Some(next) = self.last_without(members) {
            return Some((Paging::Url { next }, PagePlace::Query));
        }
        if let Some(number) = numeric(&NUMBERS) {
            let parameter = number.parameter.clone();
            let first = u64::from(!self.begins_otherwise(number, members, &PAGES_FROM_ZERO));
            return by(number, Paging::Number { parameter, first });
        }
        if let Some(offset) = numeric(&OFFSETS) {
            let parameter = offset.parameter.clone();
            let first = u64::from(self.begins_otherwise(offset, members, &ITEMS_FROM_ONE));
            return by(offset, Paging::Offset { parameter, first });
        }
        let next = self.next_url(members)?;
        Some((Paging::Url { next }, PagePlace::Query))
    }

    fn has_link(&self, operation: &Operation, bodies: &Bodies) -> bool {
        let mut read = bodies.returned.read.iter();
        read.any(|index| {
            let mut headers = operation.outcomes[*index].headers.iter();
            headers.any(|header| header.name.eq_ignore_ascii_case("link"))
        })
    }

    pub(super) fn is_plain_text(&self, id: TypeId) -> bool {
        matches!(self.shape(id), Shape::String(_))
    }

    pub(super) fn is_number(&self, id: TypeId) -> bool {
        matches!(self.shape(id), Shape::Integer(_) | Shape::Number(_))
    }

    fn may_be_number(&self, id: TypeId) -> bool {
        self.is_number(id) || matches!(self.shape(id), Shape::Any)
    }

    /// Whether the first page or item has another number than it has where nothing is said.
    fn begins_otherwise(
        &self,
        parameter: &Asked,
        members: &[Member],
        beginning: &Beginning,
    ) -> bool {
        let default = self.chain(parameter.ty).find_map(|ty| ty.default.as_ref());
        if let Some(default) = default {
            return default.as_f64() == Some(beginning.number);
        }
        let minimum = self.chain(parameter.ty).find_map(|ty| ty.limits.minimum);
        let has = |name: &&str| members.iter().any(|member| member.name == *name);
        self.says(parameter, &beginning.words)
            || minimum == Some(beginning.number)
            || (minimum.is_none() && beginning.members.iter().all(has))
    }

    fn says(&self, parameter: &Asked, words: &[&str]) -> bool {
        let described = self.chain(parameter.ty).map(|ty| &ty.docs.description);
        let mut said = described.chain([&parameter.description]);
        said.any(|text| {
            let text = text.to_lowercase();
            words.iter().any(|words| text.contains(words))
        })
    }

    fn items_have_ids(&self, bodies: &Bodies, found: &Found) -> bool {
        let list = self.listed(bodies.returned.ty, found);
        let items = list.map(|list| self.shape(list));
        matches!(items, Some(Shape::Array(item)) if self.api.property(*item, "id").is_some())
    }
}

/// The list that has pages, of all that there are.
fn chosen<'l>(lists: &[&'l str], path: &str) -> Option<&'l str> {
    if let [one] = lists {
        return Some(one);
    }
    let mut segments = path.rsplit('/');
    let (last, outer) = (segments.next(), segments.next());
    let only = |known: &dyn Fn(&str) -> bool| {
        let mut known = lists.iter().filter(|one| known(one));
        known.next().filter(|_| known.next().is_none()).copied()
    };
    only(&|one| LISTS.contains(&plain(one).as_str()) || Some(one) == last)
        .or_else(|| only(&|one| Some(one) == outer))
        .or_else(|| only(&|one| !ASIDE.contains(&plain(one).as_str())))
}

/// Whether what is called so says something about the page or the response.
fn is_aside(name: &str) -> bool {
    is_about_page(name) || ASIDE.contains(&name)
}

/// The items of a list that may be missing.
fn item(ty: Ty) -> Option<Ty> {
    match ty {
        Ty::Vec(item) => Some(*item),
        Ty::Option(ty) => item(*ty),
        _ => None,
    }
}
