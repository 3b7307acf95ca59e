//! What `--help` says.

use crate::tool::Tool;

pub const ABOUT: &str = "Turns an OpenAPI document into a Rust SDK crate, and reviews its changes";

pub const AFTER: &str = "\
Without a document, the commands are about the one that Cargo.toml names:
  [workspace.metadata.sdk]          (or [package.metadata.sdk])
  schema = \"schema/petstore.yaml\"
  policy = \"schema/petstore.toml\"   (if there is one)
  review = \"schema/review.toml\"     (for `diff`: severities and accepted changes)
  out = \"petstore\"

Exit codes: 0 fine; 1 findings: errors in a document, a crate that is stale, a change that fails the run; 2 wrong usage, or
a file that cannot be read: missing, neither YAML nor JSON, no TOML.
Colors appear on a terminal only; NO_COLOR=1 turns them off.";

/// The name under which examples in the help texts are written.
const WRITTEN: &str = "cargo sdk";

/// A help template that lists commands under several headings, which clap has no other way for.
pub fn template(lists: &[(&str, clap::Command)]) -> String {
    let names = lists.iter().flat_map(|(_, list)| shown(list));
    let width = names.map(|verb| verb.get_name().len()).max().unwrap_or(0);
    let mut template = "{about-with-newline}\n{usage-heading} {usage}\n".to_owned();
    for (heading, list) in lists {
        template.push_str(&format!("\n{heading}:\n"));
        for verb in shown(list) {
            let about = verb.get_about().map(ToString::to_string);
            let (name, about) = (verb.get_name(), about.unwrap_or_default());
            template.push_str(&format!("  {name:width$}  {about}\n"));
        }
    }
    template + "\nOptions:\n{options}{after-help}"
}

fn shown(list: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    list.get_subcommands().filter(|verb| !verb.is_hide_set())
}

/// The command with examples that say how it is really called.
pub fn named(mut command: clap::Command, tool: Tool) -> clap::Command {
    let verbs: Vec<String> = command
        .get_subcommands()
        .map(|verb| verb.get_name().to_owned())
        .collect();
    for verb in verbs {
        command = command.mut_subcommand(verb, |verb| match verb.get_after_help() {
            Some(text) => {
                let text = text.to_string().replace(WRITTEN, tool.name);
                verb.after_help(text)
            }
            None => verb,
        });
    }
    command
}
