//! The servers that callers choose from, and those of single operations.

use std::collections::HashSet;

use super::Plan;
use crate::api::{Operation, Server};
use crate::path_template;
use crate::rust::names::{Scope, pascal, snake};
use crate::rust::signature::{File, Output, Parameter, ParameterType, Receiver, Signature};
use crate::rust::{
    Address, Argument, Function, OwnServer, Role, ServerArm, Servers, Ty, Variable, docs,
};

/// Words of a description that say no more than that it is a server.
const EMPTY_WORDS: [&str; 12] = [
    "a",
    "an",
    "api",
    "at",
    "endpoint",
    "environment",
    "for",
    "host",
    "of",
    "server",
    "the",
    "url",
];

/// A description of more words is a text, and no name.
const MOST_WORDS: usize = 4;

impl Plan<'_> {
    pub(super) fn servers(&self) -> Servers {
        let servers = &self.api.servers;
        let operations = self.operations.iter();
        let own = operations.flat_map(|(index, _)| self.own_servers(self.operation(*index)));
        let own: Vec<Address> = own.collect();
        let addresses: Vec<Address> = servers.iter().map(|one| self.address(one)).collect();
        let mut of_operations: Vec<Address> = Vec::new();
        for address in &own {
            if !address.variables.is_empty() && !of_operations.contains(address) {
                of_operations.push(address.clone());
            }
        }
        // The path of a first server that is absolute and fixed is known otherwise.
        let is_resolved_against = own.iter().any(Address::is_relative)
            && addresses.first().is_some_and(Address::is_relative);
        let has_variables = addresses.iter().any(|one| !one.variables.is_empty());
        let is_listed = servers.len() > 1 || has_variables || is_resolved_against;
        let addresses = if is_listed { addresses } else { Vec::new() };
        let arms = if servers.len() < 2 {
            Vec::new()
        } else {
            self.arms()
        };
        let mut servers = Servers {
            choice: (!arms.is_empty()).then(choice),
            variable: None,
            addresses,
            of_operations,
            arms,
        };
        let variables: Vec<&Variable> = servers.variables().collect();
        servers.variable = (!variables.is_empty()).then(|| variable(&variables));
        servers
    }

    /// The operation's own server, where it is another than the document's.
    pub(super) fn server(&self, operation: &Operation) -> Option<OwnServer> {
        let server = operation.servers.first()?;
        let address = self.address(server);
        let default = self.api.servers.first().map(|one| self.address(one));
        (Some(&address) != default.as_ref()).then(|| OwnServer {
            address,
            location: server.location.clone(),
        })
    }

    /// All that are the operation's own, and another's than the document's first.
    fn own_servers(&self, operation: &Operation) -> Vec<Address> {
        let others = operation.servers.iter().skip(1);
        let others = others.map(|other| self.address(other));
        let first = self.server(operation).map(|own| own.address);
        first.into_iter().chain(others).collect()
    }

    /// Setters that choose another of the operation's own servers.
    pub(super) fn server_options(&self, operation: &Operation, scope: &mut Scope) -> Vec<Argument> {
        let names = names(&operation.servers).into_iter();
        let others = operation.servers.iter().zip(names).skip(1);
        let options = others.map(|(server, name)| Argument {
            name: scope.claim(format!("server_{}", snake(&name).trim_start_matches("r#"))),
            docs: self.arm_docs(server, false),
            ty: ParameterType::Value(Ty::Unit),
            role: Role::Server(self.address(server)),
            deprecated: false,
            maybe: None,
            allow: Vec::new(),
            location: server.location.clone(),
        });
        options.collect()
    }

    /// What the docs of a method say of its servers.
    pub(super) fn server_notes(&self, operation: &Operation) -> Vec<String> {
        let Some(OwnServer { address, .. }) = self.server(operation) else {
            return Vec::new();
        };
        let unless = if address.is_relative() {
            "resolved against the server of the client"
        } else {
            "unless the client is given a base URL"
        };
        let url = docs::within_code(&address.url);
        vec![format!("Server: `{url}`, {unless}")]
    }

    fn address(&self, server: &Server) -> Address {
        let variables = server.variables.iter().map(|variable| Variable {
            name: variable.name.clone(),
            default: variable.default.clone(),
            values: variable.values.clone(),
        });
        Address {
            url: server.url.clone(),
            variables: variables.collect(),
        }
    }

    fn arms(&self) -> Vec<ServerArm> {
        let servers = self.api.servers.iter();
        let arms = servers.zip(names(&self.api.servers)).enumerate();
        let mut scope = Scope::default();
        arms.map(|(index, (server, name))| ServerArm {
            name: scope.claim(pascal(&name)),
            docs: self.arm_docs(server, index == 0),
            location: server.location.clone(),
        })
        .collect()
    }

    fn arm_docs(&self, server: &Server, is_first: bool) -> String {
        let url = docs::within_code(&server.url);
        let first = if is_first {
            ", which is called unless another is chosen"
        } else {
            ""
        };
        let address = format!("`{url}`{first}");
        match self.clean(&server.description).as_str() {
            "" => address,
            description => format!("{description}\n\n{address}"),
        }
    }
}

