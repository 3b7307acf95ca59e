//! How a client is made.

use super::{Plan, imports};
use crate::rust::signature::{File, Output, Parameter, ParameterType, Receiver, Signature};
use crate::rust::{ClientFile, Constructor, Function, HeaderFile, Section, Servers, Service};

impl Plan<'_> {
    pub(super) fn client(
        &self,
        service: &Service,
        credentials: &[Constructor],
        servers: &Servers,
        has_resources: bool,
    ) -> ClientFile {
        ClientFile {
            imports: imports::of_client(service, servers, has_resources),
            from_env: Function {
                docs: environment_docs(service, credentials),
                sections: vec![Section::Errors(
                    "[`Error::Configuration`] names the variables that are missing or unusable."
                        .to_owned(),
                )],
                signature: signature("from_env", Vec::new(), Output::OwnOrError),
            },
            new: new(!service.alternatives.is_empty()),
            builder: Function {
                docs: "Sets everything that can be set: credentials, base URL, timeouts, retries, headers."
                    .to_owned(),
                sections: Vec::new(),
                signature: signature(
                    "builder",
                    Vec::new(),
                    Output::Type("ClientBuilder".to_owned()),
                ),
            },
        }
    }
}

/// What of the runtime callers name.
pub(super) fn exports(service: &Service, headers: &HeaderFile, waits: bool) -> Vec<String> {
    let mut names = vec![
        "Additional",
        "ApiError",
        "Attempt",
        "ByteStream",
        "Client",
        "ClientBuilder",
        "Conditional",
        "ConfigurationError",
        "ConnectError",
        "DecodeError",
        "Deviation",
        "Download",
        "Error",
        "Extra",
        "FailedCall",
        "File",
        "InvalidArgumentError",
        "ItemStream",
        "Items",
        "Listed",
        "Message",
        "OptionalText",
        "Page",
        "Pages",
        "Pagination",
        "Part",
        "Reconnecting",
        "Request",
        "Response",
        "TimeoutError",
        "UnknownVariant",
        "Written",
    ];
    if !service.alternatives.is_empty() {
        names.extend(["AccessToken", "Credentials", "CredentialsError", "Secret"]);
    }
    let mut schemes = service.schemes.iter();
    names.extend(
        schemes
            .any(|scheme| scheme.tokens.is_some())
            .then_some("OAuth2"),
    );
    names.extend((!headers.headers.is_empty()).then_some("Header"));
    if waits {
        names.extend(["WaitError", "Waiting"]);
    }
    names.sort_unstable();
    names.into_iter().map(str::to_owned).collect()
}

fn new(authentication: bool) -> Function {
    let (docs, errors, parameters) = if authentication {
        let credentials = Parameter {
            name: "credentials".to_owned(),
            ty: ParameterType::Credentials,
        };
        (
            "A client with the given credentials and the defaults of [`Client::builder`].",
            "[`Error::Configuration`] if a credential cannot be sent.",
            vec![credentials],
        )
    } else {
        (
            "A client with the defaults of [`Client::builder`].",
            "[`Error::Configuration`] if the HTTP client cannot be set up.",
            Vec::new(),
        )
    };
    Function {
        docs: docs.to_owned(),
        sections: vec![Section::Errors(errors.to_owned())],
        signature: signature("new", parameters, Output::OwnOrError),
    }
}

fn signature(name: &str, parameters: Vec<Parameter>, output: Output) -> Signature {
    Signature {
        name: name.to_owned(),
        receiver: Receiver::None,
        parameters,
        output,
        allow: Vec::new(),
        file: File::Client,
    }
}

/// What is read from the environment, and which variable is preferred.
fn environment_docs(service: &Service, credentials: &[Constructor]) -> String {
    let mut lines = vec![
        "A client that is configured by environment variables.".to_owned(),
        String::new(),
    ];
    for (number, alternative) in service.alternatives.iter().enumerate() {
        let names: Vec<String> = alternative
            .schemes
            .iter()
            .map(|s| format!("`{}`", s.variable))
            .collect();
        let constructor = credentials.iter().find(|c| c.alternative == number);
        let name = constructor.map_or("", |c| c.name.as_str());
        // No link leads to a raw identifier.
        let constructor = match name.strip_prefix("r#") {
            Some(plain) => format!("`Credentials::{plain}`"),
            None => format!("[`Credentials::{name}`]"),
        };
        lines.push(format!("- {}: for {constructor}", names.join(" and ")));
    }
    let base = if service.base_url.is_empty() {
        "the base URL".to_owned()
    } else {
        format!("the base URL, if it is not <{}>", service.base_url)
    };
    lines.push(format!("- `{}`: {base}", service.base_url_variable));
    if service.alternatives.len() > 1 {
        lines.push(String::new());
        lines.push(
            "All credentials that are set are taken; each call gets those that it takes."
                .to_owned(),
        );
    }
    lines.join("\n")
}
