//! Prints how long each stage takes, in milliseconds: of the generator for each file by `cargo run
//! --release -p review --example stages -- FILE...`, of a comparison by `... -- diff BASE HEAD`.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use codegen::api;
use codegen::diagnostic::{Diagnostics, Source};
use codegen::document::{Document, Plain};
use codegen::policy::Policy;
use codegen::rust::plan;
use review::settings::Settings;
use review::sides::{self, Loaded, Sides};
use review::{Input, attribution, surface, wire};

/// As in the commands.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::io::Result<()> {
    let operands: Vec<String> = std::env::args().skip(1).collect();
    match operands.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["diff", base, head] => {
            head_line(["read", "plan", "wire", "surface", "attribute", "whole"]);
            let (base, head) = (source(base)?, source(head)?);
            fastest(&head.name, || comparison(&base, &head));
        }
        ref files => {
            head_line(["plain", "lines", "load", "lower", "plan"]);
            for path in files {
                let source = source(path)?;
                fastest(path, || stages(&source));
            }
        }
    }
    Ok(())
}

fn source(path: &str) -> std::io::Result<Arc<Source>> {
    Ok(Arc::new(Source::new(path, std::fs::read_to_string(path)?)))
}

fn head_line<const STAGES: usize>(names: [&str; STAGES]) {
    println!("{}", names.map(|name| format!("{name:>9}")).join(" "));
}

/// The first run pays for memory that the others find.
fn fastest<const STAGES: usize>(name: &str, run: impl Fn() -> [f64; STAGES]) {
    let least = |a: [f64; STAGES], b: [f64; STAGES]| std::array::from_fn(|n| a[n].min(b[n]));
    let times = (0..5)
        .map(|_| run())
        .fold([f64::INFINITY; STAGES], least)
        .map(|time| format!("{time:9.1}"));
    println!("{} {name}", times.join(" "));
}

/// Each stage alone, one side after the other; the whole works on both sides at once.
fn comparison(base: &Arc<Source>, head: &Arc<Source>) -> [f64; 6] {
    let mut found = Diagnostics::default();
    let sources = [base, head];
    let (plain, reading) =
        timed(|| sources.map(|source| Plain::read(Arc::clone(source), None, &[], &mut found).ok()));
    let [Some(before), Some(after)] = &plain else {
        return [reading, 0.0, 0.0, 0.0, 0.0, 0.0];
    };
    let (_, planning) =
        timed(|| [before, after].map(|plain| sides::plan(plain, None, None, &mut found).ok()));
    let [base, head] = sources.map(|source| Input {
        document: Arc::clone(source),
        ..Input::default()
    });
    let loaded = [&base, &head].map(|input| Loaded::read(input, None, &mut found));
    let [Ok(before), Ok(after)] = loaded else {
        return [reading, planning, 0.0, 0.0, 0.0, 0.0];
    };
    let sides = Sides {
        base: before,
        head: after,
    };
    let (wire, wiring) = timed(|| wire::compare(&sides.base.plain, &sides.head.plain, TODAY));
    let (changes, surfacing) = timed(|| match sides.crates() {
        Some((before, after)) => surface::compare(before, after),
        None => Vec::new(),
    });
    let (_, attributing) = timed(|| attribution::attribute(wire, changes, &sides));
    drop((plain, sides));
    let settings = Settings::default();
    let (_, whole) = timed(|| review::compare(&base, &head, &settings, TODAY, &mut found).ok());
    [reading, planning, wiring, surfacing, attributing, whole]
}

/// A day on which to judge sunsets: any will do.
const TODAY: &str = "2026-11-22";

/// What was rejected takes no time.
fn stages(source: &Arc<Source>) -> [f64; 5] {
    let mut found = Diagnostics::default();
    let (plain, reading) = timed(|| Plain::read(Arc::clone(source), None, &[], &mut found).ok());
    let (_, lines) = timed(|| plain.as_ref().and_then(|plain| plain.lines("/info")));
    let (document, loading) = timed(|| Document::from_plain(plain.as_ref()?, &mut found).ok());
    let (mut api, lowering) = timed(|| Some(api::lower::lower(document.as_ref()?, &mut found)));
    let policy = Policy::default();
    let (_, planning) = timed(|| {
        let (document, api) = (document.as_ref()?, api.as_mut()?);
        let lock = codegen::lock::Lock::default();
        Some(plan::plan(
            document,
            api,
            &policy,
            lock,
            Some("sdk"),
            &mut found,
        ))
    });
    [reading, lines, loading, lowering, planning]
}

fn timed<T>(stage: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = black_box(stage());
    (result, start.elapsed().as_secs_f64() * 1e3)
}
