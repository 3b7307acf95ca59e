//! The words that a text is made of, of which names are made.

use deunicode::deunicode;

/// How much of a text is used: names become files, which have a limit.
pub const LONGEST: usize = 80;

/// The words of a text that has nothing but small letters and what separates them, as most names
/// do: they need no search for humps.
pub fn plain_words(text: &str) -> Option<impl Iterator<Item = &str>> {
    let is_plain = |c: u8| c.is_ascii() && !c.is_ascii_uppercase();
    let first = text.bytes().next()?;
    let plain = first.is_ascii_lowercase() && text.len() <= LONGEST && text.bytes().all(is_plain);
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    plain.then(|| words.filter(|word| !word.is_empty()))
}

/// The words of any other text that is ASCII and has no sign that is a word, by their humps, as `heck` finds them; but what people
/// say as one word is one: several `IDs`, `IPv4`, `gRPC`, and `OAuth`.
pub fn ascii_words(text: &str) -> Option<Vec<&str>> {
    let is_plain = |c: u8| c.is_ascii_alphanumeric() || b" _-./,:".contains(&c);
    // A sign before a number is a word.
    let begins = text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if !begins || text.len() > LONGEST || !text.bytes().all(is_plain) {
        return None;
    }
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric());
    let mut words = Vec::new();
    for mut part in parts.filter(|part| !part.is_empty()) {
        while !part.is_empty() {
            let (word, rest) = part.split_at(first_word(part));
            words.push(word);
            part = rest;
        }
    }
    (!words.is_empty()).then_some(words)
}

/// How long the first word of letters and digits is.
fn first_word(part: &str) -> usize {
    let one = one_word(part);
    let mut after_upper = (one > 0).then_some(false);
    for (at, pair) in part.as_bytes().windows(2).enumerate().skip(one.max(1) - 1) {
        let (c, next) = (pair[0], pair[1]);
        let upper = if c.is_ascii_alphabetic() && at >= one {
            Some(c.is_ascii_uppercase())
        } else {
            after_upper
        };
        if upper == Some(false) && next.is_ascii_uppercase() {
            return at + 1;
        }
        let begins_hump = after_upper == Some(true)
            && c.is_ascii_uppercase()
            && next.is_ascii_lowercase()
            && !is_plural(&part[at + 1..])
            && !begins_version(&part[at + 1..]);
        if begins_hump {
            return at;
        }
        after_upper = upper;
    }
    part.len()
}

/// How much of the beginning is one word, whatever its humps: a name of [`WRITTEN_AS_ONE`], or one small letter before several
/// capitals, as in `gRPC`.
fn one_word(part: &str) -> usize {
    let has_humps = part.bytes().skip(1).any(|c| c.is_ascii_uppercase());
    if !has_humps {
        return 0;
    }
    let ends = |len: usize| !part[len..].starts_with(|c: char| c.is_ascii_lowercase());
    let written = |word: &&&str| begins_with(part, word) && ends(word.len());
    if let Some(word) = WRITTEN_AS_ONE.iter().find(written) {
        return word.len();
    }
    let capitals = part.bytes().skip(1).take_while(u8::is_ascii_uppercase);
    let capitals = capitals.count();
    if capitals < 2 || !part.starts_with(|c: char| c.is_ascii_lowercase()) {
        0
    } else if ends(1 + capitals) {
        1 + capitals
    } else if is_plural(&part[1 + capitals..]) {
        capitals + 2
    } else if capitals > 2 {
        // The last capital may begin the next word.
        capitals
    } else {
        0
    }
}

/// Whether a text begins with a word, of which camel case writes the first letter small: `eTag`.
fn begins_with(text: &str, word: &str) -> bool {
    let begins = text.get(..1).zip(word.get(..1));
    begins.is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
        && text[1..].starts_with(&word[1..])
}

/// Whether the word is one that has humps, of [`WRITTEN_AS_ONE`].
pub fn is_written_as_one(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let same = |one: &&str| one.len() == word.len() && begins_with(word, one);
    WRITTEN_AS_ONE.iter().any(same)
}

