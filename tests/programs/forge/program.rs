//! What an application does with an API like GitHub's, and its tests.

use std::path::Path;

use forge::models::{Release, ReleaseAsset};
use forge::reqwest::header::HeaderMap;
use forge::testing::Fake;
use forge::webhooks::{Event, Verifier, WebhookError};
use forge::{ByteStream, Client, Credentials, Error};
use serde_json::json;

use crate::server::{Received, Response, Server, outcome};
use crate::support::{Folder, headers, hex, hmac};

/// The titles of the newest open issues, on however many pages they are.
async fn open_titles(client: &Client, limit: usize) -> Result<Vec<String>, Error> {
    let issues = client.issues().list_for_repo("acme", "anvil").state("open");
    let issues = issues.per_page(2).items().collect(limit).await?;
    Ok(issues.into_iter().map(|issue| issue.title).collect())
}

/// The latest release, unless it is the one that is known by its tag; and the tag of that.
async fn newer(client: &Client, tag: &str) -> Result<Option<(Release, String)>, Error> {
    let latest = client.repos().get_latest_release("acme", "anvil");
    let response = latest.if_none_match(tag).with_response().await?;
    let tag = response.etag().unwrap_or_default().to_owned();
    Ok(response.into_data().map(|release| (release, tag)))
}

async fn publish(client: &Client, release: i64, path: &Path) -> Result<ReleaseAsset, Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let file = ByteStream::open(path);
    client
        .repos()
        .upload_release_asset("acme", "anvil", release, name, file)
        .await
}

async fn fetch(client: &Client, asset: i64, path: &Path) -> Result<u64, Error> {
    let asset = client
        .repos()
        .download_release_asset("acme", "anvil", asset);
    asset.download().save_to(path).await
}

/// The same in a command that is not async: the file of the latest release, if that is another than the one that is known.
fn update(client: &Client, tag: &str, path: &Path) -> Result<bool, Error> {
    let latest = client.repos().get_latest_release("acme", "anvil");
    let Some(release) = latest.if_none_match(tag).blocking()? else {
        return Ok(false);
    };
    let asset = |id| client.repos().download_release_asset("acme", "anvil", id);
    for found in &release.assets {
        asset(found.id).download().save_to(path).blocking()?;
    }
    Ok(true)
}

