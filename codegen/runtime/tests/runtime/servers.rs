//! Servers that are chosen, that have variables, and that belong to single operations.

use runtime::runtime::{
    Address, Client, ClientBuilder, Error, Method, Request, Service, Variable, decode,
};
use serde_json::Value;

use super::support::{SERVICE, Server, credentials, http};

static REGIONS: Service = Service {
    base_url: "https://eu.regions.example:8443/v2",
    ..SERVICE
};

static NOWHERE: Service = Service {
    base_url: "",
    ..SERVICE
};

static SERVERS: &[Address] = &[
    Address::at("https://{region}.regions.example:{port}/{version}/").with(&[
        Variable {
            name: "region",
            default: Some("eu"),
            values: &["eu", "us"],
        },
        Variable {
            name: "port",
            default: Some("8443"),
            values: &[],
        },
        Variable {
            name: "version",
            default: Some("v2"),
            values: &[],
        },
    ]),
    Address::at("https://sandbox.example/v2"),
    Address::at("/internal"),
    Address::at("{origin}/add").with(&[Variable {
        name: "origin",
        default: None,
        values: &[],
    }]),
];

static OF_OPERATIONS: &[Address] = &[Address::at("https://uploads.example/{tier}").with(&[
    Variable {
        name: "tier",
        default: Some("free"),
        values: &["free", "paid"],
    },
])];

fn builder(service: &'static Service) -> ClientBuilder {
    ClientBuilder::for_service(service)
        .servers(SERVERS)
        .operation_servers(OF_OPERATIONS)
        .credentials(credentials())
        .http_client(http())
}

