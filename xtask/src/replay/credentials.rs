//! The secrets that the other SDK sends, by the security schemes of the document.

use std::collections::BTreeSet;

use codegen::Generated;
use codegen::rust::{Placement, Scheme};

use super::encoding;
use super::requests::Expected;

/// The schemes that every request has a secret for, whatever the document lists; none where they differ.
pub fn of_all(generated: &Generated, expected: &[Expected]) -> Vec<String> {
    let schemes = &generated.sdk.service.schemes;
    // Several may put a token into the same header.
    let is_first = |(at, scheme): &(usize, &Scheme)| {
        let mut before = schemes[..*at].iter();
        before.all(|other| other.placement != scheme.placement)
    };
    let distinct: Vec<&Scheme> = schemes
        .iter()
        .enumerate()
        .filter(is_first)
        .map(|(_, scheme)| scheme)
        .collect();
    let sent = |request: &Expected| -> BTreeSet<&str> {
        let sent = distinct
            .iter()
            .filter(|scheme| secret(scheme, request).is_some());
        sent.map(|scheme| &*scheme.name).collect()
    };
    let mut all = expected.iter().map(sent);
    let first = all.next().unwrap_or_default();
    if all.any(|other| other != first) {
        return Vec::new();
    }
    first.into_iter().map(str::to_owned).collect()
}

/// The secret of each scheme, in the variable from which ours is read.
pub fn variables(generated: &Generated, expected: &[Expected]) -> Vec<(String, String)> {
    let schemes = generated.sdk.service.schemes.iter();
    let named = schemes.filter(|scheme| !scheme.variable.is_empty());
    let secrets = named.filter_map(|scheme| {
        let secret = expected
            .iter()
            .find_map(|request| secret(scheme, request))?;
        Some((scheme.variable.clone(), secret))
    });
    secrets.collect()
}

fn secret(scheme: &Scheme, request: &Expected) -> Option<String> {
    let header = |name: &str| request.headers.get(&name.to_lowercase());
    match &scheme.placement {
        Placement::Bearer => authorization(request, "Bearer").map(str::to_owned),
        Placement::Authorization(name) => authorization(request, name).map(str::to_owned),
        Placement::Basic | Placement::BasicKey => decoded(authorization(request, "Basic")?),
        Placement::Header(name) => header(name).cloned(),
        Placement::Query(name) => {
            let mut pairs = encoding::pairs(&request.query).into_iter();
            pairs
                .find(|(known, _)| known == name)
                .map(|(_, value)| value)
        }
        Placement::Cookie(name) => {
            let mut pairs = header("cookie")?.split(';').filter_map(|one| {
                let (known, value) = one.trim().split_once('=')?;
                (known == name).then(|| value.to_owned())
            });
            pairs.next()
        }
    }
}

/// What follows the name of the scheme, whose case means nothing.
fn authorization<'r>(request: &'r Expected, name: &str) -> Option<&'r str> {
    let (known, secret) = request.headers.get("authorization")?.split_once(' ')?;
    known.eq_ignore_ascii_case(name).then_some(secret)
}

/// A user and a password.
fn decoded(base64: &str) -> Option<String> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for digit in base64.trim_end_matches('=').bytes() {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        bits = (bits << 6 | value as u32) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn scheme(placement: Placement) -> Scheme {
        Scheme {
            word: String::new(),
            name: String::new(),
            constant: String::new(),
            placement,
            tokens: None,
            variable: String::new(),
        }
    }

    #[test]
    fn secrets_are_where_their_schemes_say() {
        let sends = |placement, query: &str, name: &str, value: &str| {
            let request = json!({
                "method_name": "a.b", "method": "GET", "path": "/a", "query": query, "headers": {name: value},
            });
            secret(
                &scheme(placement),
                &serde_json::from_value(request).unwrap(),
            )
        };
        let bearer = |value| sends(Placement::Bearer, "", "authorization", value);
        assert_eq!(bearer("bearer t0ken").as_deref(), Some("t0ken"));
        assert_eq!(bearer("token t0ken"), None);
        let own = Placement::Authorization("token".to_owned());
        let own = sends(own, "", "Authorization", "token t0ken");
        assert_eq!(own.as_deref(), Some("t0ken"));
        let basic = sends(Placement::Basic, "", "authorization", "Basic cm9zYTpwYXNz");
        assert_eq!(basic.as_deref(), Some("rosa:pass"));
        let key = Placement::Header("X-Key".to_owned());
        assert_eq!(sends(key, "", "x-key", "k3y").as_deref(), Some("k3y"));
        let key = Placement::Query("key".to_owned());
        assert_eq!(
            sends(key, "a=1&key=k%203y", "a", "").as_deref(),
            Some("k 3y")
        );
        let key = Placement::Cookie("sid".to_owned());
        assert_eq!(sends(key, "", "cookie", "a=1; sid=5").as_deref(), Some("5"));
    }
}
