//! What an application does with an API like OpenAI's, and its tests.

use std::path::Path;
use std::time::{Duration, SystemTime};

use assistants::models::{ChatCompletionChunk, FilePurpose, Message, MessageRole};
use assistants::reqwest::header::HeaderMap;
use assistants::testing::Fake;
use assistants::webhooks::{Event, Verifier, WebhookError};
use assistants::{Client, Credentials, Error, File};
use serde_json::json;

use crate::server::{Received, Response, Server, outcome};
use crate::support::{Folder, base64, headers, hmac};

/// The reply to a question, whole.
async fn reply(client: &Client, question: &str) -> Result<String, Error> {
    let asked = Message::new(MessageRole::User, question);
    let mut reply = client.chat().completions().create("m-1", [asked]).await?;
    Ok(reply
        .choices
        .pop()
        .map(|choice| choice.message.content)
        .unwrap_or_default())
}

/// The reply as it is made: `show` is given each piece of it.
async fn show_reply(
    client: &Client,
    question: &str,
    mut show: impl FnMut(&str),
) -> Result<(), Error> {
    let asked = Message::new(MessageRole::User, question);
    let request = client
        .chat()
        .completions()
        .create("m-1", [asked])
        .temperature(0.5);
    let mut pieces = request.stream().await?;
    while let Some(piece) = pieces.next().await {
        for choice in piece?.choices {
            show(choice.delta.content.as_deref().unwrap_or_default());
        }
    }
    Ok(())
}

/// What is stored, in bytes.
async fn stored(client: &Client) -> Result<i64, Error> {
    let mut pages = client.files().list().purpose("batch").pages().max_pages(10);
    let mut bytes = 0;
    while let Some(page) = pages.next().await {
        bytes += page?.items().iter().map(|file| file.bytes).sum::<i64>();
    }
    Ok(bytes)
}

async fn upload(client: &Client, path: &Path) -> Result<String, Error> {
    Ok(client
        .files()
        .create(File::open(path), FilePurpose::Batch)
        .await?
        .id)
}

