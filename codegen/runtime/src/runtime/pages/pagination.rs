//! How the pages of a list follow each other, as data.

/// How the pages of a list follow each other.
///
/// Members of a body are named by JSON pointers (RFC 6901) into the whole of it, as in `/meta/next`;
/// those of an item by pointers into the item.
#[derive(Debug, Clone, Copy)]
pub struct Pagination {
    pub(super) scheme: Paging,
    pub(super) place: Place,
    pub(super) items: &'static str,
    pub(super) total_pages: &'static str,
    pub(super) total: &'static str,
    pub(super) has_more: &'static str,
    /// Of a scheme that is no such member itself.
    pub(super) next: &'static str,
}

/// Where the next page is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Paging {
    /// By its number.
    Number { parameter: &'static str, first: u64 },
    /// At the place of its first item.
    Offset { parameter: &'static str, first: u64 },
    /// At what the body says.
    Cursor {
        parameter: &'static str,
        next: &'static str,
    },
    /// After the last item.
    LastId {
        parameter: &'static str,
        id: &'static str,
    },
    /// Where the body says.
    Url { next: &'static str },
    /// Where the header `Link` says (RFC 8288).
    Link,
}

/// Where a request says which page it is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    Query,
    /// In its body, as text.
    Text,
    /// In its body, as a number.
    Number,
}

impl Paging {
    /// What says in a request which page it is for; none where that is its URL.
    pub(super) fn parameter(self) -> Option<&'static str> {
        match self {
            Self::Number { parameter, .. }
            | Self::Offset { parameter, .. }
            | Self::Cursor { parameter, .. }
            | Self::LastId { parameter, .. } => Some(parameter),
            Self::Url { .. } | Self::Link => None,
        }
    }
}

impl Pagination {
    /// A query parameter is the number of the page, which begins at 1.
    pub const fn number(parameter: &'static str) -> Self {
        Self::of(Paging::Number {
            parameter,
            first: 1,
        })
    }

    /// A query parameter is the number of the page, which begins at 0.
    pub const fn number_from_zero(parameter: &'static str) -> Self {
        Self::of(Paging::Number {
            parameter,
            first: 0,
        })
    }

    /// A query parameter is the number of items to leave out.
    pub const fn offset(parameter: &'static str) -> Self {
        Self::of(Paging::Offset {
            parameter,
            first: 0,
        })
    }

    /// A query parameter is the place of the first item, of which the first is 1.
    pub const fn offset_from_one(parameter: &'static str) -> Self {
        Self::of(Paging::Offset {
            parameter,
            first: 1,
        })
    }

    /// A query parameter takes what a member of the page before says.
    pub const fn cursor(parameter: &'static str, next: &'static str) -> Self {
        Self::of(Paging::Cursor { parameter, next })
    }

    /// A query parameter takes a member of the last item of the page before.
    pub const fn last_id(parameter: &'static str, id: &'static str) -> Self {
        Self::of(Paging::LastId { parameter, id })
    }

    /// A member is the URL of the next page.
    pub const fn url(next: &'static str) -> Self {
        Self::of(Paging::Url { next })
    }

    /// The header `Link` has the URL of the next page.
    pub const fn link() -> Self {
        Self::of(Paging::Link)
    }

    const fn of(scheme: Paging) -> Self {
        Self {
            scheme,
            place: Place::Query,
            items: "",
            total_pages: "",
            total: "",
            has_more: "",
            next: "",
        }
    }

    /// The page is asked for in the JSON body, as text: the parameter is a pointer into that.
    #[must_use]
    pub const fn in_body(self) -> Self {
        let place = Place::Text;
        Self { place, ..self }
    }

    /// The same, as a number.
    #[must_use]
    pub const fn in_body_as_number(self) -> Self {
        let place = Place::Number;
        Self { place, ..self }
    }

    /// The member that holds the items; without it the whole body does.
    #[must_use]
    pub const fn items(self, items: &'static str) -> Self {
        Self { items, ..self }
    }

    /// The member that says how many pages there are.
    #[must_use]
    pub const fn total_pages(self, total_pages: &'static str) -> Self {
        Self {
            total_pages,
            ..self
        }
    }

    /// The member that says how many items there are on all pages.
    #[must_use]
    pub const fn total(self, total: &'static str) -> Self {
        Self { total, ..self }
    }

    /// The member that is false, null or empty on the last page.
    #[must_use]
    pub const fn has_more(self, has_more: &'static str) -> Self {
        Self { has_more, ..self }
    }

    /// The member that has the URL of the next page where the service states it, which comes before what is counted, and
    /// is there for a header that is missing.
    #[must_use]
    pub const fn next(self, next: &'static str) -> Self {
        Self { next, ..self }
    }
}
