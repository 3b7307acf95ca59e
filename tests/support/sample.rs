//! How much of what is tried with everything a usual test run tries: `TEST_ONE_IN=1` tries all of it.

use std::env;

/// Every how many of its trials a usual run makes.
const USUAL: usize = 8;

/// Which trials a run makes, by their numbers.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    one_in: usize,
}

impl Sample {
    /// What the environment asks for.
    pub fn of_run() -> Self {
        let one_in = env::var("TEST_ONE_IN").map_or(USUAL, |text| {
            text.parse().expect("TEST_ONE_IN is a number, 1 or more")
        });
        assert!(one_in > 0, "TEST_ONE_IN is 1 or more");
        Self { one_in }
    }

    /// Whether every trial is made.
    pub fn is_all(self) -> bool {
        self.one_in == 1
    }

    /// Whether the trial of this number is made.
    pub fn has(self, number: usize) -> bool {
        number.is_multiple_of(self.one_in)
    }
}
