//! Calls that start something which takes long: asking for its state until it is done.

mod error;
#[macro_use]
mod macros;
mod state;
mod waiting;

pub use self::error::WaitError;
pub use self::state::LongRunning;
pub use self::waiting::Waiting;
