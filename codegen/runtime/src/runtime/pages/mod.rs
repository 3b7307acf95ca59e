//! Lists that come in pages: which page follows, where that ends, and the streams of both.

pub use self::listed::Listed;
pub use self::page::Page;
pub use self::pagination::Pagination;
pub(super) use self::progress::{absolute, hash};
pub use self::stream::{Items, Pages};
#[cfg(feature = "testing")]
pub use self::stubbed::{Paged, StubbedPages};

mod link;
mod listed;
pub(super) mod members;
mod page;
#[macro_use]
mod pages_macro;
mod pagination;
mod progress;
mod stream;
#[cfg(feature = "testing")]
mod stubbed;
