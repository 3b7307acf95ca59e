//! Which part of a request an argument is, and how it is written there.

use codegen::location::Location;
use codegen::rust::{
    Argument, Body, BodyFormat, Fixed, FormEncoding, Method, Place, Role, Style, Styled,
};

/// Headers are called the same in any case (RFC 9110, section 5.1).
pub(super) fn sent_alike(one: &Role, two: &Role) -> bool {
    match (one, two) {
        (Role::Header(one), Role::Header(two)) => one.eq_ignore_ascii_case(two),
        (Role::Styled(one), Role::Styled(two)) => {
            let name = match one.place {
                // Of a placeholder only `matrix` sends the name.
                Place::Path if one.style != Style::Matrix => &two.name,
                Place::Header if one.name.eq_ignore_ascii_case(&two.name) => &two.name,
                _ => &one.name,
            };
            let one = Styled {
                name: name.clone(),
                ..one.clone()
            };
            one == *two
        }
        (Role::Body(one), Role::Body(two)) => {
            let alike = !is_raw(one) || one.media_type == two.media_type;
            written(one) == written(two) && alike
        }
        // Each field is compared by itself.
        (Role::Required(one), Role::Required(two)) => one.iter().all(|one| {
            let same = two.iter().find(|two| two.name == one.name);
            same.is_none_or(|two| two.sent.wire == one.sent.wire)
        }),
        // What it is made into, the signature says.
        (Role::Field(one), Role::Field(two)) => one.wire == two.wire,
        _ => one == two,
    }
}

/// How a body is written, whatever is in it.
pub(super) fn written(body: &Body) -> (BodyFormat, &Option<String>, &FormEncoding) {
    (body.format, &body.content_type, &body.encoding)
}

/// What is sent without an argument, where that is something else: what became of each, and where it is stated.
pub(super) fn sent_by_itself<'m>(
    base: &'m Method,
    head: &'m Method,
) -> Vec<(String, Vec<&'m Location>)> {
    let find = |method: &'m Method, one: &Fixed| {
        let same = |two: &&Fixed| (two.at, &two.wire) == (one.at, &one.wire);
        method.fixed.iter().find(same)
    };
    let left = base.fixed.iter().filter_map(|one| match find(head, one) {
        None => Some((
            format!("no longer sends `{}`", one.wire),
            vec![&one.location],
        )),
        Some(two) if two.value != one.value => {
            let difference = format!(
                "sends `{}` as {} instead of {}",
                two.wire, two.value, one.value
            );
            Some((difference, vec![&one.location, &two.location]))
        }
        Some(_) => None,
    });
    let come = head.fixed.iter().filter(|two| find(base, two).is_none());
    let come = come.map(|two| {
        let difference = format!("sends `{}` as {}", two.wire, two.value);
        (difference, vec![&two.location])
    });
    left.chain(come).collect()
}

/// Whether it has no media type by itself.
fn is_raw(body: &Body) -> bool {
    body.format == BodyFormat::Raw
}

pub(super) fn sent_otherwise(one: &Argument, two: &Argument) -> String {
    match (wire_name(&one.role), wire_name(&two.role)) {
        (Some(before), Some(after)) if before != after => {
            format!("sends `{after}` instead of `{before}`")
        }
        _ => format!("sends `{}` in another form", two.name),
    }
}

/// Whether both are the same part of the request, however it is written.
pub(super) fn sends_same(one: &Argument, two: &Argument) -> bool {
    let part = |role: &Role| match role {
        Role::Path(_) => Some("path"),
        Role::Query(_) | Role::QueryList(..) | Role::QueryObject(..) => Some("query"),
        Role::Header(_) => Some("header"),
        Role::Cookie(_) => Some("cookie"),
        Role::Styled(styled) => Some(match styled.place {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
            Place::Cookie => "cookie",
        }),
        Role::Field(_) | Role::Part(_) => Some("body"),
        Role::Server(_) => Some("server"),
        Role::Body(_) | Role::AnyPart | Role::Required(_) => None,
    };
    match (part(&one.role), part(&two.role)) {
        (Some("header"), Some("header")) => {
            let name = |role| wire_name(role).map(str::to_ascii_lowercase);
            name(&one.role) == name(&two.role)
        }
        (Some(one_part), Some(two_part)) => {
            one_part == two_part && wire_name(&one.role) == wire_name(&two.role)
        }
        // There is one of each.
        (None, None) => std::mem::discriminant(&one.role) == std::mem::discriminant(&two.role),
        _ => false,
    }
}

fn wire_name(role: &Role) -> Option<&str> {
    match role {
        Role::Path(name)
        | Role::Query(name)
        | Role::QueryList(name, _)
        | Role::QueryObject(name, _)
        | Role::Header(name)
        | Role::Styled(Styled { name, .. })
        | Role::Cookie(name) => Some(name),
        Role::Body(body) => Some(&body.media_type),
        Role::Part(part) => Some(&part.wire),
        Role::Field(field) => Some(&field.wire),
        Role::Server(address) => Some(&address.url),
        Role::AnyPart | Role::Required(_) => None,
    }
}
