//! Lists that come in pages: how the next page is asked for, where the document is plain about it.

use super::Plan;
use super::bodies::Bodies;
use super::page_members::{HAS_MORE, Member, TOTAL_PAGES, TOTALS, escaped, plain};
use super::page_parameters::Asked;
use crate::api::{Operation, Shape, TypeId};
use crate::location::Location;
use crate::policy::PaginationPolicy;
use crate::rust::{Decode, List, PagePlace, Pages, Pagination, Paging, Ty};

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
    /// The property that holds the list, where it is no whole.
    pub property: Option<String>,
    pub pagination: Pagination,
    pub location: Location,
}

/// Where the items are.
pub struct Found {
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
        let pagination = Pagination {
            items: found.pointer,
            total_pages: self.number(&members, &TOTAL_PAGES),
            total: self.number(&members, &TOTALS),
            has_more: self.has_more(&members, counted),
            scheme,
            place,
        };
        let ends = [
            &pagination.total_pages,
            &pagination.total,
            &pagination.has_more,
        ];
        let ends = ends.iter().any(|pointer| !pointer.is_empty());
        // Without, a list that has no pages after all would be asked for again.
        if counted && !ends && self.is_switched(&asked) {
            return None;
        }
        Some(Paged {
            property: found.property,
            pagination,
            location: operation.location.clone(),
        })
    }

    /// The same as data, once the models have their names.
    pub(super) fn pages(&self, paged: &Paged, bodies: &Bodies, output: &Ty) -> Option<Pages> {
        let list = match &paged.property {
            None => List::Whole,
            Some(property) => {
                let field = self.field_name(bodies.returned.ty?, property)?;
                match output {
                    Ty::Option(_) => List::FieldOfOption(field),
                    _ => List::Field(field),
                }
            }
        };
        let ty = match &paged.property {
            None => output.clone(),
            Some(property) => {
                let whole = self.api.resolved(bodies.returned.ty?);
                self.value_ty(self.api.property(whole, property)?, Some(whole))
            }
        };
        Some(Pages {
            item: item(ty)?,
            list,
            pagination: paged.pagination.clone(),
            location: paged.location.clone(),
        })
    }

    /// What is listed: all that is returned, or one property of it.
    pub(super) fn list(&self, operation: &Operation, bodies: &Bodies) -> Option<Found> {
        let outer = self.list_place(bodies)?;
        let object = match self.shape(bodies.returned.ty?) {
            Shape::Array(_) => {
                return Some(Found {
                    property: None,
                    pointer: outer,
                });
            }
            Shape::Object(object) => object,
            _ => return None,
        };
        let lists = object.properties.iter();
        let lists = lists.filter(|one| matches!(self.shape(one.ty), Shape::Array(_)));
        let lists: Vec<&str> = lists.map(|one| one.name.as_str()).collect();
        let name = chosen(&lists, &operation.path)?;
        Some(Found {
            pointer: format!("{outer}/{}", escaped(name)),
            property: Some(name.to_owned()),
        })
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
        let whole = bodies.returned.ty;
        let list = match &found.property {
            None => whole,
            Some(property) => whole.and_then(|whole| self.api.property(whole, property)),
        };
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

/// The items of a list that may be missing.
fn item(ty: Ty) -> Option<Ty> {
    match ty {
        Ty::Vec(item) => Some(*item),
        Ty::Option(ty) => item(*ty),
        _ => None,
    }
}
