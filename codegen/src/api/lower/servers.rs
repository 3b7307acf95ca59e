//! Servers: of the document, of a path item, of an operation.

use openapiv3::Server as Typed;

use super::Lowering;
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
                Server {
                    name: name
                        .and_then(|name| name.as_str())
                        .unwrap_or_default()
                        .to_owned(),
                    description: server.description.clone().unwrap_or_default(),
                    url: server.url.clone(),
                    variables: variables(server),
                    location: self.location(&at.index(index).key("url")),
                }
            })
            .collect()
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
