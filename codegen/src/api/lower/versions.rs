//! The version of the API that every call states: a setting of the client instead of a parameter of each operation.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::Info;

use crate::api::{Api, Parameter, Place, Shape, Style, Version};
use crate::location::Location;

/// Moves them from the operations to the API, where it is known what is sent unless a caller says otherwise. An unknown header
/// is ignored (RFC 9110, section 5.1), so that a few operations may lack one; a query is left as it is declared.
pub(super) fn are_of_the_client(api: &mut Api) {
    let mut declared: BTreeMap<Key, Vec<&Parameter>> = BTreeMap::new();
    let callable = || api.operations.iter().filter(|one| one.left_out.is_none());
    for parameter in callable().flat_map(|operation| &operation.parameters) {
        if let Some(key) = key(api, parameter) {
            declared.entry(key).or_default().push(parameter);
        }
    }
    let all = callable().count();
    declared.retain(|(place, _, _), parameters| match place {
        _ if all < 2 => false,
        Place::Header => parameters.len() * 10 >= all * 9,
        _ => parameters.len() == all,
    });
    let versions = declared.iter().map(|(key, list)| version(api, key, list));
    let versions: Vec<Version> = versions.collect();
    let keys: BTreeSet<Key> = declared.into_keys().collect();
    let of_client =
        |parameter: &Parameter| key(api, parameter).is_some_and(|key| keys.contains(&key));
    let left = api.operations.iter().map(|operation| {
        let parameters = operation.parameters.iter();
        parameters.map(|parameter| !of_client(parameter)).collect()
    });
    let left: Vec<Vec<bool>> = left.collect();
    for (operation, left) in api.operations.iter_mut().zip(left) {
        let mut left = left.into_iter();
        operation.parameters.retain(|_| left.next().unwrap_or(true));
    }
    api.versions = versions;
}

/// Where it is, its name, and what is sent.
type Key = (Place, String, String);

/// Names of headers have no case (RFC 9110, section 5.1).
fn key(api: &Api, parameter: &Parameter) -> Option<Key> {
    let name = match parameter.place {
        Place::Header => parameter.name.to_lowercase(),
        _ => parameter.name.clone(),
    };
    let value = is_version(parameter).then(|| sent(api, parameter))??;
    Some((parameter.place, name, value))
}

fn version(api: &Api, (place, _, value): &Key, parameters: &[&Parameter]) -> Version {
    let first = parameters[0];
    let said = parameters.iter().flat_map(|one| {
        let schemas = [one.ty, api.resolved(one.ty)].map(|id| &api.ty(id).docs.description);
        std::iter::once(&one.description).chain(schemas)
    });
    let said = said.into_iter().find(|said| !said.is_empty());
    let locations: BTreeSet<&Location> = parameters.iter().map(|one| &one.location).collect();
    let lists =
        parameters.iter().map(
            |parameter| match &api.ty(api.resolved(parameter.ty)).shape {
                Shape::Enumeration(values) => values.clone(),
                _ => Vec::new(),
            },
        );
    Version {
        name: first.name.clone(),
        place: *place,
        value: value.clone(),
        values: lists.max_by_key(Vec::len).unwrap_or_default(),
        description: said.cloned().unwrap_or_default(),
        locations: locations.into_iter().cloned().collect(),
    }
}

/// The media type of JSON that the description says to send as `Accept`, where it names the version of the document: Recurly's
/// service rejects calls without it.
pub(super) fn accept(info: &Info) -> Option<String> {
    let version = info.version.trim();
    let description = info.description.as_deref().unwrap_or_default();
    let stated = description.split("Accept:").skip(1).filter_map(|behind| {
        let media_type = behind.trim_start_matches([' ', '`', '*']);
        let ends = |c: char| !(c.is_ascii_alphanumeric() || "/.+-_".contains(c));
        let media_type = media_type.split(ends).next()?.trim_end_matches('.');
        let own = media_type.strip_prefix("application/vnd.")?;
        // Others are what one response is read as.
        let has_version = is_dated(version.trim_start_matches('v')) && own.contains(version);
        has_version.then(|| media_type.to_owned())
    });
    let stated: Vec<String> = stated.collect();
    let json = stated.iter().find(|one| one.ends_with("+json"));
    let is_json = |one: &&String| !one.contains('+');
    json.or_else(|| stated.iter().find(is_json)).cloned()
}

/// A query or a header that is called a version, and is one text.
fn is_version(parameter: &Parameter) -> bool {
    let is_plain = parameter.media_type.is_none() && !parameter.deprecated;
    let is_placed = match parameter.place {
        Place::Query => parameter.style == Style::Form,
        place => place == Place::Header,
    };
    is_plain && is_placed && is_called_version(&parameter.name)
}

/// `version`, `X-Version`, `apiVersion`
fn is_called_version(name: &str) -> bool {
    let lower = name.to_lowercase();
    let Some(before) = lower.strip_suffix("version") else {
        return false;
    };
    let begins = !before.ends_with(char::is_alphanumeric);
    begins || before.ends_with("api") || name.ends_with("Version")
}

/// The default, the only value, or that of the document: `api-version` is the date in `info.version` by the custom of Azure's
/// documents, whose SDKs send it (AutoRest, `api-version`).
fn sent(api: &Api, parameter: &Parameter) -> Option<String> {
    let ty = api.ty(api.resolved(parameter.ty));
    let default = api
        .ty(parameter.ty)
        .default
        .as_ref()
        .or(ty.default.as_ref());
    let default = default.and_then(|default| default.as_str());
    match &ty.shape {
        Shape::Enumeration(_) | Shape::String(_) if default.is_some() => default.map(str::to_owned),
        Shape::Enumeration(values) => match values.as_slice() {
            [only] => Some(only.clone()),
            several => several.iter().find(|value| **value == api.version).cloned(),
        },
        Shape::String(_) => {
            let mut plain = parameter.name.to_lowercase();
            plain.retain(char::is_alphanumeric);
            let is_of_api = plain.ends_with("apiversion") && is_dated(&api.version);
            is_of_api.then(|| api.version.clone())
        }
        _ => None,
    }
}

/// `2024-05-01`, or with more behind it, as in `2024-05-01-preview`.
fn is_dated(version: &str) -> bool {
    let shape = |c: char| if c.is_ascii_digit() { '0' } else { c };
    let shape: String = version.chars().map(shape).collect();
    shape == "0000-00-00" || shape.starts_with("0000-00-00-")
}
