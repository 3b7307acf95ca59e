//! What an application does with an API like Cloudflare's, and its tests.

use edge::models::{LogLine, ScriptMetadata, Zone, ZoneStatus};
use edge::testing::Fake;
use edge::webhooks::{Event, WebhookError};
use edge::{Client, Credentials, Error, Part};
use serde_json::json;

use crate::server::{Received, Response, Server, outcome};
use crate::support::headers;

/// The names of zones that are active.
async fn active_zones(client: &Client) -> Result<Vec<String>, Error> {
    let zones = client
        .zones()
        .list()
        .per_page(2)
        .items()
        .collect(1000)
        .await?;
    let active = |zone: &Zone| zone.status == Some(ZoneStatus::Active);
    Ok(zones
        .into_iter()
        .filter(active)
        .map(|zone| zone.name)
        .collect())
}

async fn deploy(client: &Client, name: &str, code: String) -> Result<Option<String>, Error> {
    let scripts = client.accounts().workers().scripts();
    let metadata = ScriptMetadata::new("main.js");
    let module = Part::new("main.js", code)
        .file_name("main.js")
        .content_type("application/javascript+module");
    Ok(scripts
        .update("a1", name, metadata)
        .part(module)
        .await?
        .etag)
}

/// How many requests a script failed.
async fn failures(client: &Client, name: &str) -> Result<usize, Error> {
    let mut lines = client
        .accounts()
        .workers()
        .scripts()
        .logs("a1", name)
        .await?;
    let mut failures = 0;
    while let Some(line) = lines.next().await {
        failures += usize::from(line?.outcome != "ok");
    }
    Ok(failures)
}

/// What a gateway has verified.
fn told(body: &[u8]) -> Result<String, WebhookError> {
    Ok(match Event::read(&headers(&[]), body)? {
        Event::ZonePaused(event) => format!("paused: {}", event.data.name),
        Event::ScriptFailed(event) => format!("failed: {}", event.data.id),
        Event::Unknown(event) => format!("{}: {}", event.name(), event.body()),
        _ => "something else".to_owned(),
    })
}

pub fn runs() {
    calls_reach_the_server();
    outcome(a_fake_has_an_envelope());
    events_are_read();
}

fn calls_reach_the_server() {
    let server = Server::start(served);
    let client = Client::builder().base_url(&server.url);
    let client = client
        .credentials(Credentials::token("t-1"))
        .build()
        .unwrap();
    outcome(async {
        assert_eq!(
            active_zones(&client).await.unwrap(),
            ["a.example", "c.example"]
        );
        let mut pages = client.zones().list().per_page(2).pages();
        let page = pages.next().await.unwrap().unwrap();
        assert_eq!((page.total(), page.total_pages()), (Some(3), Some(2)));
        let code = "export default {}".to_owned();
        assert_eq!(
            deploy(&client, "hello", code).await.unwrap().as_deref(),
            Some("e1")
        );
        assert_eq!(failures(&client, "hello").await.unwrap(), 1);
        for (name, code) in [("taken.example", 1061), ("odd.example", 1099)] {
            let error = client
                .zones()
                .create(name)
                .await
                .expect_err("it is rejected");
            let Error::Api(error) = error else {
                panic!("{error}")
            };
            assert_eq!(error.errors()[0].code, Some(code));
        }
    });
    let uploaded = server
        .received()
        .into_iter()
        .find(|one| one.method == "PUT")
        .unwrap()
        .text();
    assert!(
        uploaded.contains(r#"{"main_module":"main.js"}"#),
        "{uploaded}"
    );
    assert!(uploaded.contains(
        "name=\"main.js\"; filename=\"main.js\"\r\ncontent-type: application/javascript+module"
    ));
}

fn served(received: &Received) -> Response {
    let wrapped = |result: serde_json::Value, info: serde_json::Value| json!({"success": true, "errors": [], "messages": [], "result": result, "result_info": info});
    let zone = |id: &str, status: &str| json!({"id": id, "name": format!("{id}.example"), "status": status});
    let failed = |code: u32| {
        let errors = json!([{"code": code, "message": "It cannot be created."}]);
        Response::json(&json!({"success": false, "errors": errors, "messages": []}).to_string())
    };
    let info = json!({"total_pages": 2, "total_count": 3});
    match (received.method.as_str(), received.target.as_str()) {
        ("GET", "/zones?per_page=2") => {
            let zones = json!([zone("a", "active"), zone("b", "pending")]);
            Response::json(&wrapped(zones, info).to_string())
        }
        ("GET", "/zones?per_page=2&page=2") => {
            Response::json(&wrapped(json!([zone("c", "active")]), info).to_string())
        }
        ("POST", _) if received.text().contains("taken") => failed(1061).status(400),
        // A failure that has the status of a success.
        ("POST", _) => failed(1099),
        ("PUT", _) => {
            Response::json(&wrapped(json!({"id": "hello", "etag": "e1"}), json!({})).to_string())
        }
        _ => Response::new(
            200,
            "application/x-ndjson",
            "{\"outcome\":\"ok\",\"cpu_ms\":1.5}\n{\"outcome\":\"exception\"}\n",
        ),
    }
}

async fn a_fake_has_an_envelope() {
    let fake = Fake::in_memory();
    let list = fake.zones().list();
    let zone = |id: &str| {
        let zone = json!({"id": id, "name": id, "status": "active"});
        serde_json::from_value::<Zone>(zone).unwrap()
    };
    list.clone()
        .returns_pages([vec![zone("a"), zone("b")], vec![zone("c")]]);
    assert_eq!(active_zones(&fake.client()).await.unwrap(), ["a", "b", "c"]);
    list.assert_called(2)[1].assert_query("page", 2);
    let scripts = fake.accounts().workers().scripts();
    let line =
        |outcome: &str| serde_json::from_value::<LogLine>(json!({"outcome": outcome})).unwrap();
    scripts
        .logs()
        .returns(vec![line("ok"), line("exception"), line("exceededCpu")]);
    assert_eq!(failures(&fake.client(), "hello").await.unwrap(), 2);
    scripts
        .logs()
        .assert_called_once()
        .assert_path_parameter("script_name", "hello");
    let failed =
        json!({"success": false, "errors": [{"code": 10021, "message": "A syntax error"}]});
    scripts.update().fails(400, failed);
    let error = deploy(&fake.client(), "hello", "{".to_owned())
        .await
        .expect_err("it fails");
    assert!(error.to_string().contains("A syntax error"), "{error}");
}

fn events_are_read() {
    let paused = br#"{"alert_type":"zone_paused","data":{"id":"z","name":"a.example"}}"#;
    assert_eq!(told(paused).unwrap(), "paused: a.example");
    let failed = br#"{"alert_type":"script_failed","data":{"id":"hello"}}"#;
    assert_eq!(told(failed).unwrap(), "failed: hello");
    let later = br#"{"alert_type":"zone_moved"}"#;
    assert!(told(later).unwrap().starts_with("zone_moved: "));
}
