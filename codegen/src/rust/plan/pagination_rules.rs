//! Lists that come in pages as the policy says, and what is wrong with that.

use super::bodies::{Bodies, Sent};
use super::page_members::escaped;
use super::pagination::{Found, Paged};
use super::{Plan, key};
use crate::api::{Operation, Place, Shape, TypeId};
use crate::naming::rules::Pattern;
use crate::policy::{self, PaginationPolicy, PaginationRule};
use crate::rust::{BodyFormat, PagePlace, Pagination, Paging};

const SCHEMES: &str = "name one of `page`, `offset`, `cursor`, `last_id`, `next_url` and `link`, as in `{ page = \"page\" }`";

/// What cannot be as a rule says, and what to do.
type Wrong = (String, &'static str);

impl Plan<'_> {
    /// The rules that match, the one that says most first.
    pub(super) fn pagination_rules(&self, index: usize) -> Vec<&PaginationPolicy> {
        let rules = self.policy.pagination.iter();
        let matching = rules.filter(|(text, _)| self.is_meant(text.get_ref(), index));
        let mut matching: Vec<_> = matching.collect();
        matching.sort_by_key(|(text, _)| std::cmp::Reverse(weight(text.get_ref())));
        matching.iter().map(|(_, rule)| rule.get_ref()).collect()
    }

    /// Each rule says something of an operation, and what it says is there.
    pub(super) fn check_pagination(&mut self) {
        let policy = self.policy;
        for (text, rule) in &policy.pagination {
            let operations = self.operations.iter();
            let meant: Vec<&(usize, Bodies)> = operations
                .filter(|(index, _)| self.is_meant(text.get_ref(), *index))
                .collect();
            if meant.is_empty() {
                let message = format!("`{}` is no operation of the crate", text.get_ref());
                let help = self.meant_call(text.get_ref());
                self.policy_error(policy::UNUSED, &message, text.span(), &help);
                continue;
            }
            let wrong = match rule.get_ref() {
                PaginationPolicy::Any(false) => None,
                PaginationPolicy::Any(true) => Some((
                    "`true` does not say how pages follow each other".to_owned(),
                    SCHEMES,
                )),
                PaginationPolicy::Stated(rule) => {
                    let mut stated = meant.iter().map(|(index, bodies)| {
                        self.stated_pages(rule, self.operation(*index), bodies)
                    });
                    // A pattern leaves out what it does not fit.
                    stated
                        .try_fold(None, |_, one| {
                            one.map_or_else(|wrong| Ok(Some(wrong)), |_| Err(()))
                        })
                        .unwrap_or_default()
                }
            };
            if let Some((message, help)) = wrong {
                self.policy_error(policy::INVALID, &message, rule.span(), help);
            }
        }
    }

    pub(super) fn is_meant(&self, text: &str, index: usize) -> bool {
        let operation = self.operation(index);
        if text.contains(' ') {
            return text == key(operation)
                || Pattern::of(text)
                    .is_some_and(|pattern| pattern.matches(&operation.method, &operation.path));
        }
        let path = self.operation_paths.get(&index);
        path.is_some_and(|path| by_name(text).matches("", &path.join("/")))
    }

    /// What the rule says of the operation, or why it cannot be so and what to do.
    pub(super) fn stated_pages(
        &self,
        rule: &PaginationRule,
        operation: &Operation,
        bodies: &Bodies,
    ) -> Result<Paged, Wrong> {
        if rule.schemes() > 1 || rule.first.is_some_and(|first| first > 1) {
            let message = "one way for pages to follow each other is taken, whose first page or item is 0 or 1";
            return Err((message.to_owned(), SCHEMES));
        }
        let once = |sent: &Sent| matches!(sent.format, BodyFormat::Multipart | BodyFormat::Raw);
        if bodies.sent.iter().any(once) {
            let name = key(operation);
            return Err((
                format!("`{name}` sends a body that is sent once, and has no pages"),
                "write a rule for operations without one, or with one of JSON or a form",
            ));
        }
        let found = self.ruled_list(rule, operation, bodies)?;
        let (scheme, place) = self.ruled_scheme(rule, &found, operation, bodies)?;
        let member = |stated| self.ruled_member(stated, operation, bodies);
        Ok(Paged {
            pagination: Pagination {
                scheme,
                place,
                items: found.pointer.clone(),
                total_pages: member(&rule.total_pages)?,
                total: member(&rule.total)?,
                has_more: member(&rule.has_more)?,
                next: String::new(),
            },
            found,
            location: operation.location.clone(),
        })
    }

    /// The list that comes in pages.
    fn ruled_list(
        &self,
        rule: &PaginationRule,
        operation: &Operation,
        bodies: &Bodies,
    ) -> Result<Found, Wrong> {
        let found = match &rule.items {
            Some(items) => self.stated_list(items, bodies),
            None => self.list(operation, bodies),
        };
        found.ok_or_else(|| {
            let name = key(operation);
            let message = match &rule.items {
                Some(items) => format!("`{name}` returns no list `{items}`"),
                None => format!("nothing says which list of what `{name}` returns has pages"),
            };
            (message, "name the list that it returns, or the property of what it returns that is one, in `items`")
        })
    }

    /// How pages follow each other, and where a request says which it is for.
    fn ruled_scheme(
        &self,
        rule: &PaginationRule,
        found: &Found,
        operation: &Operation,
        bodies: &Bodies,
    ) -> Result<(Paging, PagePlace), Wrong> {
        let parameter =
            |stated: &str, is_number| self.ruled_parameter(stated, is_number, operation, bodies);
        let member = |stated| self.ruled_member(stated, operation, bodies);
        Ok(match rule {
            PaginationRule {
                page: Some(page), ..
            } => {
                let (parameter, place) = parameter(page, true)?;
                let first = rule.first.unwrap_or(1).min(1);
                (Paging::Number { parameter, first }, place)
            }
            PaginationRule {
                offset: Some(offset),
                ..
            } => {
                let (parameter, place) = parameter(offset, true)?;
                let first = rule.first.unwrap_or(0).min(1);
                (Paging::Offset { parameter, first }, place)
            }
            PaginationRule {
                cursor: Some(cursor),
                next: Some(_),
                ..
            } => {
                let (parameter, place) = parameter(cursor, false)?;
                let next = member(&rule.next)?;
                (Paging::Cursor { parameter, next }, place)
            }
            PaginationRule {
                last_id: Some(last_id),
                ..
            } => {
                let (parameter, place) = parameter(last_id, false)?;
                let id = self.id_of_items(rule, found, bodies, &key(operation))?;
                (Paging::LastId { parameter, id }, place)
            }
            PaginationRule {
                next_url: Some(_), ..
            } => {
                let next = member(&rule.next_url)?;
                (Paging::Url { next }, PagePlace::Query)
            }
            PaginationRule { link: true, .. } => (Paging::Link, PagePlace::Query),
            PaginationRule {
                cursor: Some(_), ..
            } => {
                let message = "nothing says where the next cursor is".to_owned();
                return Err((message, "name the member of the body in `next`"));
            }
            _ => {
                let message = "nothing says how pages follow each other".to_owned();
                return Err((message, SCHEMES));
            }
        })
    }

    /// What says in a request which page it is for.
    fn ruled_parameter(
        &self,
        stated: &str,
        is_number: bool,
        operation: &Operation,
        bodies: &Bodies,
    ) -> Result<(String, PagePlace), Wrong> {
        let known = self.stated_parameter(stated, is_number, operation, bodies);
        known.ok_or_else(|| {
            let name = key(operation);
            let beside = if bodies.sent.is_empty() {
                ""
            } else {
                ", and no member of the JSON that it sends"
            };
            (
                format!("`{stated}` is no query parameter of `{name}`{beside}"),
                "write it as the document does",
            )
        })
    }

    /// The pointer to a member of the response; empty for none.
    fn ruled_member(
        &self,
        stated: &Option<String>,
        operation: &Operation,
        bodies: &Bodies,
    ) -> Result<String, Wrong> {
        let Some(stated) = stated else {
            return Ok(String::new());
        };
        let whole = self.body_type(operation, bodies);
        self.member(whole, stated).ok_or_else(|| {
            let name = key(operation);
            (
                format!("`{stated}` is no member of what `{name}` returns"),
                "write it as the document does, or as a JSON pointer",
            )
        })
    }

    /// The query parameter, or else the member of a JSON body that is sent: its name or the pointer to it, and where
    /// it is. What the document does not say of it is said by what it is for.
    fn stated_parameter(
        &self,
        stated: &str,
        is_number: bool,
        operation: &Operation,
        bodies: &Bodies,
    ) -> Option<(String, PagePlace)> {
        let parameters = operation.parameters.iter();
        let in_query = parameters.filter(|one| one.place == Place::Query);
        let mut asked = in_query.flat_map(|one| self.in_query(one));
        if asked.any(|one| one.parameter == stated) {
            return Some((stated.to_owned(), PagePlace::Query));
        }
        let [sent] = bodies.sent.as_slice() else {
            return None;
        };
        if sent.format != BodyFormat::Json {
            return None;
        }
        let ty = self.member_type(sent.ty, stated)?;
        let is_number = ty.map_or(is_number, |ty| match self.shape(ty) {
            Shape::String(_) => false,
            _ => is_number || self.is_number(ty),
        });
        let place = if is_number {
            PagePlace::BodyNumber
        } else {
            PagePlace::Body
        };
        Some((pointer(stated), place))
    }

    /// The list that a rule names: in an envelope it may be named from there as well.
    fn stated_list(&self, items: &str, bodies: &Bodies) -> Option<Found> {
        let outer = self.list_place(bodies)?;
        let pointer = pointer(items);
        let inner = pointer.strip_prefix(&outer).unwrap_or(&pointer);
        let returned = bodies.returned.ty?;
        let mut steps: Vec<String> = inner
            .split('/')
            .skip(1)
            .map(|name| name.replace("~1", "/").replace("~0", "~"))
            .collect();
        let property = steps.pop();
        let found = Found {
            outer: steps.pop(),
            property,
            pointer: format!("{outer}{inner}"),
        };
        let list = self.listed(Some(returned), &found)?;
        let is_list = steps.is_empty() && matches!(self.shape(list), Shape::Array(_));
        is_list.then_some(found)
    }

    fn id_of_items(
        &self,
        rule: &PaginationRule,
        found: &Found,
        bodies: &Bodies,
        name: &str,
    ) -> Result<String, Wrong> {
        let stated = rule.id.as_deref().unwrap_or("id");
        let list = self.listed(bodies.returned.ty, found);
        let item = list.and_then(|list| match self.shape(list) {
            Shape::Array(item) => Some(*item),
            _ => None,
        });
        self.member(item, stated).ok_or_else(|| {
            let message = format!("the items of `{name}` have no `{stated}`");
            (
                message,
                "name the property by which the next page is asked for in `id`",
            )
        })
    }

    /// Which operation, or which method, was likely meant.
    pub(super) fn meant_call(&mut self, written: &str) -> String {
        let otherwise = "write the method in capitals and the path as in the document, or resource.method, or remove the line";
        if written.contains('*') {
            return otherwise.to_owned();
        }
        let operations = self.operations.iter();
        let keys = operations.map(|(index, _)| key(self.operation(*index)));
        let names = self.operation_paths.values().map(|path| path.join("."));
        let mut names: Vec<String> = keys.chain(names).collect();
        names.sort();
        self.meant(written, &names, otherwise)
    }

    /// The pointer to a member, if the schema has it or says nothing of members.
    pub(super) fn member(&self, of: Option<TypeId>, stated: &str) -> Option<String> {
        self.member_type(of, stated).map(|_| pointer(stated))
    }

    /// The type of a member that is there, where that is known.
    pub(super) fn member_type(&self, of: Option<TypeId>, stated: &str) -> Option<Option<TypeId>> {
        let mut at = of;
        for name in pointer(stated).split('/').skip(1) {
            let Some(id) = at else { break };
            let name = name.replace("~1", "/").replace("~0", "~");
            at = match self.shape(id) {
                Shape::Any | Shape::Map(_) => None,
                _ => Some(self.api.property(id, &name)?),
            };
        }
        Some(at)
    }

    fn body_type(&self, operation: &Operation, bodies: &Bodies) -> Option<TypeId> {
        let read = bodies.returned.read.first()?;
        operation.outcomes[*read].body.as_ref()?.ty
    }
}

/// A pattern of the paths of methods.
fn by_name(text: &str) -> Pattern {
    Pattern::of_any(&format!("* /{}", text.replace('.', "/")))
}

pub(super) fn weight(text: &str) -> (bool, (usize, bool, bool)) {
    let pattern = if text.contains(' ') {
        Pattern::of(text)
    } else {
        Some(by_name(text))
    };
    match pattern {
        None => (true, (0, true, true)),
        Some(pattern) => (false, pattern.weight()),
    }
}

/// A member of the whole, or what is written as a pointer.
fn pointer(stated: &str) -> String {
    if stated.is_empty() || stated.starts_with('/') {
        stated.to_owned()
    } else {
        format!("/{}", escaped(stated))
    }
}
