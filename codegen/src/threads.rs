//! Work that is shared out among threads, where there is much of it.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::timings;

/// So many pieces that a second thread is worth its cost: the whole of a large API is fewer.
const MANY: usize = 4_000;

/// So many pieces are taken at a time: few, since some take far longer than others.
const SHARE: usize = 64;

/// What becomes of each piece, in their order.
pub fn share_out<P: Sync, R: Send>(pieces: &[P], work: impl Fn(&P) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    if threads == 1 || is_alone(pieces.len()) {
        return pieces.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let mut made = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(share) = pieces.chunks(SHARE).nth(index) else {
                return made;
            };
            made.push((index, share.iter().map(&work).collect::<Vec<R>>()));
        }
    };
    let mut made = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
        let mut made = take();
        for other in others {
            made.extend(other.join().expect("the work does not panic"));
        }
        made
    });
    made.sort_unstable_by_key(|(index, _)| *index);
    let mut all = Vec::with_capacity(pieces.len());
    for (_, made) in made {
        all.extend(made);
    }
    all
}

/// What becomes of both, of so many pieces each.
pub fn both<A: Send, B>(
    pieces: usize,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    if is_alone(pieces) {
        return (one(), other());
    }
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().expect("the work does not panic"), other)
    })
}

fn is_alone(pieces: usize) -> bool {
    pieces < MANY || timings::is_measured()
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_are_done_whether_few_or_many() {
        for count in [0, super::MANY] {
            assert_eq!(super::both(count, || "one", || "other"), ("one", "other"));
        }
    }

    #[test]
    fn what_is_shared_out_comes_back_in_order() {
        for count in [0, 1, super::MANY + 1] {
            let pieces: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = pieces.iter().map(|piece| piece * 2).collect();
            assert_eq!(super::share_out(&pieces, |piece| piece * 2), doubled);
        }
    }
}
