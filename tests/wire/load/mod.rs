//! One client under load, against a server that fails in every way: what has to hold of it, and whether it does.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use cloudflare_billing::{Client, ClientBuilder, Credentials, Error};
use serde_json::{Value, json};
use tracing::instrument::WithSubscriber;

use faults::{End, FAULTS, Fault, Lasting, MOST_BYTES};
use outputs::Outputs;
use server::{Seen, Server};

mod faults;
mod outputs;
mod server;

const TOKEN: &str = "l0ad-token/+=\"\\";
const EMAIL: &str = "l0ad@example.com";
const KEY: &str = "l0ad-key-of-the-run";

const RETRIES: u32 = 4;
const BUDGET: Duration = Duration::from_secs(60);

/// Of what stays silent.
const PATIENCE: Duration = Duration::from_millis(50);

/// What the retries of a storm may be: those of the allowance that a client has unless told otherwise.
const RETRIES_OF_A_STORM: usize = 100;

/// How much there is to do.
#[derive(Clone, Copy)]
pub struct Load {
    pub tasks: usize,
    pub calls: usize,
    pub threads: usize,
    /// Whether the machine has nothing else to do, and there are enough calls to see what memory becomes.
    pub measured: bool,
}

/// As `cargo run --release -p wire --example load` at length.
#[test]
fn calls_end_as_they_have_to_while_the_server_fails_in_every_way() {
    let report = run(Load {
        calls: 1000,
        tasks: 50,
        threads: 2,
        measured: false,
    });
    report.print();
    assert!(report.violations.is_empty());
}

