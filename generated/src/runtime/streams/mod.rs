//! Responses that are read while they arrive.

pub use self::download::Download;
pub use self::flow::{Broken, Flow};
pub use self::frames::Framing;
pub use self::items::{Item, ItemStream, ReadItem};
pub use self::open::Open;
pub use self::reconnecting::Reconnecting;
#[cfg(not(target_family = "wasm"))]
pub use self::saving::Saving;

mod download;
mod flow;
mod frames;
mod items;
mod open;
pub mod reading;
mod reconnecting;
#[cfg(not(target_family = "wasm"))]
mod saving;