/// Words that have capitals within. A type keeps them.
#[rustfmt::skip]
const WRITTEN_AS_ONE: [&str; 28] = [
    "DBaaS", "DDoS", "DNSSec", "ETag", "GitHub", "GitLab", "GraphQL", "IPSec", "IPsec", "IaaS", "IdP", "IoT", "JavaScript",
    "LinkedIn", "MySQL", "OAuth", "OTel", "OpenAI", "OpenAPI", "PaaS", "PayPal", "PostgreSQL", "QoS", "SaaS", "TypeScript",
    "WebAuthn", "WiFi", "YouTube",
];

/// Whether what follows an acronym is the `s` of several, as in `IDs` and `URLsOfAll`.
fn is_plural(rest: &str) -> bool {
    let after = rest.strip_prefix('s');
    after.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// Whether what follows an acronym is its version, as in `IPv4`.
fn begins_version(rest: &str) -> bool {
    let after = rest.strip_prefix('v');
    after.is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()))
}

/// `v1`, `v2beta1`, `2024-01-31`, `1.0`, `3`
pub fn is_version(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let numbers = |text: &str| text.split('.').all(digits);
    if let Some(rest) = text.strip_prefix(['v', 'V']) {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        let (number, stage) = rest.split_at(end.unwrap_or(rest.len()));
        let stage = stage.trim_end_matches(|c: char| c.is_ascii_digit());
        return numbers(number) && ["", "alpha", "beta", "preview", "rc"].contains(&stage);
    }
    let dashed: Vec<&str> = text.split('-').collect();
    let is_date = dashed.len() == 3 && dashed.iter().all(|part| digits(part));
    let is_number = numbers(text) && (text.contains('.') || text.len() <= 2);
    is_date || is_number
}

/// ASCII, with words for the signs that would vanish and carry the meaning.
pub fn words(text: &str) -> String {
    let ascii: String = deunicode(text).chars().take(LONGEST).collect();
    let letters = ascii.chars().filter(char::is_ascii_alphanumeric).count();
    // A sign within a word only separates; alone or before a number it is the meaning.
    let signed_number =
        ascii.starts_with(['+', '-']) && ascii[1..].starts_with(|c: char| c.is_ascii_digit());
    // One that stands alone says what it is, whatever it is within words.
    let alone = ascii.len() == 1;
    let mut name = String::new();
    for (index, c) in ascii.chars().enumerate() {
        let more = PUNCTUATION.iter().filter(|_| alone);
        let sign = SIGNS.iter().chain(more).find(|(sign, _)| *sign == c);
        match sign {
            Some((_, word)) if letters == 0 || (signed_number && index == 0) => {
                name.push_str(word);
                name.push(' ');
            }
            _ if c.is_ascii_alphanumeric() => name.push(c),
            _ => name.push(' '),
        }
    }
    // The words of signs are longer than these.
    name.truncate(LONGEST);
    name
}

pub const SIGNS: [(char, &str); 12] = [
    ('+', "plus"),
    ('-', "minus"),
    ('<', "less"),
    ('>', "greater"),
    ('=', "equal"),
    ('!', "not"),
    ('*', "star"),
    ('%', "percent"),
    ('&', "and"),
    ('|', "or"),
    ('/', "slash"),
    ('~', "tilde"),
];

/// What separates words, where others are not enough to tell names apart.
#[rustfmt::skip]
pub const PUNCTUATION: [(char, &str); 11] = [
    ('.', "dot"), (':', "colon"), (',', "comma"), ('#', "hash"), ('@', "at"), ('?', "question"), ('(', "open"),
    ('[', "brackets"), ('$', "dollar"), ('^', "caret"), (';', "semicolon"),
];

#[cfg(test)]
mod tests {
    use heck::{ToSnakeCase, ToUpperCamelCase};

    use super::super::{pascal, snake};
    use super::*;