/// Where the client's calls go, which `Debug` shows.
fn base(builder: ClientBuilder) -> String {
    let shown = format!("{:?}", builder.build().unwrap());
    let (_, rest) = shown.split_once("base_url: \"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn rejected(builder: ClientBuilder) -> String {
    let Err(Error::Configuration(error)) = builder.build() else {
        panic!("it is built")
    };
    error.to_string()
}

fn variable(builder: ClientBuilder, name: &str, value: &str) -> ClientBuilder {
    builder.set_server_variable(name.to_owned(), value.to_owned())
}

#[test]
fn the_first_server_is_called_unless_another_is_chosen() {
    let regions = || builder(&REGIONS);
    assert_eq!(base(regions()), "https://eu.regions.example:8443/v2");
    assert_eq!(
        base(regions().choose_server(1)),
        "https://sandbox.example/v2"
    );
    // A relative one is put in place of the path of the first.
    assert_eq!(
        base(regions().choose_server(2)),
        "https://eu.regions.example:8443/internal"
    );
}

#[test]
fn variables_are_replaced_once() {
    let set = variable(builder(&REGIONS), "region", "us");
    let set = variable(set, "version", "v{port}");
    assert!(rejected(set).contains("`version`"));
    let set = variable(builder(&REGIONS), "region", "eu");
    let set = variable(variable(set, "region", "us"), "version", "a/b");
    assert_eq!(base(set), "https://us.regions.example:8443/a/b");
}

#[test]
fn a_variable_that_there_is_not_and_a_value_that_it_may_not_have_are_rejected() {
    let text = rejected(variable(builder(&REGIONS), "zone", "s3cr3t"));
    assert_eq!(
        text,
        "the server that is called has no variable `zone`: there is `port`, `region`, `tier`, `version`"
    );
    let text = rejected(variable(builder(&REGIONS), "region", "us").choose_server(1));
    assert_eq!(
        text,
        "the server that is called has no variable `region`: there is `tier`"
    );
    let text = rejected(variable(builder(&REGIONS), "tier", "s3cr3t"));
    assert_eq!(text, "the server variable `tier` is none of `free`, `paid`");
    let text = rejected(variable(builder(&REGIONS), "version", ""));
    assert_eq!(text, "the server variable `version` is empty");
    for value in ["../x", "a/..", "%2e%2E", "."] {
        let text = rejected(variable(builder(&REGIONS), "version", value));
        assert!(text.contains("`version` has a value"), "{text}");
    }
    let text = rejected(variable(builder(&REGIONS), "region", "s3cr3t"));
    assert_eq!(text, "the server variable `region` is none of `eu`, `us`");
    for value in ["evil.example/", "x@evil", "1?", "1#", "1\\", " 1"] {
        let text = rejected(variable(builder(&REGIONS), "port", value));
        assert!(
            text.starts_with("the server variable `port` has a value"),
            "{text}"
        );
    }
    let text = rejected(builder(&REGIONS).choose_server(3));
    assert!(
        text.starts_with("the server variable `origin` has no value"),
        "{text}"
    );
    let origin = variable(builder(&REGIONS), "origin", "https://own.example:1/x");
    assert_eq!(base(origin.choose_server(3)), "https://own.example:1/x/add");
}

#[test]
fn a_base_url_comes_first() {
    let given = || builder(&REGIONS).base_url("http://127.0.0.1:9/proxy/v2/");
    assert_eq!(base(given()), "http://127.0.0.1:9/proxy/v2");
    assert_eq!(
        base(given().choose_server(1)),
        "http://127.0.0.1:9/proxy/v2"
    );
    assert_eq!(
        base(given().choose_server(2)),
        "http://127.0.0.1:9/proxy/internal"
    );
}

#[test]
fn a_relative_server_needs_a_base_url() {
    static RELATIVE: &[Address] = &[Address::at("/v1"), Address::at("/internal")];
    let given = || builder(&NOWHERE).servers(RELATIVE);
    assert!(rejected(given()).starts_with("there is no server: call `base_url`"));
    let text = rejected(given().choose_server(1));
    assert_eq!(text, "the server `/internal` is relative: call `base_url`");
    let given = given().base_url("https://own.example/x/v1");
    assert_eq!(
        base(given.choose_server(1)),
        "https://own.example/x/internal"
    );
}

async fn call(client: &Client, address: Address) -> Result<Value, Error> {
    let request = Request::new(client, Method::GET, "/x", decode::json::<Value>);
    request.server(address).await
}

#[tokio::test]
async fn an_operation_is_called_where_it_is_with_the_credentials() {
    let server = Server::start([]).await;
    let address = Address::at("{origin}/other").with(&[Variable {
        name: "origin",
        default: Some("https://uploads.example"),
        values: &[],
    }]);
    let addresses: &'static [Address] = Box::leak(Box::new([address]));
    let given = builder(&REGIONS).operation_servers(addresses);
    let client = variable(given, "origin", &server.url("")).build();
    call(&client.unwrap(), address).await.unwrap();
    let sent = server.only();
    assert_eq!(sent.target, "/other/x");
    assert!(sent.header("authorization").is_some());
}

#[tokio::test]
async fn a_base_url_comes_before_an_operations_own_server_but_for_a_relative_one() {
    let server = Server::start([]).await;
    let client = builder(&REGIONS)
        .base_url(server.url("/v2"))
        .build()
        .unwrap();
    let paths = [
        (Address::at("https://uploads.example/other"), "/v2/x"),
        (Address::at("/v3"), "/v3/x"),
        (Address::at("/"), "/x"),
        (Address::at(""), "/v2/x"),
        (Address::at("v4/"), "/v2/v4/x"),
        (Address::at("../v4"), "/v4/x"),
    ];
    for (address, _) in &paths {
        call(&client, *address).await.unwrap();
    }
    let sent: Vec<String> = server.sent().into_iter().map(|sent| sent.target).collect();
    assert_eq!(sent, paths.map(|(_, target)| target));
}

#[tokio::test]
async fn an_error_names_the_host_that_was_called() {
    let client = builder(&REGIONS).max_retries(0).build().unwrap();
    let closed = Address::at("http://127.0.0.1:1");
    let error = call(&client, closed).await.unwrap_err();
    assert_eq!(error.call().unwrap().host(), "127.0.0.1:1");
    let error = call(&client, Address::at("ftp://files.example")).await;
    let text = error.unwrap_err().to_string();
    assert!(
        text.ends_with("the base URL: it is neither http nor https"),
        "{text}"
    );
}

#[tokio::test]
async fn a_relative_server_is_resolved_against_the_server_that_was_chosen() {
    let server = Server::start([]).await;
    let first = server.url("/v1");
    let chosen = server.url("/sandbox/{version}");
    let variables: &[Variable] = &[Variable {
        name: "version",
        default: Some("v7"),
        values: &[],
    }];
    let servers: &'static [Address] = Box::leak(Box::new([
        Address::at(first.leak()),
        Address::at(chosen.leak()).with(variables.to_vec().leak()),
    ]));
    let client = |builder: ClientBuilder| {
        let builder = builder.credentials(credentials()).http_client(http());
        builder.build().unwrap()
    };
    let given = || ClientBuilder::for_service(&NOWHERE).servers(servers);
    let clients = [
        (client(given()), "/v2/x"),
        (client(given().choose_server(1)), "/v2/x"),
        (client(given().base_url(server.url("/v3"))), "/v2/x"),
        (
            client(given().base_url(server.url("/proxy/v1"))),
            "/proxy/v2/x",
        ),
        (
            client(
                given()
                    .choose_server(1)
                    .base_url(server.url("/proxy/sandbox/v7")),
            ),
            "/proxy/v2/x",
        ),
    ];
    for (client, _) in &clients {
        call(client, Address::at("/v2")).await.unwrap();
    }
    let sent: Vec<String> = server.sent().into_iter().map(|sent| sent.target).collect();
    assert_eq!(sent, clients.map(|(_, target)| target));
}

#[test]
fn a_base_url_that_ends_in_the_path_of_a_relative_server_is_that_server() {
    let given = builder(&REGIONS).base_url("http://127.0.0.1:9/proxy/internal");
    assert_eq!(
        base(given.choose_server(2)),
        "http://127.0.0.1:9/proxy/internal"
    );
}

#[tokio::test]
async fn a_request_can_call_another_server() {
    let (server, other) = (Server::start([]).await, Server::start([]).await);
    let client = builder(&REGIONS).base_url(server.url("")).build().unwrap();
    let request = || {
        let request = Request::new(&client, Method::GET, "/x", decode::json::<Value>);
        request.server(Address::at("https://uploads.example"))
    };
    request().base_url(other.url("/other/")).await.unwrap();
    assert_eq!(other.only().target, "/other/x");
    assert!(server.sent().is_empty());
    let error = request().base_url("ftp://files.example").await.unwrap_err();
    assert!(
        error.to_string().contains("neither http nor https"),
        "{error}"
    );
}
