//! What a response says about its pages, beside what it lists.

use super::Plan;
use super::bodies::Bodies;
use super::pagination::Found;
use crate::api::{Operation, Shape, Type, TypeId};

/// Objects that say something about the page, and hold no data.
pub(super) const ABOUT: [&str; 17] = [
    "cursor",
    "cursors",
    "info",
    "links",
    "listmetadata",
    "meta",
    "metadata",
    "next",
    "page",
    "pageinfo",
    "pager",
    "pages",
    "pagination",
    "paginginfo",
    "paging",
    "responsemetadata",
    "resultinfo",
];

/// What the names of others end with: `list_info`, `pagination_metadata`.
const ABOUT_ENDS: [&str; 4] = ["info", "metadata", "pagination", "paging"];

/// How deep such objects are looked into.
const DEEPEST: usize = 3;

/// Members that say where the next page begins, beside those that are called as the parameter.
const NEXT_CURSORS: [&str; 14] = [
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpagecursor",
    "endcursor",
    "continuationtoken",
    "nextcontinuationtoken",
    "nextmarker",
    "paginationtoken",
    "nextpage",
    "lastid",
    "cursor",
    "next",
    "after",
];

/// Of these a text is a URL, whatever its format; of `next` if something says so.
const PLAIN_URLS: [&str; 6] = [
    "nexturl",
    "nexturi",
    "nextlink",
    "odatanextlink",
    "nextpageurl",
    "nextpageuri",
];

pub(super) const TOTAL_PAGES: [&str; 7] = [
    "totalpages",
    "totalpagecount",
    "totalpage",
    "pagecount",
    "pagestotal",
    "numpages",
    "lastpage",
];

pub(super) const TOTALS: [&str; 9] = [
    "totalcount",
    "numresults",
    "totalresults",
    "totalitems",
    "totalrecords",
    "totalentries",
    "totalelements",
    "totalsize",
    "total",
];

pub(super) const HAS_MORE: [&str; 6] = [
    "hasmore",
    "hasnext",
    "hasnextpage",
    "hasmoreitems",
    "morerecords",
    "istruncated",
];

/// A member of the body that is no list.
pub(super) struct Member {
    pub(super) pointer: String,
    /// Its name as it is compared.
    pub(super) name: String,
    pub(super) ty: TypeId,
}

