//! Prints how long each stage takes, in milliseconds: `cargo run --release -p codegen --example
//! stages -- FILE...`.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use codegen::api;
use codegen::diagnostic::{Diagnostics, Source};
use codegen::document::{Document, Plain};
use codegen::policy::Policy;
use codegen::rust::plan;

fn main() -> std::io::Result<()> {
    println!(
        "{:>8} {:>8} {:>8} {:>8} {:>8}",
        "plain", "lines", "load", "lower", "plan"
    );
    for path in std::env::args().skip(1) {
        let source = Arc::new(Source {
            text: std::fs::read_to_string(&path)?,
            name: path,
        });
        // The first run pays for memory that the others find.
        let times: Vec<[f64; 5]> = (0..5).map(|_| stages(&source)).collect();
        for stage in 0..5 {
            let fastest = times
                .iter()
                .map(|run| run[stage])
                .fold(f64::INFINITY, f64::min);
            print!("{fastest:8.1} ");
        }
        println!("{}", source.name);
    }
    Ok(())
}

/// What was refused takes no time.
fn stages(source: &Arc<Source>) -> [f64; 5] {
    let mut found = Diagnostics::default();
    let (plain, reading) = timed(|| Plain::read(Arc::clone(source), &mut found).ok());
    let (_, lines) = timed(|| plain.as_ref().and_then(|plain| plain.lines("/info")));
    let (document, loading) = timed(|| Document::from_plain(plain.as_ref()?, &mut found).ok());
    let (api, lowering) = timed(|| api::lower::lower(document.as_ref()?, &mut found).ok());
    let policy = Policy::default();
    let (_, planning) = timed(|| {
        plan::plan(
            document.as_ref()?,
            api.as_ref()?,
            &policy,
            Some("sdk"),
            &mut found,
        )
        .ok()
    });
    [reading, lines, loading, lowering, planning]
}

fn timed<T>(stage: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = black_box(stage());
    (result, start.elapsed().as_secs_f64() * 1e3)
}
