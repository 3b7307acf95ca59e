//! A crate of each document, each made by a process of its own: what ends one ends no other.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::classes;
use super::documents::Document;
use super::progress;
use super::record::{Counts, Record};
use super::store::{self, Store};
use crate::tools::{Result, Unable};

/// How long one document may take. A build without optimizations takes twenty times as long as the one that users have.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 300 } else { 30 });

/// What becomes of each document, in their order.
pub fn run(documents: &[Document], store: &Store) -> Result<Vec<Record>> {
    let bar = progress::bar("generating", documents.len());
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
            let record = record(document, store);
            bar.set_message(document.name.clone());
            bar.inc(1);
            let mut done = done.lock().expect("no worker panics with it");
            done.push(record);
        }
    };
    thread::scope(|scope| (0..store.jobs).for_each(|_| drop(scope.spawn(work))));
    bar.finish_and_clear();
    let done = done.into_inner().expect("no worker panics with it");
    let mut records = done.into_iter().collect::<Result<Vec<_>>>()?;
    records.sort_by(|one, other| one.document.cmp(&other.document));
    Ok(records)
}

/// What was kept of the document, or what becomes of it now.
fn record(document: &Document, store: &Store) -> Result<Record> {
    let key = store::content(document)?.and(store.generator.hex()).hex();
    let kept: Option<Record> = store.kept("made", &document.name, &key);
    let there = |record: &Record| {
        record.generated.is_none() || store.crate_of(&document.name).join("Cargo.toml").exists()
    };
    if let Some(record) = kept.filter(there) {
        return Ok(record);
    }
    let record = made(document, store)?;
    store.keep("made", &document.name, &key, &record)?;
    Ok(record)
}

fn made(document: &Document, store: &Store) -> Result<Record> {
    let mut child = Command::new(&store.executable)
        .arg("corpus-document")
        .arg(&document.path)
        .arg(store.crate_of(&document.name))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Unable(format!("{}: {error}", store.executable.display())))?;
    let printed = [reader(child.stdout.take()), reader(child.stderr.take())];
    let status = wait(&mut child).map_err(|error| Unable(error.to_string()))?;
    let [stdout, stderr] = printed.map(|reader| reader.join().unwrap_or_default());
    let record = match status {
        Some(status) if status.success() => serde_json::from_str(&stdout).ok(),
        _ => None,
    };
    Ok(record.map_or_else(
        || Record::failed(document, ending(status, &stderr)),
        |record: Record| Record {
            document: document.name.clone(),
            version: document.version.clone(),
            ..record
        },
    ))
}

/// Everything that comes, read while the process runs.
fn reader(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What came until a failure is what there is to show.
        let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// How the process ended, or nothing when it had to be ended.
fn wait(child: &mut Child) -> std::io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// What a process died of.
fn ending(status: Option<ExitStatus>, stderr: &str) -> String {
    let Some(status) = status else {
        return format!("hang: ended after {} s", LIMIT.as_secs());
    };
    if stderr.contains("overflowed its stack") {
        return "stack overflow".to_owned();
    }
    match (stderr.split_once("panicked at "), status.signal()) {
        (Some((_, panic)), _) => {
            format!("panic: {}", classes::of_message(&panic.replace('\n', " ")))
        }
        (None, Some(signal)) => format!("ended by signal {signal}"),
        (None, None) => format!("ended with {status}: {}", stderr.trim_end()),
    }
}

impl Record {
    fn failed(document: &Document, why: String) -> Self {
        Self {
            document: document.name.clone(),
            version: document.version.clone(),
            generated: None,
            reported: Counts::from([(why, 1)]),
            cpu_ms: None,
            check: None,
            round_trip: None,
        }
    }
}