/// What each is called among the others, in words.
fn names(servers: &[Server]) -> Vec<String> {
    let described = special(servers.iter().map(described).collect());
    let words = servers.iter().zip(described).zip(placed(servers));
    words
        .map(|((server, described), placed)| match server.name.as_str() {
            "" if !described.is_empty() => described.join(" "),
            "" if placed.is_empty() => "default".to_owned(),
            "" => placed.join(" "),
            name => name.to_owned(),
        })
        .collect()
}

/// The words of a short description.
fn described(server: &Server) -> Vec<String> {
    let words = server.description.split(|c: char| !c.is_alphanumeric());
    let words = words
        .filter(|word| !word.is_empty() && !EMPTY_WORDS.contains(&word.to_lowercase().as_str()));
    let words: Vec<String> = words.map(str::to_owned).collect();
    if words.len() > MOST_WORDS {
        Vec::new()
    } else {
        words
    }
}

/// Of each URL the words that others do not have: of the host, else of the path, of the variables, the end of the host, the
/// port, how it is spoken to. Of the first there may be none.
fn placed(servers: &[Server]) -> Vec<Vec<String>> {
    let urls = || servers.iter().map(|server| server.url.as_str());
    let listed =
        |words: fn(&str) -> Vec<String>| -> Vec<Vec<String>> { urls().map(words).collect() };
    // What each is a word of, for those that begin with a digit.
    let parts = [
        ("host", special(listed(host_words))),
        ("path", special(listed(|url| words(path(url))))),
        ("variable", special(listed(variable_words))),
        ("host", special(listed(|url| words(host(url))))),
        ("port", special(listed(port_words))),
        ("", special(listed(scheme_words))),
        ("host", listed(host_words)),
        ("variable", listed(variable_words)),
    ];
    let says = |part: &[Vec<String>], index: usize| match index {
        0 => part.iter().any(|words| !words.is_empty()),
        index => !part[index].is_empty(),
    };
    let of = |index: usize| {
        let mut parts = parts.iter();
        let Some((kind, part)) = parts.find(|(_, part)| says(part, index)) else {
            return Vec::new();
        };
        let mut words = part[index].clone();
        if words
            .first()
            .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        {
            words.insert(0, (*kind).to_owned());
        }
        words
    };
    (0..servers.len()).map(of).collect()
}

/// Without the last label, which says least.
fn host_words(url: &str) -> Vec<String> {
    let host = host(url);
    words(host.rsplit_once('.').map_or(host, |(labels, _)| labels))
}

/// `api.example.com` of `https://api.example.com:8443/v1`
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or_default()
}

fn port_words(url: &str) -> Vec<String> {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    let port = authority.rsplit_once(':').map(|(_, port)| port);
    let port = port.filter(|port| !port.contains(['{', '}']));
    port.map(str::to_owned).into_iter().collect()
}

fn variable_words(url: &str) -> Vec<String> {
    let names = path_template::names(url);
    names.into_iter().flat_map(words).collect()
}

