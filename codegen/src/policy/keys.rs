//! Which keys the policy file may hold; a test holds its reference against them.

/// Every key that the file may hold; `*` stands for a name of the file's own.
pub(super) const KEYS: [&str; 102] = [
    "package",
    "package.name",
    "package.version",
    "package.description",
    "package.license",
    "package.repository",
    "package.homepage",
    "package.documentation",
    "package.keywords",
    "package.categories",
    "client",
    "client.base_url_variable",
    "client.request_id_headers",
    "client.retry_count_header",
    "client.stream_end",
    "client.credentials",
    "client.credentials.*",
    "client.credentials.*.schemes",
    "client.credentials.*.schemes.scheme",
    "client.credentials.*.schemes.argument",
    "client.credentials.*.schemes.variable",
    "client.security_schemes",
    "client.security_schemes.*",
    "client.security_schemes.*.type",
    "client.security_schemes.*.scheme",
    "client.security_schemes.*.in",
    "client.security_schemes.*.name",
    "client.security_schemes.*.token_url",
    "client.security_schemes.*.refresh_url",
    "client.security_schemes.*.description",
    "client.security",
    "envelope",
    "envelope.success",
    "envelope.data",
    "envelope.errors",
    "envelope.messages",
    "methods",
    "methods.*",
    "verbs",
    "verbs.list",
    "verbs.get",
    "verbs.create",
    "verbs.update",
    "verbs.edit",
    "verbs.delete",
    "segments",
    "segments.*",
    "types",
    "types.*",
    "types.*.name",
    "types.*.aliases",
    "types.*.former",
    "types.*.fields",
    "types.*.fields.*",
    "types.*.values",
    "types.*.values.*",
    "types.*.variants",
    "types.*.variants.*",
    "parameters",
    "parameters.*",
    "parameters.*.*",
    "formats",
    "formats.*",
    "formats.*.type",
    "formats.*.package",
    "formats.*.version",
    "formats.*.features",
    "pagination",
    "pagination.*",
    "pagination.*.page",
    "pagination.*.first",
    "pagination.*.offset",
    "pagination.*.cursor",
    "pagination.*.next",
    "pagination.*.last_id",
    "pagination.*.id",
    "pagination.*.next_url",
    "pagination.*.link",
    "pagination.*.items",
    "pagination.*.total_pages",
    "pagination.*.total",
    "pagination.*.has_more",
    "long_running",
    "long_running.*",
    "long_running.*.header",
    "long_running.*.get",
    "long_running.*.id",
    "long_running.*.field",
    "long_running.*.done",
    "long_running.*.failed",
    "long_running.*.interval",
    "webhooks",
    "webhooks.signature",
    "webhooks.header",
    "webhooks.property",
    "skip",
    "only",
    "paths",
    "own_files",
    "resource_features",
    "deny_warnings",
    "overlays",
];

/// The reference of the policy file is what the code reads.
#[cfg(test)]
mod reference {
    use std::sync::Arc;

    use super::super::Policy;
    use super::KEYS;
    use crate::diagnostic::{Diagnostics, Source};

    const REFERENCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/policy.md");

    fn text() -> String {
        std::fs::read_to_string(REFERENCE).expect("the reference can be read")
    }

    fn examples(text: &str) -> impl Iterator<Item = &str> {
        let blocks = text.split("```toml\n").skip(1);
        blocks.filter_map(|block| block.split("```").next())
    }

    #[test]
    fn every_key_has_a_section_and_no_other() {
        let text = text();
        let sections = text
            .lines()
            .filter(|line| line.starts_with("##"))
            .map(|line| line.trim_start_matches('#').trim().trim_matches('`'));
        assert_eq!(sections.collect::<Vec<_>>(), KEYS);
    }

    #[test]
    fn every_example_is_read() {
        for example in examples(&text()) {
            let mut diagnostics = Diagnostics::default();
            let source = Source::new("example".to_owned(), example.to_owned());
            let policy = Policy::parse(Arc::new(source), &mut diagnostics);
            let found: Vec<&str> = diagnostics.iter().map(|d| d.message.as_str()).collect();
            assert!(policy.is_ok(), "{example}\n{found:?}");
        }
    }

    #[test]
    fn every_key_is_in_an_example() {
        let text = text();
        let examples = examples(&text).map(|example| example.parse().expect("it is TOML"));
        let examples: Vec<toml::Value> = examples.map(toml::Value::Table).collect();
        for key in KEYS {
            let path: Vec<&str> = key.split('.').collect();
            let shown = examples.iter().any(|example| has(example, &path));
            assert!(shown, "no example has `{key}`");
        }
    }

    fn has(value: &toml::Value, path: &[&str]) -> bool {
        let [key, rest @ ..] = path else { return true };
        match value {
            toml::Value::Array(items) => items.iter().any(|item| has(item, path)),
            toml::Value::Table(table) => table
                .iter()
                .any(|(name, value)| (*key == "*" || key == name) && has(value, rest)),
            _ => false,
        }
    }
}
