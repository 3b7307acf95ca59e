//! The verb `explain`: what a code of a diagnostic means, with an example that gives it and one that does not.

use std::process::ExitCode;

use anstream::eprintln;

mod table;

pub use table::TABLE;

use codegen::Code;

use crate::outcome::{self, Outcome, exit_code, say};

/// What a code means.
#[derive(Debug)]
pub struct Explanation {
    pub code: Code,
    /// One line.
    pub title: &'static str,
    pub text: &'static str,
    pub example: Example,
    /// Gives the code.
    pub wrong: &'static str,
    /// Does not.
    pub right: &'static str,
}

/// What the two examples are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// What follows [`HEAD`] in a document.
    Document,
    /// A whole document.
    Whole,
    Overlay,
    Policy,
    Lock,
    Review,
    /// The arguments of a command.
    Command,
}

/// How a document of an example begins.
pub const HEAD: &str = "openapi: 3.0.3\ninfo: { title: Pets, version: \"1\" }\n";

pub const HELP: &str = "\
Without a code, all codes are listed.

Example:
  cargo sdk explain E0020";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// As in `warning[E0020]`
    pub code: Option<String>,
}

pub fn run(options: &Options) -> ExitCode {
    let Some(code) = &options.code else {
        let lines = TABLE.iter();
        let lines = lines.map(|one| format!("{}  {}\n", one.code, one.title));
        return exit_code(outcome::print(&lines.collect::<String>()).map(|()| Outcome::Fine));
    };
    let wanted = code.trim_matches(['[', ']']).to_ascii_uppercase();
    match TABLE.iter().find(|one| one.code.0 == wanted) {
        Some(one) => {
            print(one);
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("error: `{code}` is no code of a diagnostic\n  help: `explain` lists all");
            ExitCode::from(2)
        }
    }
}

fn print(one: &Explanation) {
    say!("{}: {}\n\n{}\n", one.code, one.title, one.text);
    let kind = one.example.shown();
    say!("Wrong{kind}:\n\n{}", indented(one.wrong));
    say!("Right:\n\n{}", indented(one.right));
}

impl Example {
    fn shown(self) -> &'static str {
        match self {
            Self::Document | Self::Whole => "",
            Self::Overlay => ", in an overlay",
            Self::Policy => ", in the policy file",
            Self::Lock => ", in the lock",
            Self::Review => ", in the review file",
            Self::Command => ", where the document is pets.yaml",
        }
    }
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| format!("    {line}\n"));
    lines.collect()
}