fn scheme_words(url: &str) -> Vec<String> {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_owned());
    scheme.into_iter().collect()
}

/// What is no variable.
fn words(text: &str) -> Vec<String> {
    let words = text.split(['.', '/', ':', '-', '_']);
    let words = words.filter(|word| !word.is_empty() && !word.contains(['{', '}']));
    words.map(str::to_owned).collect()
}

/// Each list without the words that all have.
fn special(lists: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let shared: HashSet<String> = match lists.split_first() {
        Some((first, others)) => {
            let is_shared = |word: &&String| others.iter().all(|list| list.contains(word));
            first.iter().filter(is_shared).cloned().collect()
        }
        None => HashSet::new(),
    };
    let mut lists = lists;
    for list in &mut lists {
        list.retain(|word| !shared.contains(word));
    }
    lists
}

/// `/v1` of `https://example.com/v1/`
fn path(url: &str) -> &str {
    let after = url
        .split_once("://")
        .map_or(url, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    after.trim_end_matches('/')
}

fn choice() -> Function {
    let server = Parameter {
        name: "server".to_owned(),
        ty: ParameterType::Server,
    };
    Function {
        docs: "Chooses which server of the API is called.\n\nA base URL, whether it is set or of the environment, \
               comes first, but for a server whose URL is relative: that is resolved against it."
            .to_owned(),
        sections: Vec::new(),
        signature: signature("server", vec![server]),
    }
}

fn variable(variables: &[&Variable]) -> Function {
    let mut lines = vec![
        "Sets a variable of the servers' URLs; `build` rejects one that there is not, and values that it may not have."
            .to_owned(),
        String::new(),
    ];
    let mut seen = HashSet::new();
    for variable in variables.iter().filter(|one| seen.insert(&one.name)) {
        let code = |text: &String| format!("`{}`", docs::within_code(text));
        let values: Vec<String> = variable.values.iter().map(code).collect();
        let values = match values.as_slice() {
            [] => String::new(),
            values => format!(", one of {}", values.join(", ")),
        };
        let default = match &variable.default {
            Some(default) => format!("{} unless set", code(default)),
            None => "to be set".to_owned(),
        };
        lines.push(format!("- {}: {default}{values}", code(&variable.name)));
    }
    let given = ["name", "value"].map(|name| Parameter {
        name: name.to_owned(),
        ty: ParameterType::Into(Ty::String),
    });
    Function {
        docs: lines.join("\n"),
        sections: Vec::new(),
        signature: signature("server_variable", given.into()),
    }
}

/// Of a method of the builder.
pub(super) fn signature(name: &str, parameters: Vec<Parameter>) -> Signature {
    Signature {
        name: name.to_owned(),
        receiver: Receiver::Value,
        parameters,
        output: Output::Own,
        allow: Vec::new(),
        file: File::Client,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::Location;

    #[test]
    fn a_server_is_called_by_what_tells_its_url_from_the_others() {
        for (urls, expected) in [
            (
                ["https://{region}.x.example", "https://{tenant}.x.example"],
                ["Region", "Tenant"],
            ),
            (
                ["http://localhost:8080", "http://localhost:9090"],
                ["Port8080", "Port9090"],
            ),
            (["https://x.example", "https://x.test"], ["Example", "Test"]),
            (["http://10.0.0.1", "http://10.0.1.1"], ["Empty", "Host1"]),
            (
                ["https://x.example/1", "https://x.example/2"],
                ["Path1", "Path2"],
            ),
            (
                ["https://{host}", "https://{host}/{base}"],
                ["Empty", "Base"],
            ),
            (["http://x.example", "https://x.example"], ["Http", "Https"]),
        ] {
            let servers = urls.map(|url| Server {
                name: String::new(),
                description: String::new(),
                url: url.to_owned(),
                variables: Vec::new(),
                location: Location::default(),
            });
            let names: Vec<String> = placed(&servers)
                .iter()
                .map(|w| pascal(&w.join(" ")))
                .collect();
            assert_eq!(names, expected);
        }
    }
}
