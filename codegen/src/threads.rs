//! Work that is shared out among threads, where there is much of it.

use std::num::NonZero;
use std::thread;

use crate::timings;

/// So many pieces that a second thread is worth its cost: the whole of a large API is fewer.
const MANY: usize = 20_000;

/// What becomes of each piece, in their order.
pub fn out<P: Sync, R: Send>(pieces: &[P], work: impl Fn(&P) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    if threads == 1 || pieces.len() < MANY || timings::is_measured() {
        return pieces.iter().map(work).collect();
    }
    let work = &work;
    thread::scope(|scope| {
        let shares = pieces.chunks(pieces.len().div_ceil(threads));
        let running: Vec<_> = shares
            .map(|share| scope.spawn(move || share.iter().map(work).collect::<Vec<R>>()))
            .collect();
        let made = running
            .into_iter()
            .flat_map(|thread| thread.join().expect("emission does not fail"));
        made.collect()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_shared_out_comes_back_in_order() {
        for count in [0, 1, super::MANY + 1] {
            let pieces: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = pieces.iter().map(|piece| piece * 2).collect();
            assert_eq!(super::out(&pieces, |piece| piece * 2), doubled);
        }
    }
}
