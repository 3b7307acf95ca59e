//! Reads the values in a file into types, and writes them again: a line of JSON for each.
//!
//! This file is part of the programs that `cargo xtask corpus --round-trip` makes, and knows of no crate.

use std::{env, fs};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// What becomes of the JSON text of a value.
pub type Reader = fn(&str) -> Line;

/// What is printed of a value.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    Written(Box<RawValue>),
    Unreadable { path: String, reason: String },
}

#[derive(Deserialize)]
struct Sample {
    ty: usize,
    value: Box<RawValue>,
}

/// Does it for the file that the command line names; each value names its type by number.
pub fn run(types: &[Reader]) {
    let path = env::args().nth(1).expect("a file is named");
    let text = fs::read_to_string(path).expect("the file can be read");
    let samples: Vec<Sample> = serde_json::from_str(&text).expect("the file holds samples");
    for sample in samples {
        let line = types[sample.ty](sample.value.get());
        println!("{}", serde_json::to_string(&line).expect("a line is JSON"));
    }
}

pub fn read<T: DeserializeOwned + Serialize>(json: &str) -> Line {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Ok(value) => match serde_json::value::to_raw_value(&value) {
            Ok(written) => Line::Written(written),
            Err(error) => Line::unreadable("", error.to_string()),
        },
        Err(error) => Line::unreadable(&error.path().to_string(), error.inner().to_string()),
    }
}

impl Line {
    fn unreadable(path: &str, reason: String) -> Self {
        let path = path.to_owned();
        Self::Unreadable { path, reason }
    }
}