/// The batch that ended, and whether well.
fn ended(
    secret: &str,
    now: SystemTime,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Option<(String, bool)>, WebhookError> {
    Ok(
        match Verifier::new(secret)?.now(now).verify(headers, body)? {
            Event::BatchCompleted(event) => Some((event.data.id, true)),
            Event::BatchFailed(event) => Some((event.data.id, false)),
            _ => None,
        },
    )
}

pub fn runs() {
    calls_reach_the_server();
    outcome(a_fake_streams());
    webhooks_are_verified();
}

fn calls_reach_the_server() {
    let server = Server::start(served);
    let client = Client::builder().base_url(&server.url);
    let client = client
        .credentials(Credentials::key("sk-1"))
        .build()
        .unwrap();
    let folder = Folder::new("assistants");
    let (sent, saved) = (folder.file("rows.jsonl"), folder.file("out"));
    std::fs::write(&sent, "{}\n").unwrap();
    outcome(async {
        assert_eq!(reply(&client, "Who?").await.unwrap(), "Ada");
        let mut shown = String::new();
        show_reply(&client, "Who?", |piece| shown += piece)
            .await
            .unwrap();
        assert_eq!(shown, "Ada L.");
        assert_eq!(upload(&client, &sent).await.unwrap(), "f1");
        assert_eq!(stored(&client).await.unwrap(), 6);
        let content = client.files().content("f1").download();
        let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let tell = told.clone();
        let content = content
            .save_to(&saved)
            .progress(move |read, all| tell.lock().unwrap().push((read, all)));
        assert_eq!(content.await.unwrap(), 3);
        assert_eq!(told.lock().unwrap().last(), Some(&(3, Some(3))));
        let error = client
            .files()
            .content("none")
            .await
            .expect_err("there is none");
        assert!(error.to_string().contains("No such file"), "{error}");
    });
    let received = server.received();
    let asked: Vec<_> = received
        .iter()
        .filter(|one| one.target == "/chat/completions")
        .collect();
    assert_eq!(asked[0].header("accept"), "application/json");
    assert_eq!(
        asked[0].text(),
        r#"{"model":"m-1","messages":[{"role":"user","content":"Who?"}]}"#
    );
    assert_eq!(asked[1].header("accept"), "text/event-stream");
    assert!(
        asked[1]
            .text()
            .ends_with(r#""temperature":0.5,"stream":true}"#),
        "{}",
        asked[1].text()
    );
}

fn served(received: &Received) -> Response {
    let page = |id: &str, more: bool| {
        let file = json!({"id": id, "filename": "a", "bytes": 3});
        let page = json!({"data": [file], "first_id": id, "last_id": id, "has_more": more});
        Response::json(&page.to_string())
    };
    match received.target.as_str() {
        "/chat/completions" if received.text().contains("\"stream\":true") => {
            let piece = |text: &str| json!({"id": "r", "choices": [{"delta": {"content": text}}]});
            let events = format!(
                "data: {}\n\ndata: {}\n\ndata: [DONE]\n\n",
                piece("Ada"),
                piece(" L.")
            );
            Response::new(200, "text/event-stream", events)
        }
        "/chat/completions" => {
            let message = json!({"role": "assistant", "content": "Ada"});
            Response::json(&json!({"id": "r", "choices": [{"message": message}]}).to_string())
        }
        "/files" => {
            let sent = received.text();
            assert!(sent.contains("name=\"purpose\"\r\n\r\nbatch"), "{sent}");
            assert!(sent.contains("filename=\"rows.jsonl\""), "{sent}");
            Response::json(r#"{"id":"f1","filename":"rows.jsonl","bytes":3}"#)
        }
        "/files?purpose=batch" => page("f1", true),
        "/files?purpose=batch&after=f1" => page("f2", false),
        "/files/f1/content" => Response::new(200, "application/octet-stream", "{}\n"),
        _ => Response::json(r#"{"error":{"message":"No such file","code":null}}"#).status(404),
    }
}

async fn a_fake_streams() {
    let fake = Fake::start().await;
    let create = fake.chat().completions().create();
    let piece = |text: &str| json!({"id": "r", "choices": [{"delta": {"content": text}}]});
    let events = format!(
        "data: {}\n\ndata: {}\n\ndata: [DONE]\n\n",
        piece("A"),
        piece("B")
    );
    create.clone().responds(200, "text/event-stream", events);
    let mut shown = String::new();
    show_reply(&fake.client(), "Who?", |piece| shown += piece)
        .await
        .unwrap();
    assert_eq!(shown, "AB");
    let sent = create.assert_called_once().json().expect("it sends JSON");
    assert_eq!(sent["stream"], true);
    let list = fake.files().list();
    let page = |id: &str| {
        let file = json!({"id": id, "filename": "a", "bytes": 4});
        serde_json::from_value(json!({"data": [file], "last_id": id, "has_more": true})).unwrap()
    };
    list.clone()
        .returns_pages([page("f1"), page("f2"), page("f3")]);
    assert_eq!(stored(&fake.client()).await.unwrap(), 12);
    list.assert_called(3);
    let unread: Result<ChatCompletionChunk, _> = serde_json::from_value(json!({"id": 1}));
    assert!(unread.is_err());
}

fn webhooks_are_verified() {
    let body = br#"{"type":"batch.completed","data":{"id":"b1"}}"#;
    let signed = [b"msg_1.1700000000.".as_slice(), body].concat();
    let signature = format!("v1,{}", base64(&hmac(b"secret", &signed)));
    let headers = headers(&[
        ("webhook-id", "msg_1"),
        ("webhook-timestamp", "1700000000"),
        ("webhook-signature", &signature),
    ]);
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_001);
    let secret = format!("whsec_{}", base64(b"secret"));
    let batch = ended(&secret, now, &headers, body).unwrap();
    assert_eq!(batch, Some(("b1".to_owned(), true)));
    let later = now + Duration::from_secs(600);
    assert!(ended(&secret, later, &headers, body).is_err());
}
