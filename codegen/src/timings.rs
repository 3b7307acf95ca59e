//! How long each stage takes, for whoever asks.
//!
//! Stages say where they begin and end. It costs nothing unless the thread is [`measured`].

use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A part of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files become plain values.
    Load,
    /// Where everything is in the files, which is asked when something is reported.
    Locate,
    /// The values are rewritten in the words of OpenAPI 3.0.
    Normalize,
    /// They are held against the specification, and get their types.
    Check,
    Lower,
    Plan,
    /// Tokens are made.
    Emit,
    /// Tokens become text.
    Format,
    /// Files are compared with the disk and written.
    Write,
    /// Everything else.
    Rest,
}

impl Stage {
    pub const ALL: [Self; 10] = [
        Self::Load,
        Self::Locate,
        Self::Normalize,
        Self::Check,
        Self::Lower,
        Self::Plan,
        Self::Emit,
        Self::Format,
        Self::Write,
        Self::Rest,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Locate => "locate",
            Self::Normalize => "normalize",
            Self::Check => "check",
            Self::Lower => "lower",
            Self::Plan => "plan",
            Self::Emit => "emit",
            Self::Format => "format",
            Self::Write => "write",
            Self::Rest => "rest",
        }
    }
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Time {
    pub wall: Duration,
    /// Of all processors together.
    pub cpu: Duration,
}

/// What each stage took, without the stages within it.
#[derive(Debug, Clone, Default)]
pub struct Timings([Time; Stage::ALL.len()]);

impl Timings {
    pub fn of(&self, stage: Stage) -> Time {
        self.0[stage as usize]
    }

    /// All stages together.
    pub fn all(&self) -> Time {
        self.0.iter().fold(Time::default(), |all, time| Time {
            wall: all.wall + time.wall,
            cpu: all.cpu + time.cpu,
        })
    }
}

/// Does the work and measures how long its stages take. `cpu` gives the time that this process has taken so far, with all of
/// its threads.
pub fn measured<T>(cpu: fn() -> Duration, work: impl FnOnce() -> T) -> (T, Timings) {
    let watch = Watch {
        timings: Timings::default(),
        stage: Stage::Rest,
        cpu,
        wall_then: Instant::now(),
        cpu_then: cpu(),
    };
    let outer = WATCH.replace(Some(watch));
    let result = work();
    enter(Stage::Rest);
    let watch = WATCH.replace(outer);
    (result, watch.map(|watch| watch.timings).unwrap_or_default())
}

/// Whether somebody asks how long the stages of this thread take, which those of others are no part of.
pub fn is_measured() -> bool {
    WATCH.with_borrow(Option::is_some)
}

/// Does a part of the work that belongs to a stage.
pub fn stage<T>(stage: Stage, work: impl FnOnce() -> T) -> T {
    let before = NOW.swap(stage as usize, Ordering::Relaxed);
    let outer = enter(stage);
    let result = work();
    if let Some(outer) = outer {
        enter(outer);
    }
    NOW.store(before, Ordering::Relaxed);
    result
}

/// The stage that this process is in, for whoever waits; of several threads that of any.
pub fn now() -> Stage {
    let now = NOW.load(Ordering::Relaxed);
    Stage::ALL.get(now).copied().unwrap_or(Stage::Rest)
}

static NOW: AtomicUsize = AtomicUsize::new(Stage::Load as usize);

/// What is measured on a thread.
struct Watch {
    timings: Timings,
    stage: Stage,
    cpu: fn() -> Duration,
    wall_then: Instant,
    cpu_then: Duration,
}

thread_local! {
    static WATCH: RefCell<Option<Watch>> = const { RefCell::new(None) };
}

/// Counts what has passed for the stage so far, and returns it; none where nobody asks.
fn enter(stage: Stage) -> Option<Stage> {
    WATCH.with_borrow_mut(|watch| {
        let watch = watch.as_mut()?;
        let (wall, cpu) = (Instant::now(), (watch.cpu)());
        let outer = std::mem::replace(&mut watch.stage, stage);
        let time = &mut watch.timings.0[outer as usize];
        time.wall += wall - watch.wall_then;
        time.cpu += cpu.saturating_sub(watch.cpu_then);
        (watch.wall_then, watch.cpu_then) = (wall, cpu);
        Some(outer)
    })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        static CPU: Cell<u64> = const { Cell::new(0) };
    }

    fn cpu() -> Duration {
        Duration::from_secs(CPU.get())
    }

    fn work(seconds: u64) {
        CPU.set(CPU.get() + seconds);
    }

    #[test]
    fn a_stage_is_counted_without_the_stages_within_it() {
        work(100);
        let (result, timings) = measured(cpu, || {
            work(1);
            stage(Stage::Emit, || {
                work(2);
                stage(Stage::Format, || work(4));
                work(8);
            });
            stage(Stage::Format, || work(16));
            "done"
        });
        work(100);
        assert_eq!(result, "done");
        let cpu = |stage| timings.of(stage).cpu.as_secs();
        let stages = [Stage::Rest, Stage::Emit, Stage::Format, Stage::Load];
        assert_eq!(stages.map(cpu), [1, 10, 20, 0]);
        assert_eq!(timings.all().cpu.as_secs(), 31);
    }

    #[test]
    fn nothing_is_counted_where_nobody_asks() {
        assert_eq!(stage(Stage::Load, || 1), 1);
    }
}