impl Plan<'_> {
    /// What the body says beside the items.
    pub(super) fn members(
        &self,
        operation: &Operation,
        bodies: &Bodies,
        found: &Found,
    ) -> Vec<Member> {
        let read = bodies.returned.read.first();
        let body = read.and_then(|index| operation.outcomes[*index].body.as_ref());
        let mut members = Vec::new();
        if let Some(id) = body.and_then(|body| body.ty) {
            self.collect(id, "", found, &mut members);
        }
        members
    }

    fn collect(&self, id: TypeId, outer: &str, found: &Found, members: &mut Vec<Member>) {
        let object = match self.shape(id) {
            Shape::Object(object) => object,
            // Of several envelopes, as far as there are any.
            Shape::Union(union) if outer.is_empty() => {
                let variants = union.variants.iter();
                let is_one = |id| matches!(self.shape(id), Shape::Object(_));
                let objects = variants.map(|variant| variant.ty).filter(|id| is_one(*id));
                return objects.for_each(|id| self.collect(id, outer, found, members));
            }
            _ => return,
        };
        for property in &object.properties {
            let pointer = format!("{outer}/{}", escaped(&property.name));
            let name = plain(&property.name);
            if matches!(self.shape(property.ty), Shape::Object(_)) {
                let holds = found.pointer.starts_with(&format!("{pointer}/"));
                let deep = pointer.matches('/').count() >= DEEPEST;
                if holds || (!deep && is_about_page(&name)) {
                    self.collect(property.ty, &pointer, found, members);
                }
            } else if pointer != found.pointer {
                members.push(Member {
                    pointer,
                    name,
                    ty: property.ty,
                });
            }
        }
    }

    pub(super) fn next_cursor(&self, members: &[Member], parameter: &str) -> Option<String> {
        let own = [format!("next{parameter}"), parameter.to_owned()];
        // A page says which one it is, too.
        let own = own
            .iter()
            .map(String::as_str)
            .filter(|name| *name != "page");
        let mut names = own.chain(NEXT_CURSORS);
        let member = names.find_map(|name| {
            let mut members = members.iter();
            members.find(|member| {
                let fits = self.is_plain_text(member.ty) || self.is_number(member.ty);
                member.name == name && fits && !self.is_address(member)
            })
        })?;
        Some(member.pointer.clone())
    }

    pub(super) fn next_url(&self, members: &[Member]) -> Option<String> {
        let has = |name: &str| members.iter().any(|member| member.name == name);
        let paired = has("previous") || has("prev");
        self.plain_next_url(members).or_else(|| {
            let is_next = |member: &&Member| member.name == "next" && self.is_plain_text(member.ty);
            let next = members.iter().find(is_next).filter(|_| paired)?;
            Some(next.pointer.clone())
        })
    }

    /// The URL that is left out on the last page, as OData has it (OData JSON Format 4.01, 4.5.5).
    pub(super) fn last_without(&self, members: &[Member]) -> Option<String> {
        let next = self.plain_next_url(members)?;
        let name = plain(next.rsplit('/').next().unwrap_or_default());
        ["odatanextlink", "nextlink"]
            .contains(&name.as_str())
            .then_some(next)
    }

    /// What the document says of that it is a URL, by its name or otherwise.
    pub(super) fn plain_next_url(&self, members: &[Member]) -> Option<String> {
        let member = members.iter().find(|member| {
            let is_next = member.name == "next" && self.is_address(member);
            let is_url = is_next || PLAIN_URLS.contains(&member.name.as_str());
            is_url && self.is_plain_text(member.ty)
        })?;
        Some(member.pointer.clone())
    }

    /// Whether what is called `next` is where the next page is, and not what to ask for it by.
    fn is_address(&self, member: &Member) -> bool {
        let is_url = match self.shape(member.ty) {
            Shape::String(format) => ["uri", "url", "uri-reference"].contains(&format.name()),
            _ => false,
        };
        let is_said = || is_link(&member.pointer) || self.chain(member.ty).any(says_address);
        is_url || (member.name == "next" && is_said())
    }

    pub(super) fn has_more(&self, members: &[Member], counted: bool) -> String {
        let more = members.iter().find(|member| {
            HAS_MORE.contains(&member.name.as_str())
                && matches!(self.shape(member.ty), Shape::Boolean)
        });
        let pointer = more.map(|more| more.pointer.clone());
        // A URL of the next page that is null says the same.
        let pointer = pointer.or_else(|| self.next_url(members).filter(|_| counted));
        pointer.unwrap_or_default()
    }

    pub(super) fn number(&self, members: &[Member], names: &[&str]) -> String {
        let mut named = names.iter().filter_map(|name| {
            let mut members = members.iter();
            members.find(|member| member.name == *name && self.is_number(member.ty))
        });
        named
            .next()
            .map(|one| one.pointer.clone())
            .unwrap_or_default()
    }
}

pub(super) fn is_about_page(name: &str) -> bool {
    ABOUT.contains(&name) || ABOUT_ENDS.iter().any(|end| name.ends_with(end))
}

/// A name without what differs from one API to the next: `next_page_token`, `nextPageToken`.
pub(super) fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_ascii_alphanumeric());
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// A name within a JSON pointer (RFC 6901).
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Whether it is in an object of links, as JSON:API has it (<https://jsonapi.org/format/#document-links>).
fn is_link(pointer: &str) -> bool {
    let outer = pointer.rsplit('/').nth(1);
    outer.is_some_and(|name| plain(name) == "links")
}

/// Whether the description of a text says that it is one to go to.
fn says_address(ty: &Type) -> bool {
    let said = ty.docs.description.split(|c: char| !c.is_alphanumeric());
    let mut said = said.map(str::to_lowercase);
    said.any(|word| ["url", "uri", "link", "path"].contains(&word.as_str()))
}
