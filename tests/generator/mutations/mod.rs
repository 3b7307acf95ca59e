//! No document makes the generator panic, hang, write outside its folder, or print code that the document wrote: each
//! case, and each document of a folder of real ones, is changed at random from a fixed seed.
//!
//! `MUTATIONS_SECONDS` says how long the run is, `MUTATIONS_SEED` where it begins, and `MUTATIONS_CORPUS` names the
//! folder of real documents.

use std::env;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use serde_json::{Value, json};
use tests::cases;
use tests::sample::Sample;
use tests::workspace;

mod compiled;
mod limits;
mod output;
mod parts;
mod replaced;
mod texts;
mod values;

const TEMPORARY: &str = env!("CARGO_TARGET_TMPDIR");

#[test]
fn every_node_of_every_case_can_be_anything() {
    let (cases, sample) = (cases::all(), Sample::of_run());
    let threads = threads();
    let failures: Vec<String> = in_parallel(threads, |first| {
        let share = cases.iter().skip(first).step_by(threads);
        share
            .flat_map(|case| replaced::failures(case, sample))
            .collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn documents_changed_at_random_become_crates_or_errors() {
    let documents = documents();
    let (seconds, seed) = (number("MUTATIONS_SECONDS", 3), number("MUTATIONS_SEED", 1));
    let end = Instant::now() + Duration::from_secs(seconds);
    let run = |first: usize| {
        let mut worker = Worker::new(&format!("mutated-{first}"));
        let mut failures = Vec::new();
        let blocks = (seed * 1_000_000 + first as u64..).step_by(threads());
        for block in blocks {
            let document = document(&documents, block);
            for number in block * CHANGES..(block + 1) * CHANGES {
                if Instant::now() > end || failures.len() >= ENOUGH {
                    let (tried, crates) = (worker.tried, worker.crates);
                    println!("{tried} documents, {crates} became crates");
                    return failures;
                }
                if let Some(problem) = worker.problem(&changed(&document, number)) {
                    let kept = worker.keep(number);
                    failures.push(format!("{}: {problem}", kept.display()));
                }
            }
        }
        failures
    };
    let failures = in_parallel(threads(), run);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// How many times each document is changed before the next one is read.
const CHANGES: u64 = 32;

/// Of failures, so that what was found is seen before the time is over.
const ENOUGH: usize = 20;

/// Runs the generator on one document after the other, within limits.
struct Worker {
    /// The document of the run, which is still there if the process had to be ended.
    document: PathBuf,
    limits: limits::Limits,
    tried: usize,
    crates: usize,
}

impl Worker {
    fn new(name: &str) -> Self {
        let folder = Path::new(TEMPORARY).join("mutations");
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        let document = folder.join(name).with_extension("yaml");
        Self {
            limits: limits::Limits::of(&document),
            document,
            tried: 0,
            crates: 0,
        }
    }

    /// What is wrong with what becomes of a document.
    fn problem(&mut self, text: &[u8]) -> Option<String> {
        std::fs::write(&self.document, text).expect("the document can be written");
        self.tried += 1;
        self.limits.begin();
        let run = output::run(&self.document);
        self.limits.end();
        match run {
            Ok(Some(files)) => {
                self.crates += 1;
                output::problem(&files)
            }
            Ok(None) => None,
            Err(problem) => Some(problem),
        }
    }

    /// Puts the document aside.
    fn keep(&self, number: u64) -> PathBuf {
        let kept = self
            .document
            .with_file_name(format!("failed-{number}.yaml"));
        std::fs::copy(&self.document, &kept).expect("the document can be copied");
        kept
    }
}

/// One of the documents, as the number says.
fn document(documents: &[PathBuf], number: u64) -> Value {
    let path = &documents[Rng::with_seed(number).usize(..documents.len())];
    value(path).unwrap_or_else(|| cases::combined(8, &json!({ "type": "string" })))
}

/// The bytes of a document that is changed as the number says.
fn changed(document: &Value, number: u64) -> Vec<u8> {
    let mut rng = Rng::with_seed(number);
    let mut value = parts::small(document.clone(), &mut rng);
    for _ in 0..rng.u32(0..=4) {
        values::change(&mut value, &mut rng);
    }
    let mut text = if rng.bool() {
        value.to_string()
    } else {
        serde_yaml::to_string(&value).expect("values can be written")
    }
    .into_bytes();
    if rng.u8(..4) == 0 {
        texts::change(&mut text, &mut rng);
    }
    text
}

/// Of what is not YAML, or too much of it, there is none.
fn value(path: &Path) -> Option<Value> {
    let text = std::fs::read_to_string(path).ok()?;
    let value = serde_yaml::from_str(&text).ok()?;
    (!path.parent()?.ends_with(cases::COMBINED)).then_some(value)
}

fn documents() -> Vec<PathBuf> {
    let mut documents: Vec<PathBuf> = cases::all().iter().map(cases::Case::schema).collect();
    match env::var_os("MUTATIONS_CORPUS") {
        Some(folder) => documents.extend(workspace::files(Path::new(&folder))),
        None => println!(
            "skipped: no MUTATIONS_CORPUS names a folder of documents, only the cases are changed"
        ),
    }
    documents.sort();
    documents
}

fn number(name: &str, default: u64) -> u64 {
    env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

fn in_parallel(threads: usize, run: impl Fn(usize) -> Vec<String> + Sync) -> Vec<String> {
    let run = &run;
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|first| scope.spawn(move || run(first)))
            .collect();
        let joined = running
            .into_iter()
            .map(|thread| thread.join().expect("panics are caught"));
        joined.flatten().collect()
    })
}