/// What is to be said of what happened.
fn told(secret: &str, headers: &HeaderMap, body: &[u8]) -> Result<Option<String>, WebhookError> {
    Ok(match Verifier::new(secret)?.verify(headers, body)? {
        Event::IssuesOpened(event) => Some(format!("opened: {}", event.issue.title)),
        Event::Push(event) => Some(format!("pushed: {}", event.r#ref)),
        _ => None,
    })
}

pub fn runs() {
    calls_reach_the_server();
    outcome(a_fake_has_pages_too());
    webhooks_are_read();
}

fn calls_reach_the_server() {
    let server = Server::start(served);
    let client = Client::builder().base_url(&server.url);
    let client = client
        .credentials(Credentials::token("t-1"))
        .build()
        .unwrap();
    let folder = Folder::new("forge");
    let (built, fetched) = (folder.file("anvil.bin"), folder.file("a"));
    std::fs::write(&built, "iron").unwrap();
    outcome(async {
        assert_eq!(open_titles(&client, 9).await.unwrap(), ["a", "b", "c"]);
        let (release, tag) = newer(&client, "\"0\"").await.unwrap().expect("it is new");
        assert_eq!((release.tag_name.as_str(), tag.as_str()), ("v1", "\"1\""));
        assert!(newer(&client, &tag).await.unwrap().is_none());
        assert_eq!(publish(&client, release.id, &built).await.unwrap().size, 4);
        assert_eq!(fetch(&client, 7, &fetched).await.unwrap(), 4);
        let issue = client
            .issues()
            .create("acme", "anvil", "Too heavy")
            .labels("bug");
        let error = issue.await.expect_err("the limit is used up");
        assert!(
            matches!(&error, Error::Api(error) if error.is_rate_limited()),
            "{error}"
        );
    });
    assert_eq!(std::fs::read(&fetched).unwrap(), b"iron");
    assert!(update(&client, "\"0\"", &folder.file("b")).unwrap());
    assert_eq!(std::fs::read(folder.file("b")).unwrap(), b"iron");
    assert!(!update(&client, "\"1\"", &folder.file("c")).unwrap());
    let asset = client.repos().download_release_asset("acme", "anvil", 7);
    let pieces = asset.download().blocking().unwrap().blocking();
    let pieces: Result<Vec<_>, Error> = pieces.collect();
    assert_eq!(pieces.unwrap().concat(), b"iron");
    let received = server.received();
    assert!(
        received
            .iter()
            .all(|one| one.header("authorization") == "Bearer t-1")
    );
    let targets: Vec<&str> = received.iter().map(|one| one.target.as_str()).collect();
    assert_eq!(
        targets[..2],
        [
            "/repos/acme/anvil/issues?state=open&per_page=2",
            "/next?page=2"
        ]
    );
}

fn served(received: &Received) -> Response {
    let issue = |n: u32, title: &str| json!({"number": n, "title": title, "state": "open"});
    let path = received.target.split('?').next().unwrap_or_default();
    match (received.method.as_str(), path) {
        ("GET", "/repos/acme/anvil/issues") => {
            let page = json!([issue(1, "a"), issue(2, "b")]).to_string();
            Response::json(&page).header("link", "</next?page=2>; rel=\"next\"")
        }
        ("GET", "/next") => Response::json(&json!([issue(3, "c")]).to_string()),
        ("GET", "/repos/acme/anvil/releases/latest") => {
            let is_known = received.header("if-none-match") == "\"1\"";
            let release =
                json!({"id": 5, "tag_name": "v1", "assets": [{"id": 7, "name": "a", "size": 4}]})
                    .to_string();
            let response = Response::json(if is_known { "" } else { &release });
            let status = if is_known { 304 } else { 200 };
            response.status(status).header("etag", "\"1\"")
        }
        ("POST", "/repos/acme/anvil/releases/5/assets") => {
            assert!(received.target.ends_with("?name=anvil.bin"));
            let size = received.body.len();
            Response::json(&json!({"id": 7, "name": "anvil.bin", "size": size}).to_string())
                .status(201)
        }
        ("GET", "/repos/acme/anvil/releases/assets/7") => {
            Response::new(200, "application/octet-stream", "iron")
        }
        _ => Response::json(r#"{"message":"API rate limit exceeded"}"#)
            .status(403)
            .header("x-ratelimit-remaining", "0"),
    }
}

async fn a_fake_has_pages_too() {
    let fake = Fake::start().await;
    let issues = fake.issues().list_for_repo();
    let issue = |title: &str| json!({"number": 1, "title": title, "state": "open"});
    let page = |titles: &[&str]| {
        let issues = titles.iter().map(|title| issue(title));
        let issues = issues.map(|issue| serde_json::from_value(issue).unwrap());
        issues.collect::<Vec<_>>()
    };
    issues
        .clone()
        .returns_pages([page(&["a", "b"]), page(&["c"])]);
    assert_eq!(
        open_titles(&fake.client(), 9).await.unwrap(),
        ["a", "b", "c"]
    );
    issues.assert_called(2)[0].assert_query("state", "open");
    assert_eq!(open_titles(&fake.client(), 2).await.unwrap(), ["a", "b"]);
    issues.assert_called(3);
}

fn webhooks_are_read() {
    let body = br#"{"action":"opened","issue":{"number":1,"title":"a","state":"open"}}"#;
    let signature = format!("sha256={}", hex(&hmac(b"s", body)));
    let opened = headers(&[
        ("x-forge-event", "issues"),
        ("x-hub-signature-256", &signature),
    ]);
    assert_eq!(told("s", &opened, body).unwrap().unwrap(), "opened: a");
    let forged = told("other", &opened, body);
    assert_eq!(forged, Err(WebhookError::Signature));
    let body = br#"{"ref":"main"}"#;
    let signature = format!("sha256={}", hex(&hmac(b"s", body)));
    let pushed = headers(&[
        ("x-forge-event", "push"),
        ("x-hub-signature-256", &signature),
    ]);
    assert_eq!(told("s", &pushed, body).unwrap().unwrap(), "pushed: main");
}