    #[test]
    fn plain_words_are_those_that_heck_finds() {
        for text in [
            "a", "a_b", "a__b_", "a-b.c d", "s3", "v1_2b", "ipv4-1.x", "a/b{c}", "a+b",
        ] {
            let found: Vec<&str> = plain_words(text).into_iter().flatten().collect();
            assert_eq!(found.join("_"), words(text).to_snake_case(), "{text}");
            assert_eq!(pascal(text), words(text).to_upper_camel_case(), "{text}");
        }
        for text in ["", "aB", "Ab", "1a", "+1", "é", ">="] {
            assert!(plain_words(text).is_none(), "{text}");
        }
    }

    #[test]
    fn several_of_what_has_an_acronym_are_one_word() {
        for (text, name) in [
            ("IDs", "ids"),
            ("contactIDs", "contact_ids"),
            ("URLsOfAll", "urls_of_all"),
            ("contactIDs[]", "contact_ids"),
            ("IDs2", "ids2"),
        ] {
            assert_eq!(snake(text), name, "{text}");
        }
        assert_eq!(pascal("contactIDs"), "ContactIds");
    }

    #[test]
    fn what_people_say_as_one_word_is_one() {
        for (text, field, model) in [
            ("IPv4", "ipv4", "Ipv4"),
            (
                "allowIPv6Addresses",
                "allow_ipv6_addresses",
                "AllowIpv6Addresses",
            ),
            (
                "SAMLv2IdPInitiated",
                "samlv2_idp_initiated",
                "Samlv2IdPInitiated",
            ),
            ("IPvX", "i_pv_x", "IPvX"),
            ("OAuth", "oauth", "OAuth"),
            ("OAuthID", "oauth_id", "OAuthId"),
            ("subOAuth2Token", "sub_oauth2_token", "SubOAuth2Token"),
            ("x-GitHub-Event", "x_github_event", "XGitHubEvent"),
            ("OAuthor", "o_author", "OAuthor"),
            ("ETag", "etag", "ETag"),
            ("eTag", "etag", "ETag"),
            ("oAuth2Token", "oauth2_token", "OAuth2Token"),
            ("graphQLSchema", "graphql_schema", "GraphQLSchema"),
            ("mySQL", "mysql", "MySQL"),
            ("DDoSRule", "ddos_rule", "DDoSRule"),
            ("gRPC", "grpc", "Grpc"),
            ("vCPUs", "vcpus", "Vcpus"),
            ("iOSBundle", "ios_bundle", "IosBundle"),
            ("dSGroup", "d_s_group", "DSGroup"),
            ("cOGSAccountCode", "cogs_account_code", "CogsAccountCode"),
            ("isID", "is_id", "IsId"),
            ("xAxis", "x_axis", "XAxis"),
        ] {
            assert_eq!([snake(text), pascal(text)], [field, model], "{text}");
        }
    }

    #[test]
    fn humps_are_those_that_heck_finds() {
        for text in [
            "aB",
            "Ab",
            "1a",
            "A",
            "AB",
            "ABc",
            "HTTPServer",
            "getHTTPServer2XX",
            "XMLHttpRequest",
            "x1Y2",
            "A1B",
            "A1b",
            "a1B",
            "ID",
            "user_ID.s",
            "getAs",
            "DNSsec",
            "Foo__Bar",
            "_Foo",
            "URL/ofX",
            "2FA",
            "a2FAb",
            "v1.2B",
            "aB_c",
            "If-None-Match",
            "a-B",
        ] {
            let found = ascii_words(text).unwrap_or_default();
            let snake = found.join("_").to_ascii_lowercase();
            assert_eq!(snake, words(text).to_snake_case(), "{text}");
            let name = pascal(text);
            assert_eq!(
                name.trim_start_matches('N'),
                words(text).to_upper_camel_case(),
                "{text}"
            );
        }
        for text in ["", "_", "+1", "-1", "/", "é", ">="] {
            assert!(ascii_words(text).is_none(), "{text}");
        }
    }
}