/// What came of it.
#[derive(Default)]
pub struct Report {
    /// Measured: what, and how much.
    pub figures: Vec<(&'static str, String)>,
    /// How often each fault ended in what.
    pub ends: BTreeMap<(&'static str, String), usize>,
    pub violations: Vec<String>,
    /// In KiB, after each tenth of the calls.
    pub memory: Vec<usize>,
    /// The longest that a call took.
    pub longest: Duration,
}

/// What all tasks share.
struct Run {
    client: Client,
    seen: Arc<Seen>,
    next: AtomicUsize,
    // The first call that is not made any more, and from which on there is an outage.
    until: usize,
    storm: usize,
    outputs: Outputs,
    report: Mutex<Report>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Get,
    Post,
    PostWithKey,
}

/// Makes the calls, and then as many as a tenth of them in an outage.
pub fn run(load: Load) -> Report {
    let storm = load.calls / 10;
    let server = Server::start(load.calls, storm);
    let outputs = Outputs::new(&[TOKEN, EMAIL, KEY]);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(load.threads)
        .enable_all()
        .build()
        .expect("a runtime");
    // Of the first client no retry is left out, so that each call has one right end.
    let clients = [client(&server).retry_allowance(u32::MAX), client(&server)];
    let mut report = Report::default();
    let mut from = 0;
    for (client, calls) in clients.into_iter().zip([load.calls, storm]) {
        let run = Arc::new(Run {
            client: client.build().expect("a client"),
            seen: Arc::clone(&server.seen),
            next: AtomicUsize::new(from),
            until: from + calls,
            storm: load.calls,
            outputs: outputs.clone(),
            report: Mutex::new(report),
        });
        let shown = format!("{:?} {:#?}", run.client, run.client);
        outputs.look_at(&shown);
        let started = Instant::now();
        runtime.block_on(tasks(&run, load.tasks));
        let elapsed = started.elapsed();
        let connections = runtime.metrics().num_alive_tasks();
        let run = Arc::into_inner(run).expect("no task has it any longer");
        report = run.report.into_inner().expect("no task panicked");
        drop(run.client);
        runtime.block_on(gone(&runtime, &mut report));
        if from == 0 {
            report.first(load, &server.seen, elapsed, connections);
        } else {
            report.storm(from, calls, &server.seen);
        }
        from += calls;
    }
    report.figure("texts looked at for credentials", outputs.texts());
    report.figure("lines traced", outputs.lines());
    report.violations.extend(outputs.found());
    if load.measured {
        report.measured();
    }
    report
}

fn client(server: &Server) -> ClientBuilder {
    Client::builder()
        .credentials(Credentials::api_token(TOKEN))
        .credentials(Credentials::api_key(EMAIL, KEY))
        .base_url(&server.url)
        .retry_backoff(Duration::ZERO, Duration::ZERO)
        .retry_budget(BUDGET)
        .max_retries(RETRIES)
        .max_response_bytes(MOST_BYTES as u64)
}

async fn tasks(run: &Arc<Run>, tasks: usize) {
    let dispatch = run.outputs.dispatch();
    let tasks = (0..tasks).map(|_| {
        let work = work(Arc::clone(run));
        tokio::spawn(work.with_subscriber(dispatch.clone()))
    });
    for task in tasks.collect::<Vec<_>>() {
        if let Err(error) = task.await {
            run.outputs.look_at(&format!("{error} {error:?}"));
            run.violated(format!("a task panicked: {error}"));
        }
    }
}

/// Makes calls for as long as there are any.
async fn work(run: Arc<Run>) {
    loop {
        let id = run.next.fetch_add(1, Relaxed);
        if id >= run.until {
            return;
        }
        if id < run.storm && id.is_multiple_of((run.storm / 10).max(1)) {
            run.locked().memory.extend(memory());
        }
        let kind = [Kind::Get, Kind::Post, Kind::PostWithKey][id / FAULTS.len() % 3];
        let fault = &FAULTS[id % FAULTS.len()];
        let started = Instant::now();
        let end = if fault.end == End::Dropped && id < run.storm {
            let made = make(&run, id, kind, BUDGET);
            let made = tokio::time::timeout(PATIENCE / 10, made).await;
            made.unwrap_or(End::Dropped)
        } else {
            let silent = fault.end == End::Timeout && id < run.storm;
            let patience = if silent { PATIENCE } else { BUDGET };
            make(&run, id, kind, patience).await
        };
        run.judge(id, kind, fault, end, started.elapsed());
    }
}

/// What the call ends in, where a value has to be the right one.
async fn make(run: &Run, id: usize, kind: Kind, patience: Duration) -> End {
    let client = &run.client;
    let result = match kind {
        Kind::Get => {
            let usage = client.billing().usage().paygo(id.to_string());
            let usage = usage.timeout(patience).await;
            usage.map(|usage| usage.len() == 1 && usage[0].consumed_quantity == id.into())
        }
        Kind::Post | Kind::PostWithKey => {
            let call = client.post::<Value>("/calls/{id}").path("id", id);
            let call = call.json(&json!({ "id": id })).timeout(patience);
            let call = match kind {
                Kind::PostWithKey => call.idempotency_key(id.to_string()),
                _ => call,
            };
            call.await.map(|value| value["result"]["id"] == id)
        }
    };
    match result {
        Ok(true) => End::Value,
        Ok(false) => {
            run.violated(format!("call {id} has the value of another"));
            End::Value
        }
        Err(error) => {
            run.outputs.look_at_error(&error);
            end_of(&error)
        }
    }
}

fn end_of(error: &Error) -> End {
    match error {
        Error::Api(error) => End::Api(error.status().as_u16()),
        Error::Connect(_) => End::Connect,
        Error::Decode(_) => End::Decode,
        Error::Timeout(_) => End::Timeout,
        // Nothing here ends so.
        _ => End::Dropped,
    }
}

/// Waits until no task is left.
async fn gone(runtime: &tokio::runtime::Runtime, report: &mut Report) {
    let wait = async {
        while runtime.metrics().num_alive_tasks() > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(20), wait).await;
    let alive = runtime.metrics().num_alive_tasks();
    report.check(waited.is_ok(), || format!("{alive} tasks are left"));
}

impl Run {
    fn locked(&self) -> MutexGuard<'_, Report> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn violated(&self, what: String) {
        self.locked().violations.push(what);
    }

    /// Whether this is what had to come of the call, and it was executed as often as it may be.
    fn judge(&self, id: usize, kind: Kind, fault: &'static Fault, end: End, took: Duration) {
        let executed = self.seen.executed[id].load(Relaxed);
        let again = kind != Kind::Post;
        let all = 1 + RETRIES as usize;
        let (name, expected, times) = match fault.lasting {
            _ if id >= self.storm => {
                let status = if id.is_multiple_of(2) { 429 } else { 503 };
                let most = if again { all } else { 1 };
                ("storm", End::Api(status), 1..=most)
            }
            Lasting::Passing if again => (fault.name, End::Value, 2..=2),
            Lasting::Staying if again => (fault.name, fault.end, 1..=all),
            _ => (fault.name, fault.end, 1..=1),
        };
        // Who asks too late, or not at all, may not have been heard.
        let heard = !matches!(expected, End::Timeout | End::Dropped | End::Api(307 | 302));
        let least = if heard { *times.start() } else { 0 };
        let right = end == expected && (least..=*times.end()).contains(&executed);
        // A connection that was closed when nothing had been sent on it: what may not be sent twice ends so.
        let lost = kind == Kind::Post && end == End::Connect && executed == 0;
        let mut report = self.locked();
        report.longest = report.longest.max(took);
        let shown = if lost {
            "lost before it was sent".to_owned()
        } else {
            format!("{end:?}")
        };
        *report.ends.entry((name, shown)).or_default() += 1;
        if !right && !lost {
            let said = format!("call {id}, {kind:?}, {name}: {end:?}, executed {executed} times");
            report.violations.push(said);
        }
    }
}

impl Report {
    fn figure(&mut self, what: &'static str, value: impl ToString) {
        self.figures.push((what, value.to_string()));
    }

