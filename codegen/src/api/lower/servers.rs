//! Servers: of the document, of a path item, of an operation.

use openapiv3::Server as Typed;

use super::{Lowering, UNSUPPORTED};
use crate::api::{Server, ServerVariable};
use crate::document::SERVER_NAME;
use crate::location::Trail;
use crate::path_template;

impl Lowering<'_> {
    /// The servers of an object, in its order (4.7.5).
    pub(super) fn servers(&mut self, servers: &[Typed], at: &Trail<'_>) -> Vec<Server> {
        let at = at.key("servers");
        let servers = servers.iter().enumerate();
        servers
            .map(|(index, server)| {
                let name = server.extensions.get(SERVER_NAME);
                let location = self.location(&at.index(index).key("url"));
                if let Some(fault) = fault(&server.url) {
                    let message = format!("clients cannot call this server: its URL {fault}");
                    let help = "write an `http` or `https` URL, or a path that begins with `/`";
                    self.warn(UNSUPPORTED, message, help, &location);
                }
                Server {
                    name: name
                        .and_then(|name| name.as_str())
                        .unwrap_or_default()
                        .to_owned(),
                    description: server.description.clone().unwrap_or_default(),
                    url: server.url.clone(),
                    variables: variables(server),
                    location,
                }
            })
            .collect()
    }
}

/// Why no request can go to a URL. Where it begins with a variable, it is what that is.
fn fault(url: &str) -> Option<&'static str> {
    if url.is_empty() || url.starts_with(['/', '{']) {
        return None;
    }
    if url.contains('?') {
        return Some("has a query");
    }
    if url.contains('#') {
        return Some("has a fragment");
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return Some("has no scheme");
    };
    if !["http", "https"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
    {
        return Some("has another scheme than `http` and `https`");
    }
    let authority = rest.split('/').next().unwrap_or_default();
    let port = authority.rsplit_once(':').map(|(_, port)| port);
    let is_number = |port: &str| {
        port.is_empty() || port.contains(['{', '}', ']']) || port.parse::<u16>().is_ok()
    };
    if authority.is_empty() {
        Some("has no host")
    } else if authority.contains('@') {
        Some("has a user")
    } else if !port.is_none_or(is_number) {
        Some("has a port that is none")
    } else {
        None
    }
}

/// Those that the URL names, whether they are described or not.
fn variables(server: &Typed) -> Vec<ServerVariable> {
    let mut variables: Vec<ServerVariable> = Vec::new();
    for name in path_template::names(&server.url) {
        let described = server.variables.iter().flatten();
        let described = described
            .filter(|(known, _)| *known == name)
            .map(|(_, variable)| variable)
            .next();
        if variables.iter().all(|known| known.name != name) {
            variables.push(ServerVariable {
                name: name.to_owned(),
                default: described.map(|variable| variable.default.clone()),
                values: described
                    .map(|variable| variable.enumeration.clone())
                    .unwrap_or_default(),
            });
        }
    }
    variables
}
