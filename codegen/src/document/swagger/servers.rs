//! `schemes`, `host` and `basePath`.

use serde_yaml::{Mapping, Value};

use super::Conversion;

impl Conversion<'_> {
    /// The servers, those by `https` first. Without a host there is one, relative to where the document is.
    pub(super) fn servers(&mut self) -> Option<Value> {
        let text = |key: &str| self.document.get(key).and_then(Value::as_str);
        let (host, base) = (text("host").map(str::trim), text("basePath"));
        let base = base.unwrap_or_default().trim().trim_end_matches('/');
        let base = if base.starts_with('/') || base.is_empty() {
            base.to_owned()
        } else {
            format!("/{base}")
        };
        let (urls, from) = match host.filter(|host| !host.is_empty()) {
            None if base.is_empty() => return None,
            None => (vec![(base, "/basePath".to_owned())], "/basePath"),
            Some(host) => (self.urls(host.trim_end_matches('/'), &base), "/host"),
        };
        self.moves.stands_for("/servers", from);
        let mut servers = Vec::new();
        for (index, (url, scheme)) in urls.into_iter().enumerate() {
            let place = format!("/servers/{index}");
            self.moves.stands_for(&place, &scheme);
            self.moves.stands_for(&format!("{place}/url"), from);
            servers.push(Mapping::from_iter([(Value::from("url"), Value::from(url))]).into());
        }
        Some(Value::Sequence(servers))
    }

    /// Each with where its scheme is.
    fn urls(&mut self, host: &str, base: &str) -> Vec<(String, String)> {
        if host.contains("://") {
            let message = "`host` has a scheme; it is read as the beginning of the URL";
            self.findings.repaired(message, "/host");
            return vec![(format!("{host}{base}"), "/host".to_owned())];
        }
        let mut schemes = Vec::new();
        let stated = self.document.get("schemes").and_then(Value::as_sequence);
        for (index, scheme) in stated.into_iter().flatten().enumerate() {
            let place = format!("/schemes/{index}");
            match scheme.as_str() {
                Some(scheme @ ("http" | "https")) => schemes.push((scheme, place)),
                Some(scheme) => {
                    let message = format!("the scheme `{scheme}` has no effect on the crate");
                    self.findings.ignored(&message, &place);
                }
                None => {}
            }
        }
        if schemes.is_empty() {
            let message = "a host without `schemes` is called by `https`";
            self.findings.rewritten(message, "/host");
            schemes.push(("https", "/host".to_owned()));
        }
        schemes.sort_by_key(|(scheme, _)| *scheme != "https");
        let urls = schemes.into_iter();
        urls.map(|(scheme, place)| (format!("{scheme}://{host}{base}"), place))
            .collect()
    }
}