    fn check(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.violations.push(otherwise());
        }
    }

    fn measured(&mut self) {
        let longest = self.longest;
        self.check(longest < BUDGET + PATIENCE, || {
            format!("a call took {longest:?}")
        });
        // The first half is what it takes to get warm: how much the allocator keeps varies by a tenth.
        let (first, second) = self.memory.split_at(self.memory.len() / 2);
        let most = |samples: &[usize]| samples.iter().max().copied().unwrap_or_default();
        let (first, second) = (most(first), most(second));
        self.check(second <= first + first / 10, || {
            format!("the memory grows from {first} to {second} KiB")
        });
    }

    pub fn print(&self) {
        for ((fault, end), times) in &self.ends {
            println!("{fault:32}{end:32}{times:>8}");
        }
        println!();
        for (what, figure) in &self.figures {
            println!("{what:64}{figure:>8}");
        }
        println!(
            "longest call {:?}, KiB of memory {:?}",
            self.longest, self.memory
        );
        for violation in self.violations.iter().take(20) {
            println!("violated: {violation}");
        }
        println!("{} violations", self.violations.len());
    }

    fn first(&mut self, load: Load, seen: &Seen, elapsed: Duration, connections: usize) {
        let executed = &seen.executed[..load.calls];
        let executed: usize = executed.iter().map(|one| one.load(Relaxed)).sum();
        let accepted = seen.accepted.load(Relaxed);
        let ended = seen.ended.load(Relaxed);
        let unused = seen.unused.load(Relaxed);
        let leaked = seen.leaked.load(Relaxed);
        self.check(leaked == 0, || {
            format!("{leaked} credentials for a stranger")
        });
        // Each task may have one to either origin, and another that was opened while one came free.
        self.check(accepted <= ended + unused + 2 * load.tasks, || {
            format!("{accepted} connections; {ended} ended, and {unused} were not used")
        });
        self.figure("calls", load.calls);
        self.figure("tasks", load.tasks);
        self.figure(
            "calls a second",
            format!("{:.0}", load.calls as f64 / elapsed.as_secs_f64()),
        );
        self.figure("requests executed", executed);
        self.figure("connections accepted", accepted);
        self.figure("faults that end a connection", ended);
        self.figure("connections on which nothing was asked", unused);
        self.figure("connections open at the end", connections);
    }

    fn storm(&mut self, from: usize, calls: usize, seen: &Seen) {
        let executed = seen.executed[from..].iter().map(|one| one.load(Relaxed));
        let retries = executed.sum::<usize>().saturating_sub(calls);
        self.check(retries <= RETRIES_OF_A_STORM, || {
            format!("{retries} retries in a storm")
        });
        self.figure("calls in a storm", calls);
        self.figure("retries in the storm", retries);
    }
}

/// What the process has in memory, in KiB, where the system says so.
fn memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
