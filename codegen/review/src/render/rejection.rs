//! What is shown in place of a report where there is none: why, on the faces that a pull request
//! keeps from run to run.

use super::github::{Annotation, Command, SHOWN};
use super::markdown::{MARKER, code, prose};
use codegen::diagnostic::{Diagnostic, Diagnostics, Severity};

/// Documents that cannot be compared, or a review file that cannot be used.
#[derive(Debug)]
pub struct Rejection {
    /// As in "main:schema/pets.yaml and schema/pets.yaml cannot be compared".
    pub message: String,
    pub errors: Diagnostics,
    /// What the errors call the file that annotations can stand in, and its path in the working tree.
    pub file: Option<(String, String)>,
}

const TITLE: &str = "The change cannot be reviewed";
const HELP: &str = "Fix it: the next push is reviewed again.";

impl Rejection {
    /// An annotation for each error.
    pub fn github(&self) -> String {
        let errors = self.errors().take(SHOWN);
        errors.map(|error| self.annotation(error).line()).collect()
    }

    pub fn markdown(&self) -> String {
        let mut text = format!("{MARKER}\n### {TITLE}\n\n");
        let message = prose(&self.message, 400);
        text.push_str(&format!("There is no report: {message}.\n\n"));
        for error in self.errors().take(SHOWN) {
            let place = place(error).map_or(String::new(), |place| code(&place, 200) + ": ");
            let message = prose(&error.message, 300);
            let help = error.help.as_ref();
            let help = help.map_or(String::new(), |help| format!(" ({})", prose(help, 300)));
            text.push_str(&format!("- {place}{message}{help}\n"));
        }
        if let Some(left @ 1..) = self.errors().count().checked_sub(SHOWN) {
            text.push_str(&format!("- … and {left} more\n"));
        }
        format!("{text}\n{HELP}\n")
    }

    fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let errors = self.errors.iter();
        errors.filter(|error| error.severity == Severity::Error)
    }

    fn annotation(&self, error: &Diagnostic) -> Command {
        let help = error.help.as_ref();
        let help = help.map_or(String::new(), |help| format!("\nhelp: {help}"));
        let message = format!("{}{help}", error.message);
        let in_file = error.span.as_ref().and_then(|span| {
            let (name, path) = self.file.as_ref()?;
            (*name == span.source.name).then(|| (path.clone(), span.line_column()))
        });
        let (file, lines, column, message) = match (in_file, place(error)) {
            (Some((file, (line, column))), _) => {
                (Some(file), Some(line..=line), Some(column), message)
            }
            (None, Some(place)) => (None, None, None, format!("{place}: {message}")),
            (None, None) => (None, None, None, message),
        };
        Command {
            kind: Annotation::Error,
            file,
            lines,
            column,
            title: TITLE.to_owned(),
            message,
        }
    }
}

fn place(error: &Diagnostic) -> Option<String> {
    let span = error.span.as_ref()?;
    let (line, column) = span.line_column();
    Some(format!("{}:{line}:{column}", span.source.name))
}
