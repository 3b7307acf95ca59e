//! The names of packages, and what titles say that is no name.

use deunicode::deunicode;
use heck::ToSnakeCase;

use super::{is_version, snake};

/// Words at the end of a title that say of which kind the document is.
#[rustfmt::skip]
const KINDS: [&str; 10] = [
    "definition", "description", "docs", "documentation", "openapi", "reference", "schema", "spec", "specification", "swagger",
];

/// For the name of a package, of a title: without what every API is, and with a brand as one word, `github` of
/// `GitHub v3 REST API`.
pub fn package(title: &str) -> String {
    // `The Vendor's API` is of the vendor.
    let ascii = deunicode(title).replace("'s ", " ").replace('\'', "");
    let words = ascii.split(|c: char| !c.is_ascii_alphanumeric());
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|word| is_of_every_api(word)) {
        words.pop();
    }
    let says_nothing = |word: &str| is_version_of_api(word) || word.eq_ignore_ascii_case("the");
    if words.len() > 1 && says_nothing(words[0]) {
        words.remove(0);
    }
    let words = words.into_iter().map(|word| {
        let humps = word.to_snake_case();
        if humps.matches('_').count() > 1 {
            humps
        } else {
            word.to_lowercase()
        }
    });
    let words: Vec<String> = words.collect();
    let name = snake(&words.join(" "));
    let name = name.trim_start_matches("r#").replace('_', "-");
    name.trim_matches('-').to_owned()
}

/// A title without the words at its end that say of which kind the document is, and without the version that it may begin with,
/// unless there are no others.
pub fn without_kind_of_document(title: &str) -> &str {
    let mut left = title.trim();
    if let Some((version, rest)) = left.split_once(':')
        && is_version_of_api(version)
        && !rest.trim().is_empty()
    {
        left = rest.trim_start();
    }
    // A version belongs to the kind that it is behind: `OpenAPI 3.0`.
    while let Some((before, word)) = without_versions(left).rsplit_once(char::is_whitespace) {
        let bare = bare(word).to_lowercase();
        if !(bare.is_empty() || KINDS.contains(&bare.as_str())) {
            break;
        }
        left = before
            .trim_end_matches(|c: char| c.is_whitespace() || "-:,\u{2013}\u{2014}|".contains(c));
    }
    if left.is_empty() { title.trim() } else { left }
}

/// A text without the numbers at its end.
fn without_versions(mut text: &str) -> &str {
    let is_number = |word: &str| word.bytes().all(|c| c.is_ascii_digit() || c == b'.');
    while let Some((before, word)) = text.rsplit_once(char::is_whitespace)
        && !bare(word).is_empty()
        && is_number(bare(word))
    {
        text = before.trim_end();
    }
    text
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether it says no more than that it is an API.
pub fn is_of_every_api(word: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: [&str; 12] = [
        "api", "apis", "definition", "docs", "documentation", "endpoints", "openapi", "reference", "rest", "spec",
        "specification", "version",
    ];
    WORDS.contains(&word.to_lowercase().as_str()) || is_version_of_api(word)
}

/// With the `v` of a version, or without.
fn is_version_of_api(word: &str) -> bool {
    let is_number = || word.bytes().all(|c| c.is_ascii_digit());
    is_version(word) || (!word.is_empty() && is_number())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_called_as_people_call_the_api() {
        for (title, name) in [
            ("GitHub v3 REST API", "github"),
            ("The Vendor's API documentation", "vendor"),
            ("Swagger Petstore - OpenAPI 3.0", "swagger-petstore"),
            ("v1: Paddle API", "paddle"),
            ("QuartzPublicAPI", "quartz-public-api"),
            ("Xero Payroll AU API 2.0", "xero-payroll-au"),
            ("REST API", "rest"),
            ("OpenAPI definition", "openapi"),
            ("Привет", "privet"),
            ("type", "type"),
            ("", "empty"),
        ] {
            assert_eq!(package(title), name, "{title}");
        }
    }

    #[test]
    fn a_title_is_no_kind_of_document() {
        for (title, called) in [
            ("DeepL API Documentation", "DeepL API"),
            ("Swagger Petstore - OpenAPI 3.0", "Swagger Petstore"),
            ("Acme API Reference", "Acme API"),
            ("Acme API 2.0", "Acme API 2.0"),
            ("Acme Spec 1 2 3", "Acme"),
            ("Documentation", "Documentation"),
            ("v1: Paddle API", "Paddle API"),
            ("v1:", "v1:"),
            ("", ""),
        ] {
            assert_eq!(without_kind_of_document(title), called, "{title}");
        }
    }

    #[test]
    fn a_title_may_have_any_number_of_words() {
        let title = format!("Acme Schema{}", " 1".repeat(100_000));
        assert_eq!(without_kind_of_document(&title), "Acme");
    }
}
