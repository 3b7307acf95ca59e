//! Where the state of something that takes long is, and what it says.

use std::time::Duration;

use reqwest::StatusCode;

use crate::runtime::pages::members;
use crate::runtime::response::Response;

/// How the state of something that takes long is asked for, and what it says.
#[derive(Debug, Clone, Copy)]
pub struct LongRunning {
    pub(super) place: Place,
    field: &'static str,
    done: &'static [&'static str],
    failed: &'static [&'static str],
    pub(super) interval: Duration,
}

/// What is called for the state.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// The same call.
    Itself,
    /// The URL in this header of the response.
    Header(&'static str),
    /// This path, with what a member of the response says in it.
    Path {
        path: &'static str,
        id: &'static str,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Going,
    Done,
    Failed,
}

impl LongRunning {
    /// The same call gives the state.
    pub const fn itself() -> Self {
        Self::at(Place::Itself)
    }

    /// The response names the URL of the state in this header.
    pub const fn header(name: &'static str) -> Self {
        Self::at(Place::Header(name))
    }

    /// The state is at this path: parameters that the call has as well are the same, and the one that is left is what the
    /// pointer leads to in the response.
    pub const fn path(path: &'static str, id: &'static str) -> Self {
        Self::at(Place::Path { path, id })
    }

    const fn at(place: Place) -> Self {
        Self {
            place,
            field: "",
            done: &[],
            failed: &[],
            interval: Duration::from_secs(5),
        }
    }

    /// What the pointer leads to says whether it is done, and whether it failed. Without, it is done once the status is another
    /// than 202.
    #[must_use]
    pub const fn field(
        mut self,
        pointer: &'static str,
        done: &'static [&'static str],
        failed: &'static [&'static str],
    ) -> Self {
        self.field = pointer;
        self.done = done;
        self.failed = failed;
        self
    }

    /// How many seconds to wait, where the service does not say so.
    #[must_use]
    pub const fn seconds(mut self, seconds: u64) -> Self {
        self.interval = Duration::from_secs(seconds);
        self
    }

    pub(super) fn state(&self, response: &Response<()>) -> State {
        if self.field.is_empty() {
            return match response.status() {
                StatusCode::ACCEPTED => State::Going,
                _ => State::Done,
            };
        }
        let json = response.raw().json().unwrap_or_default();
        let said = members::at(&json, self.field).unwrap_or_default();
        let said = serde_json::from_str(said).unwrap_or_else(|_| said.to_owned());
        let is_one_of = |values: &[&str]| values.contains(&said.as_str());
        match (is_one_of(self.done), is_one_of(self.failed)) {
            (true, _) => State::Done,
            (false, true) => State::Failed,
            (false, false) => State::Going,
        }
    }
}
